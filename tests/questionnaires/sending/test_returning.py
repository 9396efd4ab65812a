"""A focal point returns the answers, and the word why stands at the questions that it is about."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.margin.models import MarginMention, MarginThread
from questionnaires.responses.enums import ResponseStatus
from tests.utils import Cast, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.stage("in_clearance")]
LogIn = Callable[[User], Client]
RETURN = "/en/untoc/reviews/1-XVE/response/return/"
REASON = "Which act of 2021 is meant?"


def test_the_word_why_is_a_margin_note_at_each_question_that_is_named(
    cast_at: Callable[[str], Cast], login_as: LogIn
) -> None:
    cast = cast_at("in_clearance")
    login_as(cast.focal_point).post(RETURN, {"reason": REASON, "questions": "3, 5(A)؛ ٣"})
    threads = MarginThread.objects.all()
    assert {each.question.code for each in threads} == {"I.untoc.3", "I.untoc.5.a"}
    assert {note.text for each in threads for note in each.notes.all()} == {REASON}
    mentioned = set(MarginMention.objects.filter(seen_at=None).values_list("user", flat=True))
    assert mentioned == {cast.expert.pk, cast.second_expert.pk}
    assert "Look at 2 margin notes" in login_as(cast.expert).get("/en/").content.decode()


@pytest.mark.parametrize("questions", ["3, 999", "10 11", "I.untoc.3"])
def test_a_number_of_no_question_is_told_by_the_field_and_nothing_is_returned(
    cast_at: Callable[[str], Cast], login_as: LogIn, questions: str
) -> None:
    cast = cast_at("in_clearance")
    page = login_as(cast.focal_point).post(RETURN, {"reason": REASON, "questions": questions})
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["questions"])
    assert REASON in page.content.decode()
    assert fresh(cast).response.status == ResponseStatus.IN_CLEARANCE
    assert not MarginThread.objects.exists()


def test_without_a_question_the_word_stands_above_all_of_them_alone(
    cast_at: Callable[[str], Cast], login_as: LogIn
) -> None:
    cast = cast_at("in_clearance")
    login_as(cast.focal_point).post(RETURN, {"reason": REASON, "questions": " , "})
    assert fresh(cast).response.return_reason == REASON
    assert not MarginThread.objects.exists()
