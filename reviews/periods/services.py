"""The change of a programme's dates: all cells at once, in one transaction, as its writer was shown them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.enums import AccountAction
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.policy import require
from core.reference_site import reference_site
from reviews.periods.grid import CellChange, CellKey, PeriodGrid, Span, changes_between
from reviews.periods.selectors import effects_of, grid_of, key_of
from reviews.periods.validators import problems_of
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Mechanism, Phase, PhasePeriod

_MAXIMUM_NOTE = 2000  # characters


class ProgrammeChangedError(ServiceError):
    """Somebody has changed the dates since they were shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("The dates of the programme have changed since you were shown them. Nothing was stored."))


@transaction.atomic
def change_periods(
    *,
    actor: Actor,
    mechanism: Mechanism,
    shown: PeriodGrid,
    wanted: PeriodGrid,
    evidence_mark: EvidenceMark,
    evidence_note: str,
    reason: str = "",
) -> list[CellChange]:
    """Give the phases of a mechanism other dates; reviews that are open keep theirs. Give what has changed.

    ``shown`` is what the writer knew, ``wanted`` the whole programme. The evidence is that of every date that changes:
    what was known of the one before says nothing of it. Raises ProgrammeChangedError where ``shown`` holds no longer,
    and ServiceError for dates that cannot be, where nothing changes, and for want of a ``reason`` where a phase would
    begin while the one before it runs, or before it.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    rows = _locked(mechanism)
    now = grid_of(rows.values())
    if now != shown:
        raise ProgrammeChangedError
    for problem in problems_of(wanted):
        raise ServiceError(problem.message, field=problem.field)
    changes = changes_between(now, wanted)
    if not changes:
        raise ServiceError(_("No date is changed."))
    note = clean_text(evidence_note, maximum=_MAXIMUM_NOTE, field="evidence_note")
    reason = clean_text(reason, maximum=_MAXIMUM_NOTE, field="reason")
    if not reason and effects_of(mechanism, now, wanted, timezone.localdate()).needs_reason:
        raise ServiceError(_("Say why a phase is to begin all the same."), field="reason")
    _write(mechanism, rows, changes, mark=evidence_mark, note=note)
    _record(actor, mechanism, changes, evidence_mark, reason)
    return changes


def _locked(mechanism: Mechanism) -> dict[CellKey, PhasePeriod]:
    """The periods, for us alone. Whoever publishes a draw or opens a review holds its phase, and so waits, or is
    waited for: all reviews of a draw take their dates from one programme.
    """
    list(Phase.objects.select_for_update(no_key=True).filter(mechanism=mechanism).order_by("number"))
    periods = PhasePeriod.objects.select_for_update(of=("self",)).select_related("phase", "review_group")
    return {key_of(period): period for period in periods.filter(phase__mechanism=mechanism)}


def _write(
    mechanism: Mechanism,
    rows: Mapping[CellKey, PhasePeriod],
    changes: Iterable[CellChange],
    *,
    mark: EvidenceMark,
    note: str,
) -> None:
    """An empty period overlaps none: so what moves is taken out of the way first, and the order does not matter.

    A row stays the same row, by which a start knows it as changed by a person (``portal.reference.memory``).
    """
    moved = [(change, rows.get(change.key)) for change in changes]
    PhasePeriod.objects.filter(pk__in=[row.pk for _change, row in moved if row]).update(period=DateRange(empty=True))
    phases = {phase.number: phase for phase in mechanism.phases.all()}
    groups = {group.number: group for group in mechanism.review_groups.all()}
    for change, row in moved:
        if change.then is None:
            if row is not None:
                row.delete()
            continue
        period = row or PhasePeriod(phase=phases[change.key.phase], review_group=groups[change.key.group])
        period.period = DateRange(change.then.first, change.then.end)
        period.evidence_mark, period.evidence_note = mark, note
        period.save()


def _record(actor: Any, mechanism: Mechanism, changes: Iterable[CellChange], mark: EvidenceMark, reason: str) -> None:
    facts = {**reference_site.facts_of(actor), "evidence_mark": mark}
    audit.record(
        actor,
        "reviews.programme.changed",
        mechanism,
        before={_name(change.key): _days(change.now) for change in changes},
        after={_name(change.key): _days(change.then) for change in changes} | facts,
        reason=reason,
    )


def _name(key: CellKey) -> str:
    return f"{key.phase}/{key.group}"


def _days(span: Span | None) -> str | None:
    return f"{span.first}/{span.last}" if span else None
