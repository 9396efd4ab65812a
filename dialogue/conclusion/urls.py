"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.conclusion.views import ConclusionRecordView, DialogueConcludeView
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}dialogue/conclude/", DialogueConcludeView.as_view(), name="dialogue-conclude"),
    path(f"{REVIEW}dialogue/conclude/record/", ConclusionRecordView.as_view(), name="conclusion-record"),
]
