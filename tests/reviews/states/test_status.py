"""The public page of steps: only where the mechanism has one, only of States that agree, and nothing but steps."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.people.models import Affiliation
from core import audit
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from reviews.cases.models import Review, StepChange
from reviews.speakers.selectors import NominatingState
from reviews.states.models import PublicStatus, StatusConsent
from reviews.states.services import agree_to_public_status, end_public_status
from tests.caches import empty_cache
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast, login_as, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    empty_cache()


@pytest.fixture
def place(cast: Cast) -> NominatingState:
    PublicStatus.objects.filter(mechanism=cast.review.mechanism).update(is_open=True)
    return NominatingState(cast.review.mechanism, cast.state)


def document(**headers: str) -> dict[str, Any]:
    answer = Client().get(reverse("reviews:status-json", args=["untoc"]), headers=headers)
    found: dict[str, Any] = answer.json()
    return found


def test_the_reference_data_leaves_the_page_closed(cast: Cast) -> None:
    assert PublicStatus.objects.get(mechanism=cast.review.mechanism).is_open is False
    for name in ("reviews:status", "reviews:status-json"):
        assert Client().get(reverse(name, args=["untoc"])).status_code == 404
    with pytest.raises(ServiceError):
        agree_to_public_status(actor=cast.focal_point, place=NominatingState(cast.review.mechanism, cast.state))


def test_a_state_that_agrees_shows_its_step_and_month_and_nothing_else(cast: Cast, place: NominatingState) -> None:
    assert document()["states"] == []
    agree_to_public_status(actor=cast.focal_point, place=place)
    with guards_off(["reviews_stepchange"]):
        StepChange.objects.filter(review=cast.review).delete()
    StepChange.objects.create(
        review=cast.review, to_step=cast.review.step, at=dt.datetime(2022, 3, 17, 12, tzinfo=dt.UTC)
    )
    assert document() == {
        "mechanism": {"slug": "untoc", "name": cast.review.mechanism.name},
        "states": [
            {
                "iso3": cast.state.iso3,
                "name": cast.state.name,
                "reviews": [
                    {
                        "code": cast.review.code,
                        "phase": 1,
                        "step": cast.review.step.slug,
                        "step_name": cast.review.step.name,
                        "since": "2022-03",
                    }
                ],
            }
        ],
    }
    page = Client().get(reverse("reviews:status", args=["untoc"])).content.decode()
    assert "March 2022" in page
    for hidden in ("17 March", str(cast.same_group_state), cast.bystander_review.code, cast.focal_point.full_name):
        assert hidden not in page


def test_a_state_that_only_reviews_shows_nothing_of_the_others_review(cast: Cast, place: NominatingState) -> None:
    own = NominatingState(place.mechanism, cast.same_group_state)
    agree_to_public_status(actor=cast.same_group_focal_point, place=own)
    assert [(state["iso3"], state["reviews"]) for state in document()["states"]] == [(cast.same_group_state.iso3, [])]


def test_a_consent_that_is_ended_is_gone_at_once(cast: Cast, place: NominatingState) -> None:
    agree_to_public_status(actor=cast.focal_point, place=place)
    first = Client().get(reverse("reviews:status-json", args=["untoc"]))
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert [state["iso3"] for state in document()["states"]] == [cast.state.iso3]
    end_public_status(actor=cast.focal_point, place=place)
    assert document()["states"] == []
    again = Client().get(
        reverse("reviews:status-json", args=["untoc"]), headers={"if-none-match": first.headers["ETag"]}
    )
    assert again.status_code == 200
    assert cast.state.name not in Client().get(reverse("reviews:status", args=["untoc"])).content.decode()


def test_a_page_that_is_closed_again_is_gone_at_once(cast: Cast, place: NominatingState) -> None:
    agree_to_public_status(actor=cast.focal_point, place=place)
    assert document()["states"]
    PublicStatus.objects.update(is_open=False)
    assert Client().get(reverse("reviews:status-json", args=["untoc"])).status_code == 404


def test_the_permanent_mission_agrees_and_ends_and_both_are_recorded(cast: Cast, place: NominatingState) -> None:
    member = UserFactory()
    Affiliation.objects.create(user=member, state_party=cast.state, is_permanent_mission=True)
    consent = agree_to_public_status(actor=member, place=place)
    assert agree_to_public_status(actor=cast.focal_point, place=place) == consent
    end_public_status(actor=cast.focal_point, place=place)
    end_public_status(actor=cast.focal_point, place=place)
    consent.refresh_from_db()
    assert (consent.given_by, consent.ended_by) == (member, cast.focal_point)
    audit.chain_now()
    entries = AuditEntry.objects.filter(verb__startswith="reviews.status").order_by("sequence")
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("reviews.status.agreed", member.pk),
        ("reviews.status.ended", cast.focal_point.pk),
    ]


def test_nobody_else_agrees_for_a_state(cast: Cast, place: NominatingState) -> None:
    for name in ("expert", "observer", "officer", "administrator", "auditor"):
        with pytest.raises(PolicyRefusedError):
            agree_to_public_status(actor=cast.people[name], place=place)
    for name in ("same_group_focal_point", "stranger"):
        with pytest.raises(Http404):
            agree_to_public_status(actor=cast.people[name], place=place)
    assert not StatusConsent.objects.exists()


def test_the_pages_agree_and_end(cast: Cast, place: NominatingState) -> None:
    client = login_as(Client(), cast.focal_point)
    here = ["untoc", cast.state.iso3]
    assert "has not agreed" in client.get(reverse("reviews:state-nominations", args=here)).content.decode()
    answer = client.post(reverse("reviews:status-agree", args=here), follow=True)
    assert "has agreed" in answer.content.decode()
    assert StatusConsent.objects.get().given_at <= timezone.now()
    answer = client.post(reverse("reviews:status-end", args=here), follow=True)
    assert "has not agreed" in answer.content.decode()


def test_the_page_takes_the_same_queries_for_one_review_and_for_three(cast: Cast, place: NominatingState) -> None:
    agree_to_public_status(actor=cast.focal_point, place=place)
    url = reverse("reviews:status", args=["untoc"])
    empty_cache()
    with assert_query_count("reviews:status"):
        assert Client().get(url).content.decode().count('scope="row"') == 1
    for iso3 in ("XAL", "XHV"):
        review = make_review("consultations", state=iso3)
        StatusConsent.objects.create(
            mechanism=place.mechanism, state_party=review.state_under_review, given_by=cast.focal_point
        )
    assert Review.objects.count() >= 3
    empty_cache()
    with assert_query_count("reviews:status"):
        assert Client().get(url).content.decode().count('scope="row"') == 3


def test_the_open_data_are_one_file_whatever_the_reader_speaks(cast: Cast, place: NominatingState) -> None:
    """The names of States stand in another order in each language; a checksum is of one order."""
    for iso3, name in (("XAL", "Zz"), ("XHV", "Aa")):
        state = make_review("consultations", state=iso3).state_under_review
        type(state).objects.filter(pk=state.pk).update(name_en=iso3, name_fr=name)
        StatusConsent.objects.create(mechanism=place.mechanism, state_party=state, given_by=cast.focal_point)
    files = [Client().get("/data/untoc/status.csv", headers={"accept-language": code}).content for code in ("en", "fr")]
    assert files[0] == files[1]
    assert files[0].count(b"\n") == 3


PUBLIC_PAGES = ("observations:publication-list", "lots:public-draw-list", "accounts:sign-in")


def test_pages_for_everybody_lead_to_the_page_where_the_mechanism_has_one(cast: Cast) -> None:
    address = reverse("reviews:status", args=["untoc"])
    for name in PUBLIC_PAGES:
        assert address not in Client().get(reverse(name)).content.decode(), name
    PublicStatus.objects.filter(mechanism=cast.review.mechanism).update(is_open=True)
    for name in PUBLIC_PAGES:
        assert Client().get(reverse(name)).content.decode().count(f'href="{address}"') == 1, name
    with translation.override("ar"):
        arabic = Client().get(reverse("accounts:sign-in")).content.decode()
    assert 'href="/ar/status/untoc/"' in arabic


def test_the_way_to_it_costs_other_pages_nothing(cast: Cast, place: NominatingState) -> None:
    client = login_as(Client(), cast.expert)
    for name, args in (("reviews:review-list", ["untoc"]), ("portal:dashboard", []), ("reviews:status", ["untoc"])):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name, args=args))
        asked = [row["sql"] for row in queries if "reviews_publicstatus" in row["sql"]]
        assert len(asked) == (name == "reviews:status"), name
