"""Addresses of this feature's pages."""

from django.urls import path

from portal.reference.views import ProposalDeclineView, ProposalListView, ProposalTakeView

urlpatterns = [
    path("setup/release/", ProposalListView.as_view(), name="proposal-list"),
    path("setup/release/<uuid:proposal>/take/", ProposalTakeView.as_view(), name="proposal-take"),
    path("setup/release/<uuid:proposal>/decline/", ProposalDeclineView.as_view(), name="proposal-decline"),
]
