from .rows import feedback_text as feedback_text
from .services import (
    FEEDBACK_FORMAT_VERSION as FEEDBACK_FORMAT_VERSION,
    choose_form as choose_form,
    clear_feedback as clear_feedback,
    hash_of_draft as hash_of_draft,
    recall_feedback as recall_feedback,
    receive_brought_feedback as receive_brought_feedback,
    save_comment as save_comment,
)
from .views import (
    BelowFeedback as BelowFeedback,
    WholeDraftView as WholeDraftView,
    WholeFeedbackPage as WholeFeedbackPage,
)
