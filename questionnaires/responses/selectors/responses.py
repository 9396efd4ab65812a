"""The only ways to answers. Drafts of another State are not in the query, whatever a page asks for."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.people import secretariat_role
from accounts.people.models import User
from core import context
from core.database.made_once import MadeOnce
from core.policy import can
from questionnaires.definitions import Item, PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.responses.policy import forget_parts_sent, may_read_whole_draft
from questionnaires.responses.selectors.sheets import sent_places
from reviews.capacities import capacity_of
from reviews.cases.enums import Side
from reviews.cases.models import Review
from reviews.visibility import reviews_taken_part_in

_RESPONSE = "response"  # under which word it is kept in ``core.context``
# What its pages show of its review.
_SHOWN = ("review__mechanism", "review__step", "review__state_under_review", "version__questionnaire", "opened_by")


def responses_visible_to(user: User) -> QuerySet[Response]:
    """Responses in the room of a State for which the user takes part now."""
    return Response.objects.filter(
        review__participations__user=user,
        review__participations__ended_at=None,
        review__participations__side=Side.UNDER_REVIEW,
        review__grants__user=user,
        review__grants__permission__codename="view_review",
    )


def get_response_for(user: User, review: Review) -> Response:
    """The response of a review that was obtained for ``user``; the caller asks the policy what may be done with it.

    A reader who takes part but not for the State under review gets the object only to be refused with a reason.
    Raises Http404 where the self-assessment has not been opened.
    """
    return _known(Response.objects.filter(review=review).select_related(*_SHOWN).first())


def get_response_at(user: User, mechanism: str, code: str) -> Response:
    """The response of a review by the review's address, in one query; see ``get_response_for``.

    Raises Http404 for strangers and where the self-assessment has not been opened.
    """
    if secretariat_role(user):
        return _known(_at(mechanism, code).first())
    return _known(_AT.first(mechanism=mechanism, code=code, person=user.pk))


def _at(mechanism: str, code: str) -> QuerySet[Response]:
    there = Response.objects.filter(review__mechanism__slug=mechanism, review__code=code)
    return there.select_related(*_SHOWN)


def _at_for(mechanism: str, code: str, person: UUID) -> QuerySet[Response]:
    return _at(mechanism, code).filter(review__in=reviews_taken_part_in(person))


_AT: MadeOnce[Response] = MadeOnce(_at_for)


def _known(response: Response | None) -> Response:
    """Kept for the rest of the request. Raises Http404 where there is none."""
    if response is None:
        raise Http404
    context.keep((_RESPONSE, response.review_id), response)
    return response


def response_status_of(review: Review) -> str | None:
    """The status of a review's response, which all who see the review may know; None before it is opened.

    As long as a version stands it is sent: that the State prepares the next one is its own affair.
    """
    found = Response.objects.filter(review=review).values_list("status", "sent_at").first()
    if found is None:
        return None
    status, sent_at = found
    return status if sent_at is None else ResponseStatus.SENT


def address_of_draft(user: User, review: Review) -> str | None:
    """The page of the answers that a State drafts, for its own people; None for all others, and where none were.

    For a contributor to whom nothing was sent, and who may read them all, the page to read them.
    """
    response = _response_of(review)
    if response is None or response.is_brought_in:
        return None
    address = [review.mechanism.slug, review.code]
    if can(user, ResponseAction.VIEW_DRAFT, response):
        return reverse("questionnaires:response-detail", args=address)
    may_read = can(user, ResponseAction.READ_OFFICIAL, response)
    return reverse("questionnaires:official-read", args=address) if may_read else None


def address_of_submission(user: User, review: Review) -> str | None:
    """The page of the answers that were sent, for those who read them; None as long as none were."""
    response = _response_of(review)
    is_sent = response is not None and response.sent_at is not None
    if not is_sent or not can(user, ResponseAction.VIEW_SUBMISSION, ResponseSubmission(review=review)):
        return None
    return reverse("questionnaires:submission-detail", args=[review.mechanism.slug, review.code])


_OF_REVIEW: MadeOnce[Response] = MadeOnce(lambda review: Response.objects.filter(review=review).order_by())


def _response_of(review: Review) -> Response | None:
    """One query for each review, as long as one request takes."""
    found = context.looked_up((_RESPONSE, review.pk), lambda: _OF_REVIEW.first(review=review.pk))
    if found is not None:
        found.review = review
    return found


def remember_response(response: Response) -> None:
    """Keep for the pages of its review what a query has brought along."""
    context.keep((_RESPONSE, response.review_id), response)


def answers_by_competence(response: Response) -> bool:
    """Whether who answers may say that a matter is not within its competence: no State, but an organization."""
    return response.review.state_under_review.is_reio


def sections_visible_to(user: User, response: Response) -> tuple[PlacedSection, ...]:
    """The applicable sections; for a national contributor those sent to the ministry, with what was sent of them."""
    if may_read_whole_draft(user, response):
        return index_of(response.version_id).applicable_sections(response.party_to)
    capacity = capacity_of(user, response.review)
    if capacity is None or capacity.side != Side.UNDER_REVIEW:
        return ()
    return sent_places(response, capacity.participation_id)


def get_section_for(user: User, response: Response, instrument: str, slug: str) -> PlacedSection:
    """A section by its address. Raises Http404 where it does not apply to the State or was not sent to the user."""
    for place in sections_visible_to(user, response):
        if place.address == (instrument, slug):
            return place
    raise Http404


def lock_response(response: Response) -> Response:
    """The same, locked; no answer is saved as long as this is so (``answers.store``)."""
    forget_parts_sent()
    # Without a join: a row that waited for a move is read anew, and no longer fits the version that it was joined to.
    Response.objects.select_for_update().values("pk").get(pk=response.pk)
    related = ("review__mechanism", "review__step", "review__state_under_review", "version__questionnaire")
    return Response.objects.select_related(*related).get(pk=response.pk)


def find_item(index: VersionIndex, code: str) -> Item:
    """Raises Http404 where the questionnaire has no such item."""
    if code not in index.items:
        raise Http404
    return index.items[code]
