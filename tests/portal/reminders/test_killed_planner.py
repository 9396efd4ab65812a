"""A planner that is killed at random moments leaves neither a missing nor a second digest."""

import datetime as dt
import time
from collections import Counter

import pytest

from accounts.people.models import User
from core.models import Notification
from reviews.cases.models import Participation
from tests.core.killing.killer import Nursery
from tests.factories.accounts import UserFactory
from tests.utils import make_cast

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

MOMENT = dt.datetime(2022, 5, 1, 10, tzinfo=dt.UTC)  # the answers of the review are due
EXPERTS, SEED = 120, 6


def test_a_killed_planner_leaves_neither_a_missing_nor_a_second_digest() -> None:
    cast = make_cast()
    experts: list[User] = UserFactory.create_batch(EXPERTS)
    Participation.objects.bulk_create(
        Participation(
            review=cast.review, user=person, state_party=cast.state, role="governmental_expert", side="under_review"
        )
        for person in experts
    )
    owed = {cast.focal_point.pk, cast.expert.pk, cast.second_expert.pk, *(person.pk for person in experts)}
    digests = Notification.objects.filter(template="portal/digest")
    partial = set()
    with Nursery(0, SEED) as nursery:
        # Two at a time: neither waits for the other, nor does one that begins wait for those that died.
        until = time.monotonic() + 60
        while digests.count() < len(owed) and time.monotonic() < until:
            for _planner in range(2):
                nursery.start(f"plan {MOMENT.isoformat()}")
            # By what is done, not by the clock: on a good machine the two are through within a moment.
            enough = min(digests.count() + nursery.chance.randint(1, 24), len(owed))
            patience = time.monotonic() + 10
            while digests.count() < enough and time.monotonic() < patience:
                time.sleep(0.001)
            partial.add(digests.count())
            while nursery.workers:
                nursery.kill_one()
        assert nursery.kills > 2, "otherwise this shows nothing"
        nursery.start(f"plan {MOMENT.isoformat()}")
        nursery.wait(lambda: digests.count() == len(owed), seconds=30)
    assert partial & set(range(1, len(owed))), "it was killed with a part of the work done"
    times = Counter(digests.values_list("recipient", flat=True))
    assert set(times) == owed
    assert set(times.values()) == {1}
