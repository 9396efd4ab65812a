"""Pages of questionnaires and of the answers of a review, and the addresses that queue documents of them."""

from django.urls import path

from questionnaires import views

app_name = "questionnaires"
_REVIEW = "<slug:mechanism>/reviews/<str:code>"
_RESPONSE = f"{_REVIEW}/response"
_SUBMISSION = f"{_REVIEW}/submission"
urlpatterns = [
    path("questionnaires/", views.QuestionnaireListView.as_view(), name="questionnaire-list"),
    path("questionnaires/<slug:questionnaire>/", views.QuestionnaireDetailView.as_view(), name="questionnaire-detail"),
    path(f"{_RESPONSE}/", views.ResponseDetailView.as_view(), name="response-detail"),
    path(f"{_RESPONSE}/open/", views.ResponseOpenView.as_view(), name="response-open"),
    path(f"{_RESPONSE}/missing/", views.ResponseMissingView.as_view(), name="response-missing"),
    path(f"{_RESPONSE}/submit/", views.ResponseSubmitView.as_view(), name="response-submit"),
    path(f"{_RESPONSE}/return/", views.ResponseReturnView.as_view(), name="response-return"),
    path(f"{_RESPONSE}/clear/", views.ResponseClearView.as_view(), name="response-clear"),
    path(f"{_RESPONSE}/pdf/", views.ResponsePdfView.as_view(), name="response-pdf"),
    path(f"{_RESPONSE}/answers/<str:question>/", views.AnswerSaveView.as_view(), name="answer-save"),
    path(f"{_RESPONSE}/answers/<str:question>/history/", views.AnswerHistoryView.as_view(), name="answer-history"),
    path(f"{_RESPONSE}/assignments/<uuid:participation>/", views.SectionAssignView.as_view(), name="section-assign"),
    # Last, because it takes any two words.
    path(f"{_RESPONSE}/<slug:instrument>/<slug:section>/", views.SectionDetailView.as_view(), name="section-detail"),
    path(f"{_SUBMISSION}/", views.SubmissionDetailView.as_view(), name="submission-detail"),
    path(f"{_SUBMISSION}/pdf/", views.SubmissionPdfView.as_view(), name="submission-pdf"),
    path(f"{_SUBMISSION}/<slug:instrument>/", views.SubmissionPartView.as_view(), name="submission-part"),
]
