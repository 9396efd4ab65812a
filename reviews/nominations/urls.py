"""Addresses of this feature's pages."""

from django.urls import path

from reviews.nominations.views.notes import (
    NoteChangeView,
    NoteDiscardView,
    NoteListView,
    NoteRecordView,
    NoteReturnView,
    NoteScanView,
    NoteSubmitView,
)
from reviews.nominations.views.people import (
    NominationAddView,
    NominationConfirmView,
    NominationRemoveView,
    NominationTemplateView,
    NominationUploadView,
)

_NOMINATIONS = "<slug:mechanism>/states/<str:iso3>/nominations/"
_NOTE = f"{_NOMINATIONS}<uuid:note>/"

urlpatterns = [
    path("<slug:mechanism>/notes-verbales/", NoteListView.as_view(), name="note-list"),
    path(f"{_NOMINATIONS}record/", NoteRecordView.as_view(), name="note-record"),
    path(f"{_NOMINATIONS}template/", NominationTemplateView.as_view(), name="nomination-template"),
    path(f"{_NOTE}change/", NoteChangeView.as_view(), name="note-change"),
    path(f"{_NOTE}discard/", NoteDiscardView.as_view(), name="note-discard"),
    path(f"{_NOTE}scan/", NoteScanView.as_view(), name="note-scan"),
    path(f"{_NOTE}submit/", NoteSubmitView.as_view(), name="note-submit"),
    path(f"{_NOTE}return/", NoteReturnView.as_view(), name="note-return"),
    path(f"{_NOTE}people/add/", NominationAddView.as_view(), name="nomination-add"),
    path(f"{_NOTE}people/upload/", NominationUploadView.as_view(), name="nomination-upload"),
    path(f"{_NOTE}people/confirm/", NominationConfirmView.as_view(), name="nomination-confirm"),
    path(f"{_NOTE}people/<uuid:nomination>/remove/", NominationRemoveView.as_view(), name="nomination-remove"),
]
