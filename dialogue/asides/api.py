"""The internal threads of one's own State for programs."""

from collections.abc import Iterable
from typing import Any

from core.api.reads import RowSerializer, WholeListTwin, name_of
from dialogue.asides.models import Aside, AsideNote
from dialogue.asides.selectors import asides_of
from dialogue.asides.services import look_at_asides
from dialogue.asides.views import AsideListView
from reviews.navigation import ReviewTwin


class AsideNoteSerializer(RowSerializer):
    written_by = name_of("written_by")
    mentioned = name_of("mentioned")

    class Meta:
        model = AsideNote
        fields = ["id", "text", "written_by", "mentioned", "created_at"]


class AsideSerializer(RowSerializer):
    """``matter``: about which question, feedback, observation or law."""

    notes: Any = AsideNoteSerializer(many=True)

    class Meta:
        model = Aside
        fields = ["id", "subject", "matter", "resolved_at", "notes"]


class AsideListApiView(ReviewTwin, WholeListTwin):
    """The internal threads of the caller's State with their notes, which are looked at by this."""

    shows = AsideListView
    twin_of = ("dialogue:aside-list",)
    scope_group = "dialogue"
    serializer_class = AsideSerializer

    def get_rows(self) -> Iterable[Aside]:
        rows = list(asides_of(self.user, self.review))
        if self.reads:
            look_at_asides(self.user, self.review, rows)
        return rows
