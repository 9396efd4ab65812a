from django.urls import path

from core.api.files import JobTwin, twins_of
from lots.publication.api import PublicDrawApiView, PublicDrawListApiView
from lots.publication.urls import urlpatterns as pages

urlpatterns = [
    path("draws/", PublicDrawListApiView.as_view(), name="public-draw-list"),
    path("draws/<slug:mechanism>/<str:code>/", PublicDrawApiView.as_view(), name="public-draw"),
    *twins_of(JobTwin, "lots", pages, ("draw-protocol",), scope_group="office"),
]
