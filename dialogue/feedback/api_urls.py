from django.urls import path

from core.api.acts import acts_of
from dialogue.feedback.api import FeedbackApiView, FeedbackListApiView
from dialogue.feedback.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = (
    "feedback-form",
    "feedback-clear",
    "feedback-recall",
    "feedback-take-back",
    "question-comment",
    "article-comment",
)
urlpatterns = [
    path(f"{REVIEW}feedback/", FeedbackListApiView.as_view(), name="feedback-list"),
    path(f"{REVIEW}feedback/<str:iso3>/", FeedbackApiView.as_view(), name="feedback-detail"),
    *acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView),
]
