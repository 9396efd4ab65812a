"""A review that was brought in at the list of observations, and those who take part."""

from dataclasses import dataclass

import pytest

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.observations.bringing.texts import course_to
from tests.utils import Cast, fresh, make_cast


@dataclass
class BroughtToTexts:
    """``officer``: who has brought the review in."""

    cast: Cast
    officer: User


def brought_to(step: str) -> BroughtToTexts:
    officer, cast = OfficerFactory.create(), make_cast("consultations")
    cast.review = course_to(cast.review, officer, step)
    return BroughtToTexts(cast, officer)


def running_at(step: str) -> BroughtToTexts:
    """A review that was not brought in."""
    return BroughtToTexts(make_cast(step), OfficerFactory.create())


AT_THE_LIST = pytest.mark.kept.with_args(brought_to, "observations")


@pytest.fixture
def officer(kept: BroughtToTexts) -> User:
    return kept.officer


@pytest.fixture
def brought_cast(kept: BroughtToTexts) -> Cast:
    return fresh(kept.cast)


@pytest.fixture
def review(brought_cast: Cast) -> Review:
    return brought_cast.review
