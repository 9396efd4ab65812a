"""What a provider does to whoever is led to it unasked or by a form, and what of its word is not enough."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.affiliations import affiliate
from accounts.people.models import User
from accounts.single_sign_on.models import IdentityLink
from tests.accounts.signing import make_old, sign_in, url
from tests.accounts.single_sign_on.provider import Provider, running
from tests.accounts.single_sign_on.signing_on import (
    connect,
    is_signed_in,
    person,
    provider_row,
    sign_on,
    state,
    way_out,
)

pytestmark = pytest.mark.django_db
CONNECT = url("accounts:sign-on-connect")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as it:
        yield it


def test_who_only_follows_a_link_is_connected_with_nobody(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    sign_in(client, ana)
    provider.says |= {"sub": "evil", "email": ana.email, "name": "Ana?"}
    assert sign_on(client, row, provider, next="/en/profile/").headers["Location"] == CONNECT
    page = client.get(CONNECT).content.decode()
    assert ("The Ministry" in page, "Ana?" in page, IdentityLink.objects.exists()) == (True, True, False)
    client.post(url("accounts:sign-on-forget"))
    assert client.post(CONNECT).headers["Location"] == url("mfa_index")
    assert not IdentityLink.objects.exists(), "she has said not to"
    sign_on(make_old(client), row, provider, next="/en/profile/")
    asked = client.post(CONNECT)
    assert (asked.status_code, IdentityLink.objects.exists()) == (302, False), "the sign-in is not recent"
    assert "On the next page you connect" in client.get(asked.headers["Location"]).content.decode()
    sign_in(fresh := Client(), ana)
    sign_on(fresh, row, provider, next="/en/profile/")
    assert fresh.post(CONNECT).headers["Location"] == "/en/profile/"
    assert IdentityLink.objects.get().user == ana


def test_a_provider_asks_nobody_anew_who_is_not_one_of_its_people_any_more(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider, trusts_factor=True), person()
    connect(client, row, provider, ana)
    kept = provider.note_question(way_out(client.get(url("accounts:sign-on-again", row.pk))))
    affiliate(ana, state("AUT"))
    back = client.get(url("account_sign_on_callback", row.place), {"state": kept, "code": "good"})
    assert [back.status_code, client.get(url("accounts:sign-on-again", row.pk)).status_code] == [403, 403]


def test_after_a_form_no_redirect_leads_to_another_host(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider, is_forced=True), person()
    connect(client, row, provider, ana)
    make_old(client)
    for form in ("mfa_activate_totp", "accounts:token-make"):
        answer = client.post(url(form), follow=True)
        assert all(way.startswith("/") for way, _ in answer.redirect_chain), form
        assert way_out(answer).startswith(provider.issuer), form


def test_who_has_to_set_up_a_factor_proves_it_at_the_provider_first(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider, is_forced=True), person()
    connect(client, row, provider, ana)
    long_ago = ana.created_at.replace(year=2020, day=1)
    User.objects.filter(pk=ana.pk).update(created_at=long_ago, activated_at=long_ago)
    other = Client()
    provider.says["auth_time"] = int(time.time()) - 3600
    sign_on(other, row, provider)
    assert other.session["limits"]["factor_due"] < time.time()
    assert way_out(other.get(url("mfa_activate_totp"), follow=True)).startswith(provider.issuer)


def test_a_provider_is_asked_when_the_person_proved_it_there(client: Client, provider: Provider) -> None:
    row = provider_row(provider)
    provider.note_question(way_out(client.get(url("accounts:sign-on", row.pk))))
    assert (provider.asked["max_age"], "prompt" in provider.asked) == ("86400", False)


def test_one_factor_does_not_pass_as_two(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider, trusts_factor=True), person()
    connect(client, row, provider, ana)
    ways = {("otp",): False, ("hwk", "sc"): False, ("pwd", "pin"): False, ("pin", "hwk"): True, ("mfa",): True}
    for said, are_two in ways.items():
        provider.says["amr"] = [*said, 7, {}]
        other = Client()
        sign_on(other, row, provider)
        assert (other.session["limits"]["factor_due"] is None) == are_two, said


def test_an_identity_that_waits_hides_no_button(client: Client, provider: Provider) -> None:
    row, ana, bea = provider_row(provider, is_forced=True), person(), person("bea")
    provider.says["email"] = ana.email
    sign_on(client, row, provider)
    page = client.get(url("accounts:sign-in")).content.decode()
    assert (url("accounts:sign-on", row.pk) in page, url("accounts:sign-on-forget") in page) == (True, True)
    sign_in(client, bea)
    assert not is_signed_in(client, bea)
    assert "names you as" not in client.get(url("accounts:sign-in")).content.decode(), "it is not hers"
