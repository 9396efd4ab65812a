from django.urls import path

from core.api.acts import acts_of
from portal.reference.api import ProposalListApiView
from portal.reference.urls import urlpatterns as pages

_ACTS = (
    "proposal-take",
    "proposal-decline",
)
urlpatterns = [
    path("setup/release/", ProposalListApiView.as_view(), name="proposal-list"),
    *acts_of("portal", pages, _ACTS, scope_group="office"),
]
