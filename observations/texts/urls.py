"""Addresses of this feature's pages."""

from django.urls import path

from observations.texts.views.passages import PassageDiscardView, PassageDraftView, PassageEditView, PassageLayView
from observations.texts.views.texts import TextClearView, TextDetailView, TextListView, TextObjectView, TextProposeView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_TEXT = f"{_REVIEW}texts/<slug:instrument>/<slug:kind>/"

urlpatterns = [
    path(f"{_REVIEW}texts/", TextListView.as_view(), name="text-list"),
    path(_TEXT, TextDetailView.as_view(), name="text-detail"),
    path(f"{_TEXT}propose/", TextProposeView.as_view(), name="text-propose"),
    path(f"{_TEXT}clear/", TextClearView.as_view(), name="text-clear"),
    path(f"{_TEXT}object/", TextObjectView.as_view(), name="text-object"),
    path(f"{_TEXT}passages/<int:order>/", PassageEditView.as_view(), name="passage-edit"),
    path(f"{_TEXT}passages/<int:order>/draft/", PassageDraftView.as_view(), name="passage-draft"),
    path(f"{_TEXT}passages/<int:order>/draft/lay/", PassageLayView.as_view(), name="passage-lay"),
    path(f"{_TEXT}passages/<int:order>/draft/discard/", PassageDiscardView.as_view(), name="passage-discard"),
]
