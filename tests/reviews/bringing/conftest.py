"""Officers, and a review that may be brought in."""

import pytest
from django.test import Client

from accounts.people.models import User
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.sharing import shared
from tests.utils import login_as, make_review


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@pytest.fixture
def other() -> User:
    return OfficerFactory.create()


@pytest.fixture
def client(officer: User) -> Client:
    return login_as(Client(), officer)


@shared
def review() -> Review:
    return make_review()
