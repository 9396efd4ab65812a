"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.ministries.views.consulted import ConsultedBodiesView, ConsultedBodyRemoveView
from questionnaires.ministries.views.parts import (
    HandOnView,
    MinistriesView,
    MinistryRemindView,
    PartAnswerView,
    PartCheckView,
)
from questionnaires.ministries.views.proposals import (
    ProposalAdoptView,
    ProposalAdoptWholeView,
    ProposalReturnView,
    ProposalsView,
    ReturnAnswerView,
)

_QUESTION = f"{RESPONSE}proposals/<str:question>/"
_PART = f"{RESPONSE}ministries/parts/<uuid:part>/"
_PROPOSAL = f"{_QUESTION}<uuid:proposal>/"

urlpatterns = [
    path(f"{RESPONSE}ministries/", MinistriesView.as_view(), name="ministries"),
    path(f"{RESPONSE}ministries/hand-on/", HandOnView.as_view(), name="ministry-hand-on"),
    path(f"{RESPONSE}ministries/<uuid:holder>/remind/", MinistryRemindView.as_view(), name="ministry-remind"),
    path(f"{_PART}answer/", PartAnswerView.as_view(), name="part-answer"),
    path(f"{_PART}check/", PartCheckView.as_view(), name="part-check"),
    path(f"{RESPONSE}consulted/", ConsultedBodiesView.as_view(), name="consulted-bodies"),
    path(f"{RESPONSE}consulted/<uuid:body>/remove/", ConsultedBodyRemoveView.as_view(), name="consulted-body-remove"),
    path(_QUESTION, ProposalsView.as_view(), name="proposals"),
    path(f"{_QUESTION}answered/", ReturnAnswerView.as_view(), name="return-answer"),
    path(f"{_PROPOSAL}adopt/", ProposalAdoptView.as_view(), name="proposal-adopt"),
    path(f"{_PROPOSAL}adopt-whole/", ProposalAdoptWholeView.as_view(), name="proposal-adopt-whole"),
    path(f"{_PROPOSAL}return/", ProposalReturnView.as_view(), name="proposal-return"),
]
