"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.asides.views import AsideListView, AsideMatterView, AsideResolveView, AsideView
from reviews.addresses import REVIEW

_ASIDES = f"{REVIEW}threads/internal/"

urlpatterns = [
    path(_ASIDES, AsideListView.as_view(), name="aside-list"),
    path(f"{_ASIDES}<uuid:aside>/", AsideView.as_view(), name="aside"),
    path(f"{_ASIDES}<uuid:aside>/resolve/", AsideResolveView.as_view(), name="aside-resolve"),
    path(f"{_ASIDES}on/<slug:subject>/<str:key>/", AsideMatterView.as_view(), name="aside-matter"),
]
