"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.suggestions.views import (
    SuggestionAcceptView,
    SuggestionAddView,
    SuggestionEditView,
    SuggestionLayView,
    SuggestionListView,
    SuggestionRejectView,
    SuggestionWithdrawView,
)

_LIST = f"{TEXT}suggestions/"
_SUGGESTION = f"{_LIST}<uuid:suggestion>/"

urlpatterns = [
    path(_LIST, SuggestionListView.as_view(), name="suggestion-list"),
    path(f"{_LIST}add/<uuid:place>/", SuggestionAddView.as_view(), name="suggestion-add"),
    path(_SUGGESTION, SuggestionEditView.as_view(), name="suggestion-edit"),
    path(f"{_SUGGESTION}lay/", SuggestionLayView.as_view(), name="suggestion-lay"),
    path(f"{_SUGGESTION}withdraw/", SuggestionWithdrawView.as_view(), name="suggestion-withdraw"),
    path(f"{_SUGGESTION}accept/", SuggestionAcceptView.as_view(), name="suggestion-accept"),
    path(f"{_SUGGESTION}reject/", SuggestionRejectView.as_view(), name="suggestion-reject"),
]
