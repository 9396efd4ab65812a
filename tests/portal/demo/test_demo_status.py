"""The demo shows the public page of steps with one State on it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.caches import empty_cache
from tests.portal.demo.demos import demo

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "dialogue")]


def test_one_state_of_the_demo_is_on_the_public_page() -> None:
    empty_cache()
    answer = Client().get(reverse("reviews:status-json", args=["untoc"]))
    (state,) = answer.json()["states"]
    assert state["iso3"] == "XLE"
    assert [(review["code"], review["step"]) for review in state["reviews"]] == [("1-XLE", "dialogue")]
