"""The app with codes, recovery codes, and that everybody has a second factor after the days of grace."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.factors.selectors import has_second_factor
from accounts.people.models import User
from accounts.sign_in.services.factors import reset_second_factor
from accounts.staff_sessions.services import start_staff_session
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from tests.accounts.signing import code_now, give_app, make_old, queries_of, show_factor, sign_in, url
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.utils import SYSTEM, login_as as signed_in

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def person(*, days_ago: int = 0, **more: object) -> User:
    user = UserFactory(**more)
    user.activated_at = timezone.now() - dt.timedelta(days=days_ago)
    user.save(update_fields=["activated_at"])
    return user


def set_up_app(client: Client) -> tuple[str, object]:
    page = client.get(url("mfa_activate_totp"))
    secret = page.context["secret"]
    return secret, client.post(url("mfa_activate_totp"), {"code": code_now(secret)})


def test_an_app_is_set_up_by_the_code_that_it_shows(login_as: LogIn) -> None:
    user = UserFactory()
    client = login_as(user)
    page = client.get(url("mfa_activate_totp"))
    html = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in html, "what the policy of contents allows"
    assert page.context["grouped_secret"].replace(" ", "") == page.context["secret"]
    wrong = client.post(url("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["secret"] == page.context["secret"], "the picture that was scanned stays right"
    done = client.post(url("mfa_activate_totp"), {"code": code_now(page.context["secret"])})
    assert done["Location"] == url("mfa_view_recovery_codes")
    assert has_second_factor(user)
    assert AuditEntry.objects.get(verb="accounts.user.factor_added").after == {"kind": "totp"}


def test_the_key_of_an_app_is_not_stored_as_it_is() -> None:
    user = UserFactory()
    secret = give_app(user)
    stored = Authenticator.objects.get(user=user)
    assert secret not in str(stored.data)
    assert stored.wrap().validate_code(code_now(secret))


def test_under_a_new_secret_key_old_codes_open_nothing_and_nothing_breaks(settings: Settings) -> None:
    user = UserFactory()
    secret = give_app(user)
    old_key = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-that-is-long-enough-for-a-test-0123456789"
    app = Authenticator.objects.get(user=user).wrap()
    assert not app.validate_code(code_now(secret))
    settings.SECRET_KEY_FALLBACKS = [old_key]
    assert app.validate_code(code_now(secret))


def test_signing_in_asks_for_the_code_before_there_is_a_session(client: Client) -> None:
    user = UserFactory()
    secret = give_app(user)
    asked = sign_in(client, user, next="/en/states/ALB/")
    assert asked["Location"] == url("mfa_authenticate")
    assert client.get("/en/states/ALB/")["Location"].startswith("/en/sign-in/"), "half signed in is not signed in"
    assert client.post(url("mfa_authenticate"), {"code": "123456"}).status_code == 422
    done = client.post(url("mfa_authenticate"), {"code": code_now(secret)})
    assert done["Location"] == "/en/states/ALB/"
    assert client.get("/en/states/ALB/").status_code == 200


def test_a_code_works_once_as_long_as_it_is_valid(client: Client) -> None:
    user = UserFactory()
    secret = give_app(user)
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        code = code_now(secret)
        sign_in(client, user)
        assert client.post(url("mfa_authenticate"), {"code": code}).status_code == 302
        traveller.shift(31)
        other = Client()
        sign_in(other, user)
        page = other.post(url("mfa_authenticate"), {"code": code})
    assert page.status_code == 422
    assert page.context["form"].errors["code"] == [
        "This code is not right, or it has been used. Wait for the next one."
    ]


def test_guessing_codes_is_stopped(client: Client) -> None:
    user = UserFactory()
    secret = give_app(user)
    sign_in(client, user)
    for number in range(10):
        client.post(url("mfa_authenticate"), {"code": f"{number:06}"})
    page = client.post(url("mfa_authenticate"), {"code": code_now(secret)})
    assert page.context["form"].errors["code"] == ["Too many attempts. Try again in 15 minutes."]


@pytest.mark.parametrize("code", ["", " ", "٠١٢٣٤٥", "1" * 5000, "\x00", "abc def"])
def test_a_code_of_any_shape_is_answered(client: Client, code: str) -> None:
    user = UserFactory()
    give_app(user)
    sign_in(client, user)
    assert client.post(url("mfa_authenticate"), {"code": code}).status_code == 422


def test_recovery_codes_are_shown_once_and_open_the_account_once(login_as: LogIn) -> None:
    user = UserFactory()
    client = login_as(user)
    set_up_app(client)
    page = client.get(url("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert f"%0A{codes[9]}" in page.content.decode(), "to download as text, without another request"
    again = client.get(url("mfa_view_recovery_codes"))
    assert not any(code in again.content.decode() for code in codes)
    for expected in (302, 422):
        other = Client()
        sign_in(other, user)
        assert other.post(url("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_new_recovery_codes_end_the_old_ones(login_as: LogIn) -> None:
    user = UserFactory()
    client = login_as(user)
    set_up_app(client)
    old = client.get(url("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.post(url("mfa_generate_recovery_codes"))["Location"] == url("mfa_view_recovery_codes")
    new = client.get(url("mfa_view_recovery_codes")).context["unused_codes"]
    assert set(old) & set(new) == set()
    other = Client()
    sign_in(other, user)
    assert other.post(url("mfa_authenticate"), {"code": old[0]}).status_code == 422
    assert other.post(url("mfa_authenticate"), {"code": new[0]}).status_code == 302


def test_there_are_no_recovery_codes_without_a_second_factor(login_as: LogIn) -> None:
    client = login_as(UserFactory())
    page = client.post(url("mfa_generate_recovery_codes"))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["Set up an app or a passkey first."]


def test_the_last_second_factor_is_not_removed(login_as: LogIn) -> None:
    user = UserFactory()
    give_app(user)
    client = show_factor(login_as(user))
    page = client.post(url("mfa_deactivate_totp"))
    assert page.status_code == 422
    assert "This is your only second factor, and one is required." in page.content.decode()
    assert url("mfa_deactivate_totp") not in client.get(url("mfa_index")).content.decode()
    assert has_second_factor(user)


def test_changes_need_a_recent_sign_in(login_as: LogIn) -> None:
    user = UserFactory()
    give_app(user)
    client = make_old(login_as(user))
    for name in ("mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.get(url(name))["Location"].partition("?")[0] == url("mfa_reauthenticate"), name
        assert client.post(url(name))["Location"].partition("?")[0] == url("mfa_reauthenticate"), name
    assert client.get(url("mfa_index")).status_code == 200


def test_each_change_is_told_by_mail(login_as: LogIn) -> None:
    user = UserFactory(language="ar")
    set_up_app(login_as(user))
    owed = Notification.objects.get(recipient=user)
    assert owed.template == "accounts/factor_added"
    assert notifications.deliver(str(owed.pk))
    assert "/ar/security/" in str(mail.outbox[-1].body)
    assert "127.0.0.1" in str(mail.outbox[-1].body)


def test_during_the_grace_every_page_says_until_when(login_as: LogIn) -> None:
    client = login_as(person(days_ago=1))
    due = timezone.localdate() + dt.timedelta(days=13)
    page = client.get("/en/states/ALB/")
    assert page.status_code == 200
    html = page.content.decode()
    assert f"A second factor is needed by {due.day} {due:%B %Y}" in html
    assert f'href="{url("mfa_index")}"' in html


def test_who_has_a_second_factor_reads_no_note(login_as: LogIn) -> None:
    user = person(days_ago=1)
    give_app(user)
    html = login_as(user).get("/en/states/ALB/").content.decode()
    assert {words for words in ("needs a second factor", "A second factor is needed") if words in html} == set()


def test_without_activation_the_grace_counts_from_the_making_of_the_account(login_as: LogIn) -> None:
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(created_at=timezone.now() - dt.timedelta(days=15), activated_at=None)
    user.refresh_from_db()
    assert login_as(user).get("/en/states/ALB/")["Location"] == url("mfa_index")


def test_after_the_grace_every_page_leads_to_the_set_up_and_only_that_opens(login_as: LogIn) -> None:
    client = login_as(person(days_ago=15))
    for path in ("/en/", "/en/states/ALB/", url("accounts:profile"), url("usersessions_list"), "/ar/states/ALB/"):
        language = path[1:3]
        assert client.get(path)["Location"] == url("mfa_index", language=language), path
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"):
        assert client.get(url(name)).status_code == 200, name
    assert "Set up a second factor to go on." in client.get(url("mfa_index")).content.decode()
    assert client.get(url("mfa_index", language="ar")).status_code == 200
    assert client.post(url("accounts:sign-out")).status_code == 302


def test_after_the_grace_programs_and_pieces_of_pages_are_told(login_as: LogIn) -> None:
    client = login_as(person(days_ago=15))
    problem = client.get("/api/v1/schema/")
    assert (problem.status_code, problem["Content-Type"]) == (403, "application/problem+json")
    assert problem.json()["title"] == "Set up a second factor first."
    piece = client.get("/en/states/ALB/", headers={"HX-Request": "true"})
    assert (piece.status_code, piece["HX-Redirect"]) == (200, url("mfa_index"))
    typed = client.post("/en/states/ALB/", headers={"Accept": "application/json"})
    assert typed.status_code == 403


def test_after_setting_one_up_everything_opens_at_once_in_other_browsers_too(login_as: LogIn) -> None:
    user = person(days_ago=15)
    client, other = login_as(user), signed_in(Client(), user)
    set_up_app(client)
    assert client.get("/en/states/ALB/").status_code == 200
    assert other.get("/en/states/ALB/").status_code == 200


def test_neither_the_grace_nor_a_second_factor_costs_a_query() -> None:
    in_grace, with_app = person(days_ago=1), person(days_ago=1)
    give_app(with_app)
    lengths = [len(queries_of(signed_in(Client(), user), "/en/states/ALB/")) for user in (in_grace, with_app)]
    assert lengths[0] == lengths[1]
    assert not any("mfa_" in query for query in queries_of(signed_in(Client(), in_grace), "/en/states/ALB/"))


def test_a_reset_ends_all_sessions_and_is_in_the_record(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    assert client.get("/en/states/ALB/").status_code == 200
    give_app(user)
    reset_second_factor(actor=SYSTEM, user=user, reason="Telephone lost; called back at the mission.", request="r")
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/en/states/ALB/")["Location"].startswith("/en/sign-in/")
    entry = AuditEntry.objects.get(verb="accounts.user.second_factor_reset")
    assert (entry.actor, entry.reason) == (None, "Telephone lost; called back at the mission.")
    assert (entry.before, entry.after) == ({"factors": ["totp"]}, {"request": "r"})
    assert Notification.objects.filter(recipient=user, template="accounts/factor_reset").count() == 1


def test_the_page_of_an_account_leads_to_the_request_for_a_reset(client: Client) -> None:
    officer, user = OfficerFactory(), UserFactory()
    give_app(user)
    signed_in(client, officer)
    start_staff_session(actor=officer, reason="A telephone was lost.", state_party=None)
    address = reverse("reviews:account-factors", args=[user.pk])
    assert address in client.get(reverse("accounts:account-detail", args=[user.pk])).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Called back at the mission."}).status_code == 302
    assert Authenticator.objects.filter(user=user).exists(), "it waits for a second officer"


def test_nobody_resets_a_factor_alone() -> None:
    user, officer = UserFactory(), OfficerFactory()
    start_staff_session(actor=officer, reason="A telephone was lost.", state_party=None)
    for actor in (officer, AdministratorFactory(), user):
        with pytest.raises(PolicyRefusedError):
            reset_second_factor(actor=actor, user=user, reason="Because it was lost.", request="r")
