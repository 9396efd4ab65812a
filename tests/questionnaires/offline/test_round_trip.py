"""A file that goes out and comes back says what was changed in it, and nothing else."""

from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings as hypothesis_settings, strategies as st

from core.errors import ServiceError
from core.language.text import clean_markdown
from questionnaires.bringing import OFFLINE_COLUMNS, AskedQuestionnaire, GivenRow, answers_from, answers_workbook
from questionnaires.definitions import Item, index_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.offline.enums import RowState
from questionnaires.offline.reading import compare, read_file
from questionnaires.offline.selectors import offline_part
from questionnaires.offline.word import AnswersHeading, answers_as_word
from questionnaires.progress import AnswerSnapshot
from questionnaires.responses import Sheet
from questionnaires.responses.selectors.sheets import OFFICIAL
from tests.questionnaires.ministries.ministries import FIRST, proposed, send
from tests.questionnaires.offline.files import (
    FILE,
    KINDS,
    changes_of,
    client_of,
    downloaded,
    filled,
    read,
    second_link,
    twice,
    with_code,
    with_words,
)
from tests.utils import Cast, answer_some, login_as, save

pytestmark = pytest.mark.django_db
SECOND = "I.firearms.69.e"
HEAD = "I.firearms.69.c"
HIDDEN = "I.firearms.69.c.i"
LAW = {"law": "Firearms Act", "provision": "s. 4", "link": "https://laws.example/4"}
OTHER_LAW = {"law": "Penal Code", "provision": "", "link": ""}
TEXT = """Participation is a **crime**; see *section 4* of [the Act](https://laws.example/4).

Second paragraph.

- a list
- of two
  - and one within

1. first
2. second

> A quotation.

| Year | Cases |
| --- | --- |
| 2025 | 3 |

=1+1"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_nobody_touched_changes_nothing(cast: Cast, kind: str) -> None:
    codes = answer_some(cast.response, cast.expert, 40)
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text=TEXT, citations=[LAW, OTHER_LAW])
    save(cast.response, cast.expert, SECOND, text="- one\n- two")
    content = downloaded(client_of(cast, "expert"), kind)
    answers = read(cast.response, OFFICIAL, kind, content)
    assert {each.row.code for each in answers} == {*codes, FIRST, SECOND}
    assert {each.state for each in answers} == {RowState.SAME}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_in_it_is_told_apart(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, SECOND, text="Here before.", citations=[LAW])
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(
        content, kind, {FIRST: {"answer": "Yes", "text": "New.\n\nTwo.", **LAW}, SECOND: {"text": "Changed."}}
    )
    assert changes_of(cast.response, OFFICIAL, kind, back) == [(FIRST, RowState.NEW), (SECOND, RowState.CHANGED)]
    first, second = read(cast.response, OFFICIAL, kind, back)
    assert (list(first.row.choices), first.row.text) == (["Yes"], "New.\n\nTwo.")
    assert [dict(each) for each in first.row.citations] == [LAW]
    assert (second.row.text, [dict(each) for each in second.row.citations]) == ("Changed.", [LAW])


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_colleague_saved_meanwhile_stays_unless_the_file_says_something_else(cast: Cast, kind: str) -> None:
    for code in (FIRST, SECOND):
        save(cast.response, cast.expert, code, text="Before.")
    content = downloaded(client_of(cast, "expert"), kind)
    for code in (FIRST, SECOND):
        save(cast.response, cast.focal_point, code, text="Of a colleague.", base=1)
    back = filled(content, kind, {SECOND: {"text": "Of the file."}})
    assert changes_of(cast.response, OFFICIAL, kind, back) == [(SECOND, RowState.CONFLICT)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_file_leaves_empty_stays(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, FIRST, text="Here.")
    save(cast.response, cast.expert, SECOND, text="And here.")
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(content, kind, {FIRST: {"text": ""}})
    assert changes_of(cast.response, OFFICIAL, kind, back) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("left_out", [("answer",), ("text",), ("law", "provision", "link")], ids=lambda keys: keys[0])
def test_a_part_of_an_answer_that_the_file_leaves_empty_stays(cast: Cast, kind: str, left_out: tuple[str, ...]) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Here.", citations=[LAW])
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(content, kind, {FIRST: dict.fromkeys(left_out, "")})
    assert changes_of(cast.response, OFFICIAL, kind, back) == []
    other = {"answer": {"text": "New."}, "text": {"answer": "No"}, "law": {"text": "New."}}[left_out[0]]
    back = filled(content, kind, {FIRST: {**dict.fromkeys(left_out, ""), **other}})
    row = read(cast.response, OFFICIAL, kind, back)[0].row
    expected = {"answer": ["Yes"], "text": "Here.", "law": [LAW]}[left_out[0]]
    assert expected in (list(row.choices), row.text, [dict(each) for each in row.citations])


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_a_colleague_emptied_is_a_conflict(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, FIRST, text="Here.")
    content = downloaded(client_of(cast, "expert"), kind)
    save(cast.response, cast.focal_point, FIRST, base=1)
    back = filled(content, kind, {FIRST: {"text": "Of the file."}})
    assert changes_of(cast.response, OFFICIAL, kind, back) == [(FIRST, RowState.CONFLICT)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_other_answers_is_known_as_one(cast: Cast, kind: str) -> None:
    """What a ministry proposes rests on its own saves, not on those of the official answers with the same number."""
    save(cast.response, cast.expert, FIRST, text="Official words.")
    proposed(cast, text="Proposed words.")
    content = downloaded(client_of(cast, "contributor"), kind)
    back = filled(content, kind, {FIRST: {"text": "Other words."}, "I.firearms.69.b": {"answer": "Yes"}})
    answers = read(cast.response, OFFICIAL, kind, back)
    assert [(each.row.code, each.state, each.is_suggested) for each in answers] == [
        (FIRST, RowState.CONFLICT, False),
        ("I.firearms.69.b", RowState.NEW, True),
    ]
    back = filled(content, kind, {"I.firearms.69.b": {"answer": "Yes", "base": "0-ffffffffff"}})
    answers = read(cast.response, OFFICIAL, kind, back)
    assert [each.state for each in answers if each.row.code == "I.firearms.69.b"] == [RowState.CONFLICT]


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_which_one_legal_reference_is_wrong_is_not_taken_in_part(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, FIRST, text="Here.", citations=[LAW, OTHER_LAW])
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(content, kind, {FIRST: {"text": "New."}})
    wrong = second_link(back, kind, FIRST, "www.laws.example")
    answers = read(cast.response, OFFICIAL, kind, wrong)
    assert {each.state for each in answers} == {RowState.WRONG}
    said = [words for each in answers for words in each.row.problems.values()]
    assert "A link must begin with https:// or http://." in said


def test_a_question_that_stands_twice_in_a_word_file_is_named_both_times(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, text="Before.")
    content = downloaded(client_of(cast, "expert"), "docx")
    answers = read(cast.response, OFFICIAL, "docx", twice(filled(content, "docx", {FIRST: {"text": "New."}}), content))
    assert [each.state for each in answers if each.row.code == FIRST] == [RowState.WRONG] * 2


def test_words_beside_boxes_and_rows_without_a_code_are_named(cast: Cast) -> None:
    content = downloaded(client_of(cast, "expert"), "docx")
    beside = with_words(content, FIRST, "answer", "but only in part")
    assert read(cast.response, OFFICIAL, "docx", beside)[0].row.problems["answer"].startswith("Tick the boxes.")
    bare = with_code(filled(content, "docx", {FIRST: {"text": "New."}}), FIRST, "")
    (answer,) = read(cast.response, OFFICIAL, "docx", bare)
    assert (answer.state, answer.row.problems) == (RowState.UNKNOWN, {"code": "Enter the code of the question."})
    other = with_code(filled(content, "docx", {FIRST: {"text": "New."}}), FIRST, "I.nothing.1")
    assert [each.state for each in read(cast.response, OFFICIAL, "docx", other)] == [RowState.UNKNOWN]


def test_what_hangs_on_an_answer_in_conflict_can_be_taken_but_is_not_suggested(cast: Cast) -> None:
    save(cast.response, cast.expert, HEAD, choices=("No",))
    content = downloaded(client_of(cast, "expert"), "xlsx")
    save(cast.response, cast.focal_point, HEAD, choices=("No",), text="No such law.", base=1)
    back = filled(content, "xlsx", {HEAD: {"answer": "Yes"}, HIDDEN: {"text": "Only then."}})
    answers = read(cast.response, OFFICIAL, "xlsx", back)
    assert [(each.row.code, each.state, each.is_suggested) for each in answers] == [
        (HEAD, RowState.CONFLICT, False),
        (HIDDEN, RowState.NEW, False),
    ]


def test_the_words_of_an_option_go_before_its_number() -> None:
    item = Item(
        ("1",), "I.untoc.1", (), "Which?", QuestionKind.MULTIPLE, ("0", "1", "a | b"), (), (), False, None, None, None
    )
    index = SimpleNamespace(items={item.code: item}, definition=SimpleNamespace(translations={}))
    asked = AskedQuestionnaire(index, ())  # type: ignore[arg-type]
    given = {"1": ["1"], "3": ["a | b"], "a | b": ["a | b"], "0\n1": ["0", "1"], "0 | 1": ["0", "1"]}
    for cell, options in given.items():
        (row,) = answers_from([GivenRow(2, {"code": item.code, "answer": cell})], asked)
        assert list(row.choices) == options


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_versions_replaces_nothing_by_itself(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, FIRST, text="Here.")
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(content, kind, {FIRST: {"text": "Other.", "base": ""}})
    assert changes_of(cast.response, OFFICIAL, kind, back) == [(FIRST, RowState.CONFLICT)]


@pytest.mark.parametrize("kind", KINDS)
def test_questions_that_are_not_asked_are_named(cast: Cast, kind: str) -> None:
    content = downloaded(client_of(cast, "expert"), kind)
    back = filled(content, kind, {HIDDEN: {"text": "Not asked."}})
    assert changes_of(cast.response, OFFICIAL, kind, back) == [(HIDDEN, RowState.WRONG)]
    wrong = read(cast.response, OFFICIAL, kind, back)[0].row.problems
    assert wrong == {"code": "This question is not asked, given the answers above it."}


@pytest.mark.parametrize("kind", KINDS)
def test_a_contributors_file_has_what_was_sent_and_the_own_proposals(cast: Cast, kind: str) -> None:
    save(cast.response, cast.expert, FIRST, text="Official words.")
    proposal = proposed(cast, text="Proposed words.")
    content = downloaded(client_of(cast, "contributor"), kind)
    own = Sheet(cast.participations["contributor"].pk)
    answers = read(cast.response, own, kind, content)
    assert [(each.row.code, each.row.text, each.state) for each in answers] == [
        (FIRST, "Proposed words.", RowState.SAME)
    ]
    assert answers[0].row.base == proposal.revision
    elsewhere = filled(
        downloaded(client_of(cast, "expert"), kind), kind, {"I.untoc.3": {"text": "Of another section."}}
    )
    assert ("I.untoc.3", RowState.NOT_YOURS) in changes_of(cast.response, own, kind, elsewhere)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_one_section_has_that_alone(cast: Cast, kind: str) -> None:
    send(cast)
    place = index_of(cast.response.version_id).section_at("firearms", "article-3")
    answer_some(cast.response, cast.expert, 4)
    save(cast.response, cast.expert, FIRST, text="Of the section.")
    content = downloaded(client_of(cast, "expert"), kind, f"section:{place.pk}")
    assert [each.row.code for each in read(cast.response, OFFICIAL, kind, content)] == [FIRST]


@pytest.mark.parametrize("kind", KINDS)
def test_labels_and_options_of_any_language_are_understood(cast: Cast, kind: str, client: Client) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Here.")
    page = login_as(client, cast.expert).get(f"/ar{FILE.removeprefix('/en')}", {"kind": kind, "of": ""})
    with override("en"):
        answers = read(cast.response, OFFICIAL, kind, page.content)
    assert [(each.row.code, each.state) for each in answers] == [(FIRST, RowState.SAME)]


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice-from-odt.docx", "libreoffice-from-ods.xlsx"])
def test_a_file_that_libreoffice_has_written_is_read_as_it_is(
    cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made of these two answers, filled in for one question, opened and saved there; also by way of its own formats."""
    monkeypatch.setattr("questionnaires.offline.selectors._mark", lambda *_of: "0a1b2c3d4e")
    save(cast.response, cast.expert, SECOND, text="Stands **here** before.\n\n1. one\n2. two\n\n> quoted")
    save(cast.response, cast.expert, "I.firearms.69.b", choices=("Yes",))
    content = (settings.BASE_DIR / "fixtures" / "offline" / name).read_bytes()
    answers = {each.row.code: each for each in read(cast.response, OFFICIAL, name.rpartition(".")[2], content)}
    assert {code: each.state for code, each in answers.items()} == {
        FIRST: RowState.NEW,
        "I.firearms.69.b": RowState.SAME,
        SECOND: RowState.SAME,
    }
    first = answers[FIRST].row
    assert list(first.choices) == ["Yes"]
    assert first.text.split() == "By the Firearms Act. In force since 2019.".split()
    assert [dict(each) for each in first.citations] == [
        {"law": "Firearms Act", "provision": "s. 4", "link": "https://laws.example/4"}
    ]


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
    | st.lists(
        st.sampled_from(["- a", "  - b", "1. c", "**d**", "> e", "# f", "'=1", "=1", "`g`", "", "h\\"]), max_size=6
    ).map("\n".join)
)
@example(text="'=1+1")
@example(text="*\u200b*")
def test_every_text_comes_back_as_it_went(cast: Cast, text: str) -> None:
    with suppress(ServiceError):  # which is no answer
        stored = str(clean_markdown(text))
        place = index_of(cast.response.version_id).section_at("firearms", "article-3")
        part = offline_part(cast.response, OFFICIAL, place.pk)
        part = replace(part, stored={FIRST: AnswerSnapshot((), stored, (), 1, None, "")} if stored else {})
        files = {
            "docx": answers_as_word(part, AnswersHeading("Answers", [])),
            "xlsx": answers_workbook(part.asked, OFFLINE_COLUMNS, [], part.stored),
        }
        for kind, content in files.items() if stored else ():
            rows = read_file(f"a.{kind}", content, cast.response, part)
            assert [each.state for each in compare(cast.response, part, rows)] == [RowState.SAME], kind
