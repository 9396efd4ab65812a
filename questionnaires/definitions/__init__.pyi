from .conditions import (
    AnswerValue as AnswerValue,
    ConditionTree as ConditionTree,
    asked_codes as asked_codes,
    parent_code as parent_code,
)
from .definition import DefinitionError as DefinitionError, Item as Item, PartDefinition as PartDefinition
from .exports import export_json as export_json
from .selectors import (
    PlacedSection as PlacedSection,
    VersionIndex as VersionIndex,
    current_version as current_version,
    index_of as index_of,
    instrument_names as instrument_names,
    published_versions as published_versions,
)
from .services import import_definitions_of as import_definitions_of
from .wording import (
    anchor as anchor,
    full_number as full_number,
    official as official,
    own_number as own_number,
    words_above as words_above,
)
