"""Whatever names a question by its code prints the number that the questionnaire prints."""

import pytest

from questionnaires.wording.sentences import full_number
from reviews.programme.questions import question_number
from tests.questionnaires.official import load_definitions

pytestmark = pytest.mark.unit


def test_the_number_of_a_code_is_that_of_its_question() -> None:
    items = [item for definition in load_definitions() for item in definition.items()]
    assert len(items) == 854
    assert {item.code: question_number(item.code) for item in items} == {item.code: full_number(item) for item in items}


def test_a_sub_item_and_a_dash() -> None:
    assert (question_number("I.untoc.11.a"), question_number("I.firearms.75.d2")) == ("11 (a)", "75 (–2)")
