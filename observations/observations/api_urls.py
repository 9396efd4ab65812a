from django.urls import path

from core.api.acts import acts_of
from observations.observations.api import ObservationHistoryApiView, ObservationListApiView
from observations.observations.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_LIST = f"{REVIEW}observations/"
_ACTS = (
    "observation-add",
    "observation-table-several",
    "observation-edit",
    "observation-copy",
    "observation-table",
    "observation-discuss",
    "observation-withdraw",
)
urlpatterns = [
    path(
        f"{REVIEW}observations/<uuid:observation>/history/",
        ObservationHistoryApiView.as_view(),
        name="observation-history",
    ),
    path(f"{REVIEW}observations/", ObservationListApiView.as_view(), name="observation-list"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
