"""Addresses of this feature's pages."""

from django.urls import path

from reviews.access.views.members import MemberAddView
from reviews.access.views.notes import NoteAloneView, NoteApproveView, NoteDetailView
from reviews.access.views.prepare import (
    AccountAddressView,
    AccountCloseView,
    AccountFactorsView,
    AccountReopenView,
    AccountRoleView,
    MissionEndView,
    MissionRegisterView,
    ParticipationEndView,
)
from reviews.access.views.requests import (
    AccessAloneView,
    AccessApproveView,
    AccessConfirmView,
    AccessDetailView,
    AccessListView,
    AccessRefuseView,
    AccessReturnView,
    AccessScanView,
    AccessStopLinkView,
    AccessStopView,
    AccessWithdrawView,
)
from reviews.addresses import REVIEW

_ACCESS = "access-requests/<uuid:access>/"
_ACCOUNT = "accounts/<uuid:account>/"
_NOMINATIONS = "<slug:mechanism>/states/<str:iso3>/nominations/"
_NOTE = f"{_NOMINATIONS}<uuid:note>/"

urlpatterns = [
    path("access-requests/", AccessListView.as_view(), name="access-list"),
    path("access-requests/stop/", AccessStopView.as_view(), name="access-stop"),
    path("access-requests/stop/<str:token>/", AccessStopLinkView.as_view(), name="access-stop-link"),
    path(_ACCESS, AccessDetailView.as_view(), name="access-detail"),
    path(f"{_ACCESS}scan/", AccessScanView.as_view(), name="access-scan"),
    path(f"{_ACCESS}approve/", AccessApproveView.as_view(), name="access-approve"),
    path(f"{_ACCESS}return/", AccessReturnView.as_view(), name="access-return"),
    path(f"{_ACCESS}alone/", AccessAloneView.as_view(), name="access-alone"),
    path(f"{_ACCESS}withdraw/", AccessWithdrawView.as_view(), name="access-withdraw"),
    path(f"{_ACCESS}confirm/", AccessConfirmView.as_view(), name="access-confirm"),
    path(f"{_ACCESS}refuse/", AccessRefuseView.as_view(), name="access-refuse"),
    path("accounts/add/", MemberAddView.as_view(), name="member-add"),
    path(f"{_ACCOUNT}address/", AccountAddressView.as_view(), name="account-address"),
    path(f"{_ACCOUNT}close/", AccountCloseView.as_view(), name="account-close"),
    path(f"{_ACCOUNT}reopen/", AccountReopenView.as_view(), name="account-reopen"),
    path(f"{_ACCOUNT}factors/", AccountFactorsView.as_view(), name="account-factors"),
    path(f"{_ACCOUNT}role/", AccountRoleView.as_view(), name="account-role"),
    path(
        f"{REVIEW}participants/<uuid:participation>/end/",
        ParticipationEndView.as_view(),
        name="participant-end",
    ),
    path(f"{_NOMINATIONS}mission/register/", MissionRegisterView.as_view(), name="mission-register"),
    path(f"{_NOMINATIONS}mission/<uuid:member>/end/", MissionEndView.as_view(), name="mission-end"),
    path(_NOTE, NoteDetailView.as_view(), name="note-detail"),
    path(f"{_NOTE}approve/", NoteApproveView.as_view(), name="note-approve"),
    path(f"{_NOTE}alone/", NoteAloneView.as_view(), name="note-alone"),
]
