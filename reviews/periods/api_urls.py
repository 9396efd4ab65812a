from django.urls import path

from reviews.periods.api import ProgrammeApiView

urlpatterns = [path("<slug:mechanism>/programme/", ProgrammeApiView.as_view(), name="programme")]
