"""Two presses in the same moment: the portal plays a task once."""

from collections.abc import Callable

import pytest
from django.test import Client

from dialogue.exchange.models import ClarificationRequest
from portal.practice.models import Exercise
from portal.practice.services.exercises import let_others_act
from tests.portal.practice.conftest import let_act_until
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_presses_one_plays_the_task(begin: Callable[..., tuple[Client, Exercise]]) -> None:
    client, exercise = begin()
    let_act_until(client, "ask")
    presses = [lambda: let_others_act(learner=str(exercise.learner), key="ask")] * 2
    assert sorted(at_once(*presses)) == ["ServiceError", "done"]
    assert ClarificationRequest.objects.count() == 1
