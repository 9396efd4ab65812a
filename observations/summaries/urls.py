"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.summaries.choosing import PassageArrangeView
from observations.summaries.history import PassageHistoryView
from observations.summaries.views import PassageDiscardView, PassageDraftView, PassageEditView, PassageLayView

urlpatterns = [
    path(f"{TEXT}passages/", PassageArrangeView.as_view(), name="passage-arrange"),
    path(f"{TEXT}passages/<int:order>/", PassageEditView.as_view(), name="passage-edit"),
    path(f"{TEXT}passages/<int:order>/history/", PassageHistoryView.as_view(), name="passage-history"),
    path(f"{TEXT}passages/<int:order>/draft/", PassageDraftView.as_view(), name="passage-draft"),
    path(f"{TEXT}passages/<int:order>/draft/lay/", PassageLayView.as_view(), name="passage-lay"),
    path(f"{TEXT}passages/<int:order>/draft/discard/", PassageDiscardView.as_view(), name="passage-discard"),
]
