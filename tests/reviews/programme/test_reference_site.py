"""Mechanisms among the reference data."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from reviews.programme.models import Mechanism
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("has_reviews", [True, False])
def test_a_mechanism_with_reviews_is_not_deleted(
    login_as: Callable[[User], Client], mechanism: Mechanism, make_review: Callable[..., Any], has_reviews: bool
) -> None:
    administrator = AdministratorFactory.create()
    start_staff_session(actor=administrator, reason="To look after the mechanisms.", state_party=None)
    other = Mechanism.objects.create(slug="other", name="Another mechanism", short_name="Other")
    if has_reviews:
        make_review()
    target = mechanism if has_reviews else other
    client = login_as(administrator)
    page = client.get(reverse("admin:reviews_mechanism_change", args=[target.pk])).content.decode()
    answer = client.post(reverse("admin:reviews_mechanism_delete", args=[target.pk]), {"post": "yes"})
    assert ("deletelink" in page, answer.status_code) == ((False, 403) if has_reviews else (True, 302))
    assert Mechanism.objects.filter(pk=target.pk).exists() == has_reviews
