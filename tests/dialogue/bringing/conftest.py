"""A review that was brought in at the feedback with its answers, and those who take part."""

import pytest

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.bringing.answers import course_of, file_of, some
from tests.reviews.bringing.files import brought_in
from tests.utils import Cast, make_cast


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@pytest.fixture
def brought_cast(officer: User) -> Cast:
    """Without answers yet."""
    cast = make_cast("consultations")
    cast.review = course_of(cast.review, officer)
    return cast


@pytest.fixture
def review(brought_cast: Cast, officer: User) -> Review:
    brought_in(file_of(brought_cast.review, officer, some(brought_cast.review)))
    return brought_cast.review
