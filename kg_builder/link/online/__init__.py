"""Wikidata over the network, or any other Wikibase: its API, its query service, and what they said before."""
