"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.consultations.views.consultations import (
    ConsultationConfirmView,
    ConsultationProposeView,
    ConsultationView,
    GoAheadView,
)

urlpatterns = [
    path(f"{REVIEW}consultations/", ConsultationView.as_view(), name="consultation"),
    path(f"{REVIEW}consultations/propose/", ConsultationProposeView.as_view(), name="consultation-propose"),
    path(f"{REVIEW}consultations/confirm/", ConsultationConfirmView.as_view(), name="consultation-confirm"),
    path(f"{REVIEW}consultations/go-ahead/<str:iso3>/", GoAheadView.as_view(), name="consultation-go-ahead"),
]
