"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import SUGGESTION, SUGGESTIONS
from observations.suggestions.views import (
    SuggestionAcceptView,
    SuggestionAddView,
    SuggestionEditView,
    SuggestionLayView,
    SuggestionListView,
    SuggestionRejectView,
    SuggestionWithdrawView,
)

urlpatterns = [
    path(SUGGESTIONS, SuggestionListView.as_view(), name="suggestion-list"),
    path(f"{SUGGESTIONS}add/<uuid:place>/", SuggestionAddView.as_view(), name="suggestion-add"),
    path(SUGGESTION, SuggestionEditView.as_view(), name="suggestion-edit"),
    path(f"{SUGGESTION}lay/", SuggestionLayView.as_view(), name="suggestion-lay"),
    path(f"{SUGGESTION}withdraw/", SuggestionWithdrawView.as_view(), name="suggestion-withdraw"),
    path(f"{SUGGESTION}accept/", SuggestionAcceptView.as_view(), name="suggestion-accept"),
    path(f"{SUGGESTION}reject/", SuggestionRejectView.as_view(), name="suggestion-reject"),
]
