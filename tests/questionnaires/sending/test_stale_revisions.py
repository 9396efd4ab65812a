"""Pages of a new version that are sent late or twice, and what giving it up reads."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, ResponseSubmission
from questionnaires.sending.services import recall_response
from questionnaires.sending.supplementing import add_beside
from questionnaires.submissions.selectors.submissions import latest_submission
from tests.forms import carried_by
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.questionnaires.sending.test_revising import (
    CLEAR,
    GIVE_UP,
    REVISE,
    UNSENT,
    WHY,
    begun,
    give_up,
    response_of,
    send,
)
from tests.utils import Cast, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
PIECE = {"kind": "source", "code": "", "language": "en", "title": "A report", "pages": "", "link": ""}


def test_a_page_to_begin_one_from_before_a_recall_is_not_said_to_have_begun_it(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    send(cast)
    client = login_as(cast.focal_point)
    before = {**carried_by(client.get(REVISE)), "reason": WHY}
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    stale = client.post(REVISE, before)
    assert (stale.status_code, "A new version is being prepared." in text_of(stale)) == (403, True)


def test_a_page_to_give_up_what_has_been_sent_since_says_that_nothing_was_given_up(
    cast: Cast, login_as: LoginAs
) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(GIVE_UP))
    send(cast)
    stale = client.post(GIVE_UP, before)
    assert (stale.status_code, "No new version is being prepared." in text_of(stale)) == (403, True)
    assert "has been given up" not in text_of(client.get(RESPONSE))


def test_a_second_press_to_give_up_leads_to_what_the_first_one_did(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    given = carried_by(client.get(GIVE_UP))
    client.post(GIVE_UP, given)
    again = client.post(GIVE_UP, {**given, "csrfmiddlewaretoken": "another"}, follow=True)
    assert again.redirect_chain[0][0] == RESPONSE
    assert "The new version has been given up." in text_of(again)


DONE, NOTHING = "cleared and sent the answers", "Nothing was sent from this page. Version {}, sent on"


def test_a_second_page_to_clear_the_same_says_who_sent_it(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(CLEAR))
    send(cast)
    page = text_of(client.post(CLEAR, before, follow=True))
    assert (DONE in page, "Nothing was sent from this page" in page) == (True, False)
    add_beside(cast.focal_point, cast.review, PIECE)
    assert DONE in text_of(client.post(CLEAR, before, follow=True))


def test_what_has_its_number_from_something_sent_beside_is_not_said_to_be_sent(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(CLEAR))
    give_up(cast)
    beside = add_beside(cast.focal_point, cast.review, PIECE)
    assert (before["number"], beside and beside.number) == ("2", 2)
    page = text_of(client.post(CLEAR, before, follow=True))
    assert (DONE in page, NOTHING.format(2) in page) == (False, True)


def test_a_page_from_before_a_recall_says_that_other_words_were_sent(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    before = carried_by(client.get(CLEAR))
    send(cast)
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    save(response_of(cast), cast.expert, UNSENT, text="Other words.", base=1)
    send(cast)
    page = text_of(client.post(CLEAR, before, follow=True))
    assert (DONE in page, NOTHING.format(3) in page) == (False, True)


def test_a_second_press_after_a_recall_does_not_say_that_the_others_read_it(cast: Cast, login_as: LoginAs) -> None:
    begun(cast)
    client = login_as(cast.focal_point)
    given = {**carried_by(client.get(CLEAR)), "csrfmiddlewaretoken": "of one page"}
    assert "The answers have been cleared and sent." in text_of(client.post(CLEAR, given, follow=True))
    assert "This was done at" in text_of(client.post(CLEAR, given, follow=True))
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    fresh(cast)
    assert "The answers were recalled at" in text_of(client.post(CLEAR, given, follow=True))
    save(response_of(cast), cast.expert, UNSENT, text="Other words.", base=1)
    send(cast)
    page = text_of(client.post(CLEAR, given, follow=True))
    assert ("This was done at" in page, "were sent and recalled since" in page) == (False, True)


def test_what_is_sent_beside_after_a_recall_has_the_answers_of_the_version_that_stands(cast: Cast) -> None:
    first = latest_submission(cast.review)
    begun(cast)
    send(cast)
    recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)
    beside = add_beside(cast.focal_point, cast.review, PIECE)
    assert (beside and beside.number, beside and beside.written, beside and beside.frozen_at) == (
        3,
        first,
        first and first.sent_at,
    )


@pytest.mark.parametrize("number", ["²", "1" * 5000, "", "-1"], ids=["power", "long", "empty", "negative"])
def test_a_number_of_a_version_that_is_none_is_none_that_was_sent(cast: Cast, login_as: LoginAs, number: str) -> None:
    sent = {"number": number, "sha256": ResponseSubmission.objects.get().sha256}
    page = text_of(login_as(cast.focal_point).post(CLEAR, sent, follow=True))
    assert (DONE in page, NOTHING.format(1) in page) == (False, True)


def test_what_answers_were_before_is_read_at_once_however_many_they_are(cast: Cast) -> None:
    begun(cast)
    sent = {answer["code"] for answer in ResponseSubmission.objects.get().document["answers"]}
    alone = [item for item in index_of(response_of(cast).version_id).items.values() if item.condition is None]
    unsent = [item.code for item in alone if item.kind == "text" and item.code not in {*sent, UNSENT}][:3]
    for code in unsent:
        save(response_of(cast), cast.expert, code, text="Not sent.")
    with CaptureQueriesContext(connection) as asked:
        give_up(cast)
    by_then = '"questionnaires_answerrevision"."created_at" <='
    assert (len(unsent), sum(by_then in each["sql"] for each in asked)) == (3, 1)
    assert set(Answer.objects.filter(question__code__in=unsent).values_list("text", flat=True)) == {""}
