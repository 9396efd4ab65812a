"""Answers, and proposals of ministries, that had no place in the version to which their response has moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from questionnaires.definitions import Item, ItemMove, PlacedSection, index_of, moves_of
from questionnaires.responses.models import Answer, AnswerRevision, Proposal, ProposalRevision, Response

_EMPTIED = Q(choices=[], text="", citations=[], is_outside_competence=False)  # as ``Answer.is_emptied``


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """``version``: the number of that in which it was asked; ``place``: where its question is asked of the State now.

    ``place`` is None where it is not, or is not asked of anybody. ``answer``: an ``Answer``, or a
    ``Proposal`` of a ministry.
    """

    answer: Any
    item: Item
    version: int
    move: ItemMove
    place: PlacedSection | None

    @property
    def why(self) -> str:
        if self.move.new is None:
            return _("This is not asked any more.")
        if self.place is None:
            return _("This is asked now in a part of the questionnaire that does not apply to your State.")
        is_outside = self.answer.is_outside_competence
        if self.move.carries(self.answer.choices, is_outside=is_outside):
            return _("It had no place when the answers were moved; in the version of now it has one again.")
        if is_outside:
            return _("It only heads other questions now: say of each whether it is within your competence.")
        if set(self.answer.choices) <= set(self.move.new.options):
            return _("It is answered in another way now.")
        return _("What was chosen is not among the options any more.")


def kept_of(response: Response) -> QuerySet[Answer]:
    """Answers that had no place in the version to which the response has moved; nothing asks or sends them."""
    return Answer.objects.filter(response=response).exclude(question__version=response.version_id)


def number_to_look_at(response: Response) -> int:
    """How many such answers that say anything nobody has looked at; no query where the response has never moved."""
    if not response.moved_from_id:
        return 0
    return kept_of(response).filter(settled_by=None).exclude(_EMPTIED).count()


def kept_answers(response: Response) -> Iterator[KeptAnswer]:
    """In the order of their questions, each with all its saves; three queries and one for each earlier version."""
    saves = AnswerRevision.objects.select_related("saved_by").order_by("-created_at")
    rows = kept_of(response).select_related("question", "saved_by", "settled_by")
    return _kept(response, rows.prefetch_related(Prefetch("revisions", saves)))


def kept_proposals(response: Response, participation_id: UUID | None = None) -> Iterator[KeptAnswer]:
    """The same of what ministries have proposed (or of one of them) that says anything; none before the first move."""
    if not response.moved_from_id:
        return iter(())
    rows = Proposal.objects.filter(response=response).exclude(question__version=response.version_id).exclude(_EMPTIED)
    if participation_id is not None:
        rows = rows.filter(participation=participation_id)
    saves = ProposalRevision.objects.select_related("saved_by").order_by("-created_at")
    rows = rows.select_related("question", "saved_by", "participation__user")
    return _kept(response, rows.prefetch_related(Prefetch("revisions", saves)))


def _kept(response: Response, rows: QuerySet[Any]) -> Iterator[KeptAnswer]:
    index = index_of(response.version_id)
    applicable = index.applicable_sections(response.party_to)
    moves: dict[UUID, dict[str, ItemMove]] = {}
    for answer in rows.order_by("question__version", "question__order", "pk"):
        version, code = answer.question.version_id, answer.question.code
        if version not in moves:
            moves[version] = moves_of(version, response.version_id)
        move = moves[version][code]
        place = index.section_of[move.new.code] if move.new else None
        place = place if place in applicable else None
        yield KeptAnswer(answer, move.old, index_of(version).number, move, place)
