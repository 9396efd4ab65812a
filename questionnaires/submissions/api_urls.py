from django.urls import path

from questionnaires.submissions.api import (
    SentVersionApiView,
    SubmissionApiView,
    SubmissionChangesApiView,
    SubmissionVersionApiView,
)

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_SUBMISSION = f"{_REVIEW}submission/"

urlpatterns = [
    path(_SUBMISSION, SubmissionApiView.as_view(), name="submission"),
    path(
        f"{_SUBMISSION}changes/<int:before>/<int:after>/", SubmissionChangesApiView.as_view(), name="submission-changes"
    ),
    path(f"{_SUBMISSION}versions/<int:number>/", SubmissionVersionApiView.as_view(), name="submission-version"),
    path(f"{_REVIEW}self-assessment/sent/<int:number>/", SentVersionApiView.as_view(), name="sent-version"),
]
