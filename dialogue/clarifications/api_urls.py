from core.api.acts import acts_of
from dialogue.clarifications.urls import urlpatterns as pages
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
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
