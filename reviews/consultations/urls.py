"""Addresses of this feature's pages."""

from django.urls import path

from reviews.consultations.views.consultations import (
    ConsultationConfirmView,
    ConsultationProposeView,
    ConsultationView,
    GoAheadView,
)

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}consultations/", ConsultationView.as_view(), name="consultation"),
    path(f"{_REVIEW}consultations/propose/", ConsultationProposeView.as_view(), name="consultation-propose"),
    path(f"{_REVIEW}consultations/confirm/", ConsultationConfirmView.as_view(), name="consultation-confirm"),
    path(f"{_REVIEW}consultations/go-ahead/<str:iso3>/", GoAheadView.as_view(), name="consultation-go-ahead"),
]
