"""A response moves to a later version of its questionnaire: looked at first, then by one act of the State.

Nothing of it is lost: an answer goes with its question where it can stand there as it is, with all its saves. Others
stay as they are under the question of the earlier version, and are listed until a person has looked at them
(docs/adr/0053).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.hashes import text_hash
from core.policy import require
from questionnaires.definitions import (
    Item,
    ItemMove,
    PlacedSection,
    VersionIndex,
    current_version,
    index_of,
    moves_of,
    new_items,
)
from questionnaires.definitions.enums import ItemFate, ResponseAction
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.moving.selectors import kept_of
from questionnaires.progress import answers_of
from questionnaires.responses import covered, forget_parts_sent, lock_response
from questionnaires.responses.models import Answer, Proposal, Response, SectionAssignment

_Said = TypeVar("_Said", Answer, Proposal)


@dataclass(frozen=True, slots=True)
class AssignmentMove:
    """What of a section (``place``) was sent to a contributor, and where it goes: ``target``, None where it is gone.

    ``question``: the key there of the question that was sent alone. ``is_barred``: there it would hold answers to
    questions that were not sent to the same person; so the contributor does not get it, as long as the focal point does
    not send it anew. ``is_hidden``: the person was not shown all of these answers, and reads none of them there.
    ``is_changed``: other questions are asked there than those that somebody has looked at, or in other words.
    """

    assignment: SectionAssignment
    place: PlacedSection
    target: PlacedSection | None
    question: UUID | None
    is_barred: bool
    is_hidden: bool
    is_changed: bool

    @property
    def is_lost(self) -> bool:
        return self.target is None or self.is_barred


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a move would do. ``carried`` are answers with the code to which they go, ``kept`` those without a place.

    One that was emptied goes along where it can, for its earlier saves, and is work for nobody where it cannot: it is
    not among ``kept`` and ``changed``. ``changed`` are the items that are answered here and differ there; ``new``: what
    the State would be asked besides. ``assignments``: the sections that were sent to ministries; ``proposals`` and
    ``kept_proposals``: what these proposed, as the answers.
    """

    target: QuestionnaireVersion
    carried: Sequence[tuple[Answer, str]]
    kept: Sequence[tuple[Answer, ItemMove]]
    changed: Sequence[ItemMove]
    new: Sequence[Item]
    assignments: Sequence[AssignmentMove]
    proposals: Sequence[tuple[Proposal, str]]
    kept_proposals: Sequence[tuple[Proposal, ItemMove]]
    seen: str

    @property
    def number_carried(self) -> int:
        return sum(not answer.is_emptied for answer, _code in self.carried)

    @property
    def counts(self) -> dict[str, int]:
        """Of the answered items that differ, how many of each kind."""
        return Counter(str(move.fate) for move in self.changed)

    @property
    def lost(self) -> list[AssignmentMove]:
        """Of who takes part now, what they will not have any more."""
        return [each for each in self.assignments if each.is_lost and each.assignment.participation.ended_at is None]

    @property
    def hidden(self) -> list[AssignmentMove]:
        """What they keep, and read the official answers to no longer."""
        kept = [each for each in self.assignments if each.is_hidden and not each.is_lost]
        return [each for each in kept if each.assignment.participation.ended_at is None]


def plan_of(response: Response) -> MovePlan | None:
    """What it would mean to move now; None where it is sent, or on the version that is published."""
    if response.sent_at is not None or response.is_brought_in:
        return None
    target = current_version(response.version.questionnaire)
    if target.pk == response.version_id:
        return None
    here, there = index_of(response.version_id), index_of(target.pk)
    moves = moves_of(response.version_id, target.pk)
    asked = {item.code for place in there.applicable_sections(response.party_to) for item in place.section.items}
    answers = list(answers_of(response).order_by("question__order"))
    proposals = list(_proposals(response))
    carried, kept = _placed(answers, here, moves, asked)
    proposed, kept_proposals = _placed(proposals, here, moves, asked)
    said = [moves[here.codes[answer.question_id]] for answer in answers if not answer.is_emptied]
    assignments = _assignments(response, here, there, carried, moves)
    facts = {
        "versions": [str(response.version_id), str(target.pk)],
        "answers": [[str(answer.pk), answer.revision] for answer in answers],
        "proposals": [[str(proposal.pk), proposal.revision] for proposal in proposals],
        "goes": {code: move.new.code if move.new else "" for code, move in moves.items()},
        "sections": sorted([str(each.assignment.pk), each.is_lost, each.is_hidden] for each in assignments),
    }
    return MovePlan(
        target=target,
        carried=carried,
        kept=kept,
        changed=[move for move in said if move.fate != ItemFate.EQUAL],
        new=[item for item in new_items(there.definition, moves) if item.code in asked],
        assignments=assignments,
        proposals=proposed,
        kept_proposals=kept_proposals,
        seen=text_hash(json.dumps(facts, sort_keys=True)),
    )


def _proposals(response: Response) -> QuerySet[Proposal]:
    """Those to questions of the version on which the response is, in their order."""
    rows = Proposal.objects.filter(response=response, question__version=response.version_id)
    return rows.select_related("participation__user").order_by("question__order", "participation", "pk")


def _placed(
    rows: Iterable[_Said], here: VersionIndex, moves: Mapping[str, ItemMove], asked: Container[str]
) -> tuple[list[tuple[_Said, str]], list[tuple[_Said, ItemMove]]]:
    """Those that go along, with the code to which they go; and of the others those that say anything."""
    carried, kept = [], []
    for row in rows:
        move = moves[here.codes[row.question_id]]
        carries = move.carries(row.choices, is_outside=row.is_outside_competence)
        if carries and move.new and move.new.code in asked:
            carried.append((row, move.new.code))
        elif not row.is_emptied:
            kept.append((row, move))
    return carried, kept


def _assignments(
    response: Response,
    here: VersionIndex,
    there: VersionIndex,
    carried: Sequence[tuple[Answer, str]],
    moves_of_items: Mapping[str, ItemMove],
) -> list[AssignmentMove]:
    places = {place.pk: place for place in here.sections}
    targets = {place.address: place for place in there.applicable_sections(response.party_to)}
    came_from = {code: here.codes[answer.question_id] for answer, code in carried}
    sent_now = SectionAssignment.objects.filter(response=response).select_related("participation__user")
    rows = list(sent_now.order_by("section__part__order", "section__order", "pk"))
    sent: dict[UUID, set[str]] = defaultdict(set)
    shown: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        items = _sent_of(row, places[row.section_id], here)
        sent[row.participation_id].update(items)
        if row.shows_official:
            shown[row.participation_id].update(items)
    moves = []
    for row in rows:
        new = moves_of_items[here.codes[row.question_id]].new if row.question_id else None
        address = there.section_of[new.code].address if new else places[row.section_id].address
        target = None if row.question_id and not new else targets.get(address)
        there_now = () if target is None else target.section.items
        codes = {item.code for item in (covered(there_now, [new.code]) if new else there_now)}
        sources = {came_from[code] for code in codes & came_from.keys()}
        went = [moves_of_items[code] for code in _sent_of(row, places[row.section_id], here)]
        moves.append(
            AssignmentMove(
                assignment=row,
                place=places[row.section_id],
                target=target,
                question=there.question_ids[new.code] if new else None,
                is_barred=not sources <= sent[row.participation_id],
                is_hidden=row.shows_official and not sources <= shown[row.participation_id],
                is_changed=any(move.fate != ItemFate.EQUAL for move in went)
                or {move.new.code for move in went if move.new} != codes,
            )
        )
    return moves


def _sent_of(row: SectionAssignment, place: PlacedSection, index: VersionIndex) -> list[str]:
    """The codes of what was sent by a row."""
    items = place.section.items
    heads = [index.codes[row.question_id]] if row.question_id else []
    return [item.code for item in (covered(items, heads) if heads else items)]


@transaction.atomic
def move_response(actor: User, response: Response, *, seen: str) -> Response:
    """Move to the version that is published. ``seen``: as the page has shown what it means (``MovePlan.seen``).

    The lock keeps out answers that are being saved at this moment. Raises ServiceError where somebody has written
    since, or an officer has said otherwise where an item goes.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.MOVE, locked)
    plan = plan_of(locked)
    if plan is None:
        raise ServiceError(_("The self-assessment is on the newest version of the questionnaire already."))
    if plan.seen != seen:
        raise ServiceError(
            _("Somebody has written meanwhile, and nothing was moved. Look at what it means now, then move it.")
        )
    here, there = index_of(locked.version_id), index_of(plan.target.pk)
    for answer, code in plan.carried:
        answer.question_id = there.question_ids[code]
    for proposal, code in plan.proposals:
        proposal.question_id = there.question_ids[code]
    Answer.objects.bulk_update([answer for answer, _code in plan.carried], ["question"])
    for each in plan.assignments:
        if each.target and not each.is_barred:
            each.assignment.section_id, each.assignment.question_id = each.target.pk, each.question
            each.assignment.shows_official &= not each.is_hidden
            if each.is_changed:
                each.assignment.checked_by = None
    sent = [each.assignment for each in plan.assignments]
    SectionAssignment.objects.bulk_update(sent, ["section", "question", "shows_official", "checked_by"])
    SectionAssignment.objects.filter(response=locked, section__part__version=locked.version_id).delete()
    forget_parts_sent()
    Proposal.objects.bulk_update([proposal for proposal, _code in plan.proposals], ["question"])
    locked.moved_from_id, locked.version_id = locked.version_id, plan.target.pk
    locked.save(update_fields=["version", "moved_from", "updated_at"])
    after: dict[str, Any] = {
        "version": there.number,
        "carried": plan.number_carried,
        "kept": [move.old.code for _answer, move in plan.kept],
        "kept_proposals": [[move.old.code, str(row.participation_id)] for row, move in plan.kept_proposals],
        "taken_back": [[*each.place.address, str(each.assignment.participation_id)] for each in plan.lost],
        "hidden": [[*each.place.address, str(each.assignment.participation_id)] for each in plan.hidden],
    }
    audit.record(actor, "questionnaires.response.moved", locked, before={"version": here.number}, after=after)
    return locked


@transaction.atomic
def settle_kept_answer(actor: User, response: Response, *, answer: UUID) -> None:
    """A person has looked at an answer without a place. It stays, and is not listed any more as one to look at.

    The focal point does so until the answers are sent, also where a version stands and nothing is moved any more.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    row = kept_of(locked).filter(pk=answer, settled_by=None).select_related("question").first()
    if row is None:
        raise ServiceError(_("A colleague has looked at this answer already."))
    Answer.objects.filter(pk=row.pk).update(settled_by=actor)
    audit.record(actor, "questionnaires.response.settled", locked, after={"item": row.question.code})
