"""Supplementary information for programs."""

from collections.abc import Iterable

from core.api.reads import RowSerializer, WholeListTwin
from dialogue.exchange import supplements_visible_to
from dialogue.exchange.models import SupplementaryInformation
from dialogue.supplements.views import DialogueView
from reviews.navigation import ReviewTwin


class SupplementSerializer(RowSerializer):
    """``sha256``: of the file, which is read on the page."""

    class Meta:
        model = SupplementaryInformation
        fields = ["id", "kind", "title", "pages", "link", "file_name", "sha256", "language", "revision", "sent_at"]


class SupplementListApiView(ReviewTwin, WholeListTwin):
    """The sources that the State under review has provided; drafts are those of the caller's State."""

    shows = DialogueView
    twin_of = ("dialogue:dialogue",)
    scope_group = "dialogue"
    serializer_class = SupplementSerializer

    def get_rows(self) -> Iterable[SupplementaryInformation]:
        return supplements_visible_to(self.user, self.review)
