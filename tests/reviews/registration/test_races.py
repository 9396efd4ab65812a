"""What happens at the same moment. (These tests commit, and so build their own reviews.)"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.people.models import User
from core.errors import ServiceError
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.registration.services.participation import end_participation
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, make_review, register

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_focal_points_at_the_same_moment_become_one() -> None:
    review = make_review(state="XAL")
    participation = review.participations.get(role="focal_point")
    end_participation(actor=SYSTEM, participation=participation)
    candidates = [UserFactory(), UserFactory()]

    def try_it(user: User) -> str:
        try:
            register(Review.objects.get(pk=review.pk), user, review.state_under_review, ParticipationRole.FOCAL_POINT)
        except ServiceError as error:
            return error.field or ""
        finally:
            connection.close()
        return "registered"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(try_it, candidates))
    assert outcomes == ["registered", "role"]
    assert review.participations.filter(role="focal_point", ended_at=None).count() == 1
