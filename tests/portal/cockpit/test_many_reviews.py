"""The pages of an officer take as many queries for 760 reviews as for ten; the numbers are in ``query_counts.json``."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.models import Job
from portal.cockpit.enums import BulkKind
from portal.cockpit.exports import make_job
from portal.cockpit.pdf import context_of
from portal.cockpit.selectors.bulk import Terms, foresee
from reviews.cases.models import Review
from tests.query_counts import assert_query_count
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
COCKPIT = "/en/untoc/cockpit/"
PAGES = {
    "portal:cockpit": f"{COCKPIT}?all=1&rows=200",
    "portal:cockpit as a table": f"{COCKPIT}?all=1&shape=table",
    "portal:cockpit of what is late": f"{COCKPIT}?overdue=on",
    "portal:cockpit-steps": f"{COCKPIT}steps/",
    "portal:cockpit-waiting": f"{COCKPIT}waiting/",
    "portal:cockpit-workload": f"{COCKPIT}workload/",
    "reviews:review-list": "/en/untoc/reviews/",
    "portal:dashboard as officer in charge": "/en/",
}


@pytest.mark.parametrize("count", [10, 100, pytest.param(760, marks=pytest.mark.prove)])
def test_queries_do_not_grow_with_the_reviews(cast: Cast, login_as: LoginAs, count: int) -> None:
    add_reviews(cast.review, count - 2)
    assert Review.objects.count() == count
    client = login_as(cast.officer)
    client.get("/en/")
    for name, path in PAGES.items():
        with assert_query_count(name):
            assert client.get(path).status_code == 200
    with assert_query_count("portal: the cockpit in print"):
        assert context_of(cast.review.mechanism, cast.officer, {})["number"] == count
    with assert_query_count("portal: the cockpit's spreadsheet"):
        job = Job(target_id=cast.review.mechanism_id, requested_by=cast.officer, language="en")
        assert make_job(job, lambda _per_cent: None)
    for kind in (BulkKind.REMIND, BulkKind.ASK_FOR_NOMINATIONS, BulkKind.EXTEND):
        with assert_query_count(f"preview of an act: {kind}"):
            assert len(foresee(kind, Review.objects.all(), Terms(days=14, reason="More time."))) == count
