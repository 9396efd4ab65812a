"""Registering people, and to which State they belong."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.affiliations.services import affiliate
from accounts.invitations.services.invitations import find_or_invite, invite, owe_password_link, set_password
from accounts.people.enums import AccountStatus
from accounts.people.models import Affiliation, User
from accounts.people.services import register_user
from accounts.profile.services import ProfileInput, update_profile
from accounts.states.models import StateParty
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from tests.factories.accounts import AuditorFactory, InvitedFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEntry.objects.values_list("verb", flat=True))


def test_a_new_person_is_registered() -> None:
    user, is_new = register_user(
        actor=OfficerFactory(),
        email="Nadia.Ferrante@Justice.example",
        full_name="Nadia Ferrante",
        language="es",
        job_title="Judge",
    )
    assert is_new
    assert (user.email, user.full_name, user.language, user.job_title) == (
        "nadia.ferrante@justice.example",
        "Nadia Ferrante",
        "es",
        "Judge",
    )
    assert not user.has_usable_password()
    assert (user.secretariat_role, user.is_staff, user.is_superuser) == ("", False, False)
    assert verbs() == ["accounts.user.registered"]


def test_a_person_who_is_known_is_left_as_he_or_she_is() -> None:
    known = UserFactory(email="nadia@justice.example", full_name="Nadia Ferrante", language="es")
    user, is_new = register_user(
        actor=OfficerFactory(), email="NADIA@justice.example", full_name="Somebody Else", language="en"
    )
    user.refresh_from_db()
    assert (user, is_new, user.full_name, user.language) == (known, False, "Nadia Ferrante", "es")
    assert verbs() == []


def test_a_role_in_the_secretariat_is_not_given_on_the_way() -> None:
    with pytest.raises(ValueError, match="change_role"):
        register_user(
            actor=OfficerFactory(), email="a@b.example", full_name="A", language="en", secretariat_role="administrator"
        )


@pytest.mark.parametrize("factory", [UserFactory, AuditorFactory])
def test_only_the_secretariat_registers(factory: type) -> None:
    with pytest.raises(PolicyRefusedError):
        register_user(actor=factory(), email="a@b.example", full_name="A", language="en")
    assert User.objects.filter(email="a@b.example").count() == 0


def test_an_address_belongs_to_one_person_whatever_its_case() -> None:
    UserFactory(email="nadia@justice.example")
    with pytest.raises(IntegrityError, match="email"), transaction.atomic():
        User.objects.create(email="Nadia@Justice.example", full_name="Somebody Else")


def test_the_profile_changes_and_the_record_keeps_no_contact() -> None:
    user = UserFactory(language="en")
    given = ProfileInput(
        full_name="Nadia Ferrante",
        job_title="Judge",
        organization="Court of Appeal",
        phone="+43 1 234",
        language="ar",
        working_languages=["ar"],
        office_hours="9 to 17",
        office_place="Vienna",
        time_zone="Europe/Vienna",
    )
    update_profile(actor=user, given=given)
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language) == ("Nadia Ferrante", "+43 1 234", "ar")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == (
        "accounts.user.profile_changed",
        {"language": "en"},
        {"language": "ar"},
    )


def test_an_invitation_is_owed_once_and_makes_the_account_invited() -> None:
    officer, user = OfficerFactory(), InvitedFactory()
    invite(officer, user)
    invite(officer, user)
    assert user.status == AccountStatus.INVITED
    assert list(Notification.objects.values_list("recipient", "template")) == [(user.pk, "accounts/invitation")]


def test_who_is_new_here_is_invited_and_who_is_known_is_found() -> None:
    officer, known = OfficerFactory(), UserFactory(email="nadia@justice.example", full_name="Nadia Ferrante")
    new = find_or_invite(actor=officer, email="Ana@justice.example", full_name="Ana", language="fr", phone="+43 1 2")
    assert (new.email, new.full_name, new.language, new.phone) == ("ana@justice.example", "Ana", "fr", "+43 1 2")
    assert new.status == AccountStatus.INVITED
    assert verbs() == ["accounts.user.registered", "accounts.user.invited"]
    for email, person in (("NADIA@justice.example", known), ("ana@justice.example", new)):
        found = find_or_invite(actor=officer, email=email, full_name="Somebody Else", language="en")
        assert (found, found.full_name) == (person, person.full_name)
    assert verbs() == ["accounts.user.registered", "accounts.user.invited"]


def test_nobody_is_found_or_invited_by_other_people() -> None:
    UserFactory(email="nadia@justice.example")
    for email in ("nadia@justice.example", "new@justice.example"):
        with pytest.raises(PolicyRefusedError):
            find_or_invite(actor=UserFactory(), email=email, full_name="A", language="en")
    assert not Notification.objects.exists()


def test_the_mail_with_the_link_holds_no_token_in_the_outbox() -> None:
    """The link is made when the mail is, so that the database never holds it."""
    invite(OfficerFactory(), InvitedFactory())
    assert Notification.objects.get().context == {}


def test_a_forgotten_password_is_answered_alike_for_anybody() -> None:
    user = UserFactory(email="nadia@justice.example")
    UserFactory(email="gone@justice.example", is_active=False)
    for email in (" Nadia@Justice.example ", "nobody@justice.example", "gone@justice.example"):
        assert owe_password_link(email) is None
    assert [notification.recipient for notification in Notification.objects.all()] == [user]


def test_setting_a_password_is_in_the_record() -> None:
    user = UserFactory()
    set_password(user, "a-lantern-in-the-fog")
    user.refresh_from_db()
    assert user.check_password("a-lantern-in-the-fog")
    assert verbs() == ["accounts.user.password_set"]
    assert AuditEntry.objects.get().after is None


def test_an_open_affiliation_is_kept() -> None:
    user, state = UserFactory(), StateParty.objects.get(iso3="XVE")
    first = Affiliation.objects.create(user=user, state_party=state, starts_on=dt.date(2019, 1, 1))
    assert affiliate(user, state) == first


def test_somebody_may_come_back_to_a_state() -> None:
    user, state = UserFactory(), StateParty.objects.get(iso3="XVE")
    Affiliation.objects.create(user=user, state_party=state, starts_on=dt.date(2019, 1, 1), ends_on=dt.date(2020, 1, 1))
    assert affiliate(user, state).starts_on == timezone.localdate()
    assert Affiliation.objects.filter(user=user).count() == 2
