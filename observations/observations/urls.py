"""Addresses of this feature's pages."""

from django.urls import path

from observations.observations.acts import ObservationTableView, ObservationWithdrawView
from observations.observations.history import ObservationHistoryView
from observations.observations.views import (
    ObservationAddView,
    ObservationCopyView,
    ObservationEditView,
    ObservationListView,
)
from observations.observations.whole_list import ObservationDiscussView, ObservationOrderView, TableSeveralView
from reviews.addresses import REVIEW

_OBSERVATION = f"{REVIEW}observations/<uuid:observation>/"

urlpatterns = [
    path(f"{REVIEW}observations/", ObservationListView.as_view(), name="observation-list"),
    path(f"{REVIEW}observations/add/<slug:instrument>/", ObservationAddView.as_view(), name="observation-add"),
    path(
        f"{REVIEW}observations/table/<slug:instrument>/", TableSeveralView.as_view(), name="observation-table-several"
    ),
    path(f"{REVIEW}observations/order/<slug:instrument>/", ObservationOrderView.as_view(), name="observation-order"),
    path(_OBSERVATION, ObservationEditView.as_view(), name="observation-edit"),
    path(f"{_OBSERVATION}copy/", ObservationCopyView.as_view(), name="observation-copy"),
    path(f"{_OBSERVATION}table/", ObservationTableView.as_view(), name="observation-table"),
    path(f"{_OBSERVATION}discuss/", ObservationDiscussView.as_view(), name="observation-discuss"),
    path(f"{_OBSERVATION}withdraw/", ObservationWithdrawView.as_view(), name="observation-withdraw"),
    path(f"{_OBSERVATION}history/", ObservationHistoryView.as_view(), name="observation-history"),
]
