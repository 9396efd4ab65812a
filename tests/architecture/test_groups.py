"""Tests that share what is costly to make run in one process."""

import os

import pytest

from reviews.cases.models import Review
from tests.sharing import shared
from tests.utils import Cast


@pytest.mark.xdist_group("together")
def test_the_tests_of_a_group_go_to_one_process(request: pytest.FixtureRequest) -> None:
    """pytest-xdist puts the group behind the name of a test; under a pytest that it does not fit it does nothing and
    says nothing, and the walk is made in each process.
    """
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@together")


_built: list[str] = []


@shared
def shared_review(cast: Cast) -> Review:
    _built.append(cast.review.code)
    return cast.review


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_is_shared_is_built_once_and_comes_to_each_test_as_it_was_built(
    cast: Cast, shared_review: Review, time: str
) -> None:
    assert _built == [shared_review.code]
    assert shared_review is cast.review
    assert not hasattr(shared_review, "was_here")
    assert not Review.objects.filter(pk=shared_review.pk, officer=None).exists()
    shared_review.was_here = True
    Review.objects.filter(pk=shared_review.pk).update(officer=None)
