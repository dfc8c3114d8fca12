"""A graph on the web: the SPARQL 1.1 Protocol for reading, pages for people, and IRIs that dereference.

Starlette and uvicorn carry HTTP, because limits, broken requests and connections that stay open are theirs to get
right; Python's own `http.server` says of itself that it is not for that. Queries run in processes of their own, which
are ended when their time is up: a query inside this process could not be stopped.
"""

from kg_builder.serve.app import application
from kg_builder.serve.pool import Limits, Pool
from kg_builder.serve.saved import Field, Saved

__all__ = ["Field", "Limits", "Pool", "Saved", "application"]
