"""A recall and a reading at the same moment: one of them is first, and nothing is lost. (These tests commit.)"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client

from core.policy import PolicyRefusedError
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.services import recall_response
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.services import open_submission
from tests import utils
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db(transaction=True)

SUBMISSION = "/en/untoc/reviews/1-XVE/submission/untoc/"
RECALLED = "The State under review has recalled these answers."


def waits_for(first: Callable[[], object], then: Callable[[], str]) -> str:
    """What comes of ``then``, begun while ``first`` is done and not yet committed, for which it has to wait."""
    outcome: list[str] = []

    def second() -> None:
        try:
            outcome.append(then())
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(1)
        assert thread.is_alive(), "it waits for the lock"
    thread.join(20)
    return outcome[0]


def recall(cast: Cast) -> str:
    try:
        recall_response(
            cast.focal_point, Response.objects.get(review=cast.review), reason="An annex is missing.", number=1
        )
    except PolicyRefusedError as error:
        return str(error.decision.reason)
    return "recalled"


def read(cast: Cast, name: str = "same_group_expert") -> str:
    answered = login_as(Client(), cast.people[name]).get(SUBMISSION)
    page = answered.content.decode()
    return "told" if RECALLED in page else f"{answered.status_code}"


def stands(cast: Cast) -> tuple[str, str, object]:
    cast.review.refresh_from_db()
    response = Response.objects.get(review=cast.review)
    return response.status, cast.review.step.slug, response.opened_by


def test_who_reads_while_the_answers_are_being_recalled_is_told_and_has_opened_nothing() -> None:
    cast = utils.make_cast("written_feedback")
    answers = Answer.objects.count()
    assert waits_for(lambda: recall(cast), lambda: read(cast)) == "told"
    assert stands(cast) == (ResponseStatus.OPEN, "self_assessment", None)
    assert (Answer.objects.count(), ResponseSubmission.objects.count()) == (answers, 1)


def test_a_recall_that_comes_while_somebody_begins_to_read_is_refused() -> None:
    cast = utils.make_cast("written_feedback")

    def begin() -> None:
        open_submission(cast.same_group_expert, latest_submission(cast.review))

    refused = "A reviewing State has opened the answers: they can no longer be recalled."
    assert waits_for(begin, lambda: recall(cast)) == refused
    assert stands(cast) == (ResponseStatus.SENT, "written_feedback", cast.same_group_state)


def test_two_states_that_read_at_the_same_moment_are_noted_once() -> None:
    cast = utils.make_cast("written_feedback")

    def begin() -> None:
        open_submission(cast.same_group_expert, latest_submission(cast.review))

    assert waits_for(begin, lambda: read(cast, "other_group_observer")) == "200"
    assert stands(cast)[2] == cast.same_group_state


def test_two_presses_at_the_same_moment_recall_once() -> None:
    cast = utils.make_cast("written_feedback")

    def press(_number: int) -> str:
        try:
            return recall(cast)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["The answers have not been sent.", "recalled"]
    assert cast.review.step_changes.filter(from_step__slug="written_feedback").count() == 1


@pytest.mark.parametrize("_time", range(5))
def test_whoever_is_first_both_never_have_their_way(_time: int) -> None:
    cast = utils.make_cast("written_feedback")
    together = threading.Barrier(2)

    def act(does: Callable[[Cast], str]) -> str:
        try:
            together.wait(5)
            return does(cast)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        recalling, reading = (pool.submit(act, does) for does in (recall, read))
    if recalling.result() == "recalled":
        assert reading.result() in {"told", "404"}
        assert stands(cast) == (ResponseStatus.OPEN, "self_assessment", None)
    else:
        assert reading.result() == "200"
        assert stands(cast) == (ResponseStatus.SENT, "written_feedback", cast.same_group_state)
