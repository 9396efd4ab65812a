from django.urls import path

from core.api.acts import acts_of
from observations.addresses import TEXT
from observations.summaries.api import PassageHistoryApiView
from observations.summaries.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("passage-edit", "passage-draft", "passage-lay", "passage-discard")
urlpatterns = [
    path(f"{TEXT}passages/<int:order>/history/", PassageHistoryApiView.as_view(), name="passage-history"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
