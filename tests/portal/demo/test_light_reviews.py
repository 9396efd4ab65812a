"""Reviews without content, as many as one wants to measure with."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.states.models import StateParty
from reviews.cases.models import Review

pytestmark = pytest.mark.django_db


def test_light_reviews_for_measurements() -> None:
    states = StateParty.objects.count()
    out = StringIO()
    call_command("seed_demo", "--until", "consultations", "--reviews", "9", stdout=out)
    assert "Opened 9 light reviews." in out.getvalue()
    assert Review.objects.count() == 11
    made = StateParty.objects.order_by("-created_at")[: StateParty.objects.count() - states]
    assert {(state.is_fictional, state.iso3[0]) for state in made} == {(True, "X")}
