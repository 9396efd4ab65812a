"""What a focal point sends to a ministry: sections, single questions, a date and a remark; all in one act."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.i18n import isolated
from core.language.text import clean_text
from core.policy import require
from questionnaires.assignments.recipients import Part, Recipient, contributor, of_ministry
from questionnaires.assignments.validators import FARTHEST_DUE, MAXIMUM_REMARK
from questionnaires.definitions import PlacedSection, VersionIndex, index_of, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import covered, lock_response
from questionnaires.responses.models import ReadingLeave, Response, SectionAssignment
from questionnaires.wording import full_number
from reviews.cases import tell
from reviews.cases.enums import News, ParticipationRole
from reviews.cases.models import Participation
from reviews.ministries.models import Ministry


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
    participation: Participation | None = None,
    ministry: Ministry | None = None,
    places: Sequence[PlacedSection],
    questions: Sequence[str] = (),
    due_on: dt.date | None = None,
    remark: str = "",
    shows_official: bool = False,
    again: bool = False,
    shown: str | None = None,
) -> SentAnew:
    """Send exactly these sections, and these questions with their follow-ups, to a national contributor, told by mail.

    Or to a ``ministry``: to all of its people, who have it together, also those who come later.

    What was sent before and is left out is taken back; what was proposed stays. Date, remark and whether the official
    answers are shown are those of what is new; with ``again`` of all of it: it is sent once more, and what was said of
    it counts no longer. ``shown``: what was sent before as the page has shown it (``as_shown``; None where no page was
    between): nothing else is taken back or sent once more. Raises ServiceError, with the field, for no contributor of
    the review, a ministry without people, what does not apply to the State or is with the contributor's ministry, a day
    that cannot be, and a date or remark of nothing; OutdatedError where it has changed since it was shown.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    to = _recipient(locked, participation, ministry)
    index = index_of(locked.version_id)
    sent: dict[str, Any] = {"due_on": _checked_day(due_on), "shows_official": shows_official}
    sent |= {"remark": clean_text(remark, maximum=MAXIMUM_REMARK, field="remark")}
    sent |= {"sent_by": actor, "sent_at": timezone.now()}
    standing = to.standing()
    wanted = _wanted(index, locked, places, questions, standing)
    seen = {part: _stamp(row) for part, row in standing.items()} if shown is None else _read(shown)
    _require_shown(index, standing, wanted, seen, again=again)
    gone = [part for part in standing if part in seen and part not in wanted]
    again_sent = [part for part in standing if again and part in seen and part in wanted]
    new = [part for part in wanted if part not in standing]
    _require_use(sent, [*new, *again_sent])
    _require_alone(to, index, new)
    to.of_parts(gone).delete()
    to.send_again(again_sent, **sent)
    to.add(new, **sent)
    come = to.spread() if to.ministry else []
    now = [*(part for part in standing if part not in gone), *new]
    result = SentAnew(len(now), len(new) + len(again_sent), len(gone))
    _note(actor, to, index, now, result, sent)
    tell_sent(locked, [] if result.sent else come, sent["sent_at"])
    return result


@transaction.atomic
def let_read_all(*, actor: User, response: Response, participation: Participation) -> bool:
    """Let a national contributor read all official answers, and no proposals of others; False where this was so before.

    The contributor is told by mail. Raises ServiceError for somebody who is no contributor of the review.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.LET_READ, locked)
    _require_contributor(participation, locked)
    leave, is_new = ReadingLeave.objects.get_or_create(
        participation=participation, defaults={"response": locked, "given_by": actor}
    )
    if is_new:
        after = {"participation": str(participation.pk)}
        audit.record(actor, "questionnaires.response.reading_allowed", locked, after=after)
        page, key = "questionnaires:official-read", str(leave.pk)
        tell([participation.user], locked.review, News.MAY_READ_ALL, page=page, key=key, is_private=True)
    return is_new


@transaction.atomic
def end_reading_all(*, actor: User, response: Response, participation: Participation) -> bool:
    """Take that back, at once; False where it was not so."""
    locked = lock_response(response)
    require(actor, ResponseAction.LET_READ, locked)
    ended, _by_model = ReadingLeave.objects.filter(response=locked, participation=participation).delete()
    if ended:
        before = {"participation": str(participation.pk)}
        audit.record(actor, "questionnaires.response.reading_ended", locked, before=before)
    return bool(ended)


def _wanted(
    index: VersionIndex,
    response: Response,
    places: Iterable[PlacedSection],
    questions: Sequence[str],
    standing: Iterable[Part],
) -> list[Part]:
    """The parts that are named, and those that stand and are named though another covers them: these stay."""
    wanted = _parts(index, response, places, questions)
    named = {(index.section_of[code].pk, index.question_ids[code]) for code in questions}
    return [*wanted, *(part for part in standing if part in named and part not in wanted)]


def _recipient(response: Response, participation: Participation | None, ministry: Ministry | None) -> Recipient:
    if ministry is None:
        if participation is None:
            raise ValueError("Parts are sent to a contributor or to a ministry.")
        _require_contributor(participation, response)
        return contributor(response, participation)
    to = of_ministry(response, ministry)
    if ministry.review_id != response.review_id or not to.people:
        raise ServiceError(_("Nobody of this ministry takes part. Invite somebody first."), field="ministry")
    return to


def _require_alone(to: Recipient, index: VersionIndex, new: Sequence[Part]) -> None:
    """Raise ServiceError for what the contributor has with his or her ministry."""
    rows = [] if to.ministry else list(to.had_otherwise(new))
    if rows:
        names = "; ".join(_names(index, [(row.section_id, row.question_id) for row in rows]))
        message = _("This was sent to the ministry, and so to him or her as well: %(parts)s.")
        raise ServiceError(message % {"parts": names}, field="sections")


def _require_contributor(participation: Participation, response: Response) -> None:
    is_contributor = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR and participation.ended_at is None
    if participation.review_id != response.review_id or not is_contributor:
        raise ServiceError(_("Sections are sent to a national contributor of this review."), field="participation")


def as_shown(rows: Iterable[SectionAssignment]) -> str:
    """What a form carries of the parts that it shows: which, and as of when."""
    return " ".join(row.as_shown for row in rows)


def _stamp(row: SectionAssignment) -> str:
    return row.updated_at.isoformat()


def _read(shown: str) -> dict[Part, str]:
    """What ``as_shown`` has written; what is none of it was not shown."""
    seen: dict[Part, str] = {}
    for word in shown.split():
        part, _sign, stamp = word.partition("=")
        section, _slash, question = part.partition("/")
        with suppress(ValueError):
            seen[UUID(section), UUID(question) if question else None] = stamp
    return seen


def _require_shown(
    index: VersionIndex,
    standing: Mapping[Part, SectionAssignment],
    wanted: Sequence[Part],
    seen: Mapping[Part, str],
    *,
    again: bool,
) -> None:
    """Raise OutdatedError for what was sent, taken back or spoken of meanwhile, as far as this act is about it."""
    come = [part for part in wanted if part in standing and part not in seen]
    lost = [part for part in wanted if part in seen and part not in standing]
    touched = [part for part in standing if part in seen and (again or part not in wanted)]
    changed = [part for part in touched if _stamp(standing[part]) != seen[part]]
    if not come and not lost and not changed:
        return
    names = _names(index, [*come, *lost, *changed])
    message = _("This has changed since you opened this page: %(parts)s. Look at it and at your ticks, then send.")
    rests_on = [row for part, row in standing.items() if part in seen or part in wanted]
    raise OutdatedError(message % {"parts": "; ".join(names)}, now=as_shown(rests_on))


def _names(index: VersionIndex, parts: Sequence[Part]) -> list[str]:
    """Of each part the instrument, the heading of its section, and the number of the question that alone is sent."""
    places = {place.pk: place for place in index.sections}
    instruments = instrument_names({place.part.instrument for place in places.values()})
    found = []
    for section, question in parts:
        place = places[section]
        words = [instruments.get(place.part.instrument, ""), place.section.heading]
        number = full_number(index.items[index.codes[question]]) if question else ""
        found.append(isolated(", ".join(filter(None, [*words, number]))))
    return found


def _require_use(sent: Mapping[str, Any], parts: Sequence[Part]) -> None:
    """Raise ServiceError for a date, a remark or a leave that would go with none of the parts."""
    for field in ("due_on", "remark", "shows_official"):
        if sent[field] and not parts:
            raise ServiceError(
                _("You have ticked nothing new that this could go with. Tick it, or send what was sent once more."),
                field=field,
            )


def _parts(
    index: VersionIndex, response: Response, places: Iterable[PlacedSection], codes: Iterable[str]
) -> list[Part]:
    """Sections as a whole, then questions of others; a question under one that is sent too comes with that."""
    applicable = {place.pk: place for place in index.applicable_sections(response.party_to)}
    whole = dict.fromkeys(place.pk for place in places)
    if whole.keys() - applicable.keys():
        raise ServiceError(_("This section does not apply to your State."), field="sections")
    parts: list[Part] = [(section, None) for section in whole]
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
    to: Recipient,
    index: VersionIndex,
    parts: Sequence[Part],
    result: SentAnew,
    sent: dict[str, Any],
) -> None:
    """The record has what was sent to whom, by when; no word of the remark."""
    if not result.sent and not result.taken_back:
        return
    addresses = {place.pk: "/".join(place.address) for place in index.sections}
    after = {
        **to.facts,
        "sections": [addresses[section] for section, question in parts if question is None],
        "questions": [index.codes[question] for _section, question in parts if question is not None],
        "due_on": sent["due_on"].isoformat() if sent["due_on"] else None,
        "shows_official": sent["shows_official"],
    }
    audit.record(actor, "questionnaires.response.assigned", to.response, after=after)
    if result.sent:
        tell_sent(to.response, to.people, sent["sent_at"])


def tell_sent(response: Response, people: Iterable[Participation], sent_at: dt.datetime) -> None:
    """Tell people that something was sent to them."""
    page = "questionnaires:response-detail"
    for each in people:
        key = f"{each.pk}:{sent_at.isoformat()}"
        tell([each.user], response.review, News.SENT_TO_MINISTRY, page=page, key=key, is_private=True)
