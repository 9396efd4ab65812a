"""Files by which a review is brought in, and a piece of one, made when the first address asks for one."""

from functools import cached_property

from accounts.states.models import StateParty
from questionnaires.bringing.answers import version_of
from reviews.bringing.courses import seen_of_courses
from reviews.bringing.enums import BroughtKind
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import lay_before, prepare_file
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.utils import Cast

_ROW = {
    "line": 2, "cell": "1-XMB", "review": "1-XMB", "opened_on": "", "step": "self_assessment",
    "reached": {"self_assessment": "2022-01-10"}, "milestones": {}, "languages": [],
}  # fmt: skip


class Bringing:
    """The officer of the cast brings in how far the review of the bystander has come."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def prepared(self) -> BroughtFile:
        return self._course(b"prepared")

    @cached_property
    def waiting(self) -> BroughtFile:
        file = self._course(b"waiting")
        return lay_before(actor=self.cast.officer, file=file, seen=seen_of_courses(file))

    @cached_property
    def answers(self) -> BroughtFile:
        """Of the review of the bystander, by whose step none were sent."""
        review = self.cast.bystander_review
        content = {"version": str(version_of(review)), "language": "en", "sent_on": "2022-09-15", "rows": []}
        return prepare_file(
            actor=self.cast.officer,
            mechanism=review.mechanism,
            kind=BroughtKind.ANSWERS,
            file_name="answers.xlsx",
            uploaded=b"answers",
            content=content,
            review=review,
        )

    @cached_property
    def feedback(self) -> BroughtFile:
        """Of the first State that reviews the one of the bystander, by whose step none was sent."""
        review = self.cast.bystander_review
        content = {"state": str(self.reviewing.pk), "language": "en", "sent_on": "2022-09-15", "passages": []}
        return prepare_file(
            actor=self.cast.officer,
            mechanism=review.mechanism,
            kind=BroughtKind.FEEDBACK,
            file_name="feedback.docx",
            uploaded=b"feedback",
            content=content,
            review=review,
        )

    @cached_property
    def text(self) -> BroughtFile:
        """Of a list of the cast's own review, which runs in the portal."""
        review = self.cast.review
        content = {"language": "en", "agreed_on": "2022-09-15", "passages": []}
        return prepare_file(
            actor=self.cast.officer,
            mechanism=review.mechanism,
            kind=BroughtKind.LIST,
            file_name="list.docx",
            uploaded=b"list",
            content=content,
            review=review,
            instrument=review.instruments.get(slug="untoc"),
        )

    @property
    def reviewing(self) -> StateParty:
        return self.cast.bystander_review.reviewing_states.order_by("state_party__iso3").first().state_party

    @cached_property
    def piece(self) -> BroughtPiece:
        """Of the State under review of the cast's own review."""
        Review.objects.filter(pk=self.cast.review.pk).update(is_brought_in=True)
        return BroughtPiece.objects.create(
            review=self.cast.review,
            kind=BroughtKind.ANSWERS,
            file=self.answers,
            sha256=self.answers.sha256,
            brought_by=self.cast.officer,
            checked_by=OfficerFactory.create(),
            state_party=self.cast.state,
        )

    def make_all(self) -> None:
        """So that words can be planted into all of them."""
        for name in ("prepared", "waiting", "answers", "feedback", "text", "piece"):
            getattr(self, name)

    def _course(self, uploaded: bytes) -> BroughtFile:
        return prepare_file(
            actor=self.cast.officer,
            mechanism=self.cast.review.mechanism,
            kind=BroughtKind.COURSE,
            file_name="reviews.xlsx",
            uploaded=uploaded,
            content={"rows": [_ROW]},
        )
