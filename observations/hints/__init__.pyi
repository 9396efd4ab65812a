from .lines import HintLine as HintLine, opening_of as opening_of
from .rules import Entry as Entry, Vocabulary as Vocabulary
from .selectors import (
    hints_of_list as hints_of_list,
    hints_of_text as hints_of_text,
    hints_of_typed as hints_of_typed,
    vocabularies as vocabularies,
    words_of_typed as words_of_typed,
)
