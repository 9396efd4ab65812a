"""To whom letters would go now, and to whom not and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.contacts import contacts_of_states
from accounts.contacts.models import StateContact
from accounts.states.models import StateParty
from core.hashes import document_hash
from core.language.i18n import interface_language
from core.templatetags.components import date_words
from reviews.cases.models import Review
from reviews.outreach.enums import LetterKind
from reviews.outreach.models import NominationLetter
from reviews.programme.models import Limit, Mechanism

PAUSE = "nomination_letter_pause"  # the limit that says for how many days an office is left in peace
_PAUSE_DAYS = 7
_REPEAT = ("nomination_letter_repeat", "nomination_letter_repeat_longest")  # in weeks


@dataclass(frozen=True, slots=True)
class Addressee:
    """An office that would be written to; ``written_at``: when it was last; ``in_language``: of the mail."""

    contact: StateContact
    written_at: dt.datetime | None
    in_language: str

    @property
    def key(self) -> str:
        return str(self.contact.pk)


@dataclass(frozen=True, slots=True)
class OmittedOffice:
    """A State, or one of its offices, that would not be written to."""

    state: StateParty
    office: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterPlan:
    addressees: list[Addressee]
    left_out: list[OmittedOffice]

    @property
    def fingerprint(self) -> str:
        """Of who would get what, and when each was written to before: what a colleague does meanwhile changes it."""
        rows = [
            [each.key, each.contact.email, each.contact.office, each.contact.language, str(each.written_at or "")]
            for each in self.addressees
        ]
        return document_hash({"letters": sorted(rows), "left_out": len(self.left_out)})


def plan_letters(mechanism: Mechanism, reviews: Iterable[Review]) -> LetterPlan:
    """Who would be written to for these rows of a board (``board.board_of``); two queries."""
    rows = _one_a_state(reviews)
    asked = {row.state_under_review_id: row for row in rows if not row.has_focal_point and not row.is_named}
    offices: dict[UUID, list[StateContact]] = {}
    for contact in contacts_of_states(asked):
        offices.setdefault(contact.state_party_id, []).append(contact)
    last, pause = _last_written(mechanism, asked), pause_of(mechanism)
    addressees: list[Addressee] = []
    left_out: list[OmittedOffice] = []
    for row in rows:
        state = row.state_under_review
        if reason := _reason(row, bool(offices.get(state.pk))):
            left_out.append(OmittedOffice(state, "", reason))
            continue
        for contact in offices.get(state.pk, []):
            at = last.get(contact.pk)
            if at is not None and timezone.now() - at < pause:
                words = _("It was written to on %(day)s.") % {"day": date_words(at)}
                left_out.append(OmittedOffice(state, contact.office, words))
            else:
                addressees.append(Addressee(contact, at, interface_language(contact.language)))
    return LetterPlan(addressees, left_out)


def pause_of(mechanism: Mechanism) -> dt.timedelta:
    """For how long an office is not written to again by hand."""
    found = Limit.objects.filter(mechanism=mechanism, key=PAUSE).values_list("value", flat=True).first()
    return dt.timedelta(days=_PAUSE_DAYS if found is None else found)


def _one_a_state(reviews: Iterable[Review]) -> list[Any]:
    """Of several reviews of a State, one in which it has named nobody."""
    found: dict[UUID, Any] = {}
    rows: list[Any] = list(reviews)
    for row in rows:
        before = found.get(row.state_under_review_id)
        if before is None or ((before.has_focal_point or before.is_named) and not row.has_focal_point):
            found[row.state_under_review_id] = row
    return list(found.values())


@dataclass(frozen=True, slots=True)
class WrittenOffice:
    """An office that was written to: the last letter, and how many there were that it has not asked for itself."""

    last: NominationLetter
    number: int


def written_offices(mechanism: Mechanism, waiting: Mapping[UUID, dt.datetime]) -> list[WrittenOffice]:
    """The offices of these States that were written to and are still in the list at that address; one query.

    ``waiting``: since when each State is waited for. Letters before that were about another review.
    """
    rows = NominationLetter.objects.filter(
        mechanism=mechanism, state_party__in=list(waiting), is_dropped=False, contact__email=F("address")
    ).select_related("contact__state_party", "written_by", "notification")
    letters: dict[Any, list[NominationLetter]] = {}
    for letter in rows.order_by("created_at"):
        if letter.created_at < waiting[letter.state_party_id]:
            continue
        letters.setdefault(letter.contact_id, []).append(letter)
    return [
        WrittenOffice(own[-1], sum(letter.kind != LetterKind.RENEWED for letter in own)) for own in letters.values()
    ]


def repeat_rule(mechanism: Mechanism) -> tuple[dt.timedelta, dt.timedelta]:
    """After how long a letter is sent again for the first time, zero for never, and how long that becomes at most."""
    found = dict(Limit.objects.filter(mechanism=mechanism, key__in=_REPEAT).values_list("key", "value"))
    first, longest = (dt.timedelta(weeks=found.get(key, 0)) for key in _REPEAT)
    return first, max(first, longest)


def wait_after(number: int, first: dt.timedelta, longest: dt.timedelta) -> dt.timedelta:
    """How long after the letter with this number, counted from one, the next one is due: twice as long each time."""
    doublings = min(number - 1, 16)  # beyond that any rule has reached its longest
    wait: dt.timedelta = first * 2**doublings
    return min(wait, longest)


def _reason(row: Any, has_office: bool) -> str:
    if row.has_focal_point:
        return _("It has its focal point.")
    if row.is_named:
        return _("It has named people, who are being checked.")
    return "" if has_office else _("It has no contact in the list.")


def _last_written(mechanism: Mechanism, states: Iterable[UUID]) -> dict[UUID, dt.datetime]:
    """By contact: when it was last written to."""
    rows = NominationLetter.objects.filter(
        ~Q(contact=None), mechanism=mechanism, state_party__in=list(states), is_dropped=False
    ).order_by()
    return dict(rows.values("contact").annotate(at=Max("created_at")).values_list("contact", "at"))
