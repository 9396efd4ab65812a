"""What happens at the same moment. (These tests commit, and so build their own reviews.)"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.errors import ServiceError
from reviews.cases.models import Review
from reviews.steps.services.advancing import advance
from tests.utils import SYSTEM, make_review

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_at_the_same_moment_move_once() -> None:
    review = make_review("self_assessment", state="XAL")

    def press(_number: int) -> str:
        try:
            advance(SYSTEM, Review.objects.get(pk=review.pk), "written_feedback")
        except ServiceError:
            return "refused"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["moved", "refused"]
    assert review.step_changes.filter(to_step__slug="written_feedback").count() == 1
