"""The progress report in words: title, paragraphs and tables, which PDF and Word set alike; in the active language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, pgettext

from core.language.i18n import list_of
from core.templatetags.components import date_words
from portal.cockpit.selectors.progress import GroupProgress, Progress, progress_of
from reviews.programme.models import Mechanism


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
    tables = [_by_group(progress)]
    if progress.years:
        tables.append(_by_year(progress))
    return Report(
        _("Progress of the country reviews"), mechanism.name, day, _sentences(progress, day), tables, _method()
    )


def _sentences(progress: Progress, day: str) -> list[str]:
    total, finished, late = (progress.sum_of(name) for name in ("total", "finished", "late"))
    first = ngettext(
        "As of %(day)s the mechanism has %(number)d country review.",
        "As of %(day)s the mechanism has %(number)d country reviews.",
        total,
    ) % {"day": day, "number": total}
    parts = [
        ngettext("%(number)d has not begun yet", "%(number)d have not begun yet", progress.sum_of("later"))
        % {"number": progress.sum_of("later")},
        ngettext("%(number)d is under way", "%(number)d are under way", progress.under_way)
        % {"number": progress.under_way},
        ngettext("%(number)d is finished", "%(number)d are finished", finished) % {"number": finished},
    ]
    sentences = [first, _("Of these, %(parts)s.") % {"parts": list_of(parts)}]
    if finished:
        on_time = progress.sum_of("on_time")
        words = ngettext(
            "%(number)d of the finished reviews reached its last milestone by the indicative date.",
            "%(number)d of the finished reviews reached their last milestones by the indicative dates.",
            on_time,
        )
        sentences.append(words % {"number": on_time})
    words = ngettext(
        "In %(number)d of the reviews under way the indicative date of the next act has passed.",
        "In %(number)d of the reviews under way the indicative dates of the next acts have passed.",
        late,
    )
    return [" ".join([*sentences, words % {"number": late}])] if progress.under_way else [" ".join(sentences)]


def _by_group(progress: Progress) -> ReportTable:
    heads = [
        _("Phase"),
        _("Review group"),
        _("Reviews"),
        _("Not begun yet"),
        *(str(number) for number in range(1, len(progress.steps) + 1)),
        _("Past the indicative date"),
        pgettext("reviews", "Finished"),
        _("By the indicative date"),
    ]
    rows = [[str(each.phase), str(each.group or "–"), *_cells(each)] for each in progress.groups]
    if len(rows) > 1:
        sums = [sum(each.at_steps[place] for each in progress.groups) for place in range(len(progress.steps))]
        numbers = [progress.sum_of("total"), progress.sum_of("later"), *sums]
        numbers += [progress.sum_of(name) for name in ("late", "finished", "on_time")]
        rows.append([_("Together"), "", *map(str, numbers)])
    names = list_of([f"{number} – {step.name}" for number, step in enumerate(progress.steps, start=1)])
    note = _("The numbers stand for the steps at which reviews are under way: %(steps)s.") % {"steps": names}
    return ReportTable(_("Reviews by phase and group"), heads, rows, note, has_sum=len(rows) > 1)


def _cells(each: GroupProgress) -> Sequence[str]:
    return [*map(str, (each.total, each.later, *each.at_steps, each.late, each.finished, each.on_time))]


def _by_year(progress: Progress) -> ReportTable:
    heads = [
        _("By the end of"),
        _("Expected to be finished"),
        _("If reviews go slowly"),
        _("If reviews go fast"),
    ]
    rows = [[str(each.year), str(each.middle), str(each.low), str(each.high)] for each in progress.years]
    notes = []
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
