"""Signing in and out, passwords and the profile."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.invitations.services.invitations import invite
from accounts.invitations.tasks import owe_password_links_task
from accounts.people.enums import AccountStatus
from accounts.people.models import LinkRequest, User
from core.mail import notifications
from core.models import AuditEntry, Notification
from tests.factories.accounts import PASSPHRASE, InvitedFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW_PASSPHRASE = "seven-geese-cross-the-bay"


def _url(name: str, *args: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"accounts:{name}", args=args)


def _link_in_mail(recipient: User) -> str:
    """Deliver what is owed to a person and give the path of the link in it."""
    notification = Notification.objects.get(recipient=recipient)
    assert notifications.deliver(str(notification.pk))
    found = re.search(r"http://[^/]+(/\S+/(?:set-password|activate)/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_sign_in_leads_to_my_work(client: Client) -> None:
    UserFactory(email="ana@states.example")
    page = client.get(_url("sign-in"))
    assert page.status_code == 200
    http_response = client.post(_url("sign-in"), {"username": "Ana@States.example", "password": PASSPHRASE})
    assert (http_response.status_code, http_response["Location"]) == (302, "/en/")


def test_sign_in_leads_on_to_next_but_not_to_another_site(client: Client) -> None:
    UserFactory(email="ana@states.example")
    given = {"username": "ana@states.example", "password": PASSPHRASE}
    http_response = client.post(_url("sign-in"), {**given, "next": "/en/states/ALB/"})
    assert http_response["Location"] == "/en/states/ALB/"
    client.logout()
    http_response = client.post(_url("sign-in"), {**given, "next": "https://elsewhere.example/"})
    assert http_response["Location"] == "/en/"


def test_sign_in_says_the_same_for_an_unknown_address_a_wrong_password_and_a_closed_account(client: Client) -> None:
    UserFactory(email="ana@states.example")
    UserFactory(email="closed@states.example", is_active=False)
    pages = [
        client.post(_url("sign-in"), {"username": email, "password": password})
        for email, password in [
            ("nobody@states.example", PASSPHRASE),
            ("ana@states.example", "wrong"),
            ("closed@states.example", PASSPHRASE),
        ]
    ]
    assert [page.status_code for page in pages] == [422, 422, 422]
    assert {tuple(page.context["form"].non_field_errors()) for page in pages} == {
        ("The e-mail address or the passphrase is not right.",)
    }
    assert pages[1].context["form"]["username"].value() == "ana@states.example"


def test_sign_in_links_each_error_to_its_field(client: Client) -> None:
    page = client.post(_url("sign-in"), {"username": "", "password": ""})
    links = [(link.target, link.message) for link in page.context["form"].error_links]
    assert links == [("id_username", "Enter your e-mail address."), ("id_password", "Enter your passphrase.")]
    html = page.content.decode()
    assert 'href="#id_username"' in html
    assert 'aria-describedby="id_username-error"' in html
    assert 'aria-invalid="true"' in html


def test_too_many_attempts_lock_the_address_out_with_a_page_that_says_so(client: Client) -> None:
    UserFactory(email="ana@states.example")
    UserFactory(email="ben@states.example")
    given = {"username": "ana@states.example", "password": "wrong"}
    statuses = [client.post(_url("sign-in"), given).status_code for _attempt in range(8)]
    assert statuses == [*[422] * 7, 429]
    page = client.post(_url("sign-in"), {"username": "ANA@states.example", "password": PASSPHRASE})
    assert page.status_code == 429, "neither the right password nor another spelling opens it now"
    http_response = client.post(_url("sign-in"), {"username": "ben@states.example", "password": PASSPHRASE})
    assert http_response.status_code == 302, "others sign in from the same place"
    assert "Too many attempts" in page.content.decode()


def test_sign_out_is_a_post(client: Client, login_as: Callable[[User], Client]) -> None:
    login_as(UserFactory())
    assert client.get(_url("sign-out")).status_code == 405
    assert client.post(_url("sign-out"))["Location"] == _url("sign-in")
    assert client.get("/en/")["Location"] == "/en/sign-in/?next=/en/"


def test_the_pages_go_on_in_the_language_chosen(login_as: Callable[[User], Client]) -> None:
    user = UserFactory()
    http_response = login_as(user).post(_url("profile"), {"full_name": "Ana Belova", "language": "ar"})
    assert http_response["Location"] == "/ar/profile/"
    assert http_response.cookies["django_language"].value == "ar"
    assert AuditEntry.objects.filter(verb="accounts.user.profile_changed").count() == 1


def test_profile_with_an_error_keeps_what_was_typed(login_as: Callable[[User], Client]) -> None:
    client = login_as(UserFactory())
    page = client.post(_url("profile"), {"full_name": "", "job_title": "Judge", "language": "xx"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"full_name", "language"}
    assert page.context["form"]["job_title"].value() == "Judge"
    assert 'href="#id_language_0"' in page.content.decode()


def test_password_is_changed_with_the_present_one_and_the_session_stays(login_as: Callable[[User], Client]) -> None:
    user = UserFactory()
    client = login_as(user)
    given = {"old_password": "wrong", "new_password1": "short", "new_password2": "other"}
    page = client.post(_url("own-password"), given)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"old_password", "new_password1"}
    given = {"old_password": PASSPHRASE, "new_password1": NEW_PASSPHRASE, "new_password2": NEW_PASSPHRASE}
    assert client.post(_url("own-password"), given)["Location"] == _url("profile")
    user.refresh_from_db()
    assert user.check_password(NEW_PASSPHRASE)
    assert client.get(_url("profile")).status_code == 200


@pytest.mark.parametrize("email", ["ana@states.example", "nobody@states.example"])
def test_forgotten_password_answers_alike_whether_there_is_an_account(client: Client, email: str) -> None:
    """The worker alone looks whether there is one; a request that the queue has lost is still there for it."""
    UserFactory(email="ana@states.example")
    page = client.post(_url("forgot-password"), {"email": email}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "If there is an account with this address, a mail with a link is on its way to it."
    ]
    assert LinkRequest.objects.get().email == email
    owe_password_links_task()
    assert (Notification.objects.count(), LinkRequest.objects.count()) == (email == "ana@states.example", 0)


def test_a_queue_that_is_away_keeps_nobody_from_asking_for_a_link(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    def away() -> None:
        raise ConnectionError

    monkeypatch.setattr(owe_password_links_task, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(_url("forgot-password"), {"email": "ana@states.example"}).status_code == 302
    assert LinkRequest.objects.count() == 1


def test_forgotten_password_takes_the_same_work_whether_there_is_an_account(client: Client) -> None:
    """The same statements, letter for letter but for the session's key, and one message in the queue each."""
    UserFactory(email="ana@states.example")
    UserFactory(email="closed@states.example", is_active=False)
    InvitedFactory(email="noor@states.example")
    statements = []
    for name in ("ana", "closed", "noor", "nobody"):
        with CaptureQueriesContext(connection) as captured:
            Client().post(_url("forgot-password"), {"email": f"{name}@states.example"})
        statements.append([query["sql"].partition("VALUES")[0] for query in captured.captured_queries])
    assert statements == [statements[0]] * 4
    asked = LinkRequest.objects.values_list("email", flat=True)
    assert list(asked) == [f"{name}@states.example" for name in ("ana", "closed", "noor", "nobody")]
    assert Notification.objects.count() == 0, "nothing is owed before the worker has looked"


def test_link_of_a_forgotten_password_works_once(client: Client) -> None:
    user = UserFactory(email="ana@states.example")
    client.post(_url("forgot-password"), {"email": user.email})
    owe_password_links_task()
    path = _link_in_mail(user)
    page = client.get(path, follow=True)
    address = page.request["PATH_INFO"]
    page = client.post(address, {"new_password1": NEW_PASSPHRASE, "new_password2": "something else"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"new_password2": ["The two passphrases are not the same."]}
    http_response = client.post(address, {"new_password1": NEW_PASSPHRASE, "new_password2": NEW_PASSPHRASE})
    assert http_response["Location"] == _url("sign-in")
    user.refresh_from_db()
    assert user.check_password(NEW_PASSPHRASE)
    assert "This link no longer works" in client.get(path, follow=True).content.decode()


def test_link_of_an_invitation_speaks_the_persons_language(client: Client) -> None:
    user = User.objects.create_user("new@states.example", full_name="Noor New", language="ar")
    invite(OfficerFactory(), user)
    assert user.status == AccountStatus.INVITED
    path = _link_in_mail(user)
    assert path.startswith("/ar/activate/")
    assert 'dir="rtl"' in str(mail.outbox[-1].alternatives[0][0])
    assert client.get(path)["Location"] == "/ar/activate/"


def test_link_of_a_forgotten_password_is_refused_after_two_hours(client: Client) -> None:
    user = UserFactory(email="ana@states.example")
    client.post(_url("forgot-password"), {"email": user.email})
    owe_password_links_task()
    path = _link_in_mail(user)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=3), tick=False):
        assert "This link no longer works" in client.get(path, follow=True).content.decode()
