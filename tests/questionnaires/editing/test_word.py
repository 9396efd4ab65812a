"""A questionnaire as a Word document: what goes out comes in as it was, and what somebody changed is what changes."""

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.utils import translation
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, strategies as st

from questionnaires.definitions.definition import Citation, Footnote, QuestionnaireDefinition
from questionnaires.editing.comparison import differences
from questionnaires.editing.word.documents import document_of
from questionnaires.files.content import as_json
from tests.questionnaires.editing.documents import (
    ALL,
    BESIDE,
    CODE,
    SETTINGS,
    STAND,
    WORDS,
    added,
    edited,
    line,
    made,
    moved_behind,
    read,
    removed,
    row_of,
    says,
    translated,
)
from tests.questionnaires.editing.drafting import codes_of, item_of, official

pytestmark = pytest.mark.unit
PARAMETERS: Any = pytest.mark.parametrize("definition", ALL, ids=lambda each: each.slug)


def taken(content: bytes, base: QuestionnaireDefinition | None = None) -> QuestionnaireDefinition:
    """What a document that nothing is wrong with says, where all of it is taken."""
    reading = read(content, base)
    assert (reading.problems, reading.unsaid) == ([], [])
    assert reading.definition is not None
    return reading.definition


# --- there and back


@PARAMETERS
@pytest.mark.parametrize("languages", [("en",), ("en", "ar"), ("ar", "en")], ids="-".join)
def test_what_goes_out_comes_in_to_the_byte(definition: QuestionnaireDefinition, languages: tuple[str, ...]) -> None:
    for each in (definition, translated(definition)):
        back = taken(made(each, *languages), each)
        assert as_json(back) == as_json(each)
        assert back.translations == each.translations
        difference = differences(each, back)
        assert difference.is_empty
        assert difference.same == len(list(each.items()))


@PARAMETERS
@pytest.mark.parametrize("languages", [("ar",), ("fr", "ar")], ids="-".join)
def test_a_document_of_translations_alone_comes_in_to_the_byte(
    definition: QuestionnaireDefinition, languages: tuple[str, ...]
) -> None:
    whole = translated(definition)
    reading = read(made(whole, *languages), whole)
    assert reading.definition == whole
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "The official language is not in this document: only translations are read, and no settings."
    ]


@PARAMETERS
def test_a_document_rests_on_nothing_but_itself(definition: QuestionnaireDefinition) -> None:
    """Read beside a questionnaire that is empty, it says the same but for the words that conditions were made from."""
    back = read(made(definition), replace(definition, title="Another", source="", guidance=(), parts=())).definition
    assert back is not None
    bare = [replace(item, condition=None) for item in definition.items()]
    assert [replace(item, condition=None) for item in back.items()] == bare
    for item, was in zip(back.items(), definition.items(), strict=True):
        assert (item.condition is None) == (was.condition is None)
        if item.condition and was.condition:
            assert {**item.condition, "source": ""} == {**was.condition, "source": ""}
    assert back.title == definition.title
    assert [replace(part, sections=()) for part in back.parts] == [
        replace(part, sections=()) for part in definition.parts
    ]
    assert [replace(section, items=()) for part in back.parts for section in part.sections] == [
        replace(section, items=()) for part in definition.parts for section in part.sections
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_of_settings_are_known_in_each_language_of_the_pages(language: str) -> None:
    definition = translated(official())
    with translation.override("ar" if language == "en" else "en"):
        content = document_of(definition, STAND, (language, "en" if language == "ar" else "ar"))
    assert read(content, definition).definition == definition
    head = docx.Document(io.BytesIO(content)).tables[0].rows[0].cells[CODE].text
    assert head == {"en": "Code", "ar": "الرمز"}[language]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1).filter(str.strip),
        min_size=2,
        max_size=4,
        unique_by=str.strip,
    ),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1).filter(str.strip),
)
def test_whatever_words_an_item_has_come_back_as_they_were(options: list[str], text: str) -> None:
    definition = official(3)
    part = definition.parts[0]
    section = part.sections[0]
    item = replace(
        section.items[0], text=text, kind="multiple", options=tuple(options), footnotes=(Footnote("1", text),)
    )
    bare = replace(section, items=(item,), guidance=(text, options[0]))
    small = replace(definition, parts=(replace(part, sections=(bare,)),))
    assert read(made(small), small).definition == small


def test_the_words_of_a_language_are_marked_as_such_and_run_its_way() -> None:
    file = docx.Document(io.BytesIO(made(translated(official()), "ar", "en")))
    row = row_of(file, "I.untoc.3")
    codes, arabic, english = (row.cells[place].paragraphs[0]._p for place in (CODE, WORDS, BESIDE))
    turned = [paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") for paragraph in (codes, arabic, english)]
    assert [mark is not None and mark.get(qn("w:val")) for mark in turned] == ["0", False, "0"]
    assert {each.get(qn("w:bidi")) for each in arabic.iter(qn("w:lang"))} == {"ar-SA"}
    assert {each.get(qn("w:val")) for each in english.iter(qn("w:lang"))} == {"en-GB"}


# --- what somebody changes


def test_words_options_footnotes_and_settings_are_changed_where_they_stand() -> None:
    content = edited(
        made(),
        line("I.untoc.3", item_of(official(), "I.untoc.3").text, "Is it a crime?"),
        line("I.untoc.3", "o2 No", "o2* Not yet"),
        line("I.untoc.1", "o3 No", "o3 No\n[1] As amended."),
        says("I.untoc.4", "kind: text", "Voluntary", "Reference: untoc 5 1 (a) (ii)", column=SETTINGS),
        says("I.untoc/article-2", "Section", "Articles: 2, 5", "Asked of: not_party_to_uncac", column=SETTINGS),
        says("I.untoc/article-2", "Of terms"),
        says("I", "Another title"),
    )
    back = taken(content)
    assert back.title == "Another title"
    assert back.parts[0].sections[0].heading == "Of terms"
    assert back.parts[0].sections[0].articles == ("2", "5")
    assert back.parts[0].sections[0].applicability == "not_party_to_uncac"
    third, was = item_of(back, "I.untoc.3"), item_of(official(), "I.untoc.3")
    assert third == replace(was, text="Is it a crime?", options=("Yes", "Not yet"), free_text_options=("Not yet",))
    assert item_of(back, "I.untoc.1").footnotes == (Footnote("1", "As amended."),)
    fourth = item_of(back, "I.untoc.4")
    assert (fourth.kind, fourth.voluntary, fourth.self_assessed) == ("text", True, False)
    assert fourth.articles == (Citation("untoc", "5", "1 (a) (ii)"),)


def test_items_come_go_and_move_with_their_rows() -> None:
    words = ("(b) Anything else?", "o1 Yes", "o2 No")
    content = edited(
        made(), added("I.untoc.1.a", "I.untoc.1.b", ["Kind: yes_no"], words), moved_behind("I.untoc.4", "I.untoc.2.a")
    )
    content = edited(content, removed("I.untoc.5"))
    back, before = taken(content), official()
    assert item_of(back, "I.untoc.1.b").number == ("1", "b")
    assert item_of(back, "I.untoc.1.b").options == ("Yes", "No")
    assert codes_of(back, "untoc", "article-2") == [
        "I.untoc.1", "I.untoc.1.a", "I.untoc.1.b", "I.untoc.2", "I.untoc.2.a", "I.untoc.4",
    ]  # fmt: skip
    difference = differences(before, back)
    assert [[each.item.code for each in rows] for rows in (difference.added, difference.removed, difference.moved)] == [
        ["I.untoc.1.b"],
        ["I.untoc.5"],
        ["I.untoc.4"],
    ]
    assert difference.changed == []
    assert difference.same == len(list(before.items())) - 2


def test_parts_and_sections_come_with_rows_of_their_own() -> None:
    content = edited(
        made(),
        added("I.untoc.2.a", "I.untoc/more", ["Section", "Articles: 6"], ["More"]),
        added("I.untoc/more", "I.untoc/more", ["Guidance"], ["Say more."]),
        added("I.untoc/more", "I.untoc/more", ["Heading above"], ["Above"]),
    )
    section = taken(content).parts[0].sections[1]
    assert (section.slug, section.heading, section.parent_heading) == ("more", "More", "Above")
    assert (section.articles, section.guidance) == (("6",), ("Say more.",))
    assert taken(edited(made(), says("I.untoc", "The Convention", setting="Part"))).parts[0].title == "The Convention"


def test_a_condition_is_said_in_words_and_in_its_exact_form() -> None:
    file = docx.Document(io.BytesIO(made()))
    lines = [paragraph.text for paragraph in row_of(file, "I.untoc.3.a").cells[SETTINGS].paragraphs]
    assert "Asked if: selected(${I.untoc.3}, 'o1')" in lines
    assert "In words: the answer to question 3 is “Yes”" in lines


@pytest.mark.parametrize(
    ("typed", "values"),
    [("selected(${I.untoc.3}, ‘o2’)", ["No"]), ("${I.untoc.3} = “o2” or ${I.untoc.3}=’o1’", ["No", "Yes"])],
)
def test_the_quotation_marks_of_a_program_are_no_others(typed: str, values: list[str]) -> None:
    old = "Asked if: selected(${I.untoc.3}, 'o1')"
    reading = read(edited(made(), line("I.untoc.3.a", old, f"Asked if: {typed}", SETTINGS)))
    assert reading.definition is not None
    condition = item_of(reading.definition, "I.untoc.3.a").condition
    assert condition is not None
    assert (condition["op"], condition["code"], condition["values"]) == ("in", "I.untoc.3", values)
    assert condition["source"].startswith("the answer to question 3 is “No”")


def test_conditions_follow_an_option_by_its_name_wherever_it_stands() -> None:
    text = item_of(official(), "I.untoc.3").text
    back = taken(edited(made(), says("I.untoc.3", text, "o3 Perhaps", "o1 Yes, fully", "o2 No")))
    assert item_of(back, "I.untoc.3").options == ("Perhaps", "Yes, fully", "No")
    condition = item_of(back, "I.untoc.3.a").condition
    assert condition is not None
    assert condition["values"] == ["Yes, fully"]


def test_a_condition_goes_with_its_line_and_its_words_alone_change_nothing() -> None:
    words, exact = "In words: the answer to question 3 is “Yes”", "Asked if: selected(${I.untoc.3}, 'o1')"
    gone = taken(edited(made(), line("I.untoc.3.a", exact, "", SETTINGS)))
    assert item_of(gone, "I.untoc.3.a").condition is None
    reading = read(edited(made(), line("I.untoc.3.a", words, "In words: always", SETTINGS)))
    assert reading.definition == official()
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "The words of a condition follow from its exact form: what was changed in them is not taken."
    ]


# --- translations


def test_a_translation_is_typed_once_for_the_same_words() -> None:
    content = edited(made(None, "en", "fr"), line("I.untoc.3", "o1", "o1 Oui", BESIDE))
    assert taken(content).translations == {"fr": {"Yes": "Oui"}}


def test_two_translations_of_the_same_words_are_named_by_their_rows() -> None:
    edits = [line("I.untoc.3", "o1", "o1 Oui", BESIDE), line("I.untoc.6", "o1", "o1 Si", BESIDE)]
    reading = read(edited(made(None, "en", "fr"), *edits))
    assert reading.definition is None
    (problem,) = reading.problems
    assert ", I.untoc.6: “Yes” is translated here in another way than in row " in problem


def test_an_emptied_translation_goes_where_no_other_cell_has_it() -> None:
    base = replace(official(), translations={"fr": {"Yes": "Oui", official().title: "Questionnaire"}})
    content = made(base, "en", "fr")
    assert taken(edited(content, says("I", "", column=BESIDE)), base).translations == {"fr": {"Yes": "Oui"}}
    reading = read(edited(content, line("I.untoc.3", "o1 Oui", "o1", BESIDE)), base)
    assert reading.definition == base
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "“Yes” stays translated, since its translation stands elsewhere in the document."
    ]


def test_words_that_change_have_no_translation_unless_it_changes_with_them() -> None:
    text = item_of(official(), "I.untoc.2.a").text
    base = replace(official(), translations={"fr": {text: "Avant"}})
    content = edited(made(base, "en", "fr"), says("I.untoc.2.a", "Say how."))
    reading = read(content, base)
    assert reading.definition is not None
    assert reading.definition.translations == {"fr": {text: "Avant"}}
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "The official words changed and the translation beside them did not: it is not taken."
    ]
    content = edited(content, says("I.untoc.2.a", "Dites comment.", column=BESIDE))
    assert taken(content, base).translations["fr"]["Say how."] == "Dites comment."


def test_official_words_that_stand_in_for_a_translation_are_none() -> None:
    base = replace(official(), translations={"fr": {"Yes": "Oui"}})
    content = made(base, "fr")
    file = docx.Document(io.BytesIO(content))
    assert [each.text for each in row_of(file, "I.untoc.3").cells[WORDS].paragraphs][1:] == ["o1 Oui", "o2 No"]
    reading = read(edited(content, line("I.untoc.3", "o2 No", "o2 Non")), base)
    assert reading.definition == replace(base, translations={"fr": {"Yes": "Oui", "No": "Non"}})


def test_words_changed_to_others_that_are_translated_leave_their_translation() -> None:
    text = item_of(official(), "I.untoc.2.a").text
    base = replace(official(), translations={"fr": {text: "Avant", "Yes": "Oui"}})
    reading = read(edited(made(base, "en", "fr"), says("I.untoc.2.a", "Yes")), base)
    assert reading.definition is not None
    assert reading.definition.translations == base.translations
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "The official words changed and the translation beside them did not: it is not taken."
    ]


@pytest.mark.parametrize("new", ["Say how.", "Yes"])
def test_official_words_that_stood_in_for_a_translation_are_none_of_the_new_words(new: str) -> None:
    base = replace(official(), translations={"fr": {"Yes": "Oui"}})
    content = edited(made(base, "fr", "en"), says("I.untoc.2.a", new, column=BESIDE))
    after = taken(content, base)
    assert item_of(after, "I.untoc.2.a").text == new
    assert after.translations == base.translations


def test_a_document_of_translations_alone_takes_nothing_away_and_adds_no_item() -> None:
    base = translated(official())
    content = edited(made(base, "ar"), removed("I.untoc.5"))
    assert read(content, base).definition == base
    content = edited(content, says("I.untoc.4", "I.untoc.99", column=CODE))
    assert [each.partition(": ")[2] for each in read(content, base).problems] == [
        "Nothing that stands has this code: it needs the official language."
    ]


# --- what is not taken, and said


def test_comments_marks_and_words_outside_of_the_tables_are_named() -> None:
    def mark(file: Any) -> None:
        row = row_of(file, "I.untoc.3")
        row.cells[WORDS].paragraphs[0].runs[0].bold = True
        file.add_comment(row_of(file, "I.untoc.4").cells[WORDS].paragraphs[0].runs, "Why?", author="A", initials="A")
        file.add_paragraph("A thought about it all.")

    reading = read(edited(made(), mark))
    assert reading.definition == official()
    assert [each.partition(": ")[2] for each in reading.unsaid] == [
        "Bold, italics, links and counted lists are not carried over: only the words are.",
        "A comment of Word is not carried over.",
        "“A thought about it all.”",
    ]
    assert reading.unsaid[0].startswith("Row ")
    assert reading.unsaid[0].partition(": ")[0].endswith(", I.untoc.3")


def test_a_document_of_another_state_of_things_says_so() -> None:
    reading = read(made(), stand="draft 1:7")
    assert reading.definition == official()
    assert reading.unsaid == [
        "The document was made from something else than what stands now: what colleagues have changed since then is "
        "among what it would change back."
    ]


def test_changes_that_are_only_of_looks_are_none() -> None:
    """A program that breaks runs in pieces, marks spelling and keeps where one was."""

    def rework(file: Any) -> None:
        for cell in row_of(file, "I.untoc.3").cells:
            for paragraph in cell.paragraphs:
                for run in list(paragraph.runs):
                    half = len(run.text) // 2
                    rest = paragraph.add_run(run.text[half:])
                    run.text = run.text[:half]
                    rest.font.size = run.font.size
                    paragraph._p.append(OxmlElement("w:proofErr", attrs={qn("w:type"): "spellEnd"}))

    assert taken(edited(made(), rework)) == official()
