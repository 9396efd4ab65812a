"""Lists of laws: out as CSV, in with a preview, faults by row and column, and nothing half done."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.people.models import User
from core.errors import ServiceError
from questionnaires.laws.exports import laws_as_csv
from questionnaires.laws.models import Law, LawVersion
from questionnaires.laws.selectors import fingerprint_of, known_articles, laws_of, library_of
from questionnaires.laws.services import bring_laws, change_law, given_of
from questionnaires.laws.sheet import compared, read_sheet
from tests.questionnaires.laws.library import REPEALED_ON, enter
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
LAWS = "/en/untoc/reviews/1-XVE/laws/"
FULL = "Title,Kind,Number,Date,Language,Status,From when,Link,Articles that it implements,Text\n"
ROW = (
    "Customs Act,regulation,7,2001-02-03,French,Repealed,2025-05-03,"
    'https://law.example/7,"untoc 5, 6","Section 1.\nNone."\n'
)


def rows_of(text: str, *, name: str = "laws.csv", encoding: str = "utf-8") -> list[Any]:
    return read_sheet(name, text.encode(encoding), known_articles())


def problems_of(text: str) -> dict[tuple[int, str], str]:
    return {(row.line, column): words for row in rows_of(text) for column, words in row.problems.items()}


def bring(cast: Cast, text: str, seen: str = "") -> Any:
    rows = rows_of(text)
    return bring_laws(
        actor=cast.expert, review=cast.review, rows=rows, seen=seen or fingerprint_of(laws_of(cast.review))
    )


def test_a_row_becomes_an_entry(cast: Cast) -> None:
    done = bring(cast, FULL + ROW)
    assert (done.added, done.changed) == (1, 0)
    law = Law.objects.get()
    assert (law.title, law.kind, law.number, law.dated) == ("Customs Act", "regulation", "7", dt.date(2001, 2, 3))
    assert (law.language, law.status, law.since) == ("fr", "repealed", dt.date(2025, 5, 3))
    assert (law.articles, law.text) == (["untoc 5", "untoc 6"], "Section 1.\nNone.")


def test_of_a_law_entered_this_moment_no_files_are_asked_for(cast: Cast) -> None:
    counts = []
    for titles in (("First Act",), ("Second Act", "Third Act", "Fourth Act")):
        with CaptureQueriesContext(connection) as captured:
            bring(cast, "Title,Kind,Language\n" + "".join(f"{title},law,English\n" for title in titles))
        counts.append(sum('FROM "questionnaires_lawfile"' in query["sql"] for query in captured.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_goes_out_comes_back_the_same(cast: Cast, language: str) -> None:
    enter(
        cast, "=Penal Code", translation="قانون العقوبات", number="-12", dated=dt.date(1999, 1, 2), kind="case",
        language="ar", status="amended", since=dt.date(2020, 1, 1), link="https://law.example/1",
        text="Article 5. “Whoever”, so; and\nso on.", articles="untoc 5; tip 5", also_cited_as="@PC\nOld Code",
    )  # fmt: skip
    enter(cast, "Customs Act", language="other")
    with translation.override(language):
        content = laws_as_csv(laws_of(cast.review))
        rows = read_sheet("laws.csv", content, known_articles())
        changes = compared(rows, library_of(cast.review, with_texts=True).by_key)
    assert [dict(row.problems) for row in rows] == [{}, {}]
    assert [(change.stays, change.changes) for change in changes] == [(True, {}), (True, {})]


def test_a_cell_is_no_formula_where_it_is_opened(cast: Cast) -> None:
    enter(cast, '=HYPERLINK("https://evil.example")')
    assert "\n'=HYPERLINK" in laws_as_csv(laws_of(cast.review)).decode("utf-8-sig").replace('"', "").replace("\r", "")


def test_an_entry_is_known_again_by_its_title_and_empty_cells_change_nothing(cast: Cast) -> None:
    law = enter(cast, number="12", status="repealed", text="Article 1.")
    done = bring(cast, "Title,Number,Status,Text\npenal code (1999),13,,\n")
    assert (done.added, done.changed) == (0, 1)
    law.refresh_from_db()
    assert (law.title, law.number, law.status, law.text) == ("penal code (1999)", "13", "repealed", "Article 1.")
    assert LawVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Act,,,31/12/2001,,,,,,", "dated", "is no date"),
        ("Act,,,2001-02-30,,,,,,", "dated", "is no date"),
        ("Act,,,2001-02-03,,,2001-02-02,,,", "since", "before the date of the law"),
        ("Act,poem,,,,,,,,", "kind", "Choose one of"),
        ("Act,,,,,new,,,,", "status", "Choose one of"),
        ("Act,,,,Klingon,,,,,", "language", "Choose one of"),
        ("Act,,,,,,,www.law.example,,", "link", "A link must begin"),
        ("Act,,,,,,,,untoc 99,", "articles", "is no article"),
        (",,12,,,,,,,", "title", "Enter the title"),
        ("=1+1,,,,,,,,,", "title", "worked out by a formula"),
        (f"{'x' * 301},,,,,,,,,", "title", ""),
    ],
)
def test_faults_are_told_by_row_and_column(row: str, column: str, words: str) -> None:
    found = problems_of(f"{FULL}{ROW}{row}\n")
    assert [place[1] for place in found] == [column]
    assert words in next(iter(found.values()))


def test_one_law_twice_in_a_file_is_told(cast: Cast) -> None:
    found = problems_of("Title,Title in translation\nCustoms Act,\nCUSTOMS  ACT,\nOther,Customs act\n")
    assert found == {(3, "title"): "The same law as in row 2.", (4, "translation"): "The same law as in row 2."}


def test_two_rows_about_one_entry_are_told(cast: Cast) -> None:
    enter(cast, also_cited_as="Criminal Code")
    rows = rows_of("Title\nPenal Code 1999\nCriminal Code\n")
    changes = compared(rows, library_of(cast.review, with_texts=True).by_key)
    assert [dict(change.row.problems) for change in changes] == [{}, {"title": "The same law as in row 2."}]


def problems_in_library(cast: Cast, text: str) -> list[dict[str, str]]:
    changes = compared(rows_of(text), library_of(cast.review, with_texts=True).by_key)
    return [dict(change.row.problems) for change in changes]


def test_a_further_name_that_another_law_has_is_told(cast: Cast) -> None:
    enter(cast)
    enter(cast, "Customs Act")
    text = "Title,Also cited as\nCustoms Act,Penal code 1999\nPorts Act,Old Ports Act\nTrade Act,old ports act\n"
    assert problems_in_library(cast, text) == [
        {"also_cited_as": "This is what another law of the library is called: Penal Code, 1999."},
        {},
        {"also_cited_as": "The same law as in row 3."},
    ]


def test_a_day_that_contradicts_what_stands_is_told(cast: Cast) -> None:
    enter(cast, dated=dt.date(1999, 1, 2), status="repealed", since=REPEALED_ON)
    before = {"since": "This is before the date of the law."}
    assert problems_in_library(cast, "Title,From when\nPenal Code 1999,1998-01-02\n") == [before]
    assert problems_in_library(cast, "Title,Date\nPenal Code 1999,2026-01-02\n") == [before]
    assert problems_in_library(cast, "Title,Date\nPenal Code 1999,2025-05-03\n") == [{}]


def test_names_are_counted_where_they_are_added(cast: Cast) -> None:
    names = [f"Name {number}" for number in range(21)]
    law = enter(cast, "Customs Act", also_cited_as="\n".join(names[:20]))
    change_law(
        actor=cast.expert, review=cast.review, law=law.pk, given=replace(given_of(law, ""), title="Ports Act"), seen=1
    )
    law.refresh_from_db()
    assert len(law.also_cited_as.split("\n")) == 21
    given = replace(given_of(law, ""), number="12")
    change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given, seen=2)
    exported = laws_as_csv(laws_of(cast.review)).decode("utf-8-sig").replace("12", "13", 1)
    assert problems_in_library(cast, exported) == [{}]
    new = "\n".join(f"New {number}" for number in range(21))
    [problems] = problems_in_library(cast, f'Title,Also cited as\nPorts Act,"{new}"\n')
    assert problems == {"also_cited_as": "Give at most 20 names, one a line, of at most 300 characters."}


def test_nothing_is_taken_where_a_row_is_wrong(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="Mend the file first"):
        bring(cast, "Title,Date\nCustoms Act,2001-02-03\nOther Act,yesterday\n")
    assert not Law.objects.exists()


def test_what_was_shown_has_to_stand_still(cast: Cast) -> None:
    seen = fingerprint_of(laws_of(cast.review))
    enter(cast)
    with pytest.raises(ServiceError, match="The library was changed meanwhile"):
        bring(cast, "Title\nCustoms Act\n", seen)
    assert Law.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("laws.csv", b"", "This file is empty"),
        ("laws.csv", "Title\nCafé Act\n".encode("latin-1"), "The letters of this file cannot be read"),
        ("laws.pdf", b"%PDF-1.7", "This kind of file is not accepted"),
        ("laws.xlsx", b"no workbook", "The content of this file is not what its name says"),
        ("laws.csv", b"Number\n12\n", "The first row names no column for"),
        ("laws.csv", b"Title,Colour\nAct,red\n", "These columns are not known"),
        ("laws.csv", b"Title\n", "There is no law in this file"),
        ("laws.csv", b"Title\n" + b"Act\n" * 501, "more than 500 rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    cast: Cast, login_as: LoginAs, name: str, content: bytes, words: str
) -> None:
    page = login_as(cast.expert).post(f"{LAWS}upload/", {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_list_is_looked_at_and_then_stored_once(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    file = SimpleUploadedFile("laws.csv", "Title;Date\nقانون الجمارك;2001-02-03\n".encode("utf-16"))
    preview = client.post(f"{LAWS}upload/", {"file": file})
    text = preview.content.decode()
    assert "1 law is new." in text
    assert not Law.objects.exists()
    fields = dict(re.findall(r'name="(sheet|seen)" value="([^"]*)"', text))
    stored = client.post(f"{LAWS}confirm/", fields)
    assert (stored.status_code, stored["Location"]) == (302, LAWS)
    assert Law.objects.get().title == "قانون الجمارك"
    again = client.post(f"{LAWS}confirm/", fields)
    assert again.status_code == 422
    assert "The library was changed meanwhile" in again.content.decode()
    other = login_as(cast.focal_point).post(f"{LAWS}confirm/", fields)
    assert other["Location"] == f"{LAWS}upload/"  # it was shown to somebody else
