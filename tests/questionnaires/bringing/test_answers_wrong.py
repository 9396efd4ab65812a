"""What is wrong in a file of answers is named by its row, and nothing of it is kept."""

import pytest

from accounts.people.models import User
from questionnaires.bringing.answers import asked_of, obstacle_to
from questionnaires.bringing.sheet import AskedQuestionnaire, read_answers
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.questionnaires.bringing.answers import (
    ANSWERS,
    SENT,
    asked_only_then,
    client_of,
    problems,
    row,
    some,
    yes_no,
)
from tests.reviews.bringing.files import as_csv, upload, words
from tests.utils import make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_wrong_cell_is_named_by_row_and_column(review: Review) -> None:
    asked = asked_of(review)
    code, hidden = yes_no(asked), asked_only_then(asked)
    option = asked.index.items[code].options[0]
    for given, column, message in (
        (row("no.such", "Yes"), "code", "“no.such” is no code of this questionnaire."),
        (row("", "Yes"), "code", "Enter the code of the question."),
        (row(code, "Perhaps"), "answer", "“Perhaps” is none of the options:"),
        (row(code, "99"), "answer", "is none of the options:"),
        (row(code, "=A1"), "answer", "This cell is worked out by a formula."),
        (row(code, option, law="An act", link="ftp://example"), "link", "A link must begin with https:// or http://."),
        (row(code, option, provision="art. 1"), "law", "Name the law of each legal reference."),
        (row(code, option, "x" * 50_001), "text", "characters long. The limit is"),
        (row(hidden, "", "Words."), "code", "This question is not asked, given the answers above it."),
    ):
        found = problems(review, given)
        assert len(found) == 1
        assert column in found[0], (given["code"], found)
        assert message in found[0][column]


def test_a_row_with_a_code_alone_is_left_out(review: Review) -> None:
    assert problems(review, row("I.untoc.999"), *some(review, 1)) == [{}]


def test_an_answer_in_a_section_that_does_not_apply_to_the_state_is_wrong(review: Review) -> None:
    asked = AskedQuestionnaire(asked_of(review).index, ["untoc"])
    applicable = {item.code for item in asked.items}
    code = next(item.code for item in asked.index.items.values() if item.options and item.code not in applicable)
    (read,) = read_answers("a.csv", as_csv([row(code, "1")]).read(), asked)
    assert read.problems == {"code": "This section does not apply to this State."}


def test_a_second_row_of_a_question_holds_a_legal_reference_or_is_wrong(review: Review) -> None:
    code = yes_no(asked_of(review))
    option = asked_of(review).index.items[code].options[0]
    more = row(code, law="The Code", provision="art. 2")
    assert problems(review, row(code, option, law="The Act"), more) == [{}]
    (read,) = read_answers("a.csv", as_csv([row(code, option, law="The Act"), more]).read(), asked_of(review))
    assert [citation["law"] for citation in read.citations] == ["The Act", "The Code"]
    assert "The same question as in row 2." in problems(review, row(code, option), row(code, option))[1]["code"]


def test_what_is_wrong_with_a_legal_reference_is_said_of_its_own_row(review: Review) -> None:
    code = yes_no(asked_of(review))
    option = asked_of(review).index.items[code].options[0]
    first, right = row(code, option, law="The Act"), row(code, law="The Code")
    for wrong, said in (
        (row(code, law="The Decree", link="ftp://example"), {"link": "A link must begin with https:// or http://."}),
        (row(code, provision="art. 1"), {"law": "Name the law of each legal reference."}),
        (row(code, law="=A1"), None),
    ):
        read = read_answers("a.csv", as_csv([first, right, wrong]).read(), asked_of(review))
        found = {each.line: dict(each.problems) for each in read if each.problems}
        assert found.keys() == {4}
        assert said is None or found == {4: said}
        assert "code" not in found[4]


def test_a_wrong_answer_does_not_make_those_below_it_wrong_as_well(review: Review) -> None:
    asked = asked_of(review)
    hidden = asked_only_then(asked)
    above = [row(code, "Perhaps") for code in sorted(asked.index.needed_for[hidden]) if asked.index.items[code].options]
    found = problems(review, *above, row(hidden, "", "Words."))
    assert found[-1] == {}


def test_nothing_is_stored_of_a_file_in_which_a_row_is_wrong(review: Review, officer: User) -> None:
    before = BroughtFile.objects.count()
    rows = [*some(review, 3), row("no.such", "Yes")]
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", as_csv(rows), **SENT)
    assert page.status_code == 422
    assert "1 row is wrong; nothing was stored." in words(page)
    assert "3 rows are in order." in words(page)
    assert BroughtFile.objects.count() == before


@pytest.mark.parametrize(
    ("day", "message"), [("2099-01-01", "This day lies ahead."), ("1999-01-01", "before the review")]
)
def test_the_day_of_sending_is_one_of_the_review(review: Review, officer: User, day: str, message: str) -> None:
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", as_csv(some(review)), sent_on=day, language="en")
    assert page.status_code == 422
    assert message in words(page)


def test_nothing_is_brought_in_over_what_a_state_answers_here(officer: User) -> None:
    drafting, sent = make_review("self_assessment"), make_review("written_feedback", state="XAL")
    assert obstacle_to(drafting).startswith("By its step, no answers were sent")
    assert obstacle_to(sent).startswith("The State answers in the portal")
    page = upload(client_of(officer), f"{ANSWERS}{sent.code}/", as_csv([row("x", "y")]), **SENT)
    assert (page.status_code, BroughtFile.objects.count()) == (422, 0)
    listed = words(client_of(officer).get(ANSWERS))
    assert (drafting.code in listed, sent.code in listed) == (False, False)
