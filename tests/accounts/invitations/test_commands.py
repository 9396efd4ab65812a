"""The secretariat's first account is made by a command, and begins with a mail, or with a link at the first start."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.people.enums import AccountStatus
from accounts.people.models import User
from core.models import AuditEntry, Notification
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def invite_officer(*arguments: str) -> str:
    out = StringIO()
    call_command("invite_officer", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_one_is_invited_and_is_an_administrator() -> None:
    said = invite_officer("Amina.Rahal@secretariat.example", "Amina Rahal", "--language", "ar")
    assert said == "Amina Rahal (administrator) is invited; a mail is on its way to amina.rahal@secretariat.example.\n"
    user = User.objects.get()
    assert (user.secretariat_role, user.status, user.language) == ("administrator", AccountStatus.INVITED, "ar")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False, False, False)
    assert [(mail.recipient, mail.template) for mail in Notification.objects.all()] == [(user, "accounts/invitation")]
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "accounts.user.registered",
        "accounts.user.invited",
    ]


def test_later_ones_are_officers_unless_another_role_is_named() -> None:
    invite_officer("amina@secretariat.example", "Amina Rahal")
    invite_officer("omar@secretariat.example", "Omar Said")
    invite_officer("olga@secretariat.example", "Olga Marin", "--role", "auditor")
    roles = User.objects.order_by("created_at").values_list("secretariat_role", flat=True)
    assert list(roles) == ["administrator", "officer", "auditor"]


def test_nobody_else_comes_before_an_administrator() -> None:
    """Who could add nobody would have the portal alone for good."""
    with pytest.raises(CommandError, match=r"has to be one\. Name it: --role administrator"):
        invite_officer("olga@secretariat.example", "Olga Marin", "--role", "officer")
    assert User.objects.count() == 0


def test_who_is_known_is_left_as_he_or_she_is() -> None:
    UserFactory(email="olga@secretariat.example")
    with pytest.raises(CommandError, match=r"an account for olga@secretariat\.example already"):
        invite_officer("olga@secretariat.example", "Olga Marin")
    assert (User.objects.get().secretariat_role, Notification.objects.count()) == ("", 0)


def test_a_wrong_address_is_refused() -> None:
    with pytest.raises(CommandError, match="olga is not an e-mail address"):
        invite_officer("olga", "Olga Marin")
    assert User.objects.count() == 0


def first_administrator(email: str = "administrator@localhost") -> str:
    """The path of the link; empty where none was printed."""
    out = StringIO()
    call_command("first_administrator", email, stdout=out)
    said = out.getvalue()
    assert not said or re.fullmatch(r"http://[^/]+/en/activate/\S+/\n", said)
    return "/" + said.strip().split("/", 3)[-1] if said else ""


def leads_on(path: str) -> bool:
    """Whether the link leads to the form with which one begins."""
    return 'name="password"' in Client().get(path, follow=True).content.decode()


def test_an_empty_portal_gives_a_link_for_the_first_administrator() -> None:
    path = first_administrator()
    user = User.objects.get()
    assert (user.email, user.secretariat_role) == ("administrator@localhost", "administrator")
    assert (user.status, user.has_usable_password(), user.is_superuser) == (AccountStatus.INVITED, False, False)
    assert leads_on(path)
    assert list(Notification.objects.all()) == [], "no mail reaches that address"
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert list(verbs) == ["accounts.user.registered", "accounts.user.first_offered"]
    assert path not in "".join(map(str, AuditEntry.objects.values()))


def test_a_later_link_ends_the_one_before_and_may_have_another_address() -> None:
    old, new = first_administrator(), first_administrator("Amina@secretariat.example")
    assert User.objects.get().email == "amina@secretariat.example"
    assert (leads_on(old), leads_on(new)) == (False, True)
    again = first_administrator("amina@secretariat.example")
    assert (leads_on(new), leads_on(again)) == (False, True)


def test_where_mails_go_to_a_server_a_link_is_mailed_too(settings: Any, tmp_path: Path) -> None:
    path = first_administrator("amina@secretariat.example")
    user = User.objects.get()
    assert list(Notification.objects.values_list("recipient", "template")) == [(user.pk, "accounts/invitation")]
    assert leads_on(path), "the one that was printed holds as well, until one of them is used"
    Notification.objects.all().delete()
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "core.mail.files.EmailBackend", tmp_path
    first_administrator("amina@secretariat.example")
    assert not Notification.objects.exists(), "a file would hold the secret, and nobody gets it"


def test_a_start_soon_after_mails_the_link_that_holds_now() -> None:
    first_administrator("amina@secretariat.example")
    first_administrator("amina@secretariat.example")
    assert Notification.objects.count() == 2, "the link of the first mail ended with the second start"


def test_there_is_no_link_once_it_was_used() -> None:
    first_administrator()
    User.objects.update(activated_at=timezone.now(), status=AccountStatus.ACTIVE)
    assert first_administrator() == ""


def test_there_is_no_link_where_anybody_is_there() -> None:
    invite_officer("olga@secretariat.example", "Olga Marin")
    assert first_administrator() == ""
    User.objects.all().delete()
    first_administrator()
    UserFactory()
    assert first_administrator() == ""


def test_what_is_no_address_makes_no_administrator() -> None:
    with pytest.raises(CommandError, match="is not an e-mail address"):
        first_administrator("amina")
    assert not User.objects.exists()
