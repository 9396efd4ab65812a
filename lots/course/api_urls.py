from django.urls import path

from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of
from lots.course.api import DrawDetailApiView, DrawListApiView
from lots.course.urls import urlpatterns as pages

_ACTS = (
    "draw-announce",
    "draw-run",
    "draw-publish",
    "draw-void",
    "draw-void-confirm",
)
_FILES = ("draw-file",)
urlpatterns = [
    path("<slug:mechanism>/draws/", DrawListApiView.as_view(), name="draw-list"),
    path("<slug:mechanism>/draws/<str:code>/", DrawDetailApiView.as_view(), name="draw-detail"),
    *acts_of("lots", pages, _ACTS, scope_group="office"),
    *twins_of(FileTwin, "lots", pages, _FILES, scope_group="office"),
]
