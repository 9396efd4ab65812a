from django.urls import path

from portal.work.api import MeApiView, WorkApiView

urlpatterns = [
    path("me/", MeApiView.as_view(), name="me"),
    path("work/", WorkApiView.as_view(), name="work"),
]
