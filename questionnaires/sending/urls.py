"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.sending.views.acts import (
    ResponseOpenView,
    ResponseRecallView,
    ResponseReturnView,
    ResponseSubmitView,
)
from questionnaires.sending.views.missing import ResponseMissingView
from questionnaires.sending.views.preview import ResponsePreviewView
from questionnaires.sending.views.revising import ResponseGiveUpView, ResponseReviseView

urlpatterns = [
    path(f"{RESPONSE}open/", ResponseOpenView.as_view(), name="response-open"),
    path(f"{RESPONSE}missing/", ResponseMissingView.as_view(), name="response-missing"),
    path(f"{RESPONSE}submit/", ResponseSubmitView.as_view(), name="response-submit"),
    path(f"{RESPONSE}return/", ResponseReturnView.as_view(), name="response-return"),
    path(f"{RESPONSE}recall/", ResponseRecallView.as_view(), name="response-recall"),
    path(f"{RESPONSE}preview/", ResponsePreviewView.as_view(), name="response-preview"),
    path(f"{RESPONSE}revise/", ResponseReviseView.as_view(), name="response-revise"),
    path(f"{RESPONSE}give-up/", ResponseGiveUpView.as_view(), name="response-give-up"),
]
