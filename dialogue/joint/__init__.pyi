from .selectors import (
    JOINT_FEEDBACK as JOINT_FEEDBACK,
    all_have_cleared as all_have_cleared,
    author_words as author_words,
    authors_of as authors_of,
    clearance_taken_back as clearance_taken_back,
    clearances_of as clearances_of,
    drafts_that_were_cleared as drafts_that_were_cleared,
    feedback_begun as feedback_begun,
    instruments_of as instruments_of,
    joint_clearances_missing as joint_clearances_missing,
    open_feedback_for as open_feedback_for,
    shown_of_feedback as shown_of_feedback,
    states_of as states_of,
    states_to_clear as states_to_clear,
    takes_part_in as takes_part_in,
)
from .services import (
    clear_for_own_state as clear_for_own_state,
    take_back_clearance as take_back_clearance,
    undo_clearances as undo_clearances,
)
