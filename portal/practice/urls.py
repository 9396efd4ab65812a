"""Addresses of this feature's pages; those of the practice portal begin with its door (``VIEWS_AT_THE_DOOR``)."""

from django.urls import path

from portal.practice.views.portal import LearnerListView, PracticeBackView, PracticeGoView, PracticeView
from portal.practice.views.space import (
    BeginView,
    DoorView,
    EnterView,
    ExerciseActView,
    LeaveView,
    MailsView,
    OthersView,
    ResetView,
)

urlpatterns = [
    path("practice/", PracticeView.as_view(), name="practice"),
    path("practice/go/", PracticeGoView.as_view(), name="practice-go"),
    path("practice/back/<str:token>/", PracticeBackView.as_view(), name="practice-back"),
    path("practice/people/", LearnerListView.as_view(), name="practice-learners"),
    path("practice/enter/<str:token>/", EnterView.as_view(), name="practice-door-enter"),
    path("practice/exercise/", DoorView.as_view(), name="practice-door"),
    path("practice/exercise/begin/", BeginView.as_view(), name="practice-door-begin"),
    path("practice/exercise/act/<slug:part>/", ExerciseActView.as_view(), name="practice-door-act"),
    path("practice/exercise/others/<slug:task>/", OthersView.as_view(), name="practice-door-others"),
    path("practice/exercise/anew/", ResetView.as_view(), name="practice-door-reset"),
    path("practice/exercise/mails/", MailsView.as_view(), name="practice-door-mails"),
    path("practice/exercise/leave/", LeaveView.as_view(), name="practice-door-leave"),
]
