"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.participants.views import ContributorEndView, ContributorInviteView, ParticipantListView, ReviewRemindView

urlpatterns = [
    path(f"{REVIEW}participants/", ParticipantListView.as_view(), name="participant-list"),
    path(f"{REVIEW}participants/invite/", ContributorInviteView.as_view(), name="contributor-invite"),
    path(
        f"{REVIEW}participants/<uuid:participation>/let-go/",
        ContributorEndView.as_view(),
        name="contributor-end",
    ),
    path(f"{REVIEW}remind/", ReviewRemindView.as_view(), name="review-remind"),
]
