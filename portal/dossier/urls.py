"""Addresses of this feature's pages."""

from django.urls import path

from portal.dossier.views import DossierView, ExchangeDocumentView
from reviews.addresses import REVIEW

_ONE = f"{REVIEW}whole-record/<slug:document>/<slug:format>/"

urlpatterns = [
    path(f"{REVIEW}whole-record/", DossierView.as_view(), name="dossier"),
    path(_ONE, ExchangeDocumentView.as_view(), name="exchange-document"),
]
