"""Signing in by e-mail address and passphrase: who gets in, what is said, and what is not given away."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.people.models import User
from accounts.templatetags.account_links import set_password_path
from core.models import Notification
from tests.accounts.signing import Passkey, add_passkey, passkey_sign_in, sign_in, url
from tests.factories.accounts import PASSPHRASE, UserFactory
from tests.utils import login_as as signed_in

pytestmark = pytest.mark.django_db


def hashes_made(client: Client, email: str) -> int:
    """How often a passphrase is hashed for one attempt, which is what takes time."""
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
        client.post(url("accounts:sign-in"), {"username": email, "password": "not the passphrase"})
    return encode.call_count


def test_an_attempt_takes_the_same_hash_work_whoever_there_is(client: Client) -> None:
    UserFactory(email="ana@states.example")
    UserFactory(email="closed@states.example", is_active=False)
    invited = User.objects.create_user("invited@states.example", full_name="Noor New")
    assert not invited.has_usable_password()
    known, closed, without, unknown = (
        hashes_made(client, f"{name}@states.example") for name in ("ana", "closed", "invited", "nobody")
    )
    assert (known, closed, without, unknown) == (1, 1, 1, 1)


def test_a_closed_account_gets_no_session_with_the_right_passphrase(client: Client) -> None:
    user = UserFactory(is_active=False)
    page = sign_in(client, user)
    assert page.status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_key_of_the_session_is_another_after_signing_in(client: Client) -> None:
    client.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"})
    before = client.session.session_key
    sign_in(client, UserFactory())
    assert before
    assert client.session.session_key != before


def test_the_cookie_of_the_session_is_for_the_server_and_this_site_alone(client: Client) -> None:
    http_response = sign_in(client, UserFactory())
    cookie = http_response.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_signing_out_clears_what_the_browser_kept(client: Client) -> None:
    sign_in(client, UserFactory())
    key = client.session.session_key
    http_response = client.post(url("accounts:sign-out"))
    assert http_response["Clear-Site-Data"] == '"cache"'
    assert not client.session.exists(key)


TOO_MANY = "Too many attempts. Try again in 15 minutes."
TOO_MANY_STRANGERS = (
    "Too many attempts from devices that have not signed in to this account before. Sign in with a passkey, set a new "
    "passphrase by mail, or try again in 15 minutes."
)
WRONG = "The e-mail address or the passphrase is not right."


def tries_of_strangers(user: User, count: int = 11) -> list[str]:
    """Wrong passphrases, each from a place of its own; what was said to each."""
    pages = [
        Client().post(
            url("accounts:sign-in"), {"username": user.email, "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        for number in range(count)
    ]
    return [page.context["form"].non_field_errors()[0] for page in pages]


def test_too_many_attempts_on_a_name_from_many_places_wait() -> None:
    """Beyond axes, which counts a name and a place together. Nobody learns whether there is such an account."""
    nobody = User(email="nobody@states.example")
    for user in (UserFactory(), nobody):
        assert tries_of_strangers(user) == [*[WRONG] * 10, TOO_MANY_STRANGERS], user.email


def device_of(user: User) -> Client:
    """A browser in which the person has signed in and out before."""
    device = Client()
    sign_in(device, user)
    device.post(url("accounts:sign-out"))
    assert "_auth_user_id" not in device.session
    return device


def test_strangers_do_not_shut_a_person_out_at_a_device_of_his_or_her_own() -> None:
    user = UserFactory()
    device = device_of(user)
    assert tries_of_strangers(user)[-1] == TOO_MANY_STRANGERS
    assert sign_in(Client(), user).status_code == 422, "a stranger, though the passphrase be right"
    assert sign_in(device, user).status_code == 302
    assert device.session["_auth_user_id"] == str(user.pk)


def test_a_stranger_behind_the_same_address_does_not_shut_a_person_out_either() -> None:
    user = UserFactory()
    device = device_of(user)
    for _time in range(9):
        stranger = sign_in(Client(), user, "wrong")
    assert "closed from your connection" in stranger.content.decode()
    assert sign_in(device, user).status_code == 302


def test_strangers_do_not_shut_out_a_passkey() -> None:
    user, passkey = UserFactory(), Passkey()
    add_passkey(signed_in(Client(), user), passkey)
    assert tries_of_strangers(user)[-1] == TOO_MANY_STRANGERS
    elsewhere = Client()
    assert passkey_sign_in(elsewhere, passkey).status_code == 302
    assert elsewhere.session["_auth_user_id"] == str(user.pk)


def test_strangers_do_not_shut_out_who_has_set_a_passphrase_by_mail_here() -> None:
    """The way in for a new device; the first sign-in from it is told all the same."""
    user = UserFactory(last_login=timezone.now())
    assert tries_of_strangers(user)[-1] == TOO_MANY_STRANGERS
    device, new = Client(), "another long passphrase 9"
    page = device.get(set_password_path(user), follow=True)
    device.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    assert sign_in(device, user, new).status_code == 302
    assert Notification.objects.filter(recipient=user, template="accounts/new_device").count() == 1


def test_guessing_at_a_known_device_is_slow_too() -> None:
    user = UserFactory()
    device = device_of(user)
    said = []
    for number in range(11):
        given = {"username": user.email, "password": "wrong"}
        page = device.post(url("accounts:sign-in"), given, REMOTE_ADDR=f"192.0.2.{number}")
        said.append(page.context["form"].non_field_errors()[0])
    assert said == [*[WRONG] * 10, TOO_MANY]
    assert sign_in(Client(), user).status_code == 302, "elsewhere it is counted apart"


def test_a_device_is_known_to_its_own_people_alone() -> None:
    """Who has an account here does not guess at a colleague's under the smaller count."""
    ana, ben = UserFactory(), UserFactory()
    device = device_of(ben)
    assert tries_of_strangers(ana)[-1] == TOO_MANY_STRANGERS
    page = device.post(url("accounts:sign-in"), {"username": ana.email, "password": "wrong"})
    assert page.context["form"].non_field_errors() == [TOO_MANY_STRANGERS]


def test_too_many_attempts_from_one_place_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    given = {"username": "nobody@states.example", "password": PASSPHRASE}
    pages = [client.post(url("accounts:sign-in"), given, REMOTE_ADDR="198.51.100.7") for _attempt in range(3)]
    assert [page.status_code for page in pages] == [422, 422, 429]
    assert "Too many attempts" in pages[2].content.decode()


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_asking_for_a_new_passphrase_too_often_waits_whether_there_is_an_account(client: Client, name: str) -> None:
    UserFactory(email="ana@states.example")
    given = {"email": f"{name}@states.example"}
    statuses = [client.post(url("accounts:forgot-password"), given).status_code for _time in range(6)]
    assert statuses == [302, 302, 302, 302, 302, 429]


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_inactive",
        "account_logout",
        "account_change_password",
        "account_reset_password",
        "account_request_login_code",
        "mfa_trust",
        "mfa_signup_webauthn",
        "socialaccount_connections",
    ],
)
def test_no_other_page_of_the_library_is_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_input_of_any_shape_is_answered(client: Client) -> None:
    for name, passphrase in [("", ""), ("a" * 5000, "b" * 5000), ("ana\x00@states.example", "x"), ("a@b", "\ud7ff")]:
        page = client.post(url("accounts:sign-in"), {"username": name, "password": passphrase})
        assert page.status_code == 422, (name[:20], passphrase[:20])
