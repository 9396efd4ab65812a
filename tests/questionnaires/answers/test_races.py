"""What happens at the same moment. (These tests commit, and so build their own cast.)"""

import threading

import pytest
from django.db import connection, transaction

from core.policy import PolicyRefusedError
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from tests import utils
from tests.utils import clear_answers, save

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "I.untoc.1"


def test_nothing_is_saved_while_the_answers_are_being_sent() -> None:
    """An answer that arrives during the clearance waits for it, and is then refused: it is not sent half."""
    cast = utils.make_cast()
    save(cast.response, cast.expert, FIRST, choices=("Yes",))
    started, outcome = threading.Event(), {}

    def late_answer() -> None:
        started.set()
        try:
            outcome["late"] = save(cast.response, cast.second_expert, FIRST, choices=("No",), base=1).status
        except PolicyRefusedError as error:
            outcome["late"] = str(error.decision.reason)
        finally:
            connection.close()

    thread = threading.Thread(target=late_answer)
    with transaction.atomic():
        submission = clear_answers(cast.focal_point, Response.objects.get(pk=cast.response.pk))
        thread.start()
        started.wait(5)
        thread.join(0.3)
        assert thread.is_alive(), "the answer waits for the lock"
    thread.join(10)
    assert outcome == {"late": "The answers have been sent; they can no longer be changed."}
    assert [answer["choices"] for answer in submission.document["answers"]] == [["Yes"]]
    assert list(Answer.objects.values_list("choices", flat=True)) == [["Yes"]]


def test_two_presses_at_the_same_moment_send_once() -> None:
    cast = utils.make_cast()
    outcomes: list[str] = []

    def press() -> None:
        try:
            clear_answers(cast.focal_point, Response.objects.get(pk=cast.response.pk))
            outcomes.append("sent")
        except PolicyRefusedError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "sent"]
    assert ResponseSubmission.objects.count() == 1
