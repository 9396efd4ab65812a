"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.symbols.views import SymbolGiveView, SymbolListView, SymbolTakeOffView

_LIST = f"{REVIEW}symbols/"
_OF_REVIEW = f"{_LIST}<slug:document>/"
_OF_INSTRUMENT = f"{_OF_REVIEW}of/<slug:instrument>/"

urlpatterns = [
    path(_LIST, SymbolListView.as_view(), name="symbol-list"),
    path(_OF_REVIEW, SymbolGiveView.as_view(), name="symbol-give"),
    path(f"{_OF_REVIEW}take-off/", SymbolTakeOffView.as_view(), name="symbol-take-off"),
    path(_OF_INSTRUMENT, SymbolGiveView.as_view(), name="symbol-give"),
    path(f"{_OF_INSTRUMENT}take-off/", SymbolTakeOffView.as_view(), name="symbol-take-off"),
]
