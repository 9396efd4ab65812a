from .labels import (
    dated_words as dated_words,
    facts_words as facts_words,
    kind_words as kind_words,
    language_words as language_words,
    standing_of as standing_of,
)
from .selectors import (
    Library as Library,
    cited_in as cited_in,
    library_of as library_of,
    sent_law_files as sent_law_files,
)
from .services import (
    LawFileInput as LawFileInput,
    add_law as add_law,
    add_law_file as add_law_file,
    end_law as end_law,
)
from .validators import LawInput as LawInput
