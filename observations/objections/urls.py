"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.objections.views import ObjectionReplyView, ObjectionResolveView, ObjectionWithdrawView

OBJECTION = f"{TEXT}objections/<uuid:objection>/"

urlpatterns = [
    path(f"{OBJECTION}reply/", ObjectionReplyView.as_view(), name="objection-reply"),
    path(f"{OBJECTION}withdraw/", ObjectionWithdrawView.as_view(), name="objection-withdraw"),
    path(f"{OBJECTION}resolve/", ObjectionResolveView.as_view(), name="objection-resolve"),
]
