"""Addresses of this feature's pages: those of one translation stand outside of the review."""

from django.urls import path

from observations.addresses import TEXT
from observations.translations.file_views import FileInView, FileOutView, FileTakeView
from observations.translations.views import (
    ConfirmTranslationView,
    EndView,
    HandInView,
    MachineView,
    OrderView,
    OwnTranslationsView,
    TextTranslationListView,
    TextTranslationView,
    TranslationDocumentView,
)

_LIST = f"{TEXT}translations/"
_OWN = "translations/"
_ONE = f"{_OWN}<uuid:pk>/"

urlpatterns = [
    path(_LIST, TextTranslationListView.as_view(), name="translation-list"),
    path(f"{_LIST}order/", OrderView.as_view(), name="translation-order"),
    path(_OWN, OwnTranslationsView.as_view(), name="translation-own"),
    path(_ONE, TextTranslationView.as_view(), name="translation"),
    path(f"{_ONE}hand-in/", HandInView.as_view(), name="translation-hand-in"),
    path(f"{_ONE}confirm/", ConfirmTranslationView.as_view(), name="translation-confirm"),
    path(f"{_ONE}end/", EndView.as_view(), name="translation-end"),
    path(f"{_ONE}machine/", MachineView.as_view(), name="translation-machine"),
    path(f"{_ONE}file/", FileOutView.as_view(), name="translation-file"),
    path(f"{_ONE}file/in/", FileInView.as_view(), name="translation-file-in"),
    path(f"{_ONE}file/take/", FileTakeView.as_view(), name="translation-file-take"),
    path(f"{_ONE}documents/<slug:format>/", TranslationDocumentView.as_view(), name="translation-document"),
]
