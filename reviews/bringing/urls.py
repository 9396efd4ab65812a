"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.bringing.views.courses import CoursesFileView, CoursesTemplateView, CoursesUploadView
from reviews.bringing.views.files import BringingListView, ConfirmView, FileAsideView, LayBeforeView, WithdrawView
from reviews.bringing.views.pieces import PieceListView, StateWordView

_LIST = "<slug:mechanism>/bringing-in/"
urlpatterns = [
    path(_LIST, BringingListView.as_view(), name="bringing-list"),
    path(f"{_LIST}steps/", CoursesUploadView.as_view(), name="bringing-courses"),
    path(f"{_LIST}steps/template/", CoursesTemplateView.as_view(), name="bringing-courses-template"),
    path(f"{_LIST}steps/<uuid:file>/", CoursesFileView.as_view(), name="bringing-courses-file"),
    path(f"{_LIST}<uuid:file>/lay-before/", LayBeforeView.as_view(), name="bringing-lay-before"),
    path(f"{_LIST}<uuid:file>/confirm/", ConfirmView.as_view(), name="bringing-confirm"),
    path(f"{_LIST}<uuid:file>/set-aside/", FileAsideView.as_view(), name="bringing-set-aside"),
    path(f"{_LIST}<uuid:file>/withdraw/", WithdrawView.as_view(), name="bringing-withdraw"),
    path(f"{REVIEW}brought-in/", PieceListView.as_view(), name="brought-in"),
    path(f"{REVIEW}brought-in/<uuid:piece>/", StateWordView.as_view(), name="brought-in-say"),
]
