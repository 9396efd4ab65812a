from django.urls import path

from reviews.addresses import REVIEW
from reviews.bringing.api import BroughtFileListApiView, BroughtPieceListApiView

urlpatterns = [
    path("<slug:mechanism>/bringing-in/", BroughtFileListApiView.as_view(), name="bringing-list"),
    path(f"{REVIEW}brought-in/", BroughtPieceListApiView.as_view(), name="brought-in"),
]
