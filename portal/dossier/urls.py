"""Addresses of this feature's pages."""

from django.urls import path

from portal.dossier.views import DossierView
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}whole-record/", DossierView.as_view(), name="dossier"),
]
