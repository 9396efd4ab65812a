"""The secretariat's first account is made by a command, and begins with a mail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import AccountStatus
from accounts.models import User
from core.models import AuditEntry, Notification
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def invite_officer(*arguments: str) -> str:
    out = StringIO()
    call_command("invite_officer", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_officer_is_invited() -> None:
    said = invite_officer("Amina.Rahal@secretariat.example", "Amina Rahal", "--language", "ar")
    assert said == "Amina Rahal (officer) is invited; a mail is on its way to amina.rahal@secretariat.example.\n"
    user = User.objects.get()
    assert (user.secretariat_role, user.status, user.language) == ("officer", AccountStatus.INVITED, "ar")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False, False, False)
    assert [(mail.recipient, mail.template) for mail in Notification.objects.all()] == [(user, "accounts/invitation")]
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "accounts.user.registered",
        "accounts.user.invited",
    ]


def test_other_roles_can_be_given() -> None:
    invite_officer("olga@secretariat.example", "Olga Marin", "--role", "auditor")
    assert User.objects.get().secretariat_role == "auditor"


def test_who_is_known_is_left_as_he_or_she_is() -> None:
    UserFactory(email="olga@secretariat.example")
    with pytest.raises(CommandError, match=r"an account for olga@secretariat\.example already"):
        invite_officer("olga@secretariat.example", "Olga Marin")
    assert (User.objects.get().secretariat_role, Notification.objects.count()) == ("", 0)


def test_a_wrong_address_is_refused() -> None:
    with pytest.raises(CommandError, match="olga is not an e-mail address"):
        invite_officer("olga", "Olga Marin")
    assert User.objects.count() == 0
