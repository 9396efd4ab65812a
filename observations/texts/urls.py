"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.texts.views.passages import PassageDiscardView, PassageDraftView, PassageEditView, PassageLayView
from observations.texts.views.texts import TextClearView, TextDetailView, TextListView, TextObjectView, TextProposeView
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}texts/", TextListView.as_view(), name="text-list"),
    path(TEXT, TextDetailView.as_view(), name="text-detail"),
    path(f"{TEXT}propose/", TextProposeView.as_view(), name="text-propose"),
    path(f"{TEXT}clear/", TextClearView.as_view(), name="text-clear"),
    path(f"{TEXT}object/", TextObjectView.as_view(), name="text-object"),
    path(f"{TEXT}passages/<int:order>/", PassageEditView.as_view(), name="passage-edit"),
    path(f"{TEXT}passages/<int:order>/draft/", PassageDraftView.as_view(), name="passage-draft"),
    path(f"{TEXT}passages/<int:order>/draft/lay/", PassageLayView.as_view(), name="passage-lay"),
    path(f"{TEXT}passages/<int:order>/draft/discard/", PassageDiscardView.as_view(), name="passage-discard"),
]
