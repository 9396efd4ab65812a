from .content import (
    FORMAT_VERSION as FORMAT_VERSION,
    DefinitionError as DefinitionError,
    as_data as as_data,
    as_json as as_json,
    built as built,
    load_definitions as load_definitions,
    texts_of as texts_of,
    texts_of_section as texts_of_section,
)
from .flaws import flaw_words as flaw_words
from .rules import flaws_of as flaws_of, item_code as item_code
from .services import import_definitions_of as import_definitions_of
from .shape import Misfit as Misfit, misfits as misfits
