from django.urls import path

from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of
from reviews.outreach.api import BoardApiView, ReceivedDetailApiView, ReceivedListApiView
from reviews.outreach.urls import urlpatterns as pages

_RECEIVED = "<slug:mechanism>/received/"

_ACTS = (
    "letters",
    "received-take-over",
    "received-set-aside",
)
_FILES = ("received-scan",)
urlpatterns = [
    path("<slug:mechanism>/board/", BoardApiView.as_view(), name="board"),
    path(_RECEIVED, ReceivedListApiView.as_view(), name="received-list"),
    path(f"{_RECEIVED}<uuid:received>/", ReceivedDetailApiView.as_view(), name="received-detail"),
    *acts_of("reviews", pages, _ACTS, scope_group="office"),
    *twins_of(FileTwin, "reviews", pages, _FILES, scope_group="office"),
]
