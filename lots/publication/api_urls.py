from django.urls import path

from lots.publication.api import PublicDrawApiView, PublicDrawListApiView

urlpatterns = [
    path("draws/", PublicDrawListApiView.as_view(), name="public-draw-list"),
    path("draws/<slug:mechanism>/<str:code>/", PublicDrawApiView.as_view(), name="public-draw"),
]
