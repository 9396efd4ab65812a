"""Two presses in the same moment: the portal plays a task once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from dialogue.exchange.models import ClarificationRequest
from portal.practice.course import TASKS
from portal.practice.models import Exercise
from portal.practice.services.exercises import let_others_act
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_presses_one_plays_the_task(begin: Callable[..., tuple[Client, Exercise]]) -> None:
    client, exercise = begin()
    for task in TASKS[: [task.key for task in TASKS].index("ask")]:
        client.post(reverse("portal:practice-door-others", args=[task.key]))
    presses = [lambda: let_others_act(learner=str(exercise.learner), key="ask")] * 2
    assert sorted(at_once(*presses)) == ["ServiceError", "done"]
    assert ClarificationRequest.objects.count() == 1
