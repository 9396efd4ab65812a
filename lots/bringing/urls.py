"""Addresses of this feature's pages."""

from django.urls import path

from lots.bringing.views import DrawBringInView, DrawSheetView

urlpatterns = [
    path("<slug:mechanism>/draws/bring-in/", DrawBringInView.as_view(), name="draw-bring-in"),
    path("<slug:mechanism>/draws/bring-in/template/", DrawSheetView.as_view(), name="draw-sheet"),
]
