"""Addresses of this feature's pages."""

from django.urls import path

from reviews.participants.views import ContributorEndView, ContributorInviteView, ParticipantListView, ReviewRemindView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}participants/", ParticipantListView.as_view(), name="participant-list"),
    path(f"{_REVIEW}participants/invite/", ContributorInviteView.as_view(), name="contributor-invite"),
    path(
        f"{_REVIEW}participants/<uuid:participation>/let-go/",
        ContributorEndView.as_view(),
        name="contributor-end",
    ),
    path(f"{_REVIEW}remind/", ReviewRemindView.as_view(), name="review-remind"),
]
