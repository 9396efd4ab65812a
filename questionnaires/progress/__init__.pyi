from .api import (
    ReadContentSerializer as ReadContentSerializer,
    ReadSectionSerializer as ReadSectionSerializer,
    sections_of as sections_of,
)
from .completeness import is_answered as is_answered, states_of as states_of
from .selectors.answers import (
    answer_values as answer_values,
    answers_in as answers_in,
    answers_last_saved_by as answers_last_saved_by,
    answers_of as answers_of,
    history_of as history_of,
    snapshot as snapshot,
)
from .selectors.overview import (
    ItemState as ItemState,
    ResponseOverview as ResponseOverview,
    SectionProgress as SectionProgress,
    official_overview as official_overview,
    overview_for as overview_for,
    section_items as section_items,
    section_progress as section_progress,
)
from .selectors.reading import (
    ReadPart as ReadPart,
    ReadSection as ReadSection,
    draft_parts as draft_parts,
    read_parts as read_parts,
)
from .selectors.written import EMPTY as EMPTY, AnswerSnapshot as AnswerSnapshot
from .sentences import progress_facts as progress_facts, progress_words as progress_words
