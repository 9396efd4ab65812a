from django.urls import path

from core.api.acts import acts_of
from questionnaires.laws.api import CitedLawsApiView, LawDetailApiView, LawListApiView, ReferencesApiView
from questionnaires.laws.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

_ACTS = ("law-change", "law-end", "law-again", "law-file-end")

urlpatterns = [
    path(f"{_REVIEW}laws/", LawListApiView.as_view(), name="law-list"),
    path(f"{_REVIEW}laws/references/", ReferencesApiView.as_view(), name="law-references"),
    path(f"{_REVIEW}laws/<uuid:law>/", LawDetailApiView.as_view(), name="law-detail"),
    path(f"{_REVIEW}submission/laws/", CitedLawsApiView.as_view(), name="submission-laws"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
