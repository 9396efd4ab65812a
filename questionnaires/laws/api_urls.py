from django.urls import path

from questionnaires.laws.api import LawListApiView

urlpatterns = [path("<slug:mechanism>/reviews/<str:code>/laws/", LawListApiView.as_view(), name="law-list")]
