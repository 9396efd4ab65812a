"""The first administrator adds the second member of the secretariat alone, and nobody after."""

from typing import Any

import pytest
from django.core import mail

from accounts.invitations.links import LinkKind, LinkStatus, make_link_token, read_link_token
from accounts.lifecycle.selectors import second_of_first_hour
from accounts.lifecycle.services.accounts import change_role, close_account
from accounts.lifecycle.services.members import add_second_member
from accounts.people.capacities import is_in_first_hour
from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import User
from core import audit
from core.database.identity import identified_as
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can
from tests.factories.accounts import AdministratorFactory, AuditorFactory, InvitedFactory, OfficerFactory, UserFactory
from tests.plain_role import plain_role
from tests.utils import SYSTEM, fictional_state

pytestmark = pytest.mark.django_db
OVER = "The first hour is over"
OLGA = {"email": "Olga@secretariat.example", "full_name": " Olga  Marin ", "role": "officer", "language": "ar"}


def begin(user: User) -> User:
    """What activation leaves behind."""
    User.objects.filter(pk=user.pk).update(activated_at="2026-11-29T09:00:00Z", status=AccountStatus.ACTIVE)
    return User.objects.get(pk=user.pk)


def add(administrator: User, **more: Any) -> User:
    """As a page does it: as the role that serves pages, for its person."""
    with identified_as(administrator), plain_role():
        return add_second_member(actor=administrator, **{**OLGA, **more})


def test_the_second_member_is_added_at_once_and_the_record_says_that_it_was_alone() -> None:
    administrator = AdministratorFactory()
    olga = add(administrator)
    assert (olga.email, olga.full_name, olga.secretariat_role) == ("olga@secretariat.example", "Olga Marin", "officer")
    assert (olga.status, olga.has_usable_password(), olga.language) == (AccountStatus.INVITED, False, "ar")
    assert [(each.recipient, each.template) for each in Notification.objects.all()] == [(olga, "accounts/invitation")]
    entry = AuditEntry.objects.get(verb="accounts.user.added_alone")
    assert (entry.actor, entry.target_id) == (administrator, str(olga.pk))
    assert entry.after == {"role": "officer", "is_another": False}


def test_another_takes_the_place_of_whom_nobody_has_seen_and_the_link_from_before_ends() -> None:
    administrator = AdministratorFactory()
    wrong = add(administrator, email="olag@secretariat.example")
    old = make_link_token(LinkKind.ACTIVATION, wrong)
    right = add(administrator, role="administrator", replaces=str(wrong.pk))
    assert (right.pk, right.email, right.secretariat_role) == (wrong.pk, "olga@secretariat.example", "administrator")
    assert User.objects.count() == 2
    assert read_link_token(LinkKind.ACTIVATION, old).status == LinkStatus.EXPIRED
    for owed in Notification.objects.all():
        assert notifications.deliver(str(owed.pk))
    assert {address for each in mail.outbox for address in each.to} == {"olga@secretariat.example"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "olga"}, "email"),
        ({"email": " "}, "email"),
        ({"email": "ADAM@secretariat.example"}, "email"),
        ({"full_name": "  "}, "full_name"),
        ({"role": "auditor"}, "role"),
        ({"role": "emperor"}, "role"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_wrong_is_said_by_the_field(given: dict[str, str], field: str) -> None:
    administrator = AdministratorFactory(email="adam@secretariat.example")
    with pytest.raises(ServiceError) as refused:
        add(administrator, **given)
    assert refused.value.field == field
    assert User.objects.count() == 1


def test_a_page_that_is_out_of_date_adds_nobody() -> None:
    administrator = AdministratorFactory()
    add(administrator)
    with pytest.raises(ServiceError, match="in the meantime"):
        add(administrator, email="other@secretariat.example")


# --- It ends for good


def ended_by_second(administrator: User) -> User:
    second = begin(add(administrator))
    assert not is_in_first_hour(administrator)
    return second


def test_it_ends_when_the_second_has_begun() -> None:
    administrator = AdministratorFactory()
    ended_by_second(administrator)
    with pytest.raises(PolicyRefusedError, match=OVER):
        add(administrator, email="other@secretariat.example")
    assert second_of_first_hour() is None


def test_closing_the_second_account_does_not_bring_it_back() -> None:
    administrator = AdministratorFactory()
    close_account(actor=SYSTEM, user=ended_by_second(administrator), reason="She has left.", request="r")
    assert not can(administrator, AccountAction.ADD_ALONE)


def test_taking_the_role_of_the_second_away_does_not_bring_it_back() -> None:
    administrator = AdministratorFactory()
    change_role(actor=SYSTEM, user=ended_by_second(administrator), role="", reason="She has left.", request="r")
    assert not can(administrator, AccountAction.ADD_ALONE)


def test_not_even_a_row_that_was_written_anew_brings_it_back() -> None:
    """The record of acts remembers who has begun, and nobody takes anything out of it."""
    administrator = AdministratorFactory()
    second = ended_by_second(administrator)
    audit.record(second, "accounts.user.activated", second)
    User.objects.filter(pk=second.pk).update(activated_at=None, status=AccountStatus.ENDED, is_active=False)
    assert not can(administrator, AccountAction.ADD_ALONE)


def test_it_ends_when_anybody_of_a_state_has_an_account_who_need_not_have_begun() -> None:
    administrator = AdministratorFactory()
    assert can(administrator, AccountAction.ADD_ALONE)
    InvitedFactory()
    assert not can(administrator, AccountAction.ADD_ALONE)


def test_who_has_ever_belonged_to_a_state_ends_it() -> None:
    administrator, person = AdministratorFactory(), InvitedFactory(secretariat_role="officer")
    assert can(administrator, AccountAction.ADD_ALONE)
    person.affiliations.create(state_party=fictional_state("XVE"), ends_on="2020-01-01")
    assert not can(administrator, AccountAction.ADD_ALONE)


@pytest.mark.parametrize("who", [OfficerFactory, AuditorFactory, UserFactory])
def test_anybody_else_who_is_alone_adds_nobody(who: Any) -> None:
    assert not can(who(), AccountAction.ADD_ALONE)
