"""What a mission has sent becomes a note verbale by one officer and is checked by another; never an account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.contacts.services import ContactInput, add_contact, change_contact
from accounts.links.models import StateLink
from accounts.people.models import Affiliation, User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.policy import PolicyRefusedError
from core.seen import seen_of as contacts_seen_of
from reviews.cases.enums import ParticipationRole
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.nominations.services.nominations import discard_note, submit_note
from reviews.outreach.enums import ReceivedStatus
from reviews.outreach.models import ReceivedNomination
from reviews.outreach.selectors.received import received_waiting, seen_of
from reviews.outreach.services.received import set_aside, take_over
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.forms import send_form
from tests.lots.draws.test_races import at_once
from tests.plain_role import plain_role
from tests.query_counts import assert_query_count
from tests.reviews.nominations.notes import PDF, approve, note_by, people_in
from tests.reviews.outreach.missions import contact_of, link_to, mechanism, received_by, unnamed_review, words
from tests.utils import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "own_files")]
LoginAs = Callable[[User], Client]
LIST = "/en/untoc/received/"


@pytest.fixture
def received(link: StateLink, review: Any) -> ReceivedNomination:
    return received_by(link, review.code)


def taken_over(actor: User, received: ReceivedNomination) -> NoteVerbale:
    return take_over(actor=actor, received=received, seen=seen_of(received))


def test_two_officers_bring_a_focal_point_from_the_link_to_the_review(
    officer: User, received: ReceivedNomination, review: Any, login_as: LoginAs
) -> None:
    address = f"{LIST}{received.pk}/"
    client = login_as(officer)
    assert "Noor Haddad" in words(client.get(address))
    assert b"".join(client.get(f"{address}scan/").streaming_content) == PDF  # type: ignore[attr-defined]
    answer = send_form(client, f"{address}take-over/")
    note = NoteVerbale.objects.get()
    assert answer["Location"] == f"/en/untoc/states/XVE/nominations/{note.pk}/"
    assert (note.came_by_link, note.recorded_by, note.status, note.sha256) == (
        True, officer, NoteStatus.RECORDING, received.sha256
    )  # fmt: skip
    page = words(client.get(answer["Location"]))
    assert "Named by the mission through its link" in page
    assert not User.objects.filter(email="noor@x.example").exists()
    submit_note(actor=officer, note=note)
    with pytest.raises(PolicyRefusedError, match="You have recorded this note"):
        approve(officer, note)
    approve(OfficerFactory(), note)
    assert people_in(review, review.state_under_review) == [("Noor Haddad", ParticipationRole.FOCAL_POINT)]


def test_a_second_tab_and_a_colleague_are_told_that_it_was_decided(
    officer: User, received: ReceivedNomination, login_as: LoginAs
) -> None:
    client = login_as(officer)
    address = f"{LIST}{received.pk}/take-over/"
    stale = {"seen": seen_of(received)}
    taken_over(OfficerFactory(), received)
    page = client.post(address, stale)
    assert (page.status_code, NoteVerbale.objects.count()) == (422, 1)
    assert "A colleague has decided on this meanwhile." in words(page)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_take_it_over_once() -> None:
    review = unnamed_review()
    received = received_by(link_to(contact_of(review.state_under_review), OfficerFactory()), review.code)
    acts = [lambda each=each: taken_over(each, received) for each in (OfficerFactory(), OfficerFactory())]
    assert sorted(each[:11] for each in at_once(*acts)) == ["A colleague", "done"]
    assert NoteVerbale.objects.count() == 1


def test_what_cannot_be_named_any_more_is_said_and_nothing_happens(
    officer: User, received: ReceivedNomination, review: Any
) -> None:
    register(review, UserFactory(), review.state_under_review, ParticipationRole.FOCAL_POINT)
    with pytest.raises(ServiceError, match="is the focal point in review"):
        taken_over(officer, received)
    received.refresh_from_db()
    assert (received.is_waiting, NoteVerbale.objects.count()) == (True, 0)


def test_a_number_that_is_recorded_already_is_said(officer: User, received: ReceivedNomination) -> None:
    note_by(officer, received.state_party, number=received.number)
    with pytest.raises(ServiceError, match=r"is recorded for .* already"):
        taken_over(officer, received)


def test_a_scan_that_is_not_the_one_that_came_in_is_refused(officer: User, received: ReceivedNomination) -> None:
    with received.scan.storage.open(str(received.scan.name), "wb") as file:
        file.write(PDF + b"%")
    with pytest.raises(ServiceError, match="not the one that was uploaded"):
        taken_over(officer, received)


def test_where_the_note_is_discarded_it_waits_again(officer: User, received: ReceivedNomination) -> None:
    discard_note(actor=officer, note=taken_over(officer, received))
    received.refresh_from_db()
    assert (received.status, received.is_waiting) == (ReceivedStatus.TAKEN_OVER, True)
    assert received_waiting(officer) == {mechanism().pk: 1}
    received = ReceivedNomination.objects.get()
    assert taken_over(officer, received).came_by_link


def test_a_state_that_discards_a_note_taken_over_meets_no_error(officer: User, received: ReceivedNomination) -> None:
    note = taken_over(officer, received)
    mission = UserFactory.create()
    Affiliation.objects.create(user=mission, state_party=received.state_party, is_permanent_mission=True)
    with plain_role(), identified_as(mission):
        discard_note(actor=mission, note=note)
        connection.check_constraints()
    received.refresh_from_db()
    assert (received.note, received.is_waiting) == (None, True)


def test_who_wrote_to_the_mission_or_listed_its_address_does_not_check(review: Any) -> None:
    writer, lister, third = OfficerFactory(), OfficerFactory(), OfficerFactory()
    given = ContactInput("Mission", "mission@veskaria.example", "en")
    contact = add_contact(actor=lister, state=review.state_under_review, given=given)
    changed = ContactInput("Mission in Vienna", contact.email, "fr")
    contact = change_contact(actor=third, contact=contact, given=changed, seen=contacts_seen_of(contact))
    assert contact.listed_by == lister, "a word that is mended makes nobody answer for the address"
    note = taken_over(OfficerFactory(), received_by(link_to(contact, writer), review.code))
    submit_note(actor=note.recorded_by, note=note)
    for each in (writer, lister):
        with pytest.raises(PolicyRefusedError, match="This came by a link for which you wrote"):
            approve(each, note)
    approve(third, note)
    assert people_in(review, review.state_under_review)


def test_it_is_set_aside_with_a_reason_that_stays_after_a_refusal(
    officer: User, received: ReceivedNomination, login_as: LoginAs
) -> None:
    client, address = login_as(officer), f"{LIST}{received.pk}/set-aside/"
    assert "Say why it is set aside." in words(send_form(client, address, {"reason": " "}))
    page = client.post(address, {"reason": "Sent in error.", "seen": "before"})
    assert (page.status_code, "Sent in error." in words(page)) == (422, True)
    assert send_form(client, address, {"reason": "Sent in error."})["Location"] == LIST
    assert "Sent in error." in words(client.get(LIST))
    received.refresh_from_db()
    assert not received.is_waiting
    with pytest.raises(ServiceError, match="A colleague has decided"):
        set_aside(actor=officer, received=received, reason="Again.", seen=seen_of(received))


def test_only_officers_take_over(received: ReceivedNomination) -> None:
    with pytest.raises(PolicyRefusedError):
        taken_over(AuditorFactory(), received)


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    officer: User, link: StateLink, review: Any, login_as: LoginAs
) -> None:
    client = login_as(officer)
    for number in (1, 2, 3):
        received_by(link, review.code, number=f"{number}/2026")
        if number != 2:
            with assert_query_count("reviews:received-list"):
                assert client.get(LIST).status_code == 200
    assert "3/2026" in words(client.get(f"{LIST}?status=received"))
    assert "Nothing matches the filter" in words(client.get(f"{LIST}?status=set_aside"))
