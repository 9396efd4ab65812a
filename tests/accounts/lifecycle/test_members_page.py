"""The list of the members of the secretariat, and what their pages offer."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.enums import AccountStatus
from accounts.people.models import User
from tests.factories.accounts import AdministratorFactory, AuditorFactory, InvitedFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
LIST = "/en/accounts/secretariat/"


def text_of(http_response: object) -> str:
    return " ".join(http_response.content.decode().split())  # type: ignore[attr-defined]


def test_members_are_listed_with_role_and_status_and_nobody_else(login_as: LogIn) -> None:
    officer = OfficerFactory()
    AuditorFactory(is_active=False, status=AccountStatus.ENDED)
    InvitedFactory(full_name="Nils Berg", secretariat_role="administrator")
    UserFactory(full_name="Ana Zorić")
    page = login_as(officer).get(LIST)
    members = [(each.full_name, each.secretariat_role, each.status) for each in page.context["page"].object_list]
    assert members == [
        ("Nils Berg", "administrator", "invited"),
        ("Oriane Officer", "officer", "active"),
        ("Audrey Auditor", "auditor", "ended"),
    ]
    for words in ("Nils Berg", "Invited", "Active", "Ended", "(you)"):
        assert words in text_of(page), words
    assert "Ana Zorić" not in text_of(page)


def test_the_page_of_a_member_says_how_it_ends_and_why_not(login_as: LogIn) -> None:
    client, administrator = login_as(OfficerFactory()), AdministratorFactory()
    page = text_of(client.get(f"/en/accounts/{administrator.pk}/"))
    assert "Ask to end the membership" in page
    assert "This is the last administrator: another one has to have begun before." in page
    assert "Ask to end the membership" not in text_of(client.get(f"/en/accounts/{UserFactory().pk}/"))
