"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import SUBMISSION
from questionnaires.laws.views.cited import CitedLawsView
from questionnaires.laws.views.files import LawFileAddView, LawFileEndView, LawFileView, SentLawFileView
from questionnaires.laws.views.laws import (
    LawAddView,
    LawChangeView,
    LawDetailView,
    LawEndView,
    LawExportView,
    LawListView,
    LawUseAgainView,
)
from questionnaires.laws.views.references import ReferencesView
from questionnaires.laws.views.sheet import LawConfirmView, LawUploadView
from reviews.addresses import REVIEW

_LAWS = f"{REVIEW}laws/"
_FILES = f"{_LAWS}<uuid:law>/files/"
urlpatterns = [
    path(_LAWS, LawListView.as_view(), name="law-list"),
    path(f"{_LAWS}add/", LawAddView.as_view(), name="law-add"),
    path(f"{_LAWS}table/", LawExportView.as_view(), name="law-export"),
    path(f"{_LAWS}upload/", LawUploadView.as_view(), name="law-upload"),
    path(f"{_LAWS}confirm/", LawConfirmView.as_view(), name="law-confirm"),
    path(f"{_LAWS}references/", ReferencesView.as_view(), name="law-references"),
    path(f"{_LAWS}<uuid:law>/", LawDetailView.as_view(), name="law-detail"),
    path(f"{_LAWS}<uuid:law>/change/", LawChangeView.as_view(), name="law-change"),
    path(f"{_LAWS}<uuid:law>/end/", LawEndView.as_view(), name="law-end"),
    path(f"{_LAWS}<uuid:law>/again/", LawUseAgainView.as_view(), name="law-again"),
    path(f"{_FILES}add/", LawFileAddView.as_view(), name="law-file-add"),
    path(f"{_FILES}<uuid:file>/", LawFileView.as_view(), name="law-file"),
    path(f"{_FILES}<uuid:file>/end/", LawFileEndView.as_view(), name="law-file-end"),
    path(f"{SUBMISSION}laws/files/<uuid:file>/", SentLawFileView.as_view(), name="submission-law-file"),
    path(f"{SUBMISSION}laws/", CitedLawsView.as_view(), name="submission-laws"),
]
