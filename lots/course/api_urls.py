from django.urls import path

from lots.course.api import DrawDetailApiView, DrawListApiView

urlpatterns = [
    path("<slug:mechanism>/draws/", DrawListApiView.as_view(), name="draw-list"),
    path("<slug:mechanism>/draws/<str:code>/", DrawDetailApiView.as_view(), name="draw-detail"),
]
