"""What people decide about links: sheets for OpenRefine, decisions read back, and what Wikidata lacks."""
