"""`query`, `queries` and `validate`: what a graph answers, and whether it fits the ontology."""
