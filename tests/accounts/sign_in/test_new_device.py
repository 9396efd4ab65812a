"""A sign-in from a device that is new is told by mail, the very first one excepted."""

import pytest
from django.core import mail
from django.test import Client

from accounts.people.models import User
from accounts.sessions.devices import COOKIE
from core.mail import notifications
from core.models import Notification
from tests.accounts.signing import Passkey, add_passkey, give_app, passkey_sign_in, sign_in, url
from tests.factories.accounts import UserFactory
from tests.utils import login_as as signed_in

pytestmark = pytest.mark.django_db


def mails_to(user: User) -> int:
    return Notification.objects.filter(recipient=user, template="accounts/new_device").count()


def test_the_very_first_sign_in_is_not_told(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    assert mails_to(user) == 0


def test_a_device_that_is_known_is_not_told_again(client: Client) -> None:
    user = UserFactory()
    for _time in range(3):
        sign_in(client, user)
        client.post(url("accounts:sign-out"))
    assert mails_to(user) == 0


def test_a_new_device_is_told_once_with_what_helps_to_know_it() -> None:
    user = UserFactory()
    sign_in(Client(), user)
    other = Client(REMOTE_ADDR="192.0.2.9")
    for _time in range(2):
        sign_in(other, user)
        other.post(url("accounts:sign-out"))
    assert mails_to(user) == 1
    owed = Notification.objects.get(recipient=user)
    assert notifications.deliver(str(owed.pk))
    body = str(mail.outbox[-1].body)
    assert "Device: Firefox on Linux" in body
    assert "Address: 192.0.2.9" in body
    assert "/en/security/sessions/" in body
    assert mail.outbox[-1].subject == "A sign-in from a new device"


def test_two_people_on_one_device_are_both_known() -> None:
    shared, ana, ben = Client(), UserFactory(), UserFactory()
    for user in (ana, ben):
        sign_in(Client(), user)
    for user in (ana, ben, ana, ben):
        sign_in(shared, user)
        shared.post(url("accounts:sign-out"))
    assert (mails_to(ana), mails_to(ben)) == (1, 1)


@pytest.mark.parametrize("value", ["", "x", "W10:1abc:forged", "a" * 4000])
def test_a_cookie_that_is_not_ours_knows_nobody(value: str) -> None:
    user = UserFactory()
    sign_in(Client(), user)
    forger = Client()
    forger.cookies[COOKIE] = value
    sign_in(forger, user)
    assert mails_to(user) == 1


def test_the_cookie_names_nobody_and_is_for_the_server_alone(client: Client) -> None:
    user = UserFactory()
    cookie = sign_in(client, user).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 60 * 60)
    assert str(user.pk) not in cookie.value
    assert user.email not in cookie.value


def test_who_knows_only_the_passphrase_is_not_taken_for_a_device() -> None:
    user = UserFactory()
    sign_in(Client(), user)
    give_app(user)
    half = Client()
    sign_in(half, user)
    assert COOKIE not in half.cookies
    assert mails_to(user) == 0


def test_a_passkey_on_a_new_device_is_told_too() -> None:
    user, passkey = UserFactory(), Passkey()
    add_passkey(signed_in(Client(), user), passkey)
    passkey_sign_in(Client(), passkey)
    assert mails_to(user) == 1
