"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.supplements.views import (
    DialogueView,
    OfAnswerView,
    OfferAddView,
    SupplementAddView,
    SupplementDiscardView,
    SupplementEditView,
    SupplementFileView,
    SupplementSendView,
    VoluntaryAddView,
)
from reviews.addresses import REVIEW

_SUPPLEMENT = f"{REVIEW}supplements/<uuid:supplement>/"

urlpatterns = [
    path(f"{REVIEW}dialogue/", DialogueView.as_view(), name="dialogue"),
    path(f"{REVIEW}supplements/add/", SupplementAddView.as_view(), name="supplement-add"),
    path(f"{REVIEW}supplements/offer/", OfferAddView.as_view(), name="supplement-offer"),
    path(f"{REVIEW}supplements/volunteer/", VoluntaryAddView.as_view(), name="supplement-volunteer"),
    path(
        f"{REVIEW}clarifications/<uuid:clarification>/supplement/", OfAnswerView.as_view(), name="supplement-of-answer"
    ),
    path(_SUPPLEMENT, SupplementEditView.as_view(), name="supplement-edit"),
    path(f"{_SUPPLEMENT}send/", SupplementSendView.as_view(), name="supplement-send"),
    path(f"{_SUPPLEMENT}discard/", SupplementDiscardView.as_view(), name="supplement-discard"),
    path(f"{_SUPPLEMENT}file/", SupplementFileView.as_view(), name="supplement-file"),
]
