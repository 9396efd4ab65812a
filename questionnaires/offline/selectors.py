"""What of a self-assessment goes into a file, for whom, and what stood there when a file was made."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from accounts.people.models import User
from core.errors import found
from questionnaires.assignments import assignments_of, contributors_of
from questionnaires.bringing import AskedQuestionnaire
from questionnaires.definitions import index_of
from questionnaires.progress import EMPTY, AnswerSnapshot, answers_in
from questionnaires.responses import Sheet, sent_places, sheet_of
from questionnaires.responses.models import Response
from reviews.cases.models import Participation


@dataclass(frozen=True, slots=True)
class OfflinePart:
    """What one file holds: questions on one sheet, with the answers that stand there."""

    sheet: Sheet
    asked: AskedQuestionnaire
    stored: Mapping[str, AnswerSnapshot]

    def answer(self, code: str) -> AnswerSnapshot:
        return self.stored.get(code, EMPTY)


def ministries_with_parts(user: User, response: Response) -> list[Participation]:
    """Contributors to whom something was sent, for who writes the official answers; for a contributor none."""
    if not sheet_of(user, response).is_official:
        return []
    sent = assignments_of(response).values("participation")
    people = contributors_of(response.review).filter(pk__in=sent).select_related("user")
    return list(people.order_by("user__organization", "pk"))


def sheet_for(user: User, response: Response, participation: UUID | None) -> Sheet:
    """The user's own sheet, or that of a ministry for who writes the official answers. Raises Http404 for others'."""
    if participation is None:
        return sheet_of(user, response)
    found(next((each for each in ministries_with_parts(user, response) if each.pk == participation), None))
    return Sheet(participation)


def asked_on(response: Response, sheet: Sheet) -> AskedQuestionnaire:
    """What is asked on a sheet; at most one query."""
    sent = None if sheet.is_official else sent_places(response, sheet.participation_id)
    return AskedQuestionnaire(index_of(response.version_id), response.party_to, sent, _mark(response, sheet))


def offline_part(response: Response, sheet: Sheet, section: UUID | None = None) -> OfflinePart:
    """All of a sheet, or one section of it. Raises Http404 for a section that it does not have; at most two queries."""
    asked = asked_on(response, sheet)
    if section is not None:
        asked = replace(asked, sent=[found(next((each for each in asked.places if each.pk == section), None))])
    return OfflinePart(sheet, asked, answers_in(response, asked.items, sheet))


def _mark(response: Response, sheet: Sheet) -> str:
    """By which a file of these answers is known again: of this response to this version, and on this sheet."""
    return _digest(f"{response.pk}/{response.version_id}", 6) + _digest(str(sheet.participation_id), 4)


def _digest(words: str, length: int) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:length]


def as_it_was(response: Response, part: OfflinePart, bases: Mapping[str, int]) -> dict[str, AnswerSnapshot]:
    """What stood at the saves that a file names, by code; at most one query."""
    ids = part.asked.index.question_ids
    was = {code: part.answer(code) for code, base in bases.items() if base and part.answer(code).revision == base}
    earlier = [Q(answer__question=ids[code], number=base) for code, base in bases.items() if base and code not in was]
    if not earlier:
        return was
    saves = part.sheet.saves.filter(reduce(or_, earlier), answer__in=part.sheet.rows(response), is_conflict=False)
    for save in saves.select_related("answer"):
        was[part.asked.index.codes[save.answer.question_id]] = AnswerSnapshot(
            tuple(save.choices),
            save.text,
            tuple(save.citations),
            save.number,
            save.created_at,
            "",
            save.is_outside_competence,
        )
    return was


def words_for_reader(asked: AskedQuestionnaire) -> Mapping[str, str]:
    """Those of the questionnaire in the active language, by the official ones; none where it is the official one."""
    return asked.index.definition.translations.get(get_language() or "", {})
