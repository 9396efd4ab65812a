from django.urls import path

from portal.reference.api import ProposalListApiView

urlpatterns = [path("setup/release/", ProposalListApiView.as_view(), name="proposal-list")]
