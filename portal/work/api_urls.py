from django.urls import path

from portal.work.api import HandoverApiView, MeApiView, WorkApiView
from reviews.addresses import REVIEW

urlpatterns = [
    path("me/", MeApiView.as_view(), name="me"),
    path("work/", WorkApiView.as_view(), name="work"),
    path(f"{REVIEW}handover/", HandoverApiView.as_view(), name="handover"),
]
