from .selectors import (
    JOINT_FEEDBACK as JOINT_FEEDBACK,
    author_words as author_words,
    authors_of as authors_of,
    clearances_of as clearances_of,
    feedback_begun as feedback_begun,
    instruments_of as instruments_of,
    joint_clearances_missing as joint_clearances_missing,
    open_feedback_for as open_feedback_for,
    shown_of_feedback as shown_of_feedback,
    states_of as states_of,
    states_to_clear as states_to_clear,
    takes_part_in as takes_part_in,
)
from .services import clear_for_own_state as clear_for_own_state, undo_clearances as undo_clearances
