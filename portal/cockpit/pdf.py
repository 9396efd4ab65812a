"""What the cockpit shows as PDF/UA-1: the filter in words, the timeline, and the same as a table."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.documents.pdf import render_pdf
from core.language.i18n import isolated
from core.models import Job
from core.templatetags.components import date_words
from portal.cockpit import gantt
from portal.cockpit.drawing import drawing_of
from portal.cockpit.files import filter_of, mechanism_of
from portal.cockpit.report import report_of
from portal.cockpit.selectors import cockpit
from reviews.lists import counts_by_step
from reviews.programme.models import Mechanism

TEMPLATE, PROGRESS_TEMPLATE = "pdf/cockpit.html", "pdf/progress.html"
# Of the steps in their order, as in static/css/components/_cockpit.scss and static/pdf/cockpit.css: a drawing in a
# document takes no colours from a style sheet.
COLOURS = ("#1d4e89", "#5b3a86", "#2a6f97", "#7a4f01", "#6b4e71", "#3d405b", "#545f6b", "#003049")


def render_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print what a job asks for. Raises ServiceError where there is no such cockpit any more, PdfError."""
    with translation.override(job.language):
        context = context_of(mechanism_of(job), job.requested_by, job.details)
    tell(5)
    return render_pdf(TEMPLATE, context, job.language, progress=tell)


def render_progress(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print the progress report that a job asks for. Raises as ``render_job`` does."""
    with translation.override(job.language):
        context = progress_context(mechanism_of(job), timezone.now())
    tell(5)
    return render_pdf(PROGRESS_TEMPLATE, context, job.language, progress=tell)


def progress_context(mechanism: Mechanism, now: dt.datetime) -> dict[str, Any]:
    """What the template of the progress report prints, in the active language."""
    return {"mechanism": mechanism, "report": report_of(mechanism, now)}


def context_of(mechanism: Mechanism, user: Any, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the template prints, in the active language; ``asked`` are the filter, zoom and order of an address."""
    narrowed = filter_of(mechanism, user, asked)
    now = narrowed.now
    today = timezone.localdate(now)
    reviews = list(narrowed.in_order(cockpit.for_table(narrowed.qs)))
    steps, counted = cockpit.steps_in_order(mechanism), counts_by_step(narrowed.qs, today)
    counts = dict(counted.steps)
    return {
        "mechanism": mechanism,
        "title": _("Where the reviews stand"),
        "day": date_words(today),
        "maker": user,
        "made_at": now,
        "now": now,
        "narrowed_to": [f"{label}: {isolated(value)}" if value else label for label, value in narrowed.words],
        "number": len(reviews),
        "steps": [(number, step, counts.get(step, 0)) for number, step in enumerate(steps, start=1)],
        "later": counted.later,
        **_drawing(mechanism, reviews, steps, asked.get("zoom", ""), now),
    }


def _drawing(mechanism: Mechanism, reviews: list[Any], steps: list[Any], zoom: str, now: dt.datetime) -> dict[str, Any]:
    drawing = drawing_of(mechanism, reviews, steps, zoom, now)
    return {
        "rows": drawing.rows,
        "ticks": drawing.ticks,
        "today_x": drawing.today_x,
        "gantt": {"width": gantt.WIDTH, "top": gantt.BAR_TOP, "bar": gantt.BAR_HEIGHT},
        "colours": dict(enumerate(COLOURS, start=1)),
        "first": date_words(drawing.scale.first),
        "last": date_words(drawing.scale.last),
    }
