"""What was sent to which contributor, how much of it nothing is said of, and what came back."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.http import Http404

from accounts.people.models import User
from questionnaires.responses import Sheet
from questionnaires.responses.models import Proposal, ReadingLeave, Response, SectionAssignment
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.ministries.models import Ministry
from reviews.participation import participants_of


def contributors_of(review: Review) -> QuerySet[Participation]:
    """The national contributors who take part now."""
    return participants_of(review).filter(role=ParticipationRole.NATIONAL_CONTRIBUTOR)


def assignments_of(response: Response) -> QuerySet[SectionAssignment]:
    """Which sections were sent to whom, without those whose participation has ended."""
    return SectionAssignment.objects.filter(response=response, participation__ended_at=None).select_related(
        "participation__user"
    )


def assignments_to(response: Response, sheet: Sheet) -> QuerySet[SectionAssignment]:
    """What was sent to the contributor who writes on ``sheet``, by date."""
    rows = assignments_of(response).filter(participation=sheet.participation_id).select_related("section", "question")
    return rows.order_by(F("due_on").asc(nulls_last=True), "section__part__order", "section__order", "question__order")


def sent_alone(response: Response, participation: Participation) -> QuerySet[SectionAssignment]:
    """What was sent to a contributor alone, and not to his or her ministry, by date."""
    return assignments_to(response, Sheet(participation.pk)).filter(ministry=None)


def sent_to(response: Response, ministry: Ministry) -> list[SectionAssignment]:
    """What was sent to a ministry, of each part the row that stands for all, by date."""
    rows = SectionAssignment.objects.filter(response=response, ministry=ministry).select_related("section", "question")
    found: dict[tuple[UUID, UUID | None], SectionAssignment] = {}
    for row in rows.order_by("created_at", "pk"):
        found.setdefault((row.section_id, row.question_id), row)
    return sorted(found.values(), key=lambda row: (row.due_on is None, row.due_on or dt.date.max, row.section.order))


def get_contributor(user: User, review: Review, participation_id: str) -> Participation:
    """A national contributor of a review that was obtained for ``user``. Raises Http404."""
    participation = contributors_of(review).filter(pk=participation_id).first()
    if participation is None:
        raise Http404
    return participation


def readers_by_leave(response: Response) -> frozenset[UUID]:
    """The participations of the contributors whom the focal point lets read all official answers."""
    rows = ReadingLeave.objects.filter(response=response, participation__ended_at=None)
    return frozenset(rows.values_list("participation", flat=True))


@dataclass(frozen=True, slots=True)
class SentToMinistry:
    """Of how many sections a contributor has something of which nothing is said; date and remark of the first due."""

    sections: int
    due_on: dt.date | None
    remark: str


def sent_to_ministries(participations: Sequence[UUID]) -> dict[UUID, SentToMinistry]:
    """By participation, for those to whom anything was sent; date and remark of what nothing was said of; one query."""
    rows = SectionAssignment.objects.filter(participation__in=participations)
    by_person: dict[UUID, list[SectionAssignment]] = {}
    for row in rows.order_by(F("due_on").asc(nulls_last=True), "sent_at"):
        by_person.setdefault(row.participation_id, []).append(row)
    found = {}
    for key, sent in by_person.items():
        first = next((row for row in sent if not row.said), None)
        sections = len({row.section_id for row in sent if not row.said})
        found[key] = SentToMinistry(sections, first.due_on if first else None, first.remark if first else "")
    return found


def returned_proposals(participations: Sequence[UUID]) -> dict[UUID, int]:
    """By participation: how many proposals came back and are not answered; one query."""
    rows = still_sent(Proposal.objects.filter(participation__in=participations, return_answered_at=None))
    return Counter(rows.exclude(returned_at=None).values_list("participation", flat=True))


def whose_words(proposal: str = "") -> Coalesce:
    """The ministry whose a proposal is, or one of its saves from which ``proposal`` leads to it: an expression.

    That of the contributor who has written it, also where another goes on with it. What the State has brought in from
    a file is of the ministry whose file that was. Whoever is of no ministry is called by name.
    """
    path = f"{proposal}__" if proposal else ""
    wrote = Participation.objects.filter(
        review=OuterRef(f"{path}response__review"),
        user=OuterRef("saved_by"),
        role=ParticipationRole.NATIONAL_CONTRIBUTOR,
    ).order_by("-created_at")
    author = Coalesce(Subquery(wrote.values("membership__ministry__name")[:1]), _called("saved_by"))
    contributor = f"{path}participation"
    return Coalesce(
        Case(When(Exists(wrote), then=author)),
        Coalesce(f"{contributor}__membership__ministry__name", _called(f"{contributor}__user")),
    )


def _called(person: str) -> Coalesce:
    return Coalesce(NullIf(f"{person}__organization", Value("")), f"{person}__full_name")


def still_sent(rows: QuerySet[Proposal], **by: Any) -> QuerySet[Proposal]:
    """Those to questions of the version of now that are with their contributor still, who could change no others.

    ``by`` narrows by which parts.
    """
    asked = ExpressionWrapper(OuterRef("question__code"), output_field=CharField())
    sent = SectionAssignment.objects.alias(asked=asked).filter(
        Q(question=None) | Q(question=OuterRef("question")) | Q(asked__startswith=Concat("question__code", Value("."))),
        response=OuterRef("response"),
        participation=OuterRef("participation"),
        section=OuterRef("question__section"),
        **by,
    )
    return rows.filter(Exists(sent), question__version=F("response__version"))
