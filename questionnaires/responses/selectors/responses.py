"""The only ways to answers. Drafts of another State are not in the query, whatever a page asks for."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import Http404
from django.urls import reverse

from accounts.people import secretariat_role
from accounts.people.models import User
from core import context
from core.database.made_once import MadeOnce
from core.policy import can
from questionnaires.definitions import AnswerValue, Item, PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.completeness import ProgressCounts, states_of
from questionnaires.responses.enums import AnswerState, ResponseStatus
from questionnaires.responses.models import Answer, Proposal, Response, ResponseSubmission
from questionnaires.responses.policy import forget_parts_sent, may_read_whole_draft
from questionnaires.responses.selectors.sheets import OFFICIAL, Sheet, sent_places, sheet_of
from questionnaires.responses.selectors.written import BEGINNING, EMPTY, AnswerSnapshot, WrittenSheet, written_on
from reviews.capacities import capacity_of
from reviews.cases.enums import Side
from reviews.cases.models import Review
from reviews.visibility import reviews_taken_part_in

_RESPONSE = "response"  # under which word it is kept in ``core.context``
# What its pages show of its review.
_SHOWN = ("review__mechanism", "review__step", "review__state_under_review", "version__questionnaire", "opened_by")


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item on a page: its answer and how it stands."""

    item: Item
    answer: AnswerSnapshot
    state: AnswerState | None  # None for a heading

    @property
    def is_asked(self) -> bool:
        return self.state != AnswerState.NOT_ASKED

    @property
    def depth(self) -> int:
        return len(self.item.number) - 1


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far a section is: counts of items asked, answered and still missing."""

    place: PlacedSection
    asked: int
    answered: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def counts(self) -> ProgressCounts:
        return ProgressCounts(self.asked, self.answered, len(self.missing))


@dataclass(frozen=True, slots=True)
class ResponseOverview:
    """A response as its reader may see it: the sections and how each stands on the reader's ``sheet``.

    ``written``: what stands on it, where the page is that of a section.
    """

    response: Response
    index: VersionIndex
    sections: tuple[SectionProgress, ...]
    states: Mapping[str, AnswerState]
    sheet: Sheet = OFFICIAL
    written: WrittenSheet | None = None

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def missing(self) -> int:
        return sum(len(section.missing) for section in self.sections)

    @property
    def counts(self) -> ProgressCounts:
        return ProgressCounts(self.asked, self.answered, self.missing)

    def section_at(self, place: PlacedSection) -> SectionProgress:
        return next(section for section in self.sections if section.place.pk == place.pk)


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
    """The page of the answers that a State drafts, for its own people; None for all others, and where none were."""
    response = _response_of(review)
    if response is None or response.is_brought_in or not can(user, ResponseAction.VIEW_DRAFT, response):
        return None
    return reverse("questionnaires:response-detail", args=[review.mechanism.slug, review.code])


def address_of_submission(user: User, review: Review) -> str | None:
    """The page of the answers that were sent, for those who read them; None as long as none were."""
    response = _response_of(review)
    is_sent = response is not None and response.sent_at is not None
    if not is_sent or not can(user, ResponseAction.VIEW_SUBMISSION, ResponseSubmission(review=review)):
        return None
    return reverse("questionnaires:submission-detail", args=[review.mechanism.slug, review.code])


def _response_of(review: Review) -> Response | None:
    """One query for each review, as long as one request takes."""
    found = context.looked_up((_RESPONSE, review.pk), lambda: Response.objects.filter(review=review).first())
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


def answers_of(response: Response, sheet: Sheet = OFFICIAL) -> QuerySet[Any]:
    """Those to the questions of its version; under those of an earlier one see ``moved.kept_of``."""
    return sheet.rows(response).filter(question__version=response.version_id)


def answer_values(
    response: Response, question_ids: Iterable[UUID] | None = None, sheet: Sheet = OFFICIAL
) -> dict[str, AnswerValue]:
    """Choices, and whether there are words, of all answers (or of some): what conditions and counts need."""
    codes = index_of(response.version_id).codes
    answers = answers_of(response, sheet)
    if question_ids is not None:
        answers = answers.filter(question_id__in=question_ids)
    rows = answers.annotate(beginning=Left("text", BEGINNING)).values_list(
        "question_id", "choices", "beginning", "is_outside_competence"
    )
    return {codes[key]: AnswerValue(tuple(choices), beginning, outside) for key, choices, beginning, outside in rows}


def overview_for(user: User, response: Response, whole: PlacedSection | None = None) -> ResponseOverview:
    """How each section that the user may see stands, by what he or she writes there; two queries.

    With the answers of the section that is shown ``whole``, which the same query reads.
    """
    index, sheet = index_of(response.version_id), sheet_of(user, response)
    written = written_on(response, sheet, whole.pk) if whole else None
    visible = sections_visible_to(user, response)
    items = tuple(item for place in visible for item in place.section.items)
    values = written.values if written else answer_values(response, sheet=sheet)
    states = states_of(items, index.optional, values)
    sections = tuple(_progress(place, states) for place in visible)
    return ResponseOverview(response, index, sections, states, sheet, written)


def section_progress(
    response: Response, place: PlacedSection, sheet: Sheet = OFFICIAL
) -> tuple[SectionProgress, frozenset[str]]:
    """How one section stands and which of its items are asked; one query.

    No condition of the questionnaires reaches into another section.
    """
    index = index_of(response.version_id)
    items = place.section.items
    values = answer_values(response, [index.question_ids[item.code] for item in items], sheet)
    states = states_of(items, index.optional, values)
    asked = frozenset(item.code for item in items if states.get(item.code) != AnswerState.NOT_ASKED)
    return _progress(place, states), asked


def _progress(place: PlacedSection, states: Mapping[str, AnswerState]) -> SectionProgress:
    own = {item.code: states[item.code] for item in place.section.items if item.code in states}
    return SectionProgress(
        place=place,
        asked=sum(state != AnswerState.NOT_ASKED for state in own.values()),
        answered=sum(state == AnswerState.ANSWERED for state in own.values()),
        missing=tuple(code for code, state in own.items() if state == AnswerState.EMPTY),
    )


def section_items(overview: ResponseOverview, place: PlacedSection) -> tuple[ItemState, ...]:
    """The items of a section with their answers. Answers to items that are not asked come along.

    One query, and none where the overview has read the section.
    """
    written = overview.written
    if written is not None and written.whole == place.pk:
        snapshots = written.answers
    else:
        snapshots = answers_in(overview.response, place.section.items, overview.sheet)
    return tuple(
        ItemState(item, snapshots.get(item.code, EMPTY), overview.states.get(item.code)) for item in place.section.items
    )


def answers_in(response: Response, items: Iterable[Item], sheet: Sheet = OFFICIAL) -> dict[str, AnswerSnapshot]:
    """The stored answers of some items, by code."""
    index = index_of(response.version_id)
    rows = sheet.rows(response).filter(question_id__in=[index.question_ids[item.code] for item in items])
    return {index.codes[row.question_id]: snapshot(row) for row in rows.select_related("saved_by")}


def snapshot(answer: Answer | Proposal) -> AnswerSnapshot:
    return AnswerSnapshot(
        choices=tuple(answer.choices),
        text=answer.text,
        citations=tuple(answer.citations),
        revision=answer.revision,
        saved_at=answer.updated_at,
        saved_by=answer.saved_by.full_name,
        is_outside_competence=answer.is_outside_competence,
    )


def history_of(response: Response, code: str, sheet: Sheet = OFFICIAL) -> QuerySet[Any]:
    """Every save of one answer, the last first, those that came on top of an older one included."""
    question_id = index_of(response.version_id).question_ids[code]
    return (
        sheet.saves.filter(answer__in=sheet.rows(response).filter(question_id=question_id))
        .select_related("saved_by")
        .order_by("-created_at")
    )


def answers_last_saved_by(
    user: User, response: Response, writer: User, since: dt.datetime
) -> list[tuple[str, dt.datetime]]:
    """Code and time of the answers that ``writer`` was the last to save, for a reader of the whole draft; one query."""
    if not may_read_whole_draft(user, response):
        return []
    codes = index_of(response.version_id).codes
    rows = answers_of(response).filter(saved_by=writer, updated_at__gte=since).order_by("-updated_at")
    return [(codes[question_id], at) for question_id, at in rows.values_list("question_id", "updated_at")]
