"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.feedback.choosing import FeedbackFormView
from dialogue.feedback.recalls import ClearanceTakeBackView, FeedbackRecallView
from dialogue.feedback.views import (
    ArticleCommentView,
    FeedbackClearView,
    FeedbackDetailView,
    FeedbackListView,
    QuestionCommentView,
)
from reviews.addresses import REVIEW

_FEEDBACK = f"{REVIEW}feedback/<str:iso3>/"

urlpatterns = [
    path(f"{REVIEW}feedback/", FeedbackListView.as_view(), name="feedback-list"),
    path(f"{REVIEW}feedback-form/", FeedbackFormView.as_view(), name="feedback-form"),
    path(_FEEDBACK, FeedbackDetailView.as_view(), name="feedback-detail"),
    path(f"{_FEEDBACK}clear/", FeedbackClearView.as_view(), name="feedback-clear"),
    path(f"{_FEEDBACK}recall/", FeedbackRecallView.as_view(), name="feedback-recall"),
    path(f"{_FEEDBACK}take-back/", ClearanceTakeBackView.as_view(), name="feedback-take-back"),
    path(f"{_FEEDBACK}questions/<str:question>/", QuestionCommentView.as_view(), name="question-comment"),
    path(
        f"{_FEEDBACK}articles/<slug:instrument>/<int:article>/",
        ArticleCommentView.as_view(),
        name="article-comment",
    ),
]
