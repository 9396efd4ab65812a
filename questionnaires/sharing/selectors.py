"""What is open to whom of answers that were sent; a reader beyond the review is given shared documents alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.errors import found
from questionnaires.definitions import QuestionnaireDefinition, index_of, instrument_names
from questionnaires.laws.models import LawFile
from questionnaires.progress import ReadPart
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.sieve import parts_in
from questionnaires.submissions import CitedLaw, laws_in
from reviews.audiences import open_beyond
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True)
class SharedAnswers:
    """What a reader gets: the page, its preview and the PDF show this, and nothing else of the answers.

    ``laws``: those that the answers cite and that are open with them.
    """

    definition: QuestionnaireDefinition
    parts: tuple[ReadPart, ...]
    instruments: dict[str, str]
    laws: tuple[CitedLaw, ...]
    language: str


def shared_answers(document: Mapping[str, Any], version_id: Any, rendered: Mapping[str, str]) -> SharedAnswers:
    """From the document alone."""
    parts = parts_in(document, version_id, rendered)
    laws = laws_in(section for part in parts for section in part.sections)
    return SharedAnswers(
        index_of(version_id).definition,
        parts,
        instrument_names(part.part.instrument for part in parts),
        tuple(law for law in laws if law.said is not None),
        document["language"],
    )


def open_to(user: User | AnonymousUser) -> QuerySet[AnswersShare]:
    """What is open to everybody, and for people of a State party what is open to all of these; by State."""
    rows = AnswersShare.objects.filter(open_beyond(user, review="review"), ended_at=None)
    rows = rows.select_related("room", "review__mechanism", "review__state_under_review", "review__phase__cluster")
    return rows.order_by("review__mechanism__slug", "room__name", "-shared_at")


def public_shares() -> QuerySet[AnswersShare]:
    """What is open to everybody."""
    return AnswersShare.objects.filter(ended_at=None, audience=SharingAudience.PUBLIC)


def get_shared(
    user: User | AnonymousUser, mechanism: str, code: str, audience: str, *, number: int | None = None
) -> AnswersShare:
    """What an audience reads of a review now, of this number where one is given.

    Raises Http404 for all that is not open to the reader, whether there is such or not.
    """
    rows = open_to(user).filter(review__mechanism__slug=mechanism, review__code=code, audience=audience)
    return found((rows if number is None else rows.filter(number=number)).first())


def standing_shares(review: Review) -> dict[str, AnswersShare]:
    """For the State's own people: what is open of its answers, by audience."""
    rows = AnswersShare.objects.filter(review=review, ended_at=None).select_related("shared_by")
    return {row.audience: row for row in rows}


def ended_shares(review: Review) -> QuerySet[AnswersShare]:
    """What was open once, the last first."""
    return AnswersShare.objects.filter(review=review).exclude(ended_at=None).defer("document", "rendered")


def shared_law_file(share: AnswersShare, key: UUID) -> tuple[LawFile, str]:
    """A file that the shared document names, the very one, and how it calls it; read past the rooms.

    Raises Http404 where it names none.
    """
    named = (each for law in share.document["laws"] for each in law["files"])
    said = found(next((each for each in named if each["file"] == str(key)), None))
    with looking_past_rooms():
        file = found(LawFile.objects.filter(pk=key, sha256=said["sha256"]).first())
    return file, said["name"]


def states_among(rows: QuerySet[AnswersShare]) -> list[tuple[str, str]]:
    pairs = rows.order_by().values_list("room__iso3", "room__name").distinct()
    return sorted(pairs, key=lambda each: each[1])
