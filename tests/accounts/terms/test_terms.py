"""Nobody opens a page of the portal before having accepted the terms of confidentiality."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people import backends
from accounts.people.models import User
from accounts.terms.models import ConfidentialityTerms, TermsAcceptance
from accounts.terms.selectors import forget_newest_terms
from accounts.terms.services import accept_terms
from core.errors import ServiceError
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _terms_are_looked_up() -> Iterator[None]:
    forget_newest_terms()
    yield
    forget_newest_terms()


def signed_in(user: User) -> Client:
    """As after a sign-in: the session knows nothing of the terms yet."""
    client = Client()
    client.force_login(user, backend=backends.PATH)
    return client


def newer_terms(*, in_days: int = 0) -> ConfidentialityTerms:
    forget_newest_terms()
    valid_from = timezone.localdate() + dt.timedelta(days=in_days)
    return ConfidentialityTerms.objects.create(number=2, text="Be *discreet*.", valid_from=valid_from)


def test_every_page_leads_to_the_terms_and_on_from_there(cast: Cast) -> None:
    with guards_off(["accounts_termsacceptance"]):
        TermsAcceptance.objects.all().delete()
    client, address = signed_in(cast.expert), f"/en/untoc/reviews/{cast.review.code}/"
    page = client.get(f"{address}?a=b")
    assert page["Location"] == f"/en/terms/?next=%2Fen%2Funtoc%2Freviews%2F{cast.review.code}%2F%3Fa%3Db"
    page = client.get(page["Location"])
    assert "What you read and write here belongs to a country review." in page.content.decode()
    form = {name: page.context["form"][name].value() for name in ("number", "next")}
    refused = client.post("/en/terms/", form)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"accept"})
    http_response = client.post("/en/terms/", {**form, "accept": "on"})
    assert http_response["Location"] == f"{address}?a=b"
    assert client.get(address).status_code == 200
    entry = AuditEntry.objects.get(verb="accounts.terms.accepted")
    assert (entry.actor, entry.after) == (cast.expert, {"number": 1})


def test_the_terms_lead_to_no_other_site() -> None:
    client = signed_in(UserFactory(accepts_terms=False))
    given = {"number": 1, "accept": "on", "next": "https://elsewhere.example/"}
    assert client.post("/en/terms/", given)["Location"] == "/en/"


@pytest.mark.parametrize("address", ["/en/terms/", "/en/profile/", "/en/published/", "/robots.txt"])
def test_public_pages_and_those_of_the_own_account_are_open(address: str) -> None:
    assert signed_in(UserFactory(accepts_terms=False)).get(address).status_code == 200


def test_the_api_refuses_with_problem_details() -> None:
    client = signed_in(UserFactory(accepts_terms=False))
    answer = client.get("/api/v1/untoc/reviews/", headers={"accept": "application/json"})
    words = "Accept the terms of confidentiality on the portal's pages first."
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json() == {"status": 403, "type": "about:blank", "title": words, "reason": words}


def test_a_fragment_leads_the_whole_page_to_the_terms() -> None:
    answer = signed_in(UserFactory(accepts_terms=False)).get("/en/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/en/terms/")


def test_later_terms_are_asked_for_again() -> None:
    client = signed_in(UserFactory())
    assert client.get("/en/").status_code == 200
    newer_terms()
    assert client.get("/en/")["Location"] == "/en/terms/?next=%2Fen%2F"
    assert "<em>discreet</em>" in client.get("/en/terms/").content.decode()


def test_terms_of_tomorrow_are_not_asked_for_today() -> None:
    newer_terms(in_days=1)
    assert signed_in(UserFactory()).get("/en/").status_code == 200


def test_what_is_being_sent_when_later_terms_become_valid_is_still_taken(cast: Cast) -> None:
    client = signed_in(cast.focal_point)
    address = f"/en/untoc/reviews/{cast.review.code}/"
    newer_terms()
    sent = client.post(f"{address}rooms/", {})
    assert sent.status_code == 403, "the policy answers, and not the middleware"
    assert client.get(address).status_code == 302


def test_who_has_never_accepted_sends_nothing(cast: Cast) -> None:
    with guards_off(["accounts_termsacceptance"]):
        TermsAcceptance.objects.all().delete()
    sent = signed_in(cast.focal_point).post(f"/en/untoc/reviews/{cast.review.code}/rooms/", {})
    assert sent["Location"] == "/en/terms/"


def test_after_the_acceptance_a_page_asks_nothing_more() -> None:
    client, address = signed_in(UserFactory()), "/en/states/?group=eastern-european"
    client.get(address)
    with assert_query_count("reviews:state-list"):
        client.get(address)


def test_the_terms_are_accepted_once_and_only_the_newest() -> None:
    user = UserFactory(accepts_terms=False)
    accept_terms(actor=user, number=1)
    accept_terms(actor=user, number=1)
    assert TermsAcceptance.objects.filter(user=user).count() == 1
    newer_terms()
    with pytest.raises(ServiceError, match="Newer terms have become valid"):
        accept_terms(actor=user, number=1)
