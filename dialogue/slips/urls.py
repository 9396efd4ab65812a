"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.slips.views import ArticleMarkView, ArticleNoteView, QuestionMarkView, QuestionNoteView
from reviews.addresses import REVIEW

_QUESTION = f"{REVIEW}slips/questions/<str:question>/"
_ARTICLE = f"{REVIEW}slips/articles/<slug:instrument>/<int:article>/"

urlpatterns = [
    path(f"{_QUESTION}note/", QuestionNoteView.as_view(), name="question-note"),
    path(f"{_QUESTION}mark/", QuestionMarkView.as_view(), name="question-mark"),
    path(f"{_ARTICLE}note/", ArticleNoteView.as_view(), name="article-note"),
    path(f"{_ARTICLE}mark/", ArticleMarkView.as_view(), name="article-mark"),
]
