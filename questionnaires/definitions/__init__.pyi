from .conditions import (
    AnswerValue as AnswerValue,
    ConditionTree as ConditionTree,
    asked_codes as asked_codes,
    dependencies as dependencies,
    leaves as leaves,
    parent_code as parent_code,
)
from .definition import (
    FORMAT_VERSION as FORMAT_VERSION,
    Citation as Citation,
    DefinitionError as DefinitionError,
    Footnote as Footnote,
    Item as Item,
    PartDefinition as PartDefinition,
    QuestionnaireDefinition as QuestionnaireDefinition,
    SectionDefinition as SectionDefinition,
    as_data as as_data,
    as_json as as_json,
    built as built,
    texts_of as texts_of,
    texts_of_section as texts_of_section,
)
from .exports import export_json as export_json
from .mapping import ItemMove as ItemMove, moves_between as moves_between, new_items as new_items
from .reach import Reach as Reach
from .rules import DASH as DASH, flaws_of as flaws_of, item_code as item_code
from .selectors import (
    NOT_PARTY_TO as NOT_PARTY_TO,
    PlacedSection as PlacedSection,
    VersionIndex as VersionIndex,
    current_version as current_version,
    get_published_version as get_published_version,
    index_of as index_of,
    instrument_names as instrument_names,
    moves_of as moves_of,
    published_versions as published_versions,
    said_of_items as said_of_items,
    section_applies as section_applies,
    translation_for_reader as translation_for_reader,
)
from .services import (
    check_applicability as check_applicability,
    import_definitions_of as import_definitions_of,
    import_version as import_version,
)
from .shape import Misfit as Misfit, misfits as misfits
from .wording import (
    anchor as anchor,
    condition_words as condition_words,
    flaw_words as flaw_words,
    full_number as full_number,
    official as official,
    own_number as own_number,
    words_above as words_above,
)
