"""A review that was brought in at the feedback with its answers, and those who take part."""

from dataclasses import dataclass

import pytest

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.bringing.answers import course_of, file_of, some
from tests.reviews.bringing.files import brought_in
from tests.utils import Cast, fresh, make_cast


@dataclass
class BroughtCast:
    """``officer``: who has brought the review in."""

    cast: Cast
    officer: User


def without_answers() -> BroughtCast:
    officer, cast = OfficerFactory.create(), make_cast("consultations")
    cast.review = course_of(cast.review, officer)
    return BroughtCast(cast, officer)


def with_answers() -> BroughtCast:
    brought = without_answers()
    review = brought.cast.review
    brought_in(file_of(review, brought.officer, some(review)))
    return brought


@pytest.fixture
def officer(kept: BroughtCast) -> User:
    return kept.officer


@pytest.fixture
def brought_cast(kept: BroughtCast) -> Cast:
    return fresh(kept.cast)


@pytest.fixture
def review(brought_cast: Cast) -> Review:
    return brought_cast.review
