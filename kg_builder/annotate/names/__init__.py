"""Names of persons, organisations and places: gazetteers, word classes and a small trained tagger over them."""

from kg_builder.annotate.names.documents import NameMarker
from kg_builder.annotate.names.features import Word
from kg_builder.annotate.names.finder import NameFinder, load
from kg_builder.annotate.names.lexicon import Known

__all__ = ["Known", "NameFinder", "NameMarker", "Word", "load"]
