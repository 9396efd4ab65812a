"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.clarifications.views.acts import (
    ClarificationAnswerSendView,
    ClarificationCloseView,
    ClarificationDiscardView,
    ClarificationSendView,
)
from dialogue.clarifications.views.pages import ClarificationListView
from dialogue.clarifications.views.writing import (
    AskFurtherView,
    ClarificationAnswerView,
    ClarificationAskView,
    ClarificationEditView,
    LegalSystemAskView,
)
from reviews.addresses import REVIEW

_CLARIFICATION = f"{REVIEW}clarifications/<uuid:clarification>/"

urlpatterns = [
    path(f"{REVIEW}clarifications/", ClarificationListView.as_view(), name="clarification-list"),
    path(f"{REVIEW}preparation/ask/", LegalSystemAskView.as_view(), name="legal-system-ask"),
    path(f"{REVIEW}clarifications/ask/<str:question>/", ClarificationAskView.as_view(), name="clarification-ask"),
    path(_CLARIFICATION, ClarificationEditView.as_view(), name="clarification-edit"),
    path(f"{_CLARIFICATION}send/", ClarificationSendView.as_view(), name="clarification-send"),
    path(f"{_CLARIFICATION}discard/", ClarificationDiscardView.as_view(), name="clarification-discard"),
    path(f"{_CLARIFICATION}answer/", ClarificationAnswerView.as_view(), name="clarification-answer"),
    path(f"{_CLARIFICATION}answer/send/", ClarificationAnswerSendView.as_view(), name="clarification-answer-send"),
    path(f"{_CLARIFICATION}further/", AskFurtherView.as_view(), name="clarification-further"),
    path(f"{_CLARIFICATION}close/", ClarificationCloseView.as_view(), name="clarification-close"),
]
