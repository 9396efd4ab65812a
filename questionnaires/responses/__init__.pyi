from .assigning import assign_sections as assign_sections
from .beside import (
    flags_on as flags_on,
    register_flags as register_flags,
    register_frozen as register_frozen,
    register_hold as register_hold,
)
from .completeness import is_answered as is_answered
from .jobs import DRAFT_PDF as DRAFT_PDF, SUBMISSION_PDF as SUBMISSION_PDF
from .moving import settle_kept_answer as settle_kept_answer
from .opening import open_submission as open_submission
from .policy import (
    PERMISSIONS as PERMISSIONS,
    ResponseFacts as ResponseFacts,
    ResponseSection as ResponseSection,
    forget_parts_sent as forget_parts_sent,
    proposes as proposes,
    statuses_open_to as statuses_open_to,
)
from .progress import progress_facts as progress_facts
from .selectors.moved import (
    KeptAnswer as KeptAnswer,
    kept_answers as kept_answers,
    kept_proposals as kept_proposals,
    number_to_look_at as number_to_look_at,
)
from .selectors.reading import (
    CitedLaw as CitedLaw,
    ReadPart as ReadPart,
    ReadSection as ReadSection,
    assignments_of as assignments_of,
    contributors_of as contributors_of,
    draft_parts as draft_parts,
    find_item as find_item,
    get_submission as get_submission,
    laws_in as laws_in,
    laws_sent as laws_sent,
    sent_parts as sent_parts,
)
from .selectors.responses import (
    ItemState as ItemState,
    ResponseOverview as ResponseOverview,
    SectionProgress as SectionProgress,
    answer_values as answer_values,
    answers_by_competence as answers_by_competence,
    answers_in as answers_in,
    answers_last_saved_by as answers_last_saved_by,
    get_response_for as get_response_for,
    get_section_for as get_section_for,
    history_of as history_of,
    lock_response as lock_response,
    overview_for as overview_for,
    response_status_of as response_status_of,
    responses_visible_to as responses_visible_to,
    section_items as section_items,
    section_progress as section_progress,
    sections_visible_to as sections_visible_to,
    snapshot as snapshot,
)
from .selectors.sheets import (
    SentToMinistry as SentToMinistry,
    Sheet as Sheet,
    covered as covered,
    official_shown as official_shown,
    returned_proposals as returned_proposals,
    sent_places as sent_places,
    sent_to_ministries as sent_to_ministries,
    sheet_of as sheet_of,
    still_sent as still_sent,
    target_of as target_of,
)
from .selectors.submissions import (
    STANDS as STANDS,
    brought_in_and_waiting as brought_in_and_waiting,
    brought_in_without_answers as brought_in_without_answers,
    latest_submission as latest_submission,
)
from .selectors.versions import SentBeside as SentBeside, VersionHistory as VersionHistory
from .selectors.written import EMPTY as EMPTY, AnswerSnapshot as AnswerSnapshot
from .services import (
    begin_revision as begin_revision,
    clear_response as clear_response,
    document_of as document_of,
    draft_submission as draft_submission,
    hash_of_draft as hash_of_draft,
    open_response as open_response,
    receive_brought_answers as receive_brought_answers,
    return_response as return_response,
    submit_response_for_clearance as submit_response_for_clearance,
)
from .supplementing import add_beside as add_beside
from .views.acts import ResponseActView as ResponseActView
from .views.base import (
    BelowResponse as BelowResponse,
    ItemPage as ItemPage,
    ResponsePage as ResponsePage,
    SectionPage as SectionPage,
)
from .views.overview import ResponseDetailView as ResponseDetailView
from .views.submissions import BelowSubmission as BelowSubmission, SubmissionPage as SubmissionPage
