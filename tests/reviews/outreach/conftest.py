"""The scene of these tests: an officer, a review that waits for its people, and the link of a mission."""

from typing import Any

import pytest

from accounts.links.models import StateLink
from accounts.people.models import User
from tests.factories.accounts import OfficerFactory
from tests.reviews.outreach.missions import contact_of, link_to, unnamed_review
from tests.sharing import shared


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@shared
def review() -> Any:
    return unnamed_review()


@pytest.fixture
def link(review: Any, officer: User) -> StateLink:
    return link_to(contact_of(review.state_under_review), officer)
