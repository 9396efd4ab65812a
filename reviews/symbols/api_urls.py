from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView
from reviews.symbols.api import SymbolListApiView
from reviews.symbols.urls import urlpatterns as pages

_ACTS = (
    "symbol-give",
    "symbol-take-off",
)
urlpatterns = [
    path(f"{REVIEW}symbols/", SymbolListApiView.as_view(), name="symbol-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
