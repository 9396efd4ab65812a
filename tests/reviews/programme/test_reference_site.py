"""Mechanisms among the reference data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from reviews.programme.enums import LIMIT_WORDS, UNIT_WORDS
from reviews.programme.models import Limit, Mechanism, PhasePeriod
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db


def test_dates_of_the_programme_are_changed_on_its_page_alone(
    login_as: Callable[[User], Client], reference: None
) -> None:
    """There what follows is shown, and a colleague's change is told; here it would be written over."""
    administrator = AdministratorFactory.create()
    start_staff_session(actor=administrator, reason="To look after the programme.", state_party=None)
    client, period = login_as(administrator), PhasePeriod.objects.select_related("phase", "review_group")[0]
    pages = {"change": [period.pk], "delete": [period.pk], "add": []}
    answers = {
        name: client.post(reverse(f"admin:reviews_phaseperiod_{name}", args=args)) for name, args in pages.items()
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(pages, 403)
    for row in (period.phase, period.review_group):
        address = reverse(f"admin:reviews_{row._meta.model_name}_delete", args=[row.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:reviews_phaseperiod_changelist")).status_code == 200


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
    address = reverse("admin:reviews_mechanism_delete", args=[target.pk])
    page = client.get(address).content.decode()
    assert ("cannot be deleted: other rows rest on it" in page) == has_reviews
    assert ('name="post"' in page) == (not has_reviews), "there is a button only for what can go"
    assert client.post(address, {"post": "yes"}).status_code == (200 if has_reviews else 302)
    assert Mechanism.objects.filter(pk=target.pk).exists() == has_reviews


def test_a_reviewing_state_of_a_kind_is_drawn_or_none(login_as: Callable[[User], Client], mechanism: Mechanism) -> None:
    administrator = AdministratorFactory.create()
    start_staff_session(actor=administrator, reason="To look after the limits.", state_party=None)
    limit = Limit.objects.get(mechanism=mechanism, key="reviewing_states_same_group")
    client, address = login_as(administrator), reverse("admin:reviews_limit_change", args=[limit.pk])
    columns = ("key", "unit", "evidence_mark", "evidence_note")
    given = {"mechanism": mechanism.pk, **{name: getattr(limit, name) for name in columns}}
    refused = client.post(address, {**given, "value": 2})
    assert "One reviewing State of this kind is drawn, or none" in refused.content.decode()
    assert client.post(address, {**given, "value": 0}).status_code == 302
    limit.refresh_from_db()
    assert limit.value == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_limits_are_called_by_words_in_the_language_of_the_page(
    login_as: Callable[[User], Client], mechanism: Mechanism, language: str
) -> None:
    administrator = AdministratorFactory.create()
    start_staff_session(actor=administrator, reason="To look at the limits.", state_party=None)
    with translation.override(language):
        page = login_as(administrator).get(reverse("admin:reviews_limit_changelist")).content.decode()
        words = [str(LIMIT_WORDS[limit.key]) for limit in Limit.objects.filter(mechanism=mechanism)]
    assert words
    for key, unit in Limit.objects.filter(mechanism=mechanism).values_list("key", "unit"):
        assert (f">{key}<" in page, f">{unit}<" in page and language == "ar") == (False, False)
    for name in words:
        assert escape(name) in page


def test_each_limit_and_unit_that_comes_with_the_portal_has_words() -> None:
    for path in Path("fixtures").glob("*/*/mechanism.json"):
        for row in json.loads(path.read_text("utf-8"))["limits"]:
            assert (row["key"] in LIMIT_WORDS, row["unit"] in UNIT_WORDS) == (True, True), row["key"]
