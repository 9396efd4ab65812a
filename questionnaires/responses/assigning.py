"""What a focal point sends to a ministry: sections, single questions, a date and a remark; all in one act."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.policy import require
from questionnaires.definitions import PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.models import Response, SectionAssignment
from questionnaires.responses.selectors.responses import lock_response
from questionnaires.responses.selectors.sheets import covered
from questionnaires.responses.validators import FARTHEST_DUE, MAXIMUM_REMARK
from reviews.cases import tell
from reviews.cases.enums import News, ParticipationRole
from reviews.cases.models import Participation

_Part = tuple[UUID, UUID | None]  # keys of a section, and of the question that alone is sent


@dataclass(frozen=True, slots=True)
class SentAnew:
    """How many parts the contributor has now, how many of them are new or sent again, and how many were taken back."""

    parts: int
    sent: int
    taken_back: int


@transaction.atomic
def assign_sections(
    actor: User,
    response: Response,
    *,
    participation: Participation,
    places: Sequence[PlacedSection],
    questions: Sequence[str] = (),
    due_on: dt.date | None = None,
    remark: str = "",
    shows_official: bool = False,
    again: bool = False,
) -> SentAnew:
    """Send exactly these sections, and these questions with their follow-ups, to a national contributor.

    What was sent before and is left out is taken back; what was proposed stays. Date, remark and whether the official
    answers are shown are those of what is new; with ``again`` of all of it: it is sent once more, and what the
    contributor had said of it counts no longer. The contributor is told by mail where anything was sent. Raises
    ServiceError, with the field, for somebody who is no
    contributor of the review, for what does not apply to the State, and for a day that cannot be.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    is_contributor = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR and participation.ended_at is None
    if participation.review_id != locked.review_id or not is_contributor:
        raise ServiceError(_("Sections are sent to a national contributor of this review."), field="participation")
    index = index_of(locked.version_id)
    wanted = _parts(index, locked, places, questions)
    sent = {
        "due_on": _checked_day(due_on),
        "shows_official": shows_official,
        "remark": clean_text(remark, maximum=MAXIMUM_REMARK, field="remark"),
        "sent_by": actor,
        "sent_at": timezone.now(),
    }
    rows = SectionAssignment.objects.filter(response=locked, participation=participation)
    standing = {(row.section_id, row.question_id): row.pk for row in rows}
    gone = [key for part, key in standing.items() if part not in wanted]
    new = [part for part in wanted if part not in standing]
    rows.filter(pk__in=gone).delete()
    if again:
        rows.update(**sent, said="", said_at=None, word="", checked_by=None, updated_at=sent["sent_at"])
    SectionAssignment.objects.bulk_create(
        SectionAssignment(
            response=locked, participation=participation, section_id=section, question_id=question, **sent
        )
        for section, question in new
    )
    result = SentAnew(len(wanted), len(wanted) if again else len(new), len(gone))
    _note(actor, locked, participation, index, wanted, result, sent)
    return result


def _parts(
    index: VersionIndex, response: Response, places: Iterable[PlacedSection], codes: Iterable[str]
) -> list[_Part]:
    """Sections as a whole, then questions of others; a question under one that is sent too comes with that."""
    applicable = {place.pk: place for place in index.applicable_sections(response.party_to)}
    whole = dict.fromkeys(place.pk for place in places)
    if whole.keys() - applicable.keys():
        raise ServiceError(_("This section does not apply to your State."), field="sections")
    parts: list[_Part] = [(section, None) for section in whole]
    named = set(codes)
    for code in (code for code in index.items if code in named):
        section = index.section_of[code].pk
        if section not in applicable:
            raise ServiceError(_("This question does not apply to your State."), field="sections")
        heads = named - {code}
        if section not in whole and not covered([index.items[code]], heads):
            parts.append((section, index.question_ids[code]))
    if named - index.items.keys():
        raise ServiceError(_("There is no such question."), field="sections")
    return parts


def _checked_day(due_on: dt.date | None) -> dt.date | None:
    if due_on is not None and not 0 <= (due_on - timezone.localdate()).days <= FARTHEST_DUE:
        raise ServiceError(_("Choose a day from today on, within three years."), field="due_on")
    return due_on


def _note(
    actor: User,
    response: Response,
    participation: Participation,
    index: VersionIndex,
    parts: Sequence[_Part],
    result: SentAnew,
    sent: dict[str, Any],
) -> None:
    """The record has what was sent to whom, by when; no word of the remark."""
    if not result.sent and not result.taken_back:
        return
    addresses = {place.pk: "/".join(place.address) for place in index.sections}
    after = {
        "participation": str(participation.pk),
        "sections": [addresses[section] for section, question in parts if question is None],
        "questions": [index.codes[question] for _section, question in parts if question is not None],
        "due_on": sent["due_on"].isoformat() if sent["due_on"] else None,
        "shows_official": sent["shows_official"],
    }
    audit.record(actor, "questionnaires.response.assigned", response, after=after)
    if result.sent:
        key = f"{participation.pk}:{sent['sent_at'].isoformat()}"
        page = "questionnaires:response-detail"
        tell([participation.user], response.review, News.SENT_TO_MINISTRY, page=page, key=key, is_private=True)
