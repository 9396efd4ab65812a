"""The progress report: its figures, both files in both languages, and that no State is in them."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone, translation
from docx import Document
from pypdf import PdfReader

from accounts.people.models import User
from accounts.states.models import StateParty
from core.documents import pdf
from core.enums import JobStatus
from core.models import Job
from portal.cockpit.discretion import LEAST_GROUP
from portal.cockpit.docx import written
from portal.cockpit.pdf import PROGRESS_TEMPLATE, progress_context
from portal.cockpit.report import Report, report_of
from portal.cockpit.selectors.forecasts import Forecast
from portal.cockpit.selectors.progress import YearForecast, figures_of, progress_of, years_of
from portal.cockpit.tasks import render_progress_task, write_progress_task
from reviews.cases.models import Review
from tests.query_counts import assert_query_count
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]
LoginAs = Callable[[User], Client]


def close(review: Review, *, on_time: bool) -> None:
    last = review.mechanism.steps.order_by("order").last()
    assert last is not None
    due = dt.date(2023, 1, 1)
    day = due if on_time else due + dt.timedelta(days=1)
    review.milestones.update(due_on=due, reached_on=day)
    Review.objects.filter(pk=review.pk).update(step=last)


def report(cast: Cast, language: str = "en") -> Report:
    with translation.override(language):
        return report_of(cast.review.mechanism, timezone.now())


def words_of_docx(content: bytes) -> str:
    file = Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def printed(cast: Cast, language: str) -> bytes:
    with translation.override(language):
        context = progress_context(cast.review.mechanism, timezone.now())
    return pdf.render_pdf(PROGRESS_TEMPLATE, context, language)


def test_each_review_is_counted_once_where_it_stands(cast: Cast) -> None:
    add_reviews(cast.review, 9)
    close(cast.bystander_review, on_time=True)
    late = Review.objects.exclude(pk__in=[cast.review.pk, cast.bystander_review.pk]).first()
    assert late is not None
    close(late, on_time=False)
    cast.review.starts_on = timezone.localdate() + dt.timedelta(days=30)
    add_reviews(cast.review, 4)
    groups = figures_of(cast.review.mechanism, timezone.now()).groups
    assert sum(each.total for each in groups) == Review.objects.count() == 15
    assert [sum(getattr(each, name) for each in groups) for name in ("finished", "on_time", "later")] == [2, 1, 4]
    assert sum(each.under_way for each in groups) == 9
    for each in groups:
        assert each.under_way == sum(each.at_steps) >= each.late


def test_what_few_reviews_have_done_is_in_neither_file(cast: Cast) -> None:
    """One of eleven is finished: neither the table nor the sentences say that, nor how many are not."""
    add_reviews(cast.review, 9)
    close(cast.bystander_review, on_time=True)
    found = progress_of(cast.review.mechanism, timezone.now())
    assert (found.together.total, found.together.finished, found.together.under_way) == (11, None, None)
    assert all(each.total >= LEAST_GROUP for each in found.groups)
    words = report(cast).paragraphs[0]
    assert "finished" not in words
    assert "under way" not in words
    assert "stands for fewer than 3" in report(cast).tables[0].note


def test_with_few_reviews_in_all_there_is_no_table(cast: Cast) -> None:
    close(cast.bystander_review, on_time=True)
    told = report(cast)
    assert told.tables == []
    assert told.paragraphs[0].endswith("it would say of single States where they are.")
    assert "2 country reviews" in told.paragraphs[0]
    assert "finished" not in told.paragraphs[0]
    assert words_of_docx(written(told, "en"))
    assert printed(cast, "en")


def test_more_and_more_are_expected_to_be_finished_and_at_last_all(cast: Cast) -> None:
    add_reviews(cast.review, 9)
    figures = figures_of(cast.review.mechanism, timezone.now())
    today = timezone.localdate()
    years = years_of([replace(each, middle_is_open=False, high_is_open=False) for each in figures.forecasts], 11, today)
    assert [each.year for each in years] == list(range(today.year, today.year + len(years)))
    assert (years[-1].low, years[-1].middle, years[-1].high) == (11, 11, 11)


def test_what_may_be_later_is_counted_in_no_year() -> None:
    days = dt.date(2027, 3, 1), dt.date(2028, 3, 1), dt.date(2029, 3, 1)
    closed, surely = 4, [Forecast(*days, False, False, False)] * 6
    known = [*surely, *[Forecast(*days, False, True, False)] * 3, *[Forecast(*days, True, True, False)] * 4]
    assert years_of(known, closed + len(known), dt.date(2026, 11, 29)) == [
        YearForecast(2026, 4, 4, 4),
        YearForecast(2027, 4, 4, 17),
        YearForecast(2028, 4, 13, 17),
        YearForecast(2029, 10, 13, 17),
        YearForecast(None, 7, 4, 0),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_state_is_named_in_either_file(cast: Cast, language: str) -> None:
    add_reviews(cast.review, 9)
    close(cast.bystander_review, on_time=True)
    text = words_of_docx(written(report(cast, language), language))
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed(cast, language))).pages)
    codes = set(Review.objects.values_list("code", flat=True))
    with translation.override(language):
        states = [(state.iso3, state.name) for state in StateParty.objects.all()]
    for words in (text, paper):
        assert [code for code in codes if code in words] == []
        assert [name for iso3, name in states if name in words or f" {iso3} " in words] == []
    for person in cast.people.values():
        assert person.full_name not in text + paper


@pytest.mark.parametrize("language", ["en", "ar"])
def test_both_files_say_the_same_figures_in_their_language(cast: Cast, language: str) -> None:
    add_reviews(cast.review, 9)
    told = report(cast, language)
    assert len(told.tables) == 2
    text = words_of_docx(written(told, language))
    assert told.title in text
    assert told.paragraphs[0] in text
    for table in told.tables:
        assert table.title in text
        for row in table.rows:
            assert len(row) == len(table.heads)
    reader = PdfReader(io.BytesIO(printed(cast, language)))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_an_officer_asks_for_it_and_a_worker_makes_it(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    for ending, task in (("pdf", render_progress_task), ("docx", write_progress_task)):
        client.post(f"/en/untoc/cockpit/progress/{ending}/?q=Veskaria")
        job = Job.objects.get(kind=f"portal.progress_{ending}")
        assert job.details == {}  # of all reviews, whatever the address was narrowed to
        assert job.file_name.startswith("untoc-progress-")
        task.run(str(job.pk))
        job.refresh_from_db()
        assert (job.status, job.error) == (JobStatus.DONE, "")
        assert job.result.size > 1000


@pytest.mark.parametrize("count", [10, 100])
def test_queries_do_not_grow_with_the_reviews(cast: Cast, count: int) -> None:
    add_reviews(cast.review, count - 2)
    close(cast.bystander_review, on_time=True)
    mechanism = cast.review.mechanism
    with assert_query_count("portal: the progress report"):
        assert progress_of(mechanism, timezone.now()).together.total == count
