"""Files that are brought in, and what came of them in the reviews."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.people.models import User
from core import jobs
from core.errors import found
from core.institution.facts import home_zone
from core.models import Job
from core.time.dates import day_of
from reviews.bringing.enums import BroughtKind, FileStatus, StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.policy import CARRY_OUT
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from reviews.visibility import step_changes_of

_PEOPLE = ("brought_by", "decided_by")


def files_of(mechanism: Mechanism) -> QuerySet[BroughtFile]:
    """All of them, the newest first, with the pieces that came of each; the caller asks the policy."""
    pieces = BroughtPiece.objects.select_related("review", "state_party").order_by("review__code")
    rows = (
        BroughtFile.objects.filter(mechanism=mechanism)
        .defer("content")
        .select_related("review", "instrument", *_PEOPLE)
    )
    return rows.prefetch_related(Prefetch("pieces", pieces))


def get_file(mechanism: str, key: UUID, kind: BroughtKind) -> BroughtFile:
    """Raises Http404 where there is none of this kind; the caller asks the policy."""
    file = get_file_of_any_kind(mechanism, key)
    return found(file if file.kind == kind else None)


def get_file_of_any_kind(mechanism: str, key: UUID) -> BroughtFile:
    """Raises Http404 where there is none; the caller asks the policy."""
    rows = BroughtFile.objects.filter(mechanism__slug=mechanism, pk=key)
    of_review = [f"review__{name}" for name in ("mechanism", "step", "state_under_review", "phase__cluster")]
    related = ("mechanism", "instrument", "review__review_group", *of_review, *_PEOPLE)
    return found(rows.select_related(*related).first())


def carrying_out(file: BroughtFile) -> Job | None:
    """The last time that a worker was asked to carry a file out."""
    return jobs.latest_act(file, CARRY_OUT)


def files_concerning(user: User, *, since: dt.datetime) -> Sequence[BroughtFile]:
    """What an officer has to look at: files of others that wait, own ones that were not laid before anybody yet, and
    own ones that another has set aside ``since``; the oldest first, one query.
    """
    own, aside = Q(brought_by=user), Q(status=FileStatus.SET_ASIDE, decided_at__gte=since)
    concerns = ~own & Q(status=FileStatus.WAITING) | own & (Q(status=FileStatus.PREPARED) | aside)
    rows = BroughtFile.objects.filter(concerns).defer("content").select_related("mechanism", "review__mechanism")
    return list(rows.order_by("created_at"))


def newest_of(pieces: Iterable[BroughtPiece]) -> set[UUID]:
    """The keys of those that count, of pieces the newest first: what was brought in again has replaced the earlier."""
    newest: dict[tuple[object, ...], UUID] = {}
    for piece in pieces:
        newest.setdefault((piece.kind, piece.state_party_id, piece.instrument_id), piece.pk)
    return set(newest.values())


def pieces_of(review: Review) -> QuerySet[BroughtPiece]:
    """What was brought in for a review that was obtained for its reader, the newest first."""
    related = ("brought_by", "checked_by", "state_party", "word_by", "instrument")
    return BroughtPiece.objects.filter(review=review).select_related(*related).order_by("-created_at")


def courses_brought_in(reviews: QuerySet[Review]) -> dict[UUID, BroughtPiece]:
    """By review: the piece of its steps and dates that counts, where they were brought in; one query."""
    rows = BroughtPiece.objects.filter(review__in=reviews, kind=BroughtKind.COURSE)
    newest = rows.order_by("review_id", "-created_at").distinct("review_id")
    return {piece.review_id: piece for piece in newest.select_related("brought_by", "checked_by")}


def course_of(review: Review) -> BroughtPiece | None:
    """The piece of the steps and dates of one review that counts; the caller has obtained the review for its reader."""
    if not review.is_brought_in:
        return None
    return courses_brought_in(Review.objects.filter(pk=review.pk)).get(review.pk)


def get_piece_for(user: User, review: Review, key: UUID) -> BroughtPiece:
    """One that counts still. Raises Http404 for another, also for one that a later one has replaced."""
    piece = found(pieces_of(review).filter(pk=key).first())
    piece.review = review
    return found(piece if newest_like(piece) == piece else None)


def newest_like(piece: BroughtPiece) -> BroughtPiece | None:
    """The one of its review, kind, State and instrument that counts."""
    like = BroughtPiece.objects.filter(review=piece.review_id, kind=piece.kind, state_party=piece.state_party_id)
    return like.filter(instrument=piece.instrument_id).order_by("-created_at").first()


def pieces_without_word(states: Mapping[UUID, UUID]) -> list[BroughtPiece]:
    """Of the reviews with these keys, what is the own of the State beside each and has not been heard on; one query."""
    if not states:
        return []
    rows = BroughtPiece.objects.filter(review__in=states)
    one = ("review_id", "kind", "state_party_id", "instrument_id")
    newest = rows.select_related("instrument").order_by(*one, "-created_at").distinct(*one)
    return [row for row in newest if row.word == StateWord.NONE and row.state_party_id == states[row.review_id]]


def waits_for_word(user: User, review: Review) -> int:
    """How many pieces of a review wait for the reader's word."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.CLEAR):
        return 0
    return len(pieces_without_word({review.pk: capacity.state_party_id}))


def day_of_opening(review: Review) -> dt.date:
    """The day on which a review began: nothing was sent in it before."""
    first = step_changes_of(review).last()
    if first is None:
        return review.starts_on
    return day_of(first.at) if first.is_brought_in else timezone.localdate(first.at, home_zone())
