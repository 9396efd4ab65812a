"""What a save needs to know, in one query: the response, where its review stands, and the writer's capacity in it.

The hottest path of the portal (docs/adr/0005): objects hold what the policy and ``services.answers`` ask for and load
the rest only when somebody asks. The rules are the policy's as everywhere. And what stands beside the questions.
"""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.base import ModelState
from django.http import Http404

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.made_once import MadeOnce
from questionnaires.assignments import still_sent, whose_words
from questionnaires.definitions import PlacedSection, index_of
from questionnaires.progress import AnswerSnapshot, answers_in, snapshot
from questionnaires.responses import Sheet, official_shown, parts_sent
from questionnaires.responses.models import Adoption, Proposal, ProposalRevision, Response
from reviews.adherence import statements_of
from reviews.adherence.enums import StatementKind
from reviews.adherence.models import AdherenceStatement
from reviews.capacities import Capacity, remember_capacity
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.programme.models import Step

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands by a question: to a drafter what ministries propose, to a contributor why it came back.

    ``colleagues``: what others of the same ministry propose, by name, where the question is with all of it.
    ``official``: the official answer, where the focal point lets the contributor read it.
    ``new``: how many of ``ministries`` propose what has not gone into the official answer as it is now.
    """

    ministries: tuple[str, ...] = ()
    new: int = 0
    returned: Proposal | None = None
    official: AnswerSnapshot | None = None
    colleagues: tuple[AnswerSnapshot, ...] = ()


def proposals_beside(response: Response, place: PlacedSection, sheet: Sheet) -> dict[str, Beside]:
    """By code of the question, for who writes on ``sheet``; one query, three for a contributor.

    And one more where a part is with the contributor's ministry.
    """
    index = index_of(response.version_id)
    if not sheet.is_official:
        back = _RETURNED.rows(response=response.pk, section=place.pk, participation=sheet.participation_id)
        here = {item.code for item in place.section.items}
        returned = {code: row for row in back if (code := index.codes[row.question_id]) in here}
        official = answers_in(response, official_shown(response, place, sheet))
        colleagues = _of_colleagues(response, place, sheet)
        return {
            code: Beside(returned=returned.get(code), official=official.get(code), colleagues=colleagues.get(code, ()))
            for code in returned.keys() | official.keys() | colleagues.keys()
        }
    beside: dict[str, Beside] = {}
    for question, is_new, whose in _PROPOSED.rows(response=response.pk, section=place.pk):
        so_far = beside.get(index.codes[question], Beside())
        beside[index.codes[question]] = Beside((*so_far.ministries, whose), so_far.new + is_new)
    return beside


def _of_colleagues(response: Response, place: PlacedSection, sheet: Sheet) -> dict[str, tuple[AnswerSnapshot, ...]]:
    """By code, what others propose who have the question as people of the same ministry; the oldest first.

    In the words of people of the ministry: not what one of them was handed on of another's.
    """
    parts = parts_sent(response, sheet.participation_id)
    ministries = {part.ministry_id for part in parts if part.section_id == place.pk and part.ministry_id}
    if not ministries:
        return {}
    index, found = index_of(response.version_id), dict[str, tuple[AnswerSnapshot, ...]]()
    rows = Proposal.objects.filter(response=response, question__section=place.pk).select_related("saved_by")
    rows = still_sent(rows.exclude(participation=sheet.participation_id), ministry__in=ministries)
    # A colleague may go on with what somebody of elsewhere had written; what was brought in has no contributor's hand.
    contributors = Participation.objects.filter(
        review=response.review_id, user=OuterRef("saved_by"), role=ParticipationRole.NATIONAL_CONTRIBUTOR
    )
    rows = rows.filter(Exists(contributors.filter(membership__ministry__in=ministries)) | ~Exists(contributors))
    for row in rows.order_by("created_at"):
        if not row.is_emptied:
            code = index.codes[row.question_id]
            found[code] = (*found.get(code, ()), snapshot(row))
    return found


def _proposed(response: UUID, section: UUID) -> QuerySet[Proposal, Any]:
    """Question, whether it is new, whose it is; the oldest first."""
    rows = Proposal.objects.filter(response=response, question__section=section)
    is_returned = Q(returned_at__isnull=False, return_answered_at=None)
    is_new = (Q(adopted=None) | ~Q(adopted=F("revision"))) & ~is_returned
    return (
        rows.annotate(adopted=Max("adoptions__number"), is_new=is_new, whose=whose_words())
        .order_by("created_at")
        .values_list("question_id", "is_new", "whose")
    )


def _returned(response: UUID, section: UUID, participation: UUID) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(response=response, question__section=section, participation=participation)
    return rows.filter(returned_at__isnull=False, return_answered_at=None)


_PROPOSED: MadeOnce[tuple[UUID, bool, str]] = MadeOnce(_proposed)
_RETURNED: MadeOnce[Proposal] = MadeOnce(_returned)


_FACTS = """
    SELECT response.id, response.status, response.version_id, response.party_to, response.moved_from_id,
        review.id, step.id, step.kind, state.id, state.is_reio, part.id, part.role, part.side, part.state_party_id,
        ARRAY(
            SELECT permission.codename FROM reviews_reviewusergrant given
            JOIN auth_permission permission ON permission.id = given.permission_id
            WHERE given.content_object_id = review.id AND given.user_id = %(user)s
        ),
        response.opened_sent_at, response.is_brought_in, response.sent_at
    FROM questionnaires_response response
    JOIN reviews_review review ON review.id = response.review_id
    JOIN reviews_mechanism mechanism ON mechanism.id = review.mechanism_id
    JOIN reviews_step step ON step.id = review.step_id
    JOIN accounts_stateparty state ON state.id = review.state_under_review_id
    LEFT JOIN reviews_participation part
        ON part.review_id = review.id AND part.user_id = %(user)s AND part.ended_at IS NULL
    WHERE mechanism.slug = %(mechanism)s AND review.code = %(code)s
"""


def adopted_from(response: Response, code: str) -> dict[int, str]:
    """By number of the save of an official answer, whose words went in with it; for readers of the whole draft.

    Who had written them: whoever goes on with the proposal of somebody else has not.
    """
    question = index_of(response.version_id).question_ids[code]
    rows = Adoption.objects.filter(proposal__response=response, proposal__question=question)
    saves = ProposalRevision.objects.filter(
        answer=OuterRef("proposal"), number=OuterRef("number"), is_conflict=False
    ).annotate(of=whose_words("answer"))
    return dict(rows.annotate(of=Subquery(saves.values("of")[:1])).values_list("answer_number", "of"))


def get_response_to_write(user: User, mechanism: str, code: str) -> Response:
    """The response at a review's address, with the user's capacity remembered for the policy.

    The caller asks the policy, which answers "no such page" to a stranger. Raises Http404 where there is no response.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"user": user.pk, "mechanism": mechanism, "code": code})
        row = cursor.fetchone()
    if row is None:
        raise Http404
    review = _partly(Review, id=row[5], step_id=row[6], state_under_review_id=row[8])
    review.step = _partly(Step, id=row[6], kind=row[7])
    review.state_under_review = _partly(StateParty, id=row[8], is_reio=row[9])
    known = {"id": row[0], "status": row[1], "version_id": row[2], "party_to": row[3], "moved_from_id": row[4]}
    response = _partly(
        Response, **known, review_id=row[5], sent_at=row[17], opened_sent_at=row[15], is_brought_in=row[16]
    )
    response.review = review
    capacity = None
    if row[10] is not None:
        capacity = Capacity(row[10], ParticipationRole(row[11]), Side(row[12]), row[13], frozenset(row[14]))
    remember_capacity(user, review, capacity)
    return response


def competence_declared(response: Response, instrument: str) -> QuerySet[AdherenceStatement]:
    """What the organization that answers has declared of its competence in the matter of an instrument."""
    said = statements_of(response.review.state_under_review)
    return said.filter(kind=StatementKind.COMPETENCE, adherence__instrument__slug=instrument)


def _partly(model: type[Row], **known: object) -> Row:
    """A row of which only some columns were read; Django reads another when it is asked for.

    As ``from_db`` leaves it, but not by way of ``__init__``, which goes through each column that was not read.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, "default"
    row.__dict__.update(known)
    return row
