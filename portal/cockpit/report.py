"""The progress report in words: title, paragraphs and tables, which PDF and Word set alike; in the active language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, pgettext

from core.language.i18n import list_of
from core.templatetags.components import date_words
from portal.cockpit.discretion import FEW, LEAST_GROUP, LEAST_TOLD, SEVERAL, ToldProgress
from portal.cockpit.selectors.progress import Progress, progress_of
from reviews.programme.models import Mechanism

NOT_TOLD = "–"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """``note`` stands under it; the last of ``rows`` is a sum where ``has_sum``."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    note: str
    has_sum: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    organization: str
    day: str
    paragraphs: list[str]
    tables: list[ReportTable]
    method: str


def report_of(mechanism: Mechanism, now: dt.datetime) -> Report:
    """What the secretariat can lay before the Conference: how many reviews are where. It names no State."""
    progress = progress_of(mechanism, now)
    day = date_words(timezone.localdate(now))
    tables = [_by_group(progress)] if progress.groups else []
    if progress.years:
        tables.append(_by_year(progress))
    return Report(
        _("Progress of the country reviews"), mechanism.name, day, _sentences(progress, day), tables, _method()
    )


def _sentences(progress: Progress, day: str) -> list[str]:
    all_of = progress.together
    first = ngettext(
        "As of %(day)s the mechanism has %(number)d country review.",
        "As of %(day)s the mechanism has %(number)d country reviews.",
        all_of.total,
    ) % {"day": day, "number": all_of.total}
    if not progress.groups:
        words = _(
            "With fewer than %(least)d reviews nothing more is said here: it would say of single States where they are."
        )
        return [f"{first} {words % {'least': LEAST_GROUP}}"]
    sentences = [first, _("Of these, %(parts)s.") % {"parts": list_of(_parts(all_of))}]
    if all_of.finished and all_of.on_time is not None:
        words = ngettext(
            "%(number)d of the finished reviews reached its last milestone by the indicative date.",
            "%(number)d of the finished reviews reached their last milestones by the indicative dates.",
            all_of.on_time,
        )
        sentences.append(words % {"number": all_of.on_time})
    if all_of.under_way and all_of.late is not None:
        words = ngettext(
            "In %(number)d of the reviews under way the indicative date of the next act has passed.",
            "In %(number)d of the reviews under way the indicative dates of the next acts have passed.",
            all_of.late,
        )
        sentences.append(words % {"number": all_of.late})
    return [" ".join(sentences)]


def _parts(all_of: ToldProgress) -> list[str]:
    parts = [
        ngettext("%(number)d has its first day to come", "%(number)d have their first day to come", all_of.later)
        % {"number": all_of.later}
    ]
    if all_of.finished is None or all_of.under_way is None:
        begun = all_of.total - all_of.later
        return [*parts, ngettext("%(number)d has begun", "%(number)d have begun", begun) % {"number": begun}]
    return [
        *parts,
        ngettext("%(number)d is under way", "%(number)d are under way", all_of.under_way)
        % {"number": all_of.under_way},
        ngettext("%(number)d is finished", "%(number)d are finished", all_of.finished) % {"number": all_of.finished},
    ]


def _by_group(progress: Progress) -> ReportTable:
    heads = [
        _("Phase"),
        _("Review group"),
        _("Reviews"),
        _("First day to come"),
        *(str(number) for number in range(1, len(progress.steps) + 1)),
        _("Past the indicative date"),
        pgettext("reviews", "Finished"),
        _("By the indicative date"),
    ]
    rows = [[*_names(each), *_cells(each)] for each in progress.groups]
    if len(rows) > 1:
        rows.append([_("Together"), "", *_cells(progress.together)])
    names = list_of([f"{number} – {step.name}" for number, step in enumerate(progress.steps, start=1)])
    notes = [_("The numbers stand for the steps at which reviews are under way: %(steps)s.") % {"steps": names}]
    if any(each.group == FEW for each in progress.groups):
        words = _("Groups with fewer than %(least)d reviews stand together, and with another where they are too few.")
        notes.append(words % {"least": LEAST_GROUP})
    notes += _not_told(rows)
    return ReportTable(_("Reviews by phase and group"), heads, rows, " ".join(notes), has_sum=len(rows) > 1)


def _names(each: ToldProgress) -> list[str]:
    phase = pgettext("phases", "Several") if each.phase == SEVERAL else str(each.phase)
    return [phase, _("Groups with few reviews") if each.group == FEW else str(each.group or "")]


def _cells(each: ToldProgress) -> Sequence[str]:
    numbers = (each.total, each.later, *each.at_steps, each.late, each.finished, each.on_time)
    return [*map(number_told, numbers)]


def number_told(value: int | None) -> str:
    return NOT_TOLD if value is None else str(value)


def _not_told(rows: Sequence[Sequence[str]]) -> list[str]:
    """What a dash means, where there is one."""
    words = _("– stands for fewer than %(least)d, or for a number from which one of these could be worked out.")
    return [words % {"least": LEAST_TOLD}] if any("–" in row for row in rows) else []


def _by_year(progress: Progress) -> ReportTable:
    heads = [
        _("By the end of"),
        _("Expected to be finished"),
        _("If reviews go slowly"),
        _("If reviews go fast"),
    ]
    rows = [
        [
            str(each.year) if each.year else pgettext("years", "Not known"),
            *map(number_told, (each.middle, each.low, each.high)),
        ]
        for each in progress.years
    ]
    notes = _not_told(rows)
    if progress.is_open:
        notes.append(_("Some reviews have stood at a step longer than any before them; these may well end later."))
    if progress.is_by_plan:
        notes.append(_("Few reviews have ended some of the steps; there the step plan speaks in their place."))
    return ReportTable(_("When the reviews are expected to be finished"), heads, rows, " ".join(notes))


def _method() -> str:
    return _(
        "The figures are of all reviews of the mechanism; they say which steps were reached, and never how well. What "
        "is expected comes from how long the steps have taken so far: the 10th, 50th and 90th percentiles of each "
        "step, added over the steps. It supposes that they go on taking as long. Dates are indicative."
    )
