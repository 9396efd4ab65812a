from django.urls import path

from core.api.acts import acts_of
from questionnaires.sending.api import PreviewApiView
from questionnaires.sending.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

_ACTS = (
    "response-open",
    "response-submit",
    "response-return",
    "response-recall",
    "response-revise",
    "response-give-up",
)

urlpatterns = [
    path(f"{_RESPONSE}preview/", PreviewApiView.as_view(), name="self-assessment-preview"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
