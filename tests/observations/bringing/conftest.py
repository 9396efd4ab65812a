"""A review that was brought in at the list of observations, and those who take part."""

import pytest

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.observations.bringing.texts import course_to
from tests.utils import Cast, make_cast


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@pytest.fixture
def brought_cast(officer: User) -> Cast:
    cast = make_cast("consultations")
    cast.review = course_to(cast.review, officer, "observations")
    return cast


@pytest.fixture
def review(brought_cast: Cast) -> Review:
    return brought_cast.review
