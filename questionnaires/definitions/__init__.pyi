from .conditions import (
    AnswerValue as AnswerValue,
    ConditionalItem as ConditionalItem,
    ConditionError as ConditionError,
    ConditionTree as ConditionTree,
    asked_codes as asked_codes,
    dependencies as dependencies,
    leaves as leaves,
    parent_code as parent_code,
)
from .definition import (
    DASH as DASH,
    WITHOUT_OPTIONS as WITHOUT_OPTIONS,
    Citation as Citation,
    Footnote as Footnote,
    Item as Item,
    PartDefinition as PartDefinition,
    QuestionnaireDefinition as QuestionnaireDefinition,
    SectionDefinition as SectionDefinition,
)
from .mapping import ItemMove as ItemMove, moves_between as moves_between, new_items as new_items
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
)
from .services import (
    check_applicability as check_applicability,
    definition_hash as definition_hash,
    import_version as import_version,
)
