"""Recording what a State has joined and said. Reviews that are open stay what they were opened for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError, found
from core.language.text import require_text
from core.policy import require
from core.reference_site import reference_site
from core.seen import require_unchanged
from reviews.adherence.enums import StatementKind
from reviews.adherence.models import AdherenceStatement
from reviews.programme.enums import AdherenceKind
from reviews.programme.models import Adherence, Instrument

LONGEST_TEXT = 20_000
_FIRST_DAY = dt.date(1945, 10, 24)  # the Charter's entry into force: no treaty here is older


@transaction.atomic
def record_adherence(
    *,
    actor: User,
    state: StateParty,
    instrument: Instrument,
    kind: str,
    deposited_on: dt.date,
    source: str,
    is_verified: bool,
    seen: str,
) -> Adherence:
    """Note that a State has joined an instrument, or correct what was noted.

    ``seen`` is the row as the writer was shown it (``core.seen``). Raises ServiceError where a colleague has
    recorded something meanwhile, and with the field: a day to come or before the United Nations, or no source.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    if wrong := wrong_day(deposited_on):
        raise ServiceError(wrong, field="deposited_on")
    StateParty.objects.select_for_update(no_key=True).get(pk=state.pk)  # two who record the same wait for each other
    row = Adherence.objects.filter(state_party=state, instrument=instrument).first()
    require_unchanged(row, seen)
    before = _facts(row) if row else None
    row = row or Adherence(state_party=state, instrument=instrument)
    row.kind, row.deposited_on, row.is_verified = AdherenceKind(kind), deposited_on, is_verified
    row.source = require_text(source, _("Say where this is read."), maximum=300, field="source")
    row.save()
    verb = "reviews.adherence.changed" if before else "reviews.adherence.added"
    audit.record(actor, verb, row, before=before, after={**_facts(row), **reference_site.facts_of(actor)})
    return row


@dataclass(frozen=True, slots=True)
class NewAdherence:
    """That a State has joined an instrument of which nothing was noted for it."""

    state: StateParty
    kind: AdherenceKind
    deposited_on: dt.date


@transaction.atomic
def record_adherences(
    *, actor: User, instrument: Instrument, acts: Sequence[NewAdherence], source: str, is_verified: bool
) -> None:
    """Note several States that have joined an instrument; a constant number of queries.

    Raises ServiceError for a day that cannot be, no source, or where something is noted of one of them by now.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    source = require_text(source, _("Say where this is read."), maximum=300, field="source")
    states = [act.state.pk for act in acts]
    # In one order: two who note the same States of two instruments do not block each other.
    list(StateParty.objects.select_for_update(no_key=True).filter(pk__in=states).order_by("iso3").values_list("pk"))
    for there in Adherence.objects.filter(instrument=instrument, state_party__in=states)[:1]:
        require_unchanged(there, "")
    if wrong := next(filter(None, (wrong_day(act.deposited_on) for act in acts)), ""):
        raise ServiceError(wrong)
    rows = [
        Adherence(
            state_party=act.state,
            instrument=instrument,
            kind=act.kind,
            deposited_on=act.deposited_on,
            is_verified=is_verified,
            source=source,
        )
        for act in acts
    ]
    Adherence.objects.bulk_create(rows)
    by_whom = reference_site.facts_of(actor)
    audit.record_all(actor, "reviews.adherence.added", [(row, {**_facts(row), **by_whom}) for row in rows])


def wrong_day(deposited_on: dt.date) -> str:
    """Why nothing can have been deposited on a day; empty where it can."""
    if deposited_on > timezone.localdate():
        return _("This day is still to come.")
    return _("This day is before the United Nations were founded.") if deposited_on < _FIRST_DAY else ""


@transaction.atomic
def write_statement(
    *,
    actor: User,
    adherence: Adherence,
    statement: AdherenceStatement | None = None,
    kind: str,
    made_on: dt.date | None,
    language: str,
    text: str,
    link: str,
    seen: str = "",
) -> AdherenceStatement:
    """Add what a State has said of an instrument, or correct it.

    Raises ServiceError for an empty text, or where a colleague has corrected it since it was ``seen``.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    row = _lock(statement) if statement else AdherenceStatement(adherence=adherence)
    require_unchanged(row if statement else None, seen)
    row.kind, row.made_on, row.language, row.link = StatementKind(kind), made_on, language, link
    message = _("Enter the text, as the depositary has circulated it.")
    row.text = require_text(text, message, maximum=LONGEST_TEXT, field="text")
    row.save()
    verb = "reviews.adherencestatement.changed" if statement else "reviews.adherencestatement.added"
    audit.record(actor, verb, row, after={"kind": row.kind, "language": language, **reference_site.facts_of(actor)})
    return row


@transaction.atomic
def delete_statement(*, actor: User, statement: AdherenceStatement, seen: str) -> None:
    """Raises ServiceError where a colleague has corrected it since it was ``seen``."""
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    statement = _lock(statement)
    require_unchanged(statement, seen)
    audit.record(actor, "reviews.adherencestatement.deleted", statement, after=reference_site.facts_of(actor))
    statement.delete()


def _lock(statement: AdherenceStatement) -> AdherenceStatement:
    return found(AdherenceStatement.objects.select_for_update(of=("self",)).filter(pk=statement.pk).first())


def _facts(row: Adherence) -> dict[str, object]:
    return {
        "state": row.state_party.iso3,
        "instrument": row.instrument.slug,
        "kind": str(row.kind),
        "deposited_on": row.deposited_on.isoformat(),
        "source": row.source,
        "is_verified": row.is_verified,
    }
