from .labels import (
    dated_words as dated_words,
    kind_words as kind_words,
    language_words as language_words,
    standing_of as standing_of,
)
from .selectors import Library as Library, cited_in as cited_in, library_of as library_of
from .services import add_law as add_law, end_law as end_law
from .validators import LawInput as LawInput
