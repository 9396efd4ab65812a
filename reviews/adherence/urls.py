"""Addresses of this feature's pages."""

from django.urls import path

from reviews.adherence.views import AdherenceView, StatementAddView, StatementChangeView, StatementDeleteView

_INSTRUMENT = "states/<str:iso3>/instruments/<slug:instrument>/"

urlpatterns = [
    path(_INSTRUMENT, AdherenceView.as_view(), name="adherence"),
    path(f"{_INSTRUMENT}statements/add/", StatementAddView.as_view(), name="statement-add"),
    path(f"{_INSTRUMENT}statements/<uuid:statement>/", StatementChangeView.as_view(), name="statement-change"),
    path(f"{_INSTRUMENT}statements/<uuid:statement>/delete/", StatementDeleteView.as_view(), name="statement-delete"),
]
