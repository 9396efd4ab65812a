"""What is wrong in a document of a questionnaire is named by its row and code; what is hostile stays out."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from core.errors import ServiceError
from questionnaires.editing.relevance import RelevanceError, tree_of
from tests.core.files.hostile_files import HTML, OLE
from tests.questionnaires.editing.documents import (
    ALL,
    BESIDE,
    CODE,
    SETTINGS,
    WORDS,
    Edit,
    added,
    edited,
    line,
    made,
    moved_behind,
    read,
    removed,
    row_of,
    says,
)
from tests.questionnaires.editing.drafting import item_of, official

pytestmark = pytest.mark.unit
TEXT = item_of(official(), "I.untoc.3").text


def run_of(code: str, inner: str) -> Edit:
    """Something of Word's behind the words of an item."""

    def edit(file: Any) -> None:
        paragraph = row_of(file, code).cells[WORDS].paragraphs[0]
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w', 'wp', 'a', 'r')}>{inner}</w:r>"))

    return edit


WRONG: list[tuple[str, Edit, str]] = [
    ("a code twice", says("I.untoc.4", "I.untoc.3", column=CODE), ", I.untoc.3: Row 22 has this code already."),
    (
        "a code of elsewhere",
        says("I.untoc.4", "II.untoc.4", column=CODE),
        ", II.untoc.4: A code of such a row begins here with “I.untoc.”.",
    ),
    ("no code", says("I.untoc.4", "", column=CODE), ": A code of such a row begins here with “I.untoc.”."),
    (
        "no kind",
        says("I.untoc.4", "Voluntary", column=SETTINGS),
        ", I.untoc.4: “” is no kind of item. Use one of: yes_no, yes_part_no, single, multiple, text, group.",
    ),
    (
        "another kind",
        says("I.untoc.4", "Kind: essay", column=SETTINGS),
        ", I.untoc.4: “essay” is no kind of item. Use one of: yes_no, yes_part_no, single, multiple, text, group.",
    ),
    (
        "a setting that is none",
        says("I.untoc.4", "Kind: text", "Colour: red", column=SETTINGS),
        ", I.untoc.4: “Colour: red” is no setting of a row.",
    ),
    (
        "a setting of another row",
        says("I.untoc.4", "Kind: text", "Articles: 5", column=SETTINGS),
        ", I.untoc.4: “Articles” is no setting of a row.",
    ),
    (
        "a setting twice",
        says("I.untoc.4", "Kind: text", "Kind: group", column=SETTINGS),
        ", I.untoc.4: “Kind: group” is no setting of a row.",
    ),
    (
        "neither yes nor no",
        says("I.untoc.4", "Kind: text", "Voluntary: perhaps", column=SETTINGS),
        ", I.untoc.4: “perhaps” is neither yes nor no.",
    ),
    (
        "half a reference",
        says("I.untoc.4", "Kind: text", "Reference: untoc", column=SETTINGS),
        ", I.untoc.4: “untoc”: a reference is the instrument, the article and its paragraph.",
    ),
    (
        "a condition that is none",
        says("I.untoc.3.a", "Kind: text", "Asked if: the moon is full", column=SETTINGS),
        ", I.untoc.3.a: “the moon is full” is no condition of a questionnaire.",
    ),
    (
        "a condition on an option that is none",
        says("I.untoc.3.a", "Kind: text", "Asked if: selected(${I.untoc.3}, 'o9')", column=SETTINGS),
        ", I.untoc.3.a: “selected(${I.untoc.3}, 'o9')” is no condition of a questionnaire.",
    ),
    (
        "a line without a name",
        says("I.untoc.3", TEXT, "o1 Yes", "No"),
        ", I.untoc.3: “No”: behind the first option each line begins with a name or a mark of its own.",
    ),
    (
        "an option twice",
        says("I.untoc.3", TEXT, "o1 Yes", "O1 No"),
        ", I.untoc.3: “O1 No”: behind the first option each line begins with a name or a mark of its own.",
    ),
    (
        "options of a heading",
        says("I.untoc/article-2", "Of terms", "o1 Yes"),
        ", I.untoc/article-2: Only an item has options, and only an item or a section has footnotes.",
    ),
    (
        "guidance elsewhere",
        added("I.untoc.1", "I.tip", ["Guidance"], ["Words."]),
        ", I.tip: This row stands below a head of another code.",
    ),
    (
        "a picture",
        run_of("I.untoc.3", "<w:drawing/>"),
        ", I.untoc.3: A picture, drawing or text box cannot be carried over. Say in words what it shows.",
    ),
    (
        "a footnote of Word",
        run_of("I.untoc.3", '<w:footnoteReference w:id="1"/>'),
        ", I.untoc.3: A footnote cannot be carried over. Write it into the text.",
    ),
    (
        "hidden words",
        run_of("I.untoc.3", "<w:rPr><w:vanish/></w:rPr><w:t> not</w:t>"),
        ", I.untoc.3: Hidden text cannot be carried over. Show it, or take it out.",
    ),
    (
        "words struck out",
        run_of("I.untoc.3", "<w:rPr><w:strike/></w:rPr><w:t> not</w:t>"),
        ", I.untoc.3: Words that are struck out cannot be carried over. Take them out.",
    ),
]


@pytest.mark.parametrize(("edit", "words"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_is_wrong_is_named_by_its_row(edit: Edit, words: str) -> None:
    reading = read(edited(made(), edit))
    assert reading.definition is None
    problem = next(each for each in reading.problems if each.endswith(words))
    assert problem.removesuffix(words).removeprefix("Row ").isdigit()


def test_all_that_is_wrong_is_named_at_once() -> None:
    edits = [
        says("I.untoc.4", "Kind: essay", column=SETTINGS),
        says("I.untoc.5", "II.untoc.5", column=CODE),
        says("I.untoc.3", TEXT, "o1 Yes", "No"),
    ]
    named = [each.partition(": ")[0].partition(", ")[2] for each in read(edited(made(), *edits)).problems]
    assert named == ["I.untoc.3", "I.untoc.4", "II.untoc.5"]  # and nothing of items that depend on question 3


def test_a_translation_without_official_words_is_named() -> None:
    content = edited(made(None, "en", "fr"), says("I.untoc.3", "Est-ce ?", "o9 Peut-être", column=BESIDE))
    assert [each.partition(": ")[2] for each in read(content).problems] == ["“o9” has no official words beside it."]


def test_joined_cells_and_rows_of_another_width_are_named() -> None:
    def join(file: Any) -> None:
        cells = row_of(file, "I.untoc.3").cells
        cells[CODE].merge(cells[SETTINGS])

    def cut(file: Any) -> None:
        row = row_of(file, "I.untoc.4")._tr
        row.remove(row.tc_lst[-1])

    for edit in (join, cut):
        reading = read(edited(made(), edit))
        assert reading.definition is None
        assert reading.problems[0].startswith("Row ")


@pytest.mark.parametrize("name", ["ins", "del", "moveFrom", "moveTo"])
def test_changes_that_nobody_has_accepted_keep_a_document_out(name: str) -> None:
    def track(file: Any) -> None:
        paragraph = row_of(file, "I.untoc.3").cells[WORDS].paragraphs[0]
        change = OxmlElement(f"w:{name}", attrs={qn("w:id"): "1", qn("w:author"): "A"})
        change.append(deepcopy_of(paragraph.runs[0]._r))
        paragraph._p.append(change)

    with pytest.raises(ServiceError, match="Accept or reject them in Word"):
        read(edited(made(), track))


def deepcopy_of(run: Any) -> Any:
    return parse_xml(f"<w:r {nsdecls('w')}><w:t>{run.text}</w:t></w:r>")


def test_a_row_that_somebody_has_put_in_with_tracking_keeps_it_out_too() -> None:
    def track(file: Any) -> None:
        properties = row_of(file, "I.untoc.3")._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:ins", attrs={qn("w:id"): "1", qn("w:author"): "A"}))

    with pytest.raises(ServiceError, match="Accept or reject them in Word"):
        read(edited(made(), track))


@pytest.mark.parametrize("other", [ALL[1], ALL[4]], ids=["another cluster", "another mechanism"])
def test_a_document_of_another_questionnaire_is_not_taken(other: Any) -> None:
    with pytest.raises(ServiceError, match="This document is of another questionnaire") as raised:
        read(made(other))
    assert raised.value.field == "file"


def test_a_document_of_another_language_of_the_official_text_is_not_taken() -> None:
    with pytest.raises(ServiceError, match="This document is of another questionnaire"):
        read(made(replace(official(), language="fr"), "fr"))


def test_what_is_no_such_document_is_not_taken() -> None:
    def with_table(*cells: str) -> bytes:
        file = docx.Document()
        table = file.add_table(2, len(cells))
        for row in table.rows:
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()

    for content, words in (
        (edited(made(), removed("I")), "does not say of which questionnaire it is"),
        (with_table("One", "Two"), "This is no document of a questionnaire"),
        (with_table("Code", "Settings"), "This is no document of a questionnaire"),
        (with_table("Code", "Settings", "A (en)", "B (en)"), "stands there twice"),
        (with_table(), "There is no table in this file."),
    ):
        with pytest.raises(ServiceError, match=words):
            read(content)


def test_a_column_that_nothing_is_known_of_is_named_and_not_read() -> None:
    def rename(file: Any) -> None:
        for table in file.tables:
            table.rows[0].cells[BESIDE].paragraphs[0].runs[0].text = "Remarks"

    reading = read(edited(made(None, "en", "fr"), rename))
    assert reading.definition == official()
    assert reading.unsaid == ["The column “Remarks” says nothing that a questionnaire can hold: it is not read."]


def test_columns_that_change_places_in_one_table_are_named() -> None:
    def swap(file: Any) -> None:
        cells = file.tables[3].rows[0].cells
        for cell, words in zip((cells[WORDS], cells[BESIDE]), ("French (fr)", "English (en)"), strict=True):
            cell.paragraphs[0].runs[0].text = words

    reading = read(edited(made(None, "en", "fr"), swap))
    assert reading.definition is None
    assert [each.partition(": ")[2] for each in reading.problems] == [
        "The columns of this table are not those of the first."
    ]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The container with another entry, or one in the place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return out.getvalue()


def document_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return container.read("word/document.xml")


ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def declared(content: bytes, declaration: bytes) -> bytes:
    """With a declaration of entities in its document."""
    head, _sign, body = document_xml(content).partition(b"?>")
    return with_part(content, "word/document.xml", head + b"?>" + declaration + body)


# Made when the test runs, and not when it is looked for: each process that runs tests looks for all of them.
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "50 megabytes": lambda content: content + b"0" * 50 * 1024 * 1024,
    "a bomb": lambda content: with_part(content, "word/more.xml", b"<w>" + b" " * 120 * 1024 * 1024 + b"</w>"),
    "an entity from outside": lambda content: declared(content, ENTITY),
    "entities in one another": lambda content: declared(content, BOMB),
    "macros": lambda content: with_part(content, "word/vbaProject.bin", OLE),
    "a program": lambda content: with_part(content, "word/run.exe", b"MZ"),
    "a page": lambda content: HTML,
    "half of it": lambda content: content[: len(content) // 2],
    "nothing": lambda content: b"",
    "no XML": lambda content: with_part(content, "word/document.xml", b"\x00\x01"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_stays_out(name: str) -> None:
    content = HOSTILE[name](made())
    with pytest.raises(ServiceError) as raised:
        read(content)
    assert raised.value.field == "file"


def test_thousands_of_rows_are_counted_before_they_are_read() -> None:
    def multiply(file: Any) -> None:
        row = row_of(file, "I.untoc.2.a")._tr
        words = "".join("<w:tr><w:tc><w:p/></w:tc></w:tr>" for _number in range(5_001))
        many = parse_xml(f"<w:tbl {nsdecls('w')}>{words}</w:tbl>")
        for each in list(many):
            row.addnext(each)

    with pytest.raises(ServiceError, match="more than 5000 rows"):
        read(edited(made(), multiply))


def test_a_row_moved_to_another_part_is_named() -> None:
    reading = read(edited(made(), moved_behind("I.untoc.4", "I.tip/articles-3-5")))
    assert reading.definition is None
    (problem,) = reading.problems
    assert problem.endswith(", I.untoc.4: A code of such a row begins here with “I.tip.”.")


def test_a_condition_on_a_later_item_is_left_to_the_rules() -> None:
    """The file is read; the rules of questionnaires refuse it, as they do for every file (``services.files``)."""
    exact = "Asked if: selected(${I.untoc.3}, 'o1')"
    reading = read(edited(made(), line("I.untoc.3.a", exact, "Asked if: ${I.untoc.3.b} != ''", SETTINGS)))
    assert reading.definition is not None
    assert reading.problems == []


def test_a_condition_of_endless_words_is_none() -> None:
    clause = " or selected(${I.untoc.3}, 'o1')"
    most = "selected(${I.untoc.3}, 'o1')" + clause * 300
    tree = tree_of(most.ljust(10_000), {"I.untoc.3": {"o1": "Yes"}}, ())
    assert len(tree["values"]) == 301
    with pytest.raises(RelevanceError):
        tree_of(most.ljust(10_001), {"I.untoc.3": {"o1": "Yes"}}, ())
