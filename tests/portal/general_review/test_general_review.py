"""The page of the general review, and its files: what is told of all agreed lists, for the secretariat alone."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import looking_past_rooms
from core.documents.pdf import missing_pdf_libraries
from core.enums import JobStatus
from core.models import Job
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.publications.services import publish_text
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, Observation, TextVersion
from observations.texts.selectors import observations_on_table
from observations.versions.selectors import standing_version
from portal.general_review import pdf as printing, selectors, views
from portal.general_review.files import GENERAL_PDF
from portal.general_review.report import general_report, tables_of
from portal.general_review.selectors import (
    AgreedLists,
    AgreedRow,
    GeneralFigures,
    KnownList,
    figures_of,
    general_figures,
    least_told,
)
from portal.general_review.tasks import render_general_report_task
from reviews.programme.models import Limit, Mechanism
from tests.guards import guards_off
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
PAGE = "/en/untoc/general-review/"
HEADINGS = {"gap_or_challenge": "Gaps and challenges", "suggestion": "Suggestions"}


def figures_of_many(mechanism: Mechanism) -> GeneralFigures:
    """Of twenty States: most have a gap on article 5, every second one a suggestion on article 6."""
    states = [UUID(int=number) for number in range(20)]
    known = [KnownList(UUID(int=1000 + state.int), state, "untoc") for state in states]
    rows = [AgreedRow(each, "gap_or_challenge", (5,)) for each in known[:14]]
    rows += [AgreedRow(each, "suggestion", (6,)) for each in known[::2]]
    regions = {state: ("african", "asia-pacific")[state.int % 2] for state in states}
    lists = AgreedLists(rows, known, regions, {"untoc": [5, 6, 8, 9, 10]})
    return figures_of(lists, HEADINGS, {"untoc": "Convention"}, 3, b"key")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, mechanism: Mechanism) -> GeneralFigures:
    monkeypatch.setattr(views, "general_figures", figures_of_many)
    return figures_of_many(mechanism)


def test_with_few_agreed_lists_nothing_is_told(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(PAGE)
    assert page.context["is_empty"] is True
    assert "Too few States have an agreed list" in page.content.decode()
    assert login_as(cast.officer).get(f"{PAGE}docx/en/").status_code == 404


@pytest.mark.stage("closed")
def test_what_is_counted_is_what_lies_on_agreed_lists(cast_at: Callable[[str], Cast], mechanism: Mechanism) -> None:
    cast = cast_at("closed")
    with looking_past_rooms():
        known, regions = selectors._known(mechanism)
        rows = selectors._rows(mechanism, known)
    on_lists = Observation.objects.filter(agreed_text__status=TextStatus.AGREED, room=None, withdrawn_at=None)
    assert len(rows) == on_lists.count() > 1
    assert {row.of.state for row in rows} == {cast.state.pk}
    instruments = AgreedText.objects.filter(status=TextStatus.AGREED).values_list("instrument__slug", flat=True)
    assert sorted(each.instrument for each in known) == sorted(set(instruments))
    assert regions == {cast.state.pk: cast.state.regional_group.slug}
    assert general_figures(mechanism).is_empty


@pytest.mark.stage("dialogue")
def test_what_is_not_agreed_is_not_counted(cast_at: Callable[[str], Cast], mechanism: Mechanism) -> None:
    cast_at("dialogue")
    with looking_past_rooms():
        assert selectors._known(mechanism) == ([], {})
        assert selectors._rows(mechanism, []) == []


@pytest.mark.stage("closed")
def test_a_list_with_a_day_of_long_ago_comes_after_those_that_were_known(
    cast_at: Callable[[str], Cast], mechanism: Mechanism
) -> None:
    """It would take the place of one that is counted, and all that is told would change with it."""
    cast_at("closed")
    with looking_past_rooms():
        first, *others = selectors._known(mechanism)[0]
        with guards_off({"reviews_agreedtext", "reviews_textversion"}):
            AgreedText.objects.filter(versions=first.key).update(agreed_at=timezone.now() - dt.timedelta(days=900))
            TextVersion.objects.filter(pk=first.key).update(created_at=timezone.now())
        assert others
        assert selectors._known(mechanism)[0] == [*others, first]


def test_the_least_is_a_rule_that_is_raised_and_not_lowered(mechanism: Mechanism) -> None:
    limit = Limit.objects.get(mechanism=mechanism, key="general_review_least")
    assert (limit.value, limit.evidence_mark, bool(limit.evidence_note)) == (3, "I", True)
    for value, least in ((1, 3), (3, 3), (7, 7)):
        Limit.objects.filter(pk=limit.pk).update(value=value)
        assert least_told(mechanism) == least


def test_the_page_tells_tables_and_a_chart_and_no_state(cast: Cast, login_as: LoginAs, told: GeneralFigures) -> None:
    page = login_as(cast.officer).get(PAGE)
    words = page.content.decode()
    assert page.context["report"].tables[0].title == "By instrument"
    assert told.by_instrument is not None
    value = told.by_instrument.table.lines[0].values[0]
    assert value is not None
    assert page.context["report"].tables[0].rows[0][1] == str(value)
    assert [bar.value for bar in page.context["chart"].groups[0].bars] == list(told.by_instrument.table.lines[0].values)
    assert 'role="img"' in words
    names = StateParty.objects.values_list("name", flat=True)
    assert [name for name in names if name in words] == []


def test_the_secretariat_alone_opens_it(cast: Cast, login_as: LoginAs, told: GeneralFigures) -> None:
    may = {"officer", "administrator", "auditor"}
    for name, user in cast.people.items():
        for address in (PAGE, f"{PAGE}docx/en/", f"{PAGE}xlsx/ar/"):
            assert login_as(user).get(address).status_code == (200 if name in may else 404), name


TITLES = {
    "ar": "ما لوحظ في الاستعراضات القُطرية",
    "en": "What was observed in the country reviews",
    "es": "Observaciones formuladas en los exámenes de los países",
    "fr": "Observations formulées lors des examens de pays",
    "ru": "Замечания, сделанные в ходе страновых обзоров",
    "zh-hans": "国别审议中提出的意见",
}


def lines_of(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


@pytest.mark.parametrize("language", TITLES)
def test_the_draft_is_a_word_file_in_each_language(
    cast: Cast, login_as: LoginAs, told: GeneralFigures, language: str
) -> None:
    """Not a word around the figures is left in English; names of headings and instruments are the test's own."""
    client = login_as(cast.officer)
    http_response = client.get(f"{PAGE}docx/{language}/")
    document = Document(io.BytesIO(http_response.content))
    assert TITLES[language] in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert len(document.tables) == len(told.by_article) + 2
    assert ("w:bidi" in document.element.xml) is (language == "ar")
    assert "general-review-" in http_response["Content-Disposition"]
    if language != "en":
        own = {*HEADINGS.values(), "Convention", ""}
        same = set(lines_of(http_response.content)) & set(lines_of(client.get(f"{PAGE}docx/en/").content))
        left = {words for words in same - own if any(sign.isalpha() for sign in words)}
        assert left <= ({"Instrument", "Article"} if language == "fr" else set())


@pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents")
def test_a_worker_prints_it_in_any_language(
    cast: Cast, login_as: LoginAs, told: GeneralFigures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "general_figures", figures_of_many)
    client = login_as(cast.officer)
    for language in ("ar", "zh-hans"):
        asked = client.post(f"{PAGE}pdf/{language}/")
        job = Job.objects.get(kind=GENERAL_PDF, language=language)
        assert asked["Location"] == f"/en/jobs/{job.pk}/"
        render_general_report_task.run(str(job.pk))
        job.refresh_from_db()
        assert (job.status, job.error) == (JobStatus.DONE, "")
        with job.result.open("rb") as file:
            reader = PdfReader(file)
            assert reader.trailer["/Root"]["/Lang"] == language
            assert reader.metadata.title.startswith(TITLES[language])
    assert login_as(cast.focal_point).get(asked["Location"]).status_code == 404
    assert login_as(cast.focal_point).post(f"{PAGE}pdf/en/").status_code == 404


def test_the_tables_are_a_workbook_with_numbers(cast: Cast, login_as: LoginAs, told: GeneralFigures) -> None:
    book = load_workbook(io.BytesIO(login_as(cast.officer).get(f"{PAGE}xlsx/en/").content))
    assert [sheet.title for sheet in book] == [
        "1. By instrument", "2. By article  Convention", "3. By regional group", "4.",
    ]  # fmt: skip
    assert told.by_instrument is not None
    assert book.worksheets[0].cell(2, 2).value == told.by_instrument.table.lines[0].values[0]


def test_a_language_or_an_ending_that_is_not_there_is_not_found(
    cast: Cast, login_as: LoginAs, told: GeneralFigures
) -> None:
    for more in ("docx/xx/", "xlsx/fr/", "csv/ru/", "odt/en/"):
        assert login_as(cast.officer).get(f"{PAGE}{more}").status_code == 404


def test_the_figures_take_a_constant_number_of_queries(
    cast: Cast, mechanism: Mechanism, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        general_figures(mechanism)


def test_types_of_assistance_are_counted_one_by_one_without_a_sum() -> None:
    """Of twenty States all need the first type and three in four the second; nobody needs another."""
    known = [KnownList(UUID(int=1000 + number), UUID(int=number), "untoc") for number in range(20)]
    rows = [AgreedRow(each, "assistance_need", (5,), ("training",)) for each in known]
    rows += [AgreedRow(each, "assistance_need", (6,), ("mentor", "training")) for each in known[:15]]
    types = ["training", "mentor", "models", "tools"]
    regions = {each.state: "african" for each in known}
    lists = AgreedLists(rows, known, regions, {"untoc": [5, 6]}, {"untoc": types})
    figures = figures_of(lists, HEADINGS, {"untoc": "Convention"}, 3, b"three")
    (table,) = figures.by_type
    named = replace(figures, types={"untoc": {key: key.title() for key in types}})
    told = next(each for each in tables_of(named) if each.title == "Technical assistance needed: Convention")
    assert (table.lists, [len(row) for row in told.rows], told.has_sum) == (20, [2, 2, 2], False)
    assert [row[0] for row in told.rows] == ["Training", "Mentor", "2 types with little together"]
    assert all(abs(int(row[1]) - states) <= 6 for row, states in zip(told.rows, (20, 15), strict=False))
    assert told.rows[2][1] == "–"


def test_the_needs_of_public_lists_are_given_out_as_csv(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("closed")
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind="list_of_observations")
    observation = observations_on_table(text)[0]
    with guards_off([AssistanceNeed._meta.db_table]):
        AssistanceNeed.objects.create(
            observation=observation,
            order=1,
            type=AssistanceType.objects.get(instrument__slug="untoc", key="training"),
            received="yes",
            received_from="=A neighbour",
        )
    client, url = login_as(cast.officer), f"{PAGE}csv/en/"
    assert len(client.get(url).content.decode("utf-8-sig").splitlines()) == 1, "the list is not public"
    version = standing_version(text)
    publish_text(actor=cast.focal_point, text=text, sha256=version.sha256, names_experts=False)
    head, line = client.get(url).content.decode("utf-8-sig").splitlines()
    assert head.startswith("Review,State,Instrument,Articles,Type of assistance")
    assert "Capacity-building through the training of practitioners or trainers" in line
    assert "'=A neighbour" in line, "no text becomes a formula"
    assert login_as(cast.focal_point).get(url).status_code in {403, 404}


def test_a_state_of_no_regional_group_is_not_a_line_without_a_name(mechanism: Mechanism) -> None:
    states = [UUID(int=number) for number in range(20)]
    known = [KnownList(UUID(int=1000 + state.int), state, "untoc") for state in states]
    rows = [AgreedRow(each, "suggestion", (5,)) for each in known]
    lists = AgreedLists(rows, known, {state: ("", "african")[state.int % 2] for state in states}, {"untoc": [5]})
    figures = figures_of(lists, HEADINGS, {"untoc": "Convention"}, 3, b"key")
    regional = general_report(mechanism, figures, timezone.now()).tables[-1]
    assert "No group" in [row[0] for row in regional.rows]


def test_what_is_counted_and_what_the_chance_hangs_by_are_of_one_moment(
    mechanism: Mechanism, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (KnownList(UUID(int=number), UUID(int=7), "untoc") for number in (1, 2))
    answers, asked = iter([([one], {}), ([other], {}), ([other], {})]), []
    monkeypatch.setattr(selectors, "_known", lambda mechanism: next(answers))
    monkeypatch.setattr(selectors, "_rows", lambda mechanism, known: asked.append(known) or [])
    general_figures(mechanism)
    assert asked == [[one], [other]], "a list was brought in anew between the two"
