from django.urls import path

from questionnaires.clearance.api import ClearanceApiView

urlpatterns = [
    path("<slug:mechanism>/reviews/<str:code>/self-assessment/clearance/", ClearanceApiView.as_view(), name="clearance")
]
