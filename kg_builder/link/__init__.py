"""Links entities to Wikidata: candidates, their choice, and where they come from."""
