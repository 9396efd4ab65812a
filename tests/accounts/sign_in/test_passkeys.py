"""Passkeys: as a second factor, as a sign-in of their own, and nothing of what is not one."""

import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from accounts.people.models import User
from accounts.sign_in.services.factors import rename_passkey
from core.models import AuditEntry
from tests.accounts.signing import Passkey, add_passkey, give_app, make_old, passkey_sign_in, show_factor, sign_in, url
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
NOTHING_OPENED = "This passkey does not open an account here."


@pytest.fixture
def owner(login_as: LogIn) -> tuple[User, Passkey]:
    """A person with one passkey."""
    user, passkey = UserFactory(), Passkey()
    assert add_passkey(login_as(user), passkey).status_code == 302
    return user, passkey


def messages_on(client: Client) -> list[str]:
    return [str(message) for message in client.get(url("accounts:sign-in")).context["messages"]]


def test_a_passkey_is_added_with_its_name_and_recovery_codes_come_with_it(login_as: LogIn) -> None:
    user = UserFactory()
    client = login_as(user)
    done = add_passkey(client, Passkey(), name="حاسوب الوزارة")
    assert done["Location"] == url("mfa_view_recovery_codes")
    assert "حاسوب الوزارة</bdi>" in client.get(url("mfa_index")).content.decode()
    assert {each.type for each in Authenticator.objects.filter(user=user)} == {"webauthn", "recovery_codes"}


def test_the_options_ask_for_a_key_in_the_device_that_knows_its_owner(login_as: LogIn) -> None:
    options = login_as(UserFactory()).get(url("mfa_add_webauthn")).context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_passkeys_belong_to_the_host_of_the_site_whatever_name_the_request_came_by(
    login_as: LogIn, settings: Settings
) -> None:
    settings.SITE_URL = "https://reviews.example:8443/"
    page = login_as(UserFactory()).get(url("mfa_add_webauthn"), headers={"Host": "elsewhere.example"})
    assert page.context["js_data"]["creation_options"]["publicKey"]["rp"]["id"] == "reviews.example"


def test_a_passkey_signs_in_alone_and_leads_on(client: Client, owner: tuple[User, Passkey]) -> None:
    user, passkey = owner
    other = Client()
    assert passkey_sign_in(other, passkey, next="/en/states/ALB/")["Location"] == "/en/states/ALB/"
    assert other.get(url("accounts:profile")).context["user"] == user


def test_a_passkey_does_not_lead_to_another_site(owner: tuple[User, Passkey]) -> None:
    assert passkey_sign_in(Client(), owner[1], next="https://elsewhere.example/")["Location"] == "/en/"


def test_after_the_passphrase_a_passkey_is_the_second_factor(owner: tuple[User, Passkey]) -> None:
    user, passkey = owner
    other = Client()
    sign_in(other, user)
    page = other.get(url("mfa_authenticate"))
    credential = passkey.get(page.context["js_data"]["request_options"])
    assert other.post(url("mfa_authenticate"), {"credential": credential})["Location"] == "/en/"


def test_a_challenge_is_used_once(owner: tuple[User, Passkey]) -> None:
    passkey, other = owner[1], Client()
    options = other.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()["request_options"]
    credential = passkey.get(options)
    other.post(url("mfa_login_webauthn"), {"credential": credential})
    third = Client()
    third.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert third.post(url("mfa_login_webauthn"), {"credential": credential})["Location"] == url("accounts:sign-in")


@pytest.mark.parametrize("wrong", [{"verifies": False}, {"origin": "http://false.example"}])
def test_a_passkey_without_its_owner_or_from_a_false_page_opens_nothing(
    owner: tuple[User, Passkey], wrong: dict[str, object]
) -> None:
    good, other = owner[1], Client()
    bad = Passkey(identifier=good.identifier, key=good.key, owner=good.owner, **wrong)
    assert passkey_sign_in(other, bad)["Location"] == url("accounts:sign-in")
    assert messages_on(other) == [NOTHING_OPENED]


def test_the_same_is_said_of_an_unknown_passkey_an_unknown_person_and_a_closed_account(
    owner: tuple[User, Passkey],
) -> None:
    user, passkey = owner
    unknown_key = Passkey(owner=passkey.owner)
    unknown_person = Passkey(owner="MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA")
    User.objects.filter(pk=user.pk).update(is_active=False)
    for each in (unknown_key, unknown_person, passkey):
        other = Client()
        assert passkey_sign_in(other, each)["Location"] == url("accounts:sign-in")
        assert messages_on(other) == [NOTHING_OPENED]
        assert "_auth_user_id" not in other.session


def test_the_options_to_sign_in_name_nobody(client: Client, owner: tuple[User, Passkey]) -> None:
    answer = Client().get(url("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"].get("allowCredentials", []) == []


MALFORMED = ["", "null", "[]", "7", '"x"', "{", "{}", '{"id": 1}', json.dumps({"response": []}), "[" * 5000]


@pytest.mark.parametrize("credential", MALFORMED)
def test_a_credential_of_any_shape_is_answered(owner: tuple[User, Passkey], credential: str) -> None:
    user, _passkey = owner
    other = Client()
    other.get(url("mfa_login_webauthn"), headers={"Accept": "application/json"})
    given = {"credential": credential}
    assert other.post(url("mfa_login_webauthn"), given)["Location"] == url("accounts:sign-in")
    sign_in(other, user)
    assert other.post(url("mfa_authenticate"), given).status_code == 422


@pytest.mark.parametrize("credential", MALFORMED)
def test_a_new_credential_of_any_shape_is_answered(login_as: LogIn, credential: str) -> None:
    client = login_as(UserFactory())
    client.get(url("mfa_add_webauthn"))
    page = client.post(url("mfa_add_webauthn"), {"name": "Laptop", "credential": credential})
    assert page.status_code == 422
    assert page.context["form"]["name"].value() == "Laptop"
    assert page.context["form"].non_field_errors() == [
        "The device did not give a passkey. Try again, or use another device."
    ]


def test_a_key_that_does_not_ask_for_its_owner_is_not_added(login_as: LogIn) -> None:
    client = login_as(UserFactory())
    assert add_passkey(client, Passkey(verifies=False)).status_code == 422


def test_one_of_two_passkeys_is_removed_and_the_last_stays(login_as: LogIn) -> None:
    user = UserFactory()
    client = login_as(user)
    first, second = Passkey(), Passkey()
    add_passkey(client, first)
    add_passkey(client, second, name="Telephone")
    rows = Authenticator.objects.filter(user=user, type="webauthn").order_by("pk")
    keys = [row.pk for row in rows]
    assert client.get(url("mfa_remove_webauthn", keys[0])).status_code == 200
    assert client.post(url("mfa_remove_webauthn", keys[0]))["Location"] == url("mfa_index")
    refused = client.post(url("mfa_remove_webauthn", keys[1]))
    assert refused.status_code == 422
    assert [row.pk for row in Authenticator.objects.filter(user=user, type="webauthn")] == [keys[1]]
    assert passkey_sign_in(Client(), first)["Location"] == url("accounts:sign-in")


def test_a_passkey_is_renamed_and_goes_on_signing_in(client: Client, owner: tuple[User, Passkey]) -> None:
    user, passkey = owner
    row = Authenticator.objects.get(user=user, type="webauthn")
    assert url("mfa_edit_webauthn", row.pk) in client.get(url("mfa_index")).content.decode()
    assert client.get(url("mfa_edit_webauthn", row.pk)).context["form"]["name"].value() == "Laptop"
    done = client.post(url("mfa_edit_webauthn", row.pk), {"name": "  حاسوب الوزارة  "})
    assert done["Location"] == url("mfa_index")
    page = client.get(url("mfa_index")).content.decode()
    assert ("حاسوب الوزارة</bdi>" in page, "The passkey has its new name." in page) == (True, True)
    entry = AuditEntry.objects.get(verb="accounts.user.passkey_renamed")
    assert (entry.actor, entry.before, entry.after) == (user, None, None), "names are not kept in the record"
    client.post(url("mfa_edit_webauthn", row.pk), {"name": "حاسوب الوزارة"})
    assert AuditEntry.objects.filter(verb="accounts.user.passkey_renamed").count() == 1, "nothing has changed"
    assert passkey_sign_in(Client(), passkey)["Location"] == "/en/"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("   ", "Give the passkey a name."),
        ("x" * 81, "Ensure this value has at most 80 characters (it has 81)."),
    ],
)
def test_a_name_that_does_not_do_is_said_by_the_field_and_stays(
    client: Client, owner: tuple[User, Passkey], name: str, error: str
) -> None:
    row = Authenticator.objects.get(user=owner[0], type="webauthn")
    page = client.post(url("mfa_edit_webauthn", row.pk), {"name": name})
    assert (page.status_code, page.context["form"].errors["name"]) == (422, [error])
    assert page.context["form"]["name"].value() == name
    row.refresh_from_db()
    assert str(row) == "Laptop"
    assert client.post(url("mfa_edit_webauthn", row.pk), {"name": "x" * 80})["Location"] == url("mfa_index")


def test_renaming_asks_for_a_recent_sign_in(client: Client, owner: tuple[User, Passkey]) -> None:
    row = Authenticator.objects.get(user=owner[0], type="webauthn")
    asked = make_old(client).get(url("mfa_edit_webauthn", row.pk))
    assert asked["Location"].startswith("/en/sign-in/again/")
    assert make_old(client).post(url("mfa_edit_webauthn", row.pk), {"name": "Mine"}).status_code == 302
    row.refresh_from_db()
    assert str(row) == "Laptop"


def test_nobody_renames_the_passkey_of_another_or_an_app(login_as: LogIn, owner: tuple[User, Passkey]) -> None:
    row = Authenticator.objects.get(user=owner[0], type="webauthn")
    thief = UserFactory()
    give_app(thief)
    app = Authenticator.objects.get(user=thief, type="totp")
    for key in (row.pk, app.pk):
        client = show_factor(login_as(thief))
        assert client.get(url("mfa_edit_webauthn", key)).status_code == 404
        assert client.post(url("mfa_edit_webauthn", key), {"name": "Mine"}).status_code == 404
    for passkey in (row, app):
        with pytest.raises(PermissionDenied):
            rename_passkey(actor=thief, passkey=passkey, name="Mine")
    row.refresh_from_db()
    assert str(row) == "Laptop"


def test_nobody_removes_the_passkey_of_another(login_as: LogIn, owner: tuple[User, Passkey]) -> None:
    row = Authenticator.objects.get(user=owner[0], type="webauthn")
    thief = UserFactory()
    give_app(thief)
    assert show_factor(login_as(thief)).post(url("mfa_remove_webauthn", row.pk)).status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_a_passkey_proves_once_more_who_one_is(client: Client, owner: tuple[User, Passkey]) -> None:
    passkey = owner[1]
    old = make_old(client)
    assert old.get(url("mfa_add_webauthn")).status_code == 302
    again = url("mfa_reauthenticate_webauthn")
    page = old.get(f"{again}?next={url('mfa_add_webauthn')}")
    credential = passkey.get(page.context["js_data"]["request_options"])
    wrong = old.post(again, {"credential": "{}", "next": url("mfa_add_webauthn")})
    assert wrong.status_code == 422
    page = old.get(again)
    credential = passkey.get(page.context["js_data"]["request_options"])
    done = old.post(again, {"credential": credential, "next": url("mfa_add_webauthn")})
    assert done["Location"] == url("mfa_add_webauthn")
    assert old.get(url("mfa_add_webauthn")).status_code == 200
