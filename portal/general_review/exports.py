"""The figures as a workbook, in the active language."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook

from core.files.spreadsheets import safe_row
from core.language.i18n import list_of
from observations.needs.models import AssistanceNeed
from portal.cockpit import NOT_TOLD, Report, add_sheet


def workbook_of(report: Report) -> bytes:
    """A sheet a table; what is not told stays a dash, and no text becomes a formula (``add_sheet``: ``safe_row``)."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(report.tables, start=1):
        rows = [[_cell(value) if place else value for place, value in enumerate(row)] for row in table.rows]
        add_sheet(book, f"{number}. {_plain(table.title)}", table.heads, [*rows, [table.note]])
    notes = [[words] for words in (report.day, *report.paragraphs, report.method)]
    add_sheet(book, f"{len(report.tables) + 1}.", [report.title], notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def needs_as_csv(needs: Iterable[AssistanceNeed]) -> bytes:
    """The needs of the lists that are public (``observations.needs.needs_published``), a line each; heads and labels in
    the active language, UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        safe_row(
            [
                _("Review"), _("State"), _("Instrument"), _("Articles"), _("Type of assistance"), _("Priority"),
                _("Already received"), _("From whom"), _("What is needed"), _("Language"), _("Version"), _("Published"),
            ]
        )
    )  # fmt: skip
    for need in needs:
        writer.writerow(safe_row(_need(need)))
    return out.getvalue().encode("utf-8-sig")


def _need(need: AssistanceNeed) -> list[object]:
    observation = need.observation
    articles = need.article_numbers or sorted(article.number for article in observation.articles.all())
    return [
        observation.review.code,
        observation.review.state_under_review.name,
        observation.agreed_text.instrument.short_name,
        list_of([str(number) for number in articles]),
        need.type.name,
        need.get_priority_display(),
        need.get_received_display(),
        need.received_from,
        need.description,
        observation.language,
        need.version,  # type: ignore[attr-defined]  # which the selector has found
        need.published_at.date().isoformat(),  # type: ignore[attr-defined]
    ]


def _cell(value: str) -> int | str:
    return value if value == NOT_TOLD else int(value)


def _plain(title: str) -> str:
    """Without what the name of a sheet may not hold."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
