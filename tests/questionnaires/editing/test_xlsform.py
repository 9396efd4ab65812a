"""A questionnaire as an XLSForm: every item, option and condition, in its languages; read by the format's program."""

import io
import re
import time
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyxform import xls2xform

from core.errors import ServiceError
from questionnaires.definitions.definition import DASH, Footnote, QuestionnaireDefinition
from questionnaires.editing.exports import xlsform_of
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of
from questionnaires.editing.xlsform import _key, read_xlsform
from tests.factories.accounts import AuditorFactory, OfficerFactory
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import BASE, DRAFT, item_of, make_draft, official
from tests.utils import login_as

Rows = list[dict[str, str]]


def sheets(content: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        head, *rows = [
            [str(cell) if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def translated() -> QuestionnaireDefinition:
    texts = {"fr": {"Yes": "Oui", official().title: "Questionnaire"}, "zh-hans": {"Yes": "是"}}
    return replace(official(), translations=texts)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_item_is_a_row_in_its_group_with_its_options(number: int) -> None:
    definition = official(number)
    found = sheets(xlsform_of(definition, "1"))
    rows = {row["name"]: row for row in found["survey"]}
    assert [name for name in rows if re.match(r"[IV]+\.", name) and not name.endswith(".below")] == [
        item.code for item in definition.items()
    ]
    lists: dict[str, list[str]] = {}
    for row in found["choices"]:
        lists.setdefault(row["list_name"], []).append(row["label::English (en)"])
    for item in definition.items():
        kind, _space, name = rows[item.code]["type"].partition(" ")
        assert rows[item.code]["label::English (en)"].endswith(item.text)
        assert lists.get(name, []) == list(item.options)
        assert (kind == "select_multiple") == (item.kind == "multiple")
        assert bool(rows[item.code]["relevant"]) == (item.condition is not None)
    opened, closed = (sum(row["type"] == f"{word}_group" for row in found["survey"]) for word in ("begin", "end"))
    assert opened == closed
    assert DASH not in "".join(rows)


def test_what_is_translated_stands_in_a_column_of_its_language() -> None:
    found = sheets(xlsform_of(translated(), "draft"))
    assert found["settings"] == [
        {
            "form_title": official().title, "form_id": "untoc-cluster-1", "version": "draft",
            "default_language": "English (en)",
        }
    ]  # fmt: skip
    yes, *_others = found["choices"]
    assert [yes[f"label::{name}"] for name in ("English (en)", "French (fr)", "Chinese (zh)")] == ["Yes", "Oui", "是"]


@pytest.mark.parametrize(
    ("code", "relevant"),
    [
        (
            "I.untoc.9",
            "(selected(${I.untoc.6}, 'o1')) or (selected(${I.untoc.7}, 'o1')) or (selected(${I.untoc.8}, 'o1'))",
        ),
        ("I.untoc.3.a", "selected(${I.untoc.3}, 'o1')"),
    ],
)
def test_a_condition_is_said_by_the_names_of_items_and_options(code: str, relevant: str) -> None:
    rows = {row["name"]: row["relevant"] for row in sheets(xlsform_of(official(), "1"))["survey"]}
    assert rows[code] == relevant


@pytest.mark.parametrize("definition", [official(1), official(2), official(3), official(4), translated()])
def test_the_program_of_the_format_takes_it(definition: QuestionnaireDefinition) -> None:
    made: Any = xls2xform.convert(io.BytesIO(xlsform_of(definition, "1")), file_type=".xlsx", validate=False)
    assert made.xform.count("<bind") >= len(list(definition.items()))
    assert made.warnings == []


@pytest.mark.django_db
def test_versions_and_the_draft_are_given_as_such_files(client: Client) -> None:
    office = login_as(client, OfficerFactory())
    make_draft()
    for address, version in ((f"{BASE}1/versions/1/xlsform/", "1"), (f"{DRAFT}xlsform/", "draft")):
        answer = office.get(address)
        assert "spreadsheetml" in answer["Content-Type"]
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert sheets(content)["settings"][0]["version"] == version
    assert login_as(client, AuditorFactory()).get(f"{DRAFT}xlsform/").status_code == 200


def changed(content: bytes, name: str, **cells: str | None) -> bytes:
    """The workbook with other cells in the row of this name; a row that is new stands behind that of question 1."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book["survey"]
    head = [cell.value for cell in sheet[1]]
    names = [row[1].value for row in sheet.iter_rows()]
    if name not in names:
        sheet.insert_rows(names.index("I.untoc.1.a") + 2)
        sheet.cell(names.index("I.untoc.1.a") + 2, 2, name)
        names.insert(names.index("I.untoc.1.a") + 1, name)
    for key, value in cells.items():
        column = key.replace("__", "::") + (" (en)" if key == "label__English" else "")
        if column not in head:
            head.append(column)
            sheet.cell(1, len(head), column)
        sheet.cell(names.index(name) + 1, head.index(column) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_signs() -> QuestionnaireDefinition:
    """Guidance and an option that a spreadsheet would take for the beginning of a formula."""
    options = ("- None", "Yes")
    changed = with_item(official(), "I.untoc.1.a", kind="single", options=options)
    guidance = ("- One paragraph.", "'- Quoted.'")
    return replace(changed, guidance=guidance, translations={"fr": {"- None": "- Aucun", guidance[0]: "= Un."}})


@pytest.mark.parametrize("definition", [official(1), official(2), official(3), official(4), translated(), with_signs()])
def test_what_goes_out_comes_in_as_it_was(definition: QuestionnaireDefinition) -> None:
    reading = read_xlsform("form.xlsx", xlsform_of(definition, "1"), definition)
    assert (reading.definition, reading.problems, reading.unsaid) == (definition, [], [])


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("label", "label"),
        ("label::French (fr)", "label::fr"),
        ("label:zh", "label::zh-hans"),
        ("hint :: 中文 (zh-Hans) ", "hint::zh-hans"),
        ("label::", "label::"),
        ("label::fr (1)", "label::fr (1)"),
        (" Required", "required"),
        ("label:" + "a" * 60_000 + "!", "label:" + "a" * 60_000 + "!"),
    ],
)
def test_a_column_is_known_by_its_language_however_long_its_name(heading: str, key: str) -> None:
    begun = time.process_time()
    assert _key(heading) == key
    assert time.process_time() - begun < 1


def test_a_workbook_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    real = openpyxl.load_workbook
    content = xlsform_of(official(), "1")

    def opening(*args: Any, **kwargs: Any) -> Any:
        opened.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(openpyxl, "load_workbook", opening)
    assert read_xlsform("form.xlsx", content, official()).definition == official()
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("survey", "This workbook has no sheet “survey”."),
        ("choices", "This workbook has no sheet “choices”."),
        ("settings", None),
    ],
)
def test_a_form_may_lack_its_settings_and_no_other_sheet(title: str, words: str | None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform_of(official(), "1")))
    del book[title]
    book.save(out := io.BytesIO())
    if words is None:
        assert read_xlsform("form.xlsx", out.getvalue(), official()).definition == official()
    else:
        with pytest.raises(ServiceError, match=words):
            read_xlsform("form.xlsx", out.getvalue(), official())


def test_what_the_format_says_is_taken_and_the_rest_stays() -> None:
    content = changed(xlsform_of(official(), "1"), "I.untoc.3", label__English="3. Is it a crime?", required="yes")
    content = changed(content, "I.untoc.3.b", relevant="${I.untoc.3} = 'o2' and not(${I.untoc.3.a} != '')")
    new = {"type": "select_one list_1", "label__English": "(b) Anything else?"}
    reading = read_xlsform("form.xlsx", changed(content, "I.untoc.1.b", **new), official())
    assert reading.definition is not None
    items = {item.code: item for item in reading.definition.items()}
    before = {item.code: item for item in official().items()}
    assert items["I.untoc.3"] == replace(before["I.untoc.3"], text="Is it a crime?")
    assert items["I.untoc.1.b"].number == ("1", "b")
    assert items["I.untoc.1.b"].options == before["I.untoc.1"].options
    assert items["I.untoc.3.b"].condition == {
        "op": "all",
        "of": [
            {"op": "in", "code": "I.untoc.3", "values": ["No"]},
            {"op": "not", "of": {"op": "answered", "code": "I.untoc.3.a"}},
        ],
        "source": "the answer to question 3 is “No” and it is not so that question 3 (a) is answered",
    }
    assert [re.sub(r"\d+", "N", words) for words in reading.unsaid] == [
        "The column “required” says nothing that a questionnaire can hold: it is not read.",
        "Row N: A new item: whether it is voluntary, its articles and footnotes are given on its page.",
    ]


def with_cells(column: str, cells: dict[str, str | None]) -> bytes:
    """The export of ``translated`` with other cells in one column: in the first rows of "choices" that say "Yes"."""
    book = openpyxl.load_workbook(io.BytesIO(xlsform_of(translated(), "1")))
    sheet: Any = book["choices"]
    head = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2))
    yes = [row for row in rows if row[head.index("label::English (en)")].value == "Yes"]
    for row, value in zip(yes, cells.values(), strict=False):
        row[head.index(column)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cells", "french", "unsaid"),
    [
        ({"first": "Si"}, "Si", []),
        ({"first": "Oui", "second": "Si"}, "Si", []),
        ({"first": "Si", "second": "Si"}, "Si", []),
        ({"first": "Si", "second": "Mais oui"}, "Si", ["“Yes” is translated in another way above: that stays."]),
        ({"first": None}, "Oui", ["“Yes” has no translation here: that which stands stays."]),
        ({"first": "Yes"}, "Oui", ["“Yes” has no translation here: that which stands stays."]),
        ({"first": "Si", "second": None}, "Si", ["“Yes” has no translation here: that which stands stays."]),
    ],
)
def test_words_of_several_rows_are_translated_as_the_row_says_that_is_changed(
    cells: dict[str, str | None], french: str, unsaid: list[str]
) -> None:
    reading = read_xlsform("form.xlsx", with_cells("label::French (fr)", cells), translated())
    assert reading.definition is not None
    assert reading.definition.translations["fr"]["Yes"] == french
    assert [each.partition(": ")[2] for each in reading.unsaid] == unsaid


@pytest.mark.parametrize("new", ["Say how.", "Yes"])
def test_words_that_change_leave_the_translations_of_others_as_they_are(new: str) -> None:
    text = item_of(official(), "I.untoc.2.a").text
    base = replace(official(), translations={"fr": {text: "Avant", "Yes": "Oui"}, "es": {"Yes": "Sí"}})
    content = changed(xlsform_of(base, "1"), "I.untoc.2.a", label__English=f"(a) {new}")
    reading = read_xlsform("form.xlsx", content, base)
    assert reading.definition is not None
    assert item_of(reading.definition, "I.untoc.2.a").text == new
    assert reading.definition.translations == base.translations
    said = [each.partition(": ")[2] for each in reading.unsaid]
    assert said[:1] == ["The official words changed and the translation beside them did not: it is not taken."]
    assert said[1:] == (["“Yes” has no translation here: that which stands stays."] if new == "Yes" else [])


def with_footnotes() -> QuestionnaireDefinition:
    """A footnote in the first section, and one in its first question; in English and, without own words, in French."""
    definition = replace(official(), translations={"fr": {"Yes": "Oui"}})
    part = definition.parts[0]
    note = Footnote("1", "As amended.")
    items = (replace(part.sections[0].items[0], footnotes=(note,)), *part.sections[0].items[1:])
    section = replace(part.sections[0], items=items, footnotes=(note,))
    return replace(definition, parts=(replace(part, sections=(section, *part.sections[1:])), *definition.parts[1:]))


@pytest.mark.parametrize(
    ("name", "column", "hint", "is_named"),
    [
        ("I.untoc.1", "hint::English (en)", "1. As amended.", False),
        ("I.untoc.1", "hint::English (en)", "1. As amended in 2020.", True),
        ("I.untoc.1", "hint::English (en)", "", True),
        ("I.untoc.1", "hint::French (fr)", "1. Telle que modifiée.", True),
        ("I.untoc.1", "hint::Spanish (es)", "", False),
        ("I.untoc.1", "hint::Spanish (es)", "1. En su forma enmendada.", True),
        ("I.untoc.3", "hint::English (en)", "Say so.", True),
        ("untoc_article-2", "hint::English (en)", "1. As amended in 2020.", True),
        ("untoc_article-5", "hint::English (en)", "Say so.", True),
        ("untoc", "hint::English (en)", "Say so.", True),
    ],
)
def test_a_hint_that_is_not_what_stands_is_named_by_its_row(name: str, column: str, hint: str, is_named: bool) -> None:
    definition = with_footnotes()
    content = changed(xlsform_of(definition, "1"), name, **{column: hint})
    reading = read_xlsform("form.xlsx", content, definition)
    assert reading.definition == definition
    words = "The hint is not taken: footnotes are changed on the page of their item or section."
    assert [each.partition(": ")[2] for each in reading.unsaid] == ([words] if is_named else [])


def test_a_form_without_hints_says_nothing_of_them() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform_of(with_footnotes(), "1")))
    sheet: Any = book["survey"]
    for place in reversed([cell.column for cell in sheet[1] if cell.value.startswith("hint")]):
        sheet.delete_cols(place)
    out = io.BytesIO()
    book.save(out)
    assert read_xlsform("form.xlsx", out.getvalue(), with_footnotes()).unsaid == []


@pytest.mark.parametrize(
    ("name", "cells", "words"),
    [
        ("I.untoc.3", {"type": "geopoint"}, "“geopoint” is no kind of item of a questionnaire."),
        ("I.untoc.3", {"type": "select_one colours"}, "There is no list of choices “colours”."),
        (
            "I.untoc.3.b",
            {"relevant": "${I.untoc.3} = 'o9'"},
            "“${I.untoc.3} = 'o9'” is no condition of a questionnaire.",
        ),
        ("I.untoc.3.b", {"relevant": "pulldata('x')"}, "“pulldata('x')” is no condition of a questionnaire."),
        ("age", {"type": "text"}, "The name of an item here begins with “I.untoc.”."),
    ],
)
def test_what_cannot_be_is_named_by_its_row(name: str, cells: dict[str, str], words: str) -> None:
    reading = read_xlsform("form.xlsx", changed(xlsform_of(official(), "1"), name, **cells), official())
    assert reading.definition is None
    assert reading.problems[0].partition(": ")[2] == words


@pytest.mark.django_db
def test_such_a_file_is_looked_at_and_becomes_the_draft(client: Client) -> None:
    office = login_as(client, OfficerFactory())
    content = changed(xlsform_of(official(), "1"), "I.untoc.3", label__English="3. Is it a crime?", required="yes")
    file = SimpleUploadedFile("form.xlsx", content)
    page = office.post(f"{BASE}1/bring-in/", {"file": file, "revision": "", "act": "show"})
    assert "The column “required” says nothing" in page.content.decode()
    assert [each.item.code for each in page.context["difference"].changed] == ["I.untoc.3"]
    sent = {"packed": page.context["form"]["packed"].value(), "revision": "", "act": "store"}
    assert office.post(f"{BASE}1/bring-in/", sent).status_code == 302
    assert item_of(definition_of(QuestionnaireDraft.objects.get()), "I.untoc.3").text == "Is it a crime?"
    wrong = SimpleUploadedFile("form.xlsx", changed(content, "I.untoc.3", type="geopoint"))
    page = office.post(f"{BASE}1/bring-in/", {"file": wrong, "revision": "", "act": "show"})
    assert page.status_code == 422
    assert "“geopoint” is no kind of item of a questionnaire." in page.content.decode()
