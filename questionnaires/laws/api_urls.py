from django.urls import path

from questionnaires.laws.api import CitedLawsApiView, LawDetailApiView, LawListApiView, ReferencesApiView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}laws/", LawListApiView.as_view(), name="law-list"),
    path(f"{_REVIEW}laws/references/", ReferencesApiView.as_view(), name="law-references"),
    path(f"{_REVIEW}laws/<uuid:law>/", LawDetailApiView.as_view(), name="law-detail"),
    path(f"{_REVIEW}submission/laws/", CitedLawsApiView.as_view(), name="submission-laws"),
]
