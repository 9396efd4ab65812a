"""The one door for missions and accounts, for the only officer left, and what a State does in its own room."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail

from accounts.people.models import Affiliation, User
from accounts.staff_sessions.services import start_staff_session
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.access.enums import AccessKind, AccessStatus
from reviews.access.kinds import act_on_account, end_of_mission_account, mission_account
from reviews.access.links import make_stop_token, read_stop_token
from reviews.access.models import AccessRequest
from reviews.access.notes import take_note_on_alone
from reviews.access.services import (
    Grounds,
    approve_request,
    confirm_request,
    refuse_request,
    return_request,
    stop_by_old_address,
    take_on_alone,
    withdraw_request,
)
from reviews.cases.enums import ParticipationRole
from reviews.nominations.enums import NoteStatus
from reviews.participants.services import end_contributor, invite_contributor
from reviews.registration.services.participation import register_participant
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.reviews.access.access import (
    approve,
    asked_on_account,
    asked_to_end,
    carry_out,
    confirm,
    is_there,
    later,
    mission_of,
    prepare,
    told,
)
from tests.reviews.nominations import notes
from tests.reviews.nominations.notes import ANA, place_of, submitted_by
from tests.utils import SYSTEM, Cast, fictional_state, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PERSON = {"email": "mole@attacker.example", "full_name": "Mole", "language": "en"}


def test_for_a_state_that_nobody_represents_two_officers_suffice(cast: Cast) -> None:
    state = fictional_state("XPE")
    wish = mission_account(place_of(state), **PERSON)
    request = approve(cast.administrator, prepare(cast.officer, wish))
    assert request.status == AccessStatus.DUE
    assert carry_out() == 1
    request.refresh_from_db()
    assert request.status == AccessStatus.DONE
    assert Affiliation.objects.filter(state_party=state, is_permanent_mission=True).count() == 1


def test_a_second_account_of_the_mission_is_told_to_the_first(cast: Cast) -> None:
    state = fictional_state("XPE")
    mission = mission_of(state)
    request = approve(cast.administrator, prepare(cast.officer, mission_account(place_of(state), **PERSON)))
    assert request.status == AccessStatus.TOLD
    assert told("The secretariat asks") == {mission}
    confirm(mission, request)
    assert Affiliation.objects.filter(state_party=state, is_permanent_mission=True).count() == 2
    ending = approve(cast.administrator, prepare(cast.officer, end_of_mission_account(place_of(state), mission)))
    delayed = refuse_request(actor=mission, request=ending, reason="I am still here.")
    assert (delayed.status, delayed.delayed_at is not None) == (AccessStatus.TOLD, True)


def test_an_address_changes_after_the_state_has_confirmed(cast: Cast) -> None:
    request = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.expert, cast.state, email="New@X.example")
    old = cast.expert.email
    approve(cast.administrator, request)
    cast.expert.refresh_from_db()
    assert cast.expert.email == old
    confirm(cast.focal_point, request)
    cast.expert.refresh_from_db()
    assert cast.expert.email == "new@x.example"
    entry = AuditEntry.objects.get(verb="accounts.user.address_changed")
    assert (entry.actor, entry.after) == (None, {"request": str(request.pk)})


def test_the_old_address_stops_a_change_by_its_mail(cast: Cast) -> None:
    request = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.expert, cast.state, email="new@x.example")
    approve(cast.administrator, request)
    owed = Notification.objects.get(template="reviews/access_stop")
    notifications.deliver(owed.pk)
    (sent,) = [each for each in mail.outbox if each.to == [cast.expert.email]]
    token = str(sent.body).split("/access-requests/stop/")[1].split("/")[0]
    assert read_stop_token(token) == request.pk
    assert read_stop_token(token[:-2]) is None
    assert stop_by_old_address(request.pk) is not None
    assert stop_by_old_address(request.pk) is None
    request.refresh_from_db()
    assert request.status == AccessStatus.REFUSED
    with later(49):
        assert carry_out() == 0


def test_the_link_stops_nothing_but_a_change_of_address(cast: Cast) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    assert make_stop_token(request.pk)
    assert stop_by_old_address(request.pk) is None
    assert AccessRequest.objects.get().status == AccessStatus.TOLD


def test_whose_factor_is_to_be_reset_stops_it(cast: Cast) -> None:
    request = approve(cast.administrator, _factor_request(cast))
    assert refuse_request(actor=cast.expert, request=request, reason="Not me.").status == AccessStatus.REFUSED


def _factor_request(cast: Cast) -> AccessRequest:
    start_staff_session(actor=cast.officer, reason="A telephone was lost.", state_party=cast.state)
    wish = act_on_account(AccessKind.FACTORS, cast.expert)
    return prepare(cast.officer, wish, grounds=Grounds(reason="She rang."))


def test_a_role_in_the_secretariat_takes_two_as_well(cast: Cast) -> None:
    """Or one administrator would make the second officer."""
    request = asked_on_account(cast.administrator, AccessKind.ROLE, cast.stranger, None, role="officer")
    with pytest.raises(PolicyRefusedError):
        approve(cast.administrator, request)
    assert approve(cast.officer, request).status == AccessStatus.DUE
    assert carry_out() == 1
    cast.stranger.refresh_from_db()
    assert cast.stranger.secretariat_role == "officer"


def test_an_officers_address_waits_too(cast: Cast) -> None:
    """Whoever took over a colleague's account would be two officers."""
    other = OfficerFactory()
    request = asked_on_account(cast.officer, AccessKind.ADDRESS, other, None, email="mole@attacker.example")
    with pytest.raises(PolicyRefusedError, match="about you"):
        approve(other, request)
    assert approve(cast.administrator, request).status == AccessStatus.TOLD
    assert refuse_request(actor=other, request=request, reason="Not me.").status == AccessStatus.REFUSED


def test_the_page_is_bound_to_what_was_seen_and_to_the_scan(cast: Cast) -> None:
    request = asked_to_end(cast.officer, cast.participations["expert"])
    with pytest.raises(ServiceError, match="not the one that you had opened"):
        approve_request(actor=cast.administrator, request=request, seen="")
    Path(request.scan.path).write_bytes(notes.PDF + b"%\n")
    with pytest.raises(ServiceError, match="The stored scan is not the one"):
        approve(cast.administrator, request)


def test_one_open_request_about_a_thing(cast: Cast) -> None:
    asked_to_end(cast.officer, cast.participations["expert"])
    with pytest.raises(ServiceError, match="A request about this is open already"):
        asked_to_end(cast.administrator, cast.participations["expert"])


def test_it_is_returned_and_withdrawn(cast: Cast) -> None:
    request = asked_to_end(cast.officer, cast.participations["expert"])
    found = return_request(actor=cast.administrator, request=request, reason="The scan is of another note.")
    assert (found.status, found.answer) == (AccessStatus.RETURNED, "The scan is of another note.")
    again = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    withdraw_request(actor=cast.officer, request=again)
    assert told("The secretariat has withdrawn") == set(cast.own_side.values())
    with later(49):
        assert carry_out() == 0


def leave_one(cast: Cast) -> None:
    User.objects.filter(pk=cast.administrator.pk).update(secretariat_role="auditor")


def test_the_only_officer_left_waits_seven_days_in_the_open(cast: Cast) -> None:
    leave_one(cast)
    request = asked_to_end(cast.officer, cast.participations["expert"])
    with pytest.raises(ServiceError, match="Say why"):
        take_on_alone(actor=cast.officer, request=request, reason=" ")
    found = take_on_alone(actor=cast.officer, request=request, reason="My colleague has left.")
    assert found.told_at is not None
    assert (found.status, found.effective_at) == (AccessStatus.TOLD, found.told_at + dt.timedelta(days=7))
    assert told("The secretariat asks") == set(cast.own_side.values())
    watching = {cast.same_group_focal_point, cast.other_group_focal_point, cast.auditor, cast.administrator}
    assert told("An officer who is alone") >= watching
    mails = Notification.objects.filter(context__sentence__startswith="An officer who is alone")
    assert {each.context["state"] for each in mails} == {""}, "whose room it is concerns nobody else"
    with pytest.raises(PolicyRefusedError, match="its waiting time has to pass"):
        confirm_request(actor=cast.focal_point, request=request)
    with later(24 * 6.9):
        assert carry_out() == 0
    with later(24 * 7.1):
        assert carry_out() == 1
    assert not is_there(cast.participations["expert"])


def test_the_state_refuses_what_one_officer_takes_on(cast: Cast) -> None:
    leave_one(cast)
    note = submitted_by(cast.officer, cast.state, ANA)
    take_note_on_alone(actor=cast.officer, note=note, reason="My colleague has left.")
    request = AccessRequest.objects.get(note=note)
    assert (request.is_alone, request.approved_by) == (True, None)
    refuse_request(actor=cast.focal_point, request=request, reason="We sent no note.")
    note.refresh_from_db()
    assert note.status == NoteStatus.RETURNED


def test_a_focal_point_invites_a_contributor_and_lets_go(cast: Cast) -> None:
    made = invite_contributor(actor=cast.focal_point, review=cast.review, **PERSON)
    assert (made.role, made.state_party) == ("national_contributor", cast.state)
    assert told("Your focal point has invited") == set(cast.own_side.values()) - {cast.focal_point, cast.contributor}
    end_contributor(actor=cast.focal_point, participation=made)
    assert not is_there(made)
    for name in ("expert", "officer", "same_group_focal_point"):
        with pytest.raises(PolicyRefusedError):
            invite_contributor(actor=cast.people[name], review=cast.review, **PERSON)
    with pytest.raises(ValueError, match="contributors of the own State"):
        end_contributor(actor=cast.focal_point, participation=cast.participations["expert"])


def test_the_system_still_registers(cast: Cast) -> None:
    fresh(cast)
    person = UserFactory()
    register_participant(
        actor=SYSTEM, review=cast.review, user=person, state_party=cast.state, role=ParticipationRole.OBSERVER
    )
