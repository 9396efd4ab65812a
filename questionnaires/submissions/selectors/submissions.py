"""What was sent of a self-assessment: what stands, what was recalled or brought in."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from core.database.identity import looking_past_rooms
from core.database.made_once import MadeOnce
from questionnaires.responses.models import Response, ResponseSubmission
from reviews.cases.models import Review
from reviews.programme.enums import StepKind
from reviews.visibility import has_begun

# Of what was sent, the versions that were not recalled: see ``ResponseSubmission``.
STANDS = Q(brought_piece__isnull=False) | ~Q(response__recalled_numbers__contains=[F("number")])


def last_submission(response: Response) -> ResponseSubmission | None:
    """The version that stands: what was cleared and sent last, and not recalled; with who cleared it."""
    rows = ResponseSubmission.objects.filter(STANDS, response=response).select_related("cleared_by")
    return rows.order_by("-number").first()


def last_before(response: Response, number: int) -> ResponseSubmission | None:
    """The version that stood before version ``number``."""
    rows = ResponseSubmission.objects.filter(response=response, number__lt=number)
    return rows.exclude(number__in=response.recalled_numbers).order_by("-number").first()


def recalled_submissions(response: Response) -> QuerySet[ResponseSubmission]:
    """What was sent and recalled, the last first, with who had cleared it; for those who read the whole draft."""
    rows = ResponseSubmission.objects.filter(response=response, number__in=response.recalled_numbers)
    return rows.order_by("-number").select_related("cleared_by")


def get_sent_version(response: Response, number: int) -> ResponseSubmission:
    """What was cleared here and sent as this version, also where it was recalled; for those who read the whole draft.

    Raises Http404 where there is none.
    """
    rows = ResponseSubmission.objects.filter(response=response, brought_piece=None, number=number)
    submission = rows.select_related("cleared_by").first()
    if submission is None:
        raise Http404
    submission.response = response
    return submission


def _latest(review: UUID) -> QuerySet[ResponseSubmission]:
    return (
        ResponseSubmission.objects.filter(STANDS, review=review)
        .select_related(
            "review__mechanism",
            "review__step",
            "review__state_under_review",
            "response__version",
            "cleared_by",
            "brought_piece__brought_by",
            "brought_piece__checked_by",
            "brought_piece__state_party",
        )
        .order_by("-number")[:1]
    )


_LATEST: MadeOnce[ResponseSubmission] = MadeOnce(_latest)


def latest_submission(review: Review) -> ResponseSubmission | None:
    """The last version that was sent and not recalled; the caller asks the policy whether the reader may see it."""
    return _LATEST.first(review=review.pk)


def last_recalled(review: Review) -> ResponseSubmission | None:
    """What was sent last where that was recalled and nothing stands, for readers to be refused with a word."""
    rows = ResponseSubmission.objects.filter(review=review, brought_piece=None).exclude(STANDS)
    found = rows.select_related("review__mechanism", "review__step", "review__state_under_review", "response__version")
    return found.order_by("-number").first()


def reviews_answered_here(reviews: QuerySet[Review] | Sequence[Review]) -> list[UUID]:
    """In which of them the self-assessment was opened in the portal; read past the rooms, without answers."""
    with looking_past_rooms():
        rows = Response.objects.filter(review__in=reviews, is_brought_in=False)
        return list(rows.values_list("review_id", flat=True))


def brought_in_without_answers() -> QuerySet[Review]:
    """Open reviews that were brought in at the self-assessment or later, and of which no answers lie on the table.

    The same for all who see the review, also for those who may not read what was sent.
    """
    sent = Response.objects.filter(review=OuterRef("pk"), sent_at__isnull=False)
    rows = Review.objects.filter(is_brought_in=True).exclude(step__kind__in=(StepKind.CONSULTATION, StepKind.CLOSING))
    return rows.exclude(Exists(sent)).select_related("step")


def brought_in_and_waiting() -> tuple[list[Review], list[Review]]:
    """Of these, by whose step answers were sent elsewhere; and those whose self-assessment is not open here yet."""
    rows = list(brought_in_without_answers())
    at_answers = [review for review in rows if not has_begun(review)]
    answered = set(reviews_answered_here(at_answers)) if at_answers else set()
    return [review for review in rows if has_begun(review)], [each for each in at_answers if each.pk not in answered]
