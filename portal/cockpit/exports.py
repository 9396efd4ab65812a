"""The cockpit's list and figures as a workbook, in the active language."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import get_language_bidi, gettext as _, pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.files.spreadsheets import safe_row
from core.language.i18n import UN_LANGUAGES, list_of
from core.models import Job
from core.templatetags.components import month_short
from portal.cockpit.files import filter_of, mechanism_of
from portal.cockpit.selectors import cockpit, figures
from portal.cockpit.selectors.figures import Month, OfficerLoad, StateLoad, WaitingReview
from portal.cockpit.selectors.forecasts import Forecast, Forecaster, forecaster_of
from reviews.cases.models import Review
from reviews.due import next_act
from reviews.programme.models import Step

_BOLD, _SHADE = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")


def make_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """The workbook that a job asks for: the filtered list and all figures over it. Raises ServiceError (``files``)."""
    with translation.override(job.language):
        mechanism = mechanism_of(job)
        today, steps = timezone.localdate(), cockpit.steps_in_order(mechanism)
        narrowed = filter_of(mechanism, job.requested_by, job.details)
        reviews = narrowed.qs
        rows = narrowed.in_order(cockpit.for_table(reviews)).select_related("state_under_review__regional_group")
        return workbook_of(
            rows,
            steps,
            figures.months_of(cockpit.stays_of(reviews), steps, today),
            figures.waiting_for(reviews, today),
            figures.officer_loads(reviews, mechanism),
            figures.state_loads(reviews, today),
            forecaster_of(mechanism, today),
        )


def workbook_of(
    reviews: Iterable[Review],
    steps: Sequence[Step],
    months: Iterable[Month],
    waiting: Iterable[WaitingReview],
    officers: Iterable[OfficerLoad],
    states: Iterable[StateLoad],
    forecaster: Forecaster,
) -> bytes:
    """One sheet for the list and one for each figure; no text in it becomes a formula."""
    book = Workbook()
    book.remove(book.active)
    add_sheet(book, _("Reviews"), _review_head(), [_review_row(each, forecaster) for each in reviews])
    heads = [_("End of the month"), *(step.name for step in steps)]
    add_sheet(book, _("Steps over time"), heads, [[month.day, *month.counts] for month in months])
    heads = [_("Review code"), _("State under review"), _("Step"), _("Next act owed by"), _("Since"), _("Days")]
    add_sheet(book, _("Who is waited for"), heads, [_waiting_row(each) for each in waiting])
    heads = [_("Officer"), _("Reviews in charge"), _("Acts owed by the secretariat"), _("Notes verbales to check")]
    rows = [[str(each.officer or _("Nobody yet")), each.reviews, each.owed, each.notes] for each in officers]
    add_sheet(book, _("Officers"), heads, rows)
    heads = [_("Reviewing State"), _("Reviews performed now"), _("Review codes")]
    add_sheet(
        book, _("Reviewing States"), heads, [[str(each.state), each.count, ", ".join(each.codes)] for each in states]
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _review_head() -> list[str]:
    return [
        _("Review code"),
        _("State under review"),
        _("Regional group"),
        _("Phase"),
        _("Step"),
        _("Reviewing States"),
        _("Working languages"),
        _("Officer in charge"),
        _("Next act"),
        _("Next act owed by"),
        _("Indicative date"),
        _("Last sign of life"),
        pgettext("of a review", "Expected end"),
        _("Expected end: one in ten by"),
        _("Expected end: nine in ten by"),
        _("Expected end: or later, by the plan"),
    ]


def _review_row(review: Review, forecaster: Forecaster) -> list[Any]:
    milestone, languages, forecast = next_act(review), dict(UN_LANGUAGES), forecaster.of(review)
    return [
        review.code,
        str(review.state_under_review),
        str(review.state_under_review.regional_group or ""),
        review.phase.number,
        review.step_words,
        list_of([str(row.state_party) for row in review.reviewing_states.all()]),
        list_of([str(languages[code]) for code in review.working_languages]),
        str(review.officer or ""),
        milestone.plan.name if milestone else "",
        str(milestone.plan.get_owed_by_display()) if milestone else "",
        milestone.due_on if milestone else None,
        review.last_sign,  # type: ignore[attr-defined]
        *_end_in_words(forecast),
    ]


def _end_in_words(forecast: Forecast | None) -> list[str | None]:
    """Months, since days would say too much, and what is to be known of them."""
    if forecast is None:
        return [None] * 4
    middle, remarks = month_short(forecast.middle), []
    if forecast.middle_is_open:
        middle = pgettext("a forecast", "not before %(month)s") % {"month": middle}
    if forecast.high_is_open:
        remarks.append(_("or later than the last month"))
    if forecast.is_by_plan:
        remarks.append(pgettext("a forecast", "mostly by the step plan"))
    return [middle, month_short(forecast.low), month_short(forecast.high), list_of(remarks)]


def _waiting_row(row: WaitingReview) -> list[Any]:
    review = row.review
    return [review.code, str(review.state_under_review), str(review.step), str(row.owner.label), row.since, row.days]


def add_sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.append(safe_row(str(head) for head in heads))
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = _BOLD, _SHADE, Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([*map(_safe, row)])
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(len(str(head)) + 4, 14), 40)
    sheet.freeze_panes = "A2"


def _safe(value: Any) -> Any:
    return safe_row([value])[0] if isinstance(value, str) else value
