from django.urls import path

from reviews.addresses import REVIEW
from reviews.symbols.api import SymbolListApiView

urlpatterns = [path(f"{REVIEW}symbols/", SymbolListApiView.as_view(), name="symbol-list")]
