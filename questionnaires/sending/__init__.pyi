from .beside import (
    flags_on as flags_on,
    register_flags as register_flags,
    register_frozen as register_frozen,
    register_hold as register_hold,
)
from .document import document_of as document_of, draft_submission as draft_submission, hash_of_draft as hash_of_draft
from .services import (
    begin_revision as begin_revision,
    clear_response as clear_response,
    open_response as open_response,
    receive_brought_answers as receive_brought_answers,
    return_response as return_response,
    submit_response_for_clearance as submit_response_for_clearance,
)
from .supplementing import add_beside as add_beside
from .views.acts import ResponseActView as ResponseActView
