from django.urls import path

from core.api.roots import RootDetailApiView, RootListApiView

urlpatterns = [
    path("roots/", RootListApiView.as_view(), name="root-list"),
    path("roots/<int:number>/", RootDetailApiView.as_view(), name="root-detail"),
]
