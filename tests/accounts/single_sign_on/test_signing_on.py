"""Signing in by an identity provider: whom it lets in, after which proof, and whom it never does."""

import functools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts.affiliations import affiliate
from accounts.lifecycle.services.accounts import change_address, close_account
from accounts.people.enums import AccountStatus
from accounts.people.models import User
from accounts.single_sign_on.models import IdentityLink
from accounts.single_sign_on.protocol import documents
from core.models import AuditEntry, Notification
from core.policy import SystemActor
from tests.accounts.signing import code_now, give_app, make_old, sign_in, url
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
from tests.factories.accounts import AdministratorFactory, InvitedFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as it:
        yield it


def test_who_proves_to_own_the_account_is_connected_and_then_signed_in_by_the_provider(
    client: Client, provider: Provider
) -> None:
    row, ana = provider_row(provider), person()
    provider.says |= {"email": "Ana@Ministry.example", "name": "Ana of the Ministry"}
    back = sign_on(client, row, provider, next=url("mfa_index"))
    assert (back.status_code, is_signed_in(client, ana)) == (302, False), "its word alone opens nothing"
    page = client.get(back.headers["Location"])
    assert "The Ministry</bdi> names you as <bdi>Ana of the Ministry" in page.content.decode()
    assert sign_in(client, ana, next=url("mfa_index")).status_code == 302
    assert IdentityLink.objects.get().user == ana
    assert AuditEntry.objects.filter(verb="accounts.link.made", actor=ana).count() == 1
    assert Notification.objects.filter(template="accounts/link_made", recipient=ana).count() == 1
    another = Client()
    back = sign_on(another, row, provider, next=url("mfa_index"))
    assert (back.headers["Location"], is_signed_in(another, ana)) == (url("mfa_index"), True)


def test_of_an_answer_that_is_not_all_right_nothing_comes(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    wrong: list[dict[str, Any]] = [
        {"iss": "https://other.example"},
        {"aud": "another-program"},
        {"nonce": "of-another-question"},
        {"exp": int(time.time()) - 90},
        {"azp": "another-program", "aud": ["portal", "another-program"]},
        {"sub": ""},
    ]
    for says in wrong:
        provider.says = {"email": ana.email, **says}
        other = Client()
        back = sign_on(other, row, provider)
        assert (back.status_code, is_signed_in(other, ana)) == (403, False), says
    provider.says, provider.signs = {"email": ana.email}, stranger
    other = Client()
    assert (sign_on(other, row, provider).status_code, is_signed_in(other, ana)) == (403, False)
    provider.signs = provider.key
    replayed = other.get(url("account_sign_on_callback", row.place), {"state": "guessed", "code": "good"})
    assert (replayed.status_code, is_signed_in(other, ana)) == (403, False)
    assert sign_on(other, row, provider).status_code == 302
    assert is_signed_in(other, ana)


def test_a_document_of_another_issuer_is_not_followed(client: Client, provider: Provider) -> None:
    row = provider_row(provider, issuer=f"{provider.issuer}/")
    assert client.get(url("accounts:sign-on", row.pk)).status_code == 403


def test_a_provider_that_is_gone_is_told_so_on_the_way_there_and_back(client: Client, provider: Provider) -> None:
    row = provider_row(provider)
    kept = provider.note_question(way_out(client.get(url("accounts:sign-on", row.pk))))
    provider.documents = dict  # type: ignore[method-assign]
    documents.forget()
    back = client.get(url("account_sign_on_callback", row.place), {"state": kept, "code": "good"})
    there = client.get(url("accounts:sign-on", row.pk))
    assert [each.status_code for each in (back, there)] == [403, 403]
    assert "did not answer as it should" in there.content.decode()


def test_a_provider_speaks_for_its_own_people_alone(client: Client, provider: Provider) -> None:
    """Whatever address it asserts, and says that it has verified."""
    row = provider_row(provider)
    ana = person()
    of_two_states = person("both")
    affiliate(of_two_states, state("AUT"))
    others: list[User | str] = [
        person("eve", "AUT"),
        person("gmail", domain="mail.example"),
        of_two_states,
        AdministratorFactory(email="boss@ministry.example"),
        UserFactory(email="nowhere@ministry.example"),
        person("closed", is_active=False),
        "nobody@ministry.example",
    ]
    for each in others:
        address = each if isinstance(each, str) else each.email
        provider.says = {"email": address, "sub": address}
        other = Client()
        back = sign_on(other, row, provider)
        assert (back.status_code, "No account comes about" in back.content.decode()) == (403, True), address
        if isinstance(each, User) and each.is_active:
            sign_in(other, each)
    assert User.objects.filter(email="nobody@ministry.example").count() == 0
    assert not IdentityLink.objects.exists()
    provider.says = {"email": ana.email, "email_verified": False}
    assert "email_verified" in sign_on(client, row, provider).content.decode()
    provider.says = {"email": ana.email}
    sign_on(client, row, provider)
    sign_in(client, person("bea"))
    assert not IdentityLink.objects.exists(), "of another person's proof nothing is connected"


def test_a_connection_holds_as_long_as_the_person_is_of_the_provider(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    affiliate(ana, state("AUT"))
    other = Client()
    assert (sign_on(other, row, provider).status_code, is_signed_in(other, ana)) == (403, False)


def test_whom_the_provider_names_otherwise_by_now_proves_it_once_more(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    provider.says["sub"] = "8"
    other = Client()
    connect(other, row, provider, ana)
    assert list(IdentityLink.objects.filter(ended_at=None).values_list("user", "subject")) == [(ana.pk, "8")]
    assert AuditEntry.objects.filter(verb="accounts.link.ended", actor=ana).count() == 1
    assert Notification.objects.filter(template="accounts/link_made", recipient=ana).count() == 2


def test_a_connection_ends_with_the_account_and_with_its_address(client: Client, provider: Provider) -> None:
    row, given = provider_row(provider), {"actor": SystemActor("test"), "reason": "Left.", "request": "1"}
    ends = {
        "ana": close_account,
        "bea": functools.partial(change_address, email="bea2@ministry.example"),
    }
    for name, end in ends.items():
        user = person(name)
        provider.says = {"email": user.email, "sub": name}
        connect(Client(), row, provider, user)
        assert IdentityLink.objects.filter(user=user, ended_at=None).exists()
        end(user=user, **given)
        assert not IdentityLink.objects.filter(user=user, ended_at=None).exists(), name


def test_who_is_invited_begins_by_the_invitation(client: Client, provider: Provider) -> None:
    row = provider_row(provider)
    invited = InvitedFactory(email="new@ministry.example", status=AccountStatus.INVITED)
    affiliate(invited, state())
    provider.says["email"] = invited.email
    back = sign_on(client, row, provider)
    assert (back.status_code, "mail of your invitation" in back.content.decode()) == (403, True)


def test_the_portal_asks_for_its_second_factor_unless_it_trusts_that_of_the_provider(
    client: Client, provider: Provider
) -> None:
    row, ana = provider_row(provider), person()
    secret = give_app(ana)
    connect(client, row, provider, ana)
    client.post(url("mfa_authenticate"), {"code": code_now(secret)})
    assert is_signed_in(client, ana)
    provider.says["amr"] = ["pwd", "mfa"]
    other = Client()
    assert sign_on(other, row, provider).headers["Location"] == url("mfa_authenticate")
    assert not is_signed_in(other, ana)
    row.delete()
    trusted = provider_row(provider, trusts_factor=True)
    sign_on(other, trusted, provider)
    assert is_signed_in(other, ana)
    provider.says["amr"] = ["pwd"]
    another = Client()
    assert sign_on(another, trusted, provider).headers["Location"] == url("mfa_authenticate")


def test_who_has_no_factor_here_has_shown_one_where_the_provider_is_trusted_and_says_so(
    client: Client, provider: Provider
) -> None:
    row, ana = provider_row(provider, trusts_factor=True), person()
    connect(client, row, provider, ana)
    shown, not_shown = Client(), Client()
    provider.says["amr"] = ["pwd"]
    sign_on(not_shown, row, provider)
    assert not_shown.session["limits"]["factor_due"] is not None
    provider.says["amr"] = ["pwd", "otp"]
    sign_on(shown, row, provider)
    assert shown.session["limits"]["factor_due"] is None
    make_old(shown)
    ways = shown.get(url("account_reauthenticate"))
    assert url("accounts:sign-on-again", row.pk) in ways.headers["Location"], "a passphrase is no second factor"
    provider.says["amr"] = ["pwd"]
    assert sign_on(shown, row, provider, "sign-on-again").headers["Location"] == url("mfa_index")
    provider.says["amr"] = ["pwd", "otp"]
    sign_on(shown, row, provider, "sign-on-again")
    assert shown.get(url("mfa_activate_totp")).status_code == 200, "recent again"


def test_who_is_forced_comes_in_by_the_provider_alone_but_for_the_last_administrator(
    client: Client, provider: Provider
) -> None:
    row, ana = provider_row(provider, is_forced=True), person()
    back = sign_in(client, ana)
    assert (back.headers["Location"], is_signed_in(client, ana)) == (url("accounts:sign-in"), False)
    connect(client, row, provider, ana)
    assert is_signed_in(client, ana), "once, to prove who it is"
    other = Client()
    sign_in(other, ana)
    assert not is_signed_in(other, ana)
    sign_on(other, row, provider)
    assert is_signed_in(other, ana)
    provider_row(provider, state_party=None, is_forced=True, domains=["states.example"])
    for_two = Client()
    sign_in(for_two, row.prepared_by)
    assert not is_signed_in(for_two, row.prepared_by)
    User.objects.filter(secretariat_role="administrator").exclude(pk=row.prepared_by_id).update(is_active=False)
    last = Client()
    sign_in(last, row.prepared_by)
    assert is_signed_in(last, row.prepared_by)


def test_before_what_binds_the_provider_asks_anew_and_says_when(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider, is_forced=True), person()
    connect(client, row, provider, ana)
    make_old(client)
    asks = url("account_reauthenticate")
    way = client.get(asks, {"next": url("accounts:token-make")}).headers["Location"]
    assert way.partition("?")[0] == url("accounts:sign-on-again", row.pk)
    provider.says["auth_time"] = int(time.time()) - 3600
    assert sign_on(client, row, provider, "sign-on-again").status_code == 403
    assert (provider.asked["prompt"], provider.asked["max_age"]) == ("login", "0")
    assert client.get(asks).status_code == 302
    provider.says["auth_time"] = int(time.time())
    back = sign_on(client, row, provider, "sign-on-again", next=url("accounts:token-list"))
    assert back.headers["Location"] == url("accounts:token-list")
    old = Client()
    provider.says["auth_time"] = int(time.time()) - 3600
    sign_on(old, row, provider)
    assert is_signed_in(old, ana)
    assert old.get(url("accounts:own-password")).status_code == 200
    binding = old.get(url("accounts:token-make"))
    assert (binding.status_code, "again" in binding.headers["Location"]) == (302, True), "long ago is not recent"


def test_a_way_back_that_is_not_ours_is_not_taken(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    other = Client()
    back = sign_on(other, row, provider, next="https://evil.example/")
    assert back.headers["Location"].startswith("/")


def test_where_there_are_many_providers_the_domain_of_an_address_finds_one(client: Client, provider: Provider) -> None:
    for number in range(4):
        provider_row(provider, name=f"Ministry {number}", domains=[f"m{number}.example"])
    page = client.get(url("accounts:sign-in")).content.decode()
    assert ("Ministry 2" in page, url("accounts:sign-on-find") in page) == (False, True)
    found = client.post(url("accounts:sign-on-find"), {"email": "whoever@M2.example"}).content.decode()
    assert ("Ministry 2" in found, "Ministry 1" in found) == (True, False)
    none = client.post(url("accounts:sign-on-find"), {"email": "whoever@mail.example"}).content.decode()
    assert "Nobody is set up" in none


def test_whoever_signs_out_is_told_to_sign_out_there_too(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    other = Client()
    sign_on(other, row, provider)
    assert "At your institution" in other.post(url("accounts:sign-out"), follow=True).content.decode()
    assert "At your institution" not in client.post(url("accounts:sign-out"), follow=True).content.decode()
