"""The progress report: its figures, both files in both languages, and that no State is in them."""

import datetime as dt
import io
from collections.abc import Callable

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
from portal.cockpit.docx import written
from portal.cockpit.pdf import PROGRESS_TEMPLATE, progress_context
from portal.cockpit.report import Report, report_of
from portal.cockpit.selectors.progress import progress_of
from portal.cockpit.tasks import render_progress_task, write_progress_task
from reviews.cases.models import Review
from tests.query_counts import assert_query_count
from tests.reviews.cases.many import add_reviews
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
    found = progress_of(cast.review.mechanism, timezone.now())
    assert found.sum_of("total") == Review.objects.count() == 15
    assert (found.sum_of("finished"), found.sum_of("on_time"), found.sum_of("later")) == (2, 1, 4)
    assert found.under_way == sum(sum(each.at_steps) for each in found.groups) == 9
    for each in found.groups:
        assert each.total == each.later + each.finished + sum(each.at_steps)
        assert each.late <= sum(each.at_steps)


def test_more_and_more_are_expected_to_be_finished_and_at_last_all(cast: Cast) -> None:
    add_reviews(cast.review, 9)
    years = progress_of(cast.review.mechanism, timezone.now()).years
    assert [each.year for each in years] == list(range(timezone.localdate().year, years[-1].year + 1))
    assert all(each.low <= each.middle <= each.high for each in years)
    assert [each.middle for each in years] == sorted(each.middle for each in years)
    assert (years[-1].low, years[-1].high) == (11, 11)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_state_is_named_in_either_file(cast: Cast, language: str) -> None:
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
    told = report(cast, language)
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
        assert progress_of(mechanism, timezone.now()).sum_of("total") == count
