"""A review that was brought in at the feedback, with those who take part."""

import pytest

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.bringing.answers import course_of
from tests.sharing import shared
from tests.utils import Cast, fresh, make_cast


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@shared
def brought_cast() -> Cast:
    cast = make_cast("consultations")
    cast.review = course_of(cast.review, OfficerFactory.create())
    return fresh(cast)


@pytest.fixture
def review(brought_cast: Cast) -> Review:
    return brought_cast.review
