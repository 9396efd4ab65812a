"""Written feedback for programs: by State, and that of one State as one text."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import CodeField, ObjectTwin, RowSerializer, WholeListTwin
from dialogue.exchange import reply_to
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import FeedbackReply
from dialogue.feedback.rows import StateFeedback, feedback_by_state
from dialogue.feedback.views import FeedbackDetailView, FeedbackListView
from dialogue.joint import open_feedback_for
from reviews.drafts import open_piece
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class StateFeedbackSerializer(serializers.Serializer[StateFeedback]):
    """Where the feedback of one State stands. ``is_readable``: whether the caller reads it, and so its length."""

    state_party = StateSerializer()
    author = serializers.CharField()
    instruments = serializers.SerializerMethodField()
    is_own = serializers.BooleanField()
    is_readable = serializers.BooleanField()
    sent_at = serializers.DateTimeField(allow_null=True)
    word_count = serializers.IntegerField()
    comments = serializers.IntegerField()
    replied_at = serializers.DateTimeField(allow_null=True)

    def get_instruments(self, row: StateFeedback) -> list[str]:
        return [instrument.slug for instrument in row.instruments]


class CommentSerializer(serializers.Serializer[Any]):
    """What it says at one place: on a question, on an article, or on the instrument as a whole."""

    instrument = serializers.CharField(source="place.instrument")
    question = serializers.CharField(source="place.question", allow_blank=True)
    article = serializers.IntegerField(source="place.article", allow_null=True)
    text = serializers.CharField()


class ReplySerializer(RowSerializer):
    class Meta:
        model = FeedbackReply
        fields = ["text", "language", "revision", "sent_at", "sha256"]


class FeedbackSerializer(serializers.Serializer[Any]):
    """``sha256``: of what was sent, or of the draft as it is now, to be compared with what is cleared."""

    state_party = StateSerializer()
    author = serializers.CharField()
    status = CodeField(choices=FeedbackStatus.choices)
    sent_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField()
    word_count = serializers.IntegerField()
    comments = CommentSerializer(many=True)
    reply = ReplySerializer(allow_null=True)


class FeedbackListApiView(ReviewTwin, WholeListTwin):
    """Which reviewing State has sent its feedback, and how far one's own is."""

    shows = FeedbackListView
    twin_of = ("dialogue:feedback-list",)
    scope_group = "dialogue"
    serializer_class = StateFeedbackSerializer

    def get_rows(self) -> Iterable[StateFeedback]:
        return feedback_by_state(self.user, self.review)


class FeedbackAlone(FeedbackDetailView):
    """The page as a program reads it: of the answers it tells nothing, and so it opens none."""

    shows = False


class FeedbackApiView(ReviewTwin, ObjectTwin):
    """The feedback of one State, and the reply to it; reading what another State has sent ends its recall. It opens no
    answers.
    """

    shows = FeedbackAlone
    twin_of = ("dialogue:feedback-detail",)
    scope_group = "dialogue"
    serializer_class = FeedbackSerializer

    def get_object(self) -> dict[str, Any]:
        page = self.shown
        feedback, sha256 = page.feedback, page.feedback.sha256 or page.sha256
        if self.reads:
            open_feedback_for(self.user, feedback)
        text = page.feedback_text()
        places = [comment for part in text.parts for section in part.sections for comment in section.comments]
        return {
            "state_party": feedback.state_party,
            "author": page.signed,
            "status": feedback.status,
            "sent_at": feedback.sent_at,
            "sha256": sha256,
            "word_count": text.word_count,
            "comments": places,
            "reply": self._reply() if feedback.status == FeedbackStatus.SENT else None,
        }

    def _reply(self) -> FeedbackReply | None:
        reply = reply_to(self.user, self.shown.feedback)
        if reply is not None and self.reads:
            open_piece(self.user, reply, self.review.state_under_review_id)
        return reply
