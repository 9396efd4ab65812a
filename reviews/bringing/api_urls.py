from django.urls import path

from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of
from reviews.addresses import REVIEW
from reviews.bringing.api import BroughtFileListApiView, BroughtPieceListApiView
from reviews.bringing.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "bringing-withdraw",
    "bringing-set-aside",
)
_FILES = ("bringing-courses-template",)
urlpatterns = [
    path("<slug:mechanism>/bringing-in/", BroughtFileListApiView.as_view(), name="bringing-list"),
    path(f"{REVIEW}brought-in/", BroughtPieceListApiView.as_view(), name="brought-in"),
    *acts_of("reviews", pages, _ACTS, scope_group="office"),
    *acts_of("reviews", pages, ("brought-in-say",), scope_group="reviews", base=ReviewActView),
    *twins_of(FileTwin, "reviews", pages, _FILES, scope_group="office"),
]
