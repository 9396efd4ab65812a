"""The contacts of States: added, changed and taken out by officers, who are told what a colleague did meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.contacts.models import StateContact
from accounts.contacts.services import ContactInput, add_contact, change_contact, remove_contact
from accounts.links.enums import LinkPurpose
from accounts.links.services import issue_link
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from core.seen import seen_of
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.factories.contacts import ContactFactory
from tests.forms import carried_by, send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LoginAs = Callable[[User], Client]
LIST = "/en/contacts/"
GIVEN = {"office": "Permanent Mission in Vienna", "email": "Mission@Veskaria.Example", "language": "fr", "remark": ""}


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


def state(iso3: str = "XVE") -> StateParty:
    return StateParty.objects.get(iso3=iso3)


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_an_officer_adds_an_office_and_finds_it_in_the_list(officer: User, login_as: LoginAs) -> None:
    client = login_as(officer)
    answer = send_form(client, f"{LIST}add/", {**GIVEN, "state": "XVE"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    contact = StateContact.objects.get()
    assert (contact.email, contact.language, contact.state_party.iso3) == ("mission@veskaria.example", "fr", "XVE")
    page = words(client.get(f"{LIST}?q=veskaria"))
    assert "Permanent Mission in Vienna" in page
    assert "mission@veskaria.example" in page
    entry = AuditEntry.objects.get(verb="accounts.statecontact.added")
    assert entry.after == {"state": "XVE", "office": GIVEN["office"], "language": "fr"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"office": "  "}, "Enter the mission or office."),
        ({"email": ""}, "Enter the e-mail address."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"email": "taken@x.example"}, "has a contact with this address already."),
        ({"language": "de"}, "Select a valid choice"),
        ({"remark": "x" * 501}, "The limit is 500."),
        ({"office": "Mission\u202egnp.exe"}, "characters that nobody sees|character that nobody sees"),
        ({"state": ""}, "Choose the State."),
    ],
)
def test_what_is_wrong_is_said_by_the_field(
    officer: User, login_as: LoginAs, change: dict[str, str], said: str
) -> None:
    ContactFactory(state_party=state(), email="taken@x.example")
    page = send_form(login_as(officer), f"{LIST}add/", {**GIVEN, "state": "XVE", **change})
    assert page.status_code == 422
    assert any(part in words(page) for part in said.split("|"))
    assert StateContact.objects.count() == 1


def test_the_same_address_may_stand_for_two_states(officer: User) -> None:
    for iso3 in ("XVE", "XLE"):
        add_contact(actor=officer, state=state(iso3), given=ContactInput(**GIVEN))
    assert StateContact.objects.count() == 2


def test_what_a_colleague_changed_meanwhile_is_shown_and_replaced_knowingly(officer: User, login_as: LoginAs) -> None:
    contact, client = ContactFactory(state_party=state(), office="Before"), login_as(officer)
    address = f"{LIST}{contact.pk}/"
    stale = {**GIVEN, "seen": seen_of(contact)}
    colleague = ContactInput("By a colleague", contact.email, "ru")
    change_contact(actor=OfficerFactory(), contact=contact, given=colleague, seen=seen_of(contact))
    page = client.post(address, stale)
    assert page.status_code == 422
    assert "A colleague has recorded something here meanwhile." in words(page)
    assert "By a colleague" in words(page)
    assert GIVEN["office"] in words(page), "what was typed is kept"
    assert client.post(address, {**stale, **carried_by(page)}).status_code == 302
    contact.refresh_from_db()
    assert contact.office == GIVEN["office"]


def test_a_contact_that_a_colleague_has_taken_out_is_not_changed_or_taken_out_again(officer: User) -> None:
    contact = ContactFactory(state_party=state())
    stale = StateContact.objects.get()
    remove_contact(actor=officer, contact=contact, seen=seen_of(contact))
    for act in (
        lambda: remove_contact(actor=officer, contact=stale, seen=seen_of(stale)),
        lambda: change_contact(actor=officer, contact=stale, given=ContactInput(**GIVEN), seen=seen_of(stale)),
    ):
        with pytest.raises(ServiceError, match="has taken this contact out meanwhile"):
            act()


def test_taking_out_is_confirmed_on_what_stands(officer: User, login_as: LoginAs) -> None:
    contact, client = ContactFactory(state_party=state(), office="Mission"), login_as(officer)
    address = f"{LIST}{contact.pk}/remove/"
    assert "Links that were sent to this address no longer open anything." in words(client.get(address))
    page = client.post(address, {"seen": "before"})
    assert (page.status_code, StateContact.objects.count()) == (422, 1)
    assert send_form(client, address)["Location"] == LIST
    assert not StateContact.objects.exists()
    assert client.get(address).status_code == 404


def issued(contact: StateContact, officer: User) -> Any:
    return issue_link(
        purpose=LinkPurpose.NOMINATION,
        about="untoc",
        state=contact.state_party,
        address=contact.email,
        language="en",
        issued_by=officer,
    )


def test_an_address_that_is_replaced_or_taken_out_has_no_link_any_more(officer: User) -> None:
    one, two, three = (ContactFactory(state_party=state()) for _ in range(3))
    links = [issued(each, officer) for each in (one, two, three)]
    change_contact(actor=officer, contact=one, given=ContactInput(**GIVEN), seen=seen_of(one))
    remove_contact(actor=officer, contact=two, seen=seen_of(two))
    same = ContactInput("Another name", three.email, "es")
    change_contact(actor=officer, contact=three, given=same, seen=seen_of(three))
    for link in links:
        link.refresh_from_db()
    assert [link.is_open for link in links] == [False, False, True]
    assert links[0].ended_at <= timezone.now()


def test_who_is_no_officer_changes_nothing(officer: User) -> None:
    with pytest.raises(PolicyRefusedError):
        add_contact(actor=AuditorFactory(), state=state(), given=ContactInput(**GIVEN))


def test_the_list_takes_the_same_queries_for_one_and_for_many(officer: User, login_as: LoginAs) -> None:
    client = login_as(officer)
    for number in (1, 30):
        for _ in range(number):
            ContactFactory(state_party=state())
        with assert_query_count("accounts:contact-list"):
            assert client.get(LIST).status_code == 200


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_the_database_shows_contacts_to_officers_alone(cast: Cast) -> None:
    ContactFactory(state_party=cast.state)

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_statecontact")
            return int(cursor.fetchone()[0])

    shown = {}
    for name, person in {**cast.people, "nobody at all": UserFactory()}.items():
        with plain_role(), identified_as(person):
            shown[name] = count()
    assert {name for name, number in shown.items() if number} == {"officer", "administrator"}
