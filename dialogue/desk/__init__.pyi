from .boxes import BoxPage as BoxPage, request_box as request_box
from .desk import CommentBox as CommentBox, Desk as Desk, anchor_of as anchor_of
from .selectors import (
    FeedbackOnDesk as FeedbackOnDesk,
    QuestionPlace as QuestionPlace,
    Remark as Remark,
    articles_by_instrument as articles_by_instrument,
    clarifications_on_desk as clarifications_on_desk,
    clearance_of_piece as clearance_of_piece,
    drafts_of as drafts_of,
    feedback_on_desk as feedback_on_desk,
    grouped as grouped,
    remarks_sent as remarks_sent,
)
from .views import desk_context as desk_context
