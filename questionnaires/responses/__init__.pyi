from .api import ResponseForPrograms as ResponseForPrograms
from .jobs import (
    DRAFT_FORMATS as DRAFT_FORMATS,
    FORMATS as FORMATS,
    SUBMISSION_FORMATS as SUBMISSION_FORMATS,
    ending_of as ending_of,
)
from .policy import (
    PERMISSIONS as PERMISSIONS,
    RECALLED as RECALLED,
    ResponseFacts as ResponseFacts,
    ResponseSection as ResponseSection,
    forget_parts_sent as forget_parts_sent,
    may_read_whole_draft as may_read_whole_draft,
    parts_sent as parts_sent,
    proposes as proposes,
    statuses_open_to as statuses_open_to,
)
from .selectors.responses import (
    answers_by_competence as answers_by_competence,
    find_item as find_item,
    get_response_for as get_response_for,
    get_section_for as get_section_for,
    lock_response as lock_response,
    remember_response as remember_response,
    response_status_of as response_status_of,
    responses_visible_to as responses_visible_to,
    sections_visible_to as sections_visible_to,
)
from .selectors.sheets import (
    OFFICIAL as OFFICIAL,
    Sheet as Sheet,
    covered as covered,
    official_shown as official_shown,
    sent_places as sent_places,
    sheet_of as sheet_of,
    target_of as target_of,
)
from .views import (
    BelowResponse as BelowResponse,
    ItemPage as ItemPage,
    ResponsePage as ResponsePage,
    SectionPage as SectionPage,
)
