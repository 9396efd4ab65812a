"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.preparation.views import PreparationView
from reviews.addresses import REVIEW

urlpatterns = [path(f"{REVIEW}preparation/", PreparationView.as_view(), name="preparation")]
