from django.urls import path

from portal.desk.api import DeskApiView
from reviews.addresses import REVIEW

urlpatterns = [path(f"{REVIEW}desk/", DeskApiView.as_view(), name="desk")]
