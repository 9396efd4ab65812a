from lots.views.acts import DrawAnnounceView, DrawPublishView, DrawRunView, DrawVoidConfirmView, DrawVoidView
from lots.views.ceremony import DrawCeremonyView
from lots.views.draw_detail import DrawDetailView, DrawFileView
from lots.views.draw_list import DrawHomeView, DrawListView
from lots.views.preparation import DrawPrepareView
from lots.views.protocol import ProtocolStartView
from lots.views.public import PublicDrawFileView, PublicDrawListView, PublicDrawView
from lots.views.seeds import SeedCommitView, SeedRevealView

__all__ = [
    "DrawAnnounceView",
    "DrawCeremonyView",
    "DrawDetailView",
    "DrawFileView",
    "DrawHomeView",
    "DrawListView",
    "DrawPrepareView",
    "DrawPublishView",
    "DrawRunView",
    "DrawVoidConfirmView",
    "DrawVoidView",
    "ProtocolStartView",
    "PublicDrawFileView",
    "PublicDrawListView",
    "PublicDrawView",
    "SeedCommitView",
    "SeedRevealView",
]
