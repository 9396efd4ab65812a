"""To whom letters would go now, and to whom not and why."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.contacts import contacts_of_states
from accounts.contacts.models import StateContact
from accounts.states.models import StateParty
from core.hashes import document_hash
from core.language.i18n import interface_language
from core.templatetags.components import date_words
from reviews.cases.models import Review
from reviews.outreach.models import NominationLetter
from reviews.programme.models import Limit, Mechanism

PAUSE = "nomination_letter_pause"  # the limit that says for how many days an office is left in peace
_PAUSE_DAYS = 7


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
class LeftOut:
    """A State, or one of its offices, that would not be written to."""

    state: StateParty
    office: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterPlan:
    addressees: list[Addressee]
    left_out: list[LeftOut]

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
    rows: list[Any] = list(reviews)
    asked = {row.state_under_review_id: row for row in rows if not row.has_focal_point and not row.is_named}
    offices: dict[UUID, list[StateContact]] = {}
    for contact in contacts_of_states(asked):
        offices.setdefault(contact.state_party_id, []).append(contact)
    last, pause = _last_written(mechanism, asked), pause_of(mechanism)
    addressees: list[Addressee] = []
    left_out: list[LeftOut] = []
    for row in rows:
        state = row.state_under_review
        if reason := _reason(row, bool(offices.get(state.pk))):
            left_out.append(LeftOut(state, "", reason))
            continue
        for contact in offices.get(state.pk, []):
            at = last.get(contact.pk)
            if at is not None and timezone.now() - at < pause:
                words = _("It was written to on %(day)s.") % {"day": date_words(at)}
                left_out.append(LeftOut(state, contact.office, words))
            else:
                addressees.append(Addressee(contact, at, interface_language(contact.language)))
    return LetterPlan(addressees, left_out)


def pause_of(mechanism: Mechanism) -> dt.timedelta:
    """For how long an office is not written to again by hand."""
    found = Limit.objects.filter(mechanism=mechanism, key=PAUSE).values_list("value", flat=True).first()
    return dt.timedelta(days=_PAUSE_DAYS if found is None else found)


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
