from reviews.views.opening import ReviewOpenView
from reviews.views.participants import (
    ParticipantListView,
    ParticipantRegisterView,
    ParticipationEndView,
    ReviewRemindView,
)
from reviews.views.review_list import ReviewHomeView, ReviewListView
from reviews.views.states import StateDetailView, StateListView

__all__ = [
    "ParticipantListView",
    "ParticipantRegisterView",
    "ParticipationEndView",
    "ReviewHomeView",
    "ReviewListView",
    "ReviewOpenView",
    "ReviewRemindView",
    "StateDetailView",
    "StateListView",
]
