from .pages import PAGE_OF as PAGE_OF
from .policy import PERMISSIONS as PERMISSIONS, PieceFacts as PieceFacts
from .selectors import (
    answer_shown_to as answer_shown_to,
    articles_under_review as articles_under_review,
    clarifications_visible_to as clarifications_visible_to,
    comments_of as comments_of,
    dated_requests as dated_requests,
    drafted_comments as drafted_comments,
    feedback_states as feedback_states,
    feedback_visible_to as feedback_visible_to,
    get_clarification_for as get_clarification_for,
    get_feedback_for as get_feedback_for,
    get_supplement_for as get_supplement_for,
    instruments_covered_by as instruments_covered_by,
    open_clarifications as open_clarifications,
    own_feedback as own_feedback,
    readings_of as readings_of,
    reply_to as reply_to,
    requests_waiting_for as requests_waiting_for,
    states_with_feedback_to_come as states_with_feedback_to_come,
    supplements_visible_to as supplements_visible_to,
    unread_words as unread_words,
)
