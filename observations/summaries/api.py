"""How a passage of a summary came to say what it says, for programs."""

from collections.abc import Iterable

from core.api.reads import RowSerializer, WholeListTwin, name_of
from observations.summaries.history import PassageHistoryView
from observations.summaries.models import PassageRevision
from observations.summaries.selectors import revisions_of
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class PassageRevisionSerializer(RowSerializer):
    """``saved_by`` and ``saved_for`` are null where the portal drew the words from observations, or brought them in."""

    saved_by = name_of("saved_by")
    saved_for = StateSerializer(allow_null=True)

    class Meta:
        model = PassageRevision
        fields = ["number", "text", "saved_by", "saved_for", "created_at"]


class PassageHistoryApiView(ReviewTwin, WholeListTwin):
    """The saves of a passage, the last first."""

    shows = PassageHistoryView
    twin_of = ("observations:passage-history",)
    scope_group = "texts"
    serializer_class = PassageRevisionSerializer

    def get_rows(self) -> Iterable[PassageRevision]:
        return revisions_of(self.shown.passage)
