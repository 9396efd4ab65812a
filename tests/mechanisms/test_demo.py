"""The demo that comes with a mechanism, built by the command that a first start calls."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.people.models import User
from accounts.states.models import StateParty
from lots.draws.models import Draw
from observations.texts.models import Publication
from portal.demo import account_lines
from portal.demo.load import load_demo
from portal.demo.plan import LARGE
from portal.demo.teams import ACTOR
from portal.reference import load_all
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review
from reviews.opening import Reviewer, open_review
from reviews.programme.models import Phase
from tests.mechanisms.world import SLUG, load

pytestmark = pytest.mark.django_db


def seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def test_a_portal_with_this_mechanism_has_its_own_demo(settings: Any) -> None:
    settings.MECHANISM = SLUG
    load_all()
    assert "Built the demo reviews 1-XAL, 1-XVE, 1-XMB, 1-XOK, 1-XKV." in seed()
    assert dict(Review.objects.values_list("code", "step__slug")) == {
        "1-XAL": "finished",
        "1-XVE": "country-note",
        "1-XMB": "comments",
        "1-XOK": "national-report",
        "1-XKV": "national-report",
    }
    assert set(Draw.objects.values_list("code", "status", "mechanism__slug")) == {("2-T1", "drawn", SLUG)}
    assert Publication.objects.count() == 2
    assert any("helga.sonntag@secretariat.example" in line for line in account_lines())
    people, before = User.objects.count(), set(Review.objects.values_list("pk", "updated_at"))
    assert "The demo is there already." in seed()
    assert (User.objects.count(), set(Review.objects.values_list("pk", "updated_at"))) == (people, before)


@pytest.mark.prove
def test_the_large_demo_takes_no_review_of_another_mechanism_for_its_own() -> None:
    load()
    states = {state.iso3: state for state in StateParty.objects.filter(iso3__in=("XKV", "XOK"))}
    other = open_review(
        actor=ACTOR,
        phase=Phase.objects.select_related("mechanism").get(mechanism__slug=SLUG, number=1),
        state_under_review=states["XKV"],
        reviewers=[Reviewer(states["XOK"], ReviewingBasis.OTHER_GROUP)],
        starts_on=timezone.localdate(),
    )
    assert "1-XKV" in load_demo("consultations", 1), "which is the code of the other one too"
    assert set(Review.objects.filter(code=other.code).values_list("mechanism__slug", flat=True)) == {SLUG, LARGE}


def test_a_name_that_no_folder_has_is_refused_with_those_that_there_are(settings: Any) -> None:
    settings.MECHANISM = "no-such"
    with pytest.raises(CommandError, match="MECHANISM is 'no-such'; there are: dark-skies, untoc"):
        call_command("load_reference")
