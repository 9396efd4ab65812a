"""Addresses of this feature's pages."""

from django.urls import path

from observations.naming.views import NamingView
from reviews.addresses import REVIEW

urlpatterns = [path(f"{REVIEW}naming/", NamingView.as_view(), name="naming")]
