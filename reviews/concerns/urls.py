"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.concerns.views import (
    ConcernCloseView,
    ConcernDetailView,
    ConcernListView,
    ConcernOpenView,
    ConcernSettleView,
)

_CONCERN = f"{REVIEW}concerns/<uuid:concern>/"

urlpatterns = [
    path(f"{REVIEW}concerns/", ConcernListView.as_view(), name="concern-list"),
    path(f"{REVIEW}concerns/open/", ConcernOpenView.as_view(), name="concern-open"),
    path(_CONCERN, ConcernDetailView.as_view(), name="concern-detail"),
    path(f"{_CONCERN}messages/<uuid:message>/settle/", ConcernSettleView.as_view(), name="concern-settle"),
    path(f"{_CONCERN}close/", ConcernCloseView.as_view(), name="concern-close"),
]
