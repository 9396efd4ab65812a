"""Addresses of this feature's pages."""

from django.urls import path

from reviews.outreach.views.board import BoardView, LettersView
from reviews.outreach.views.missions import MissionLinkFollowView, MissionLinkRenewView, MissionLinkView
from reviews.outreach.views.received import (
    ReceivedDetailView,
    ReceivedListView,
    ReceivedScanView,
    SetAsideView,
    TakeOverView,
)

_RECEIVED = "<slug:mechanism>/received/"

urlpatterns = [
    path("mission-link/", MissionLinkView.as_view(), name="mission-link"),
    path("mission-link/renew/", MissionLinkRenewView.as_view(), name="mission-link-renew"),
    path("mission-link/<str:token>/", MissionLinkFollowView.as_view(), name="mission-link-follow"),
    path("<slug:mechanism>/board/", BoardView.as_view(), name="board"),
    path("<slug:mechanism>/board/write/", LettersView.as_view(), name="letters"),
    path(_RECEIVED, ReceivedListView.as_view(), name="received-list"),
    path(f"{_RECEIVED}<uuid:received>/", ReceivedDetailView.as_view(), name="received-detail"),
    path(f"{_RECEIVED}<uuid:received>/scan/", ReceivedScanView.as_view(), name="received-scan"),
    path(f"{_RECEIVED}<uuid:received>/take-over/", TakeOverView.as_view(), name="received-take-over"),
    path(f"{_RECEIVED}<uuid:received>/set-aside/", SetAsideView.as_view(), name="received-set-aside"),
]
