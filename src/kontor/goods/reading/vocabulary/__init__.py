"""How shops and people call the columns of goods, in German, English and French; all in plain words (lower case, no
accents, one blank)."""

from kontor.goods.reading.vocabulary.aspects import ASPECT_WORDS
from kontor.goods.reading.vocabulary.fields import FIELD_WORDS, LIKELY, SURE
from kontor.goods.reading.vocabulary.forms import FORM_WORDS
from kontor.goods.reading.vocabulary.unneeded import UNNEEDED_WORDS

__all__ = ["ASPECT_WORDS", "FIELD_WORDS", "FORM_WORDS", "LIKELY", "SURE", "UNNEEDED_WORDS"]
