from django.urls import path

from questionnaires.sending.api import PreviewApiView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

urlpatterns = [path(f"{_RESPONSE}preview/", PreviewApiView.as_view(), name="self-assessment-preview")]
