from django.urls import path

from core.api.acts import acts_of
from observations.addresses import TEXT
from observations.clearance.api import TextApiView, TextListApiView
from observations.clearance.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = (
    "text-propose",
    "text-clear",
    "text-take-back",
    "text-object",
    "text-propose-resolving",
    "text-clear-resolving",
)
urlpatterns = [
    path(f"{REVIEW}texts/", TextListApiView.as_view(), name="text-list"),
    path(TEXT, TextApiView.as_view(), name="text-detail"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
