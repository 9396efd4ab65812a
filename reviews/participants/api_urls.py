from django.urls import path

from core.api.acts import acts_of
from reviews.navigation import ReviewActView
from reviews.participants.api import ParticipantListApiView
from reviews.participants.urls import urlpatterns as pages

_ACTS = (
    "contributor-invite",
    "contributor-end",
    "review-remind",
)
urlpatterns = [
    path(
        "<slug:mechanism>/reviews/<str:code>/participants/", ParticipantListApiView.as_view(), name="participant-list"
    ),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
