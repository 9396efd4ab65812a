from django.urls import path

from core.api.acts import acts_of
from observations.follow_up.api import FollowUpApiView, FollowUpHistoryApiView
from observations.follow_up.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = ("follow-up-record", "follow-up-share", "follow-up-take-back")
urlpatterns = [
    path(f"{REVIEW}follow-up/<uuid:observation>/", FollowUpHistoryApiView.as_view(), name="follow-up-item"),
    path(f"{REVIEW}follow-up/", FollowUpApiView.as_view(), name="follow-up"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
