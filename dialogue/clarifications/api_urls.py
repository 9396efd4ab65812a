from django.urls import path

from core.api.acts import acts_of
from dialogue.clarifications.api import ClarificationListApiView
from dialogue.clarifications.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = (
    "clarification-ask",
    "clarification-edit",
    "clarification-send",
    "clarification-discard",
    "clarification-answer",
    "clarification-answer-send",
    "clarification-further",
    "clarification-close",
    "legal-system-ask",
)
urlpatterns = [
    path(f"{REVIEW}clarifications/", ClarificationListApiView.as_view(), name="clarification-list"),
    *acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView),
]
