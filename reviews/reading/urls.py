"""Addresses of this feature's pages."""

from django.urls import path

from reviews.reading.views import (
    ReadingAddView,
    ReadingChangeView,
    ReadingListView,
    ReadingPutBackView,
    ReadingWithdrawView,
)

_LIST = "<slug:mechanism>/publications-and-tools/"
_ITEM = f"{_LIST}<uuid:item>/"

urlpatterns = [
    path(_LIST, ReadingListView.as_view(), name="reading-list"),
    path(f"{_LIST}add/", ReadingAddView.as_view(), name="reading-add"),
    path(_ITEM, ReadingChangeView.as_view(), name="reading-change"),
    path(f"{_ITEM}withdraw/", ReadingWithdrawView.as_view(), name="reading-withdraw"),
    path(f"{_ITEM}put-back/", ReadingPutBackView.as_view(), name="reading-put-back"),
]
