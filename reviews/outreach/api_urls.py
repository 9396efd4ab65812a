from django.urls import path

from reviews.outreach.api import BoardApiView, ReceivedDetailApiView, ReceivedListApiView

_RECEIVED = "<slug:mechanism>/received/"

urlpatterns = [
    path("<slug:mechanism>/board/", BoardApiView.as_view(), name="board"),
    path(_RECEIVED, ReceivedListApiView.as_view(), name="received-list"),
    path(f"{_RECEIVED}<uuid:received>/", ReceivedDetailApiView.as_view(), name="received-detail"),
]
