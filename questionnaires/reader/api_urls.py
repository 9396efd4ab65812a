from django.urls import path

from questionnaires.reader.api import OfficialAnswersApiView, WholeDraftApiView, WholeSubmissionApiView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}self-assessment/whole/", WholeDraftApiView.as_view(), name="self-assessment-whole"),
    path(f"{_REVIEW}self-assessment/official/", OfficialAnswersApiView.as_view(), name="official-answers"),
    path(f"{_REVIEW}submission/whole/", WholeSubmissionApiView.as_view(), name="submission-whole"),
]
