from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.concerns.api import ConcernDetailApiView, ConcernListApiView
from reviews.concerns.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "concern-open",
    "concern-settle",
    "concern-close",
)
urlpatterns = [
    path(f"{REVIEW}concerns/", ConcernListApiView.as_view(), name="concern-list"),
    path(f"{REVIEW}concerns/<uuid:concern>/", ConcernDetailApiView.as_view(), name="concern-detail"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
