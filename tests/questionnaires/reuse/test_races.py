"""What happens at the same moment. (These tests commit, and so build their own cast.)"""

import threading

import pytest
from django.db import connection

from core.errors import ServiceError
from questionnaires.responses.models import Answer, AnswerRevision, Response
from questionnaires.reuse.models import ReusedAnswer
from tests import utils
from tests.questionnaires.reuse.earlier import CASES, FIRST, keep, sent_before

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_keep_the_same_at_once_one_does_and_the_other_takes_nothing() -> None:
    cast = utils.make_cast()
    sent_before()
    gate, outcomes = threading.Barrier(2), []

    def press(name: str, *codes: str) -> None:
        try:
            mine = utils.fresh(cast)
            mine.response = Response.objects.get(pk=mine.response.pk)
            gate.wait(5)
            keep(mine, *codes, actor=mine.people[name])
            outcomes.append("kept")
        except ServiceError:
            outcomes.append("nothing")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=("expert", FIRST, CASES)),
        threading.Thread(target=press, args=("second_expert", FIRST)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["kept", "nothing"]
    answers = Answer.objects.filter(response=cast.response)
    assert answers.count() == ReusedAnswer.objects.count() == AnswerRevision.objects.filter(answer__in=answers).count()
    assert {answer.revision for answer in answers} == {1}
