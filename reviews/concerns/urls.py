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
_MESSAGE = f"{_CONCERN}messages/<uuid:message>/"  # the one that stood last on the page

urlpatterns = [
    path(f"{REVIEW}concerns/", ConcernListView.as_view(), name="concern-list"),
    path(f"{REVIEW}concerns/open/", ConcernOpenView.as_view(), name="concern-open"),
    path(_CONCERN, ConcernDetailView.as_view(), name="concern-detail"),
    path(f"{_MESSAGE}settle/", ConcernSettleView.as_view(), name="concern-settle"),
    path(f"{_MESSAGE}close/", ConcernCloseView.as_view(), name="concern-close"),
]
