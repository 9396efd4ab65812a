"""The one door into a State's room: two officers, the State told, and in effect when it confirms or lets time pass."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts.lifecycle.services import accounts as of_accounts
from accounts.people.enums import AccountRuleKey
from accounts.people.models import AccountRule, User
from accounts.people.selectors import account_rule, forget_account_rule
from accounts.sign_in.services.factors import reset_second_factor
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from reviews.access import kinds as access_kinds
from reviews.access.enums import AccessKind, AccessStatus
from reviews.access.kinds import act_on_account, end_of_participation
from reviews.access.models import AccessRequest
from reviews.access.services import Grounds, confirm_request, refuse_request, take_on_alone, withdraw_request
from reviews.access.tasks import carry_out_access_task
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.registration.services.invitation import find_or_invite_for_review
from reviews.registration.services.participation import end_participation, register_participant
from reviews.registration.services.replacement import replace_participant
from reviews.speakers.services import end_mission_member, register_mission_member
from tests.factories.accounts import UserFactory
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
from tests.reviews.nominations.notes import ANA, named, people_in, place_of, submitted_by
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PERSON = {"email": "mole@attacker.example", "full_name": "Mole", "language": "en"}


def test_no_officer_alone_gives_or_takes_a_key(cast: Cast) -> None:
    """Every service that writes access refuses an officer and an administrator, with a staff session open or not."""
    expert, review = cast.participations["expert"], cast.review
    account = {"user": cast.expert, "reason": "Why not.", "request": ""}
    tries: dict[str, Any] = {
        "invite": lambda actor: find_or_invite_for_review(actor=actor, review=review, **PERSON),
        "register": lambda actor: register_participant(
            actor=actor, review=review, user=cast.stranger, state_party=cast.state, role=ParticipationRole.OBSERVER
        ),
        "replace": lambda actor: replace_participant(actor=actor, participation=expert, user=cast.stranger),
        "end": lambda actor: end_participation(actor=actor, participation=expert),
        "mission": lambda actor: register_mission_member(actor=actor, place=place_of(cast.state), **PERSON),
        "end mission": lambda actor: end_mission_member(actor=actor, place=place_of(cast.state), user=cast.expert),
        "address": lambda actor: of_accounts.change_address(actor=actor, email="mole@attacker.example", **account),
        "close": lambda actor: of_accounts.close_account(actor=actor, **account),
        "reopen": lambda actor: of_accounts.reopen_account(actor=actor, **account),
        "factors": lambda actor: reset_second_factor(actor=actor, **account),
        "role": lambda actor: of_accounts.change_role(actor=actor, role="officer", **account),
    }
    done, why = [], set()
    for actor in (cast.officer, cast.administrator, cast.focal_point):
        for name, attempt in tries.items():
            try:
                attempt(actor)
            except PolicyRefusedError as refusal:
                why.add(str(refusal))
            else:
                done.append(name)
    assert done == []
    assert why == {"Nobody does this alone: two officers ask for it, and the State is told before it takes effect."}
    assert not User.objects.filter(email="mole@attacker.example").exists()


def test_a_request_of_one_officer_does_nothing_however_long_it_lies(cast: Cast) -> None:
    request = asked_to_end(cast.officer, cast.participations["expert"])
    with pytest.raises(PolicyRefusedError, match="You have prepared this request"):
        approve(cast.officer, request)
    with pytest.raises(PolicyRefusedError, match="There is another officer"):
        take_on_alone(actor=cast.officer, request=request, reason="Nobody is here today.")
    with later(24 * 30):
        assert carry_out() == 0
    assert is_there(cast.participations["expert"])
    assert told("The secretariat asks") == set(), "the State is told when a second officer stands behind it"
    with pytest.raises(IntegrityError, match="nothing_is_done_by_one_officer"), transaction.atomic():
        AccessRequest.objects.filter(pk=request.pk).update(status="done")
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        AccessRequest.objects.filter(pk=request.pk).update(approved_by=cast.officer)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Grounds("", notes.scan()), "number"),
        (Grounds("44/2026"), "scan"),
        (Grounds("44/2026", notes.scan("note.docx")), "scan"),
    ],
)
def test_a_note_with_its_number_and_its_scan_is_needed(cast: Cast, given: Grounds, field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        prepare(cast.officer, end_of_participation(cast.participations["expert"]), grounds=given)
    assert refusal.value.field == field
    assert not AccessRequest.objects.exists()


def test_a_reset_of_a_factor_needs_a_reason_and_no_note(cast: Cast) -> None:
    request = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.expert, cast.state, email="new@x.example")
    withdraw_request(actor=cast.officer, request=request)
    wish = act_on_account(AccessKind.FACTORS, cast.expert)
    with pytest.raises(ServiceError) as refusal:
        prepare(cast.officer, wish, grounds=Grounds())
    assert refusal.value.field == "reason"
    assert prepare(cast.officer, wish, grounds=Grounds(reason="She rang.")).number == ""


def test_all_of_the_states_people_and_its_mission_are_told_at_once(cast: Cast) -> None:
    mission = mission_of(cast.state)
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    assert request.status == AccessStatus.TOLD and is_there(cast.participations["expert"])
    assert request.told_at is not None
    assert request.effective_at == request.told_at + dt.timedelta(hours=48)
    assert told("The secretariat asks") == {*cast.own_side.values(), mission}
    assert told("A request for access waits") == {cast.administrator}, "and before that the other officer"


def test_it_takes_effect_when_one_of_them_confirms(cast: Cast) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    for press in range(2):
        assert confirm_request(actor=cast.second_expert, request=request).status == AccessStatus.DUE, press
    assert is_there(cast.participations["expert"]), "the page of a person carries nothing out"
    with pytest.raises(PolicyRefusedError, match="This request is being carried out"):
        refuse_request(actor=cast.focal_point, request=request, reason="Too late.")
    with pytest.raises(PolicyRefusedError, match="This request is being carried out"):
        withdraw_request(actor=cast.officer, request=request)
    assert (carry_out(), carry_out()) == (1, 0)
    assert confirm_request(actor=cast.second_expert, request=request).status == AccessStatus.DONE
    assert not is_there(cast.participations["expert"])
    assert AuditEntry.objects.filter(verb="reviews.participation.ended").count() == 1
    entries = AuditEntry.objects.filter(verb__startswith="reviews.access.").order_by("at")
    assert [(each.verb.rpartition(".")[2], each.actor) for each in entries] == [
        ("prepared", cast.officer),
        ("approved", cast.administrator),
        ("confirmed", cast.second_expert),
        ("done", None),
    ]
    assert cast.expert in told("The request for access is in effect"), "who leaves is told too"
    with pytest.raises(PolicyRefusedError, match="This request is in effect"):
        refuse_request(actor=cast.focal_point, request=request, reason="Too late.")


def test_silence_lets_it_take_effect_once(cast: Cast) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    with later(47.9):
        assert carry_out() == 0
    assert is_there(cast.participations["expert"])
    with later(48.1):
        assert (carry_out(), carry_out()) == (1, 0)
    request.refresh_from_db()
    assert (request.status, request.answered_by) == (AccessStatus.DONE, None)
    assert not is_there(cast.participations["expert"])
    assert AuditEntry.objects.filter(verb="reviews.participation.ended").count() == 1


def test_the_waiting_time_is_a_rule_that_the_secretariat_sets(cast: Cast) -> None:
    rule = AccountRule.objects.get(key="access_wait")
    assert (rule.value, rule.unit, bool(rule.source)) == (48, "hours", True)
    alone = AccountRule.objects.get(key="access_wait_alone")
    assert (alone.value, alone.unit, bool(alone.source)) == (7, "days", True)


@pytest.mark.parametrize(("key", "least"), [("access_wait", 24), ("access_wait_alone", 72)])
def test_nobody_makes_it_shorter_than_a_state_is_promised(key: str, least: int) -> None:
    rule = AccountRule.objects.get(key=key)
    rule.value, rule.unit = least * 60 - 1, "minutes"
    with pytest.raises(ValidationError, match=f"At least {least} hours"):
        rule.full_clean()
    rule.save()
    forget_account_rule(AccountRuleKey(key))
    assert account_rule(AccountRuleKey(key)) == dt.timedelta(hours=least), "whatever stands in the row"
    forget_account_rule(AccountRuleKey(key))
    rule.value = least * 60
    rule.full_clean()


def test_a_refusal_sends_it_back(cast: Cast) -> None:
    mission = mission_of(cast.state)
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    for press in range(2):
        found = refuse_request(actor=cast.focal_point, request=request, reason="We have not asked for this.")
        assert found.status == AccessStatus.REFUSED, press
    with later(24 * 30):
        assert carry_out() == 0
    assert is_there(cast.participations["expert"])
    assert told("The request for access was refused") == {
        *cast.own_side.values(),
        mission,
        cast.officer,
        cast.administrator,
    }
    with pytest.raises(PolicyRefusedError, match="The State has refused"):
        confirm_request(actor=cast.second_expert, request=request)


def test_a_refusal_says_why(cast: Cast) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    with pytest.raises(ServiceError, match="Say why"):
        refuse_request(actor=cast.focal_point, request=request, reason=" ")


def test_whoever_loses_access_delays_once_and_vetoes_nothing(cast: Cast) -> None:
    note = submitted_by(
        cast.officer, cast.state, named(role="focal_point", replaces=cast.participations["focal_point"].pk)
    )
    notes.approve(cast.administrator, note)
    request = AccessRequest.objects.get(note=note)
    with later(40):
        found = refuse_request(actor=cast.focal_point, request=request, reason="I stay.")
        assert found.status == AccessStatus.TOLD
        assert found.effective_at == timezone.now() + dt.timedelta(hours=48)
        assert told("The person who would lose access has objected") >= {cast.expert, cast.officer}
        with pytest.raises(PolicyRefusedError, match="You have delayed this request once"):
            refuse_request(actor=cast.focal_point, request=request, reason="I stay.")
    with later(87):
        assert carry_out() == 0
    with later(89):
        assert carry_out() == 1
    assert ("Ana Zorić", "focal_point") in people_in(cast.review, cast.state)
    assert not is_there(cast.participations["focal_point"])


def test_the_mission_refuses_the_replacement_of_a_focal_point(cast: Cast) -> None:
    mission = mission_of(cast.state)
    focal_point = cast.participations["focal_point"]
    note = submitted_by(cast.officer, cast.state, named(role="focal_point", replaces=focal_point.pk))
    notes.approve(cast.administrator, note)
    refuse_request(actor=mission, request=AccessRequest.objects.get(note=note), reason="No such note exists.")
    note.refresh_from_db()
    assert (note.status, note.return_reason) == (NoteStatus.RETURNED, "No such note exists.")
    assert is_there(focal_point)


@pytest.mark.parametrize("name", ["contributor", "observer", "same_group_focal_point", "bystander", "officer"])
def test_nobody_else_answers_for_the_state(cast: Cast, name: str) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    for act in (confirm_request, refuse_request):
        more = {"reason": "No."} if act is refuse_request else {}
        with pytest.raises((PolicyRefusedError, Http404)):
            act(actor=cast.people[name], request=request, **more)  # type: ignore[operator]


def test_a_note_that_an_officer_recorded_waits_for_the_state(cast: Cast) -> None:
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    assert note.status == NoteStatus.WAITING
    assert not User.objects.filter(email=ANA.email).exists()
    confirm(cast.focal_point, AccessRequest.objects.get(note=note))
    note.refresh_from_db()
    assert note.status == NoteStatus.APPROVED
    assert ("Ana Zorić", "governmental_expert") in people_in(cast.review, cast.state)


def test_whom_a_note_names_does_not_confirm_it(cast: Cast) -> None:
    naming = named(email=cast.expert.email, role="focal_point", replaces=cast.participations["focal_point"].pk)
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, naming))
    with pytest.raises(PolicyRefusedError, match="Somebody else of your State"):
        confirm_request(actor=cast.expert, request=AccessRequest.objects.get(note=note))


def test_a_note_that_the_mission_recorded_takes_effect_with_the_second_pair_of_eyes(cast: Cast) -> None:
    note = notes.approve(cast.officer, submitted_by(mission_of(cast.state), cast.state, ANA))
    assert note.status == NoteStatus.APPROVED
    assert not AccessRequest.objects.exists()


def test_what_cannot_be_carried_out_any_more_goes_back_with_the_reason(cast: Cast) -> None:
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    UserFactory(email=ANA.email, is_active=False)
    with later(49):
        assert carry_out() == 0
    request = AccessRequest.objects.get(note=note)
    assert request.status == AccessStatus.RETURNED
    assert "The account with this address is closed" in request.answer
    assert NoteVerbale.objects.get().status == NoteStatus.RETURNED


def test_what_cannot_be_carried_out_after_a_confirmation_goes_back_too(cast: Cast) -> None:
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    request = confirm_request(actor=cast.focal_point, request=AccessRequest.objects.get(note=note))
    UserFactory(email=ANA.email, is_active=False)
    assert carry_out() == 0
    request.refresh_from_db()
    assert (request.status, NoteVerbale.objects.get().status) == (AccessStatus.RETURNED, NoteStatus.RETURNED)
    assert told("The request for access was returned") >= {cast.officer, cast.administrator, cast.focal_point}


def test_a_confirmed_request_is_queued_with_the_commit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    queued: list[str] = []
    monkeypatch.setattr(carry_out_access_task, "delay", lambda: queued.append("carry out"))
    with django_capture_on_commit_callbacks(execute=True):
        confirm_request(actor=cast.focal_point, request=request)
        assert queued == []
    assert queued == ["carry out"]


def test_a_worker_does_not_take_the_word_of_a_row(cast: Cast) -> None:
    """A row as if two officers stood behind it, of whom the record of acts knows nothing."""
    request = asked_to_end(cast.officer, cast.participations["expert"])
    now = timezone.now()
    AccessRequest.objects.filter(pk=request.pk).update(
        status=AccessStatus.DUE, approved_by=cast.administrator, told_at=now, effective_at=now
    )
    assert carry_out() == 0
    request.refresh_from_db()
    assert (request.status, "does not show who stands behind" in request.answer) == (AccessStatus.RETURNED, True)
    assert is_there(cast.participations["expert"])


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: {"participation": cast.participations["focal_point"]},
        lambda cast: {"wanted": {"email": "mole@attacker.example"}},
        lambda cast: {"prepared_by": cast.administrator},
        lambda cast: {"sha256": "0" * 64},
    ],
    ids=["participation", "wanted", "prepared_by", "sha256"],
)
def test_what_is_asked_for_never_changes(cast: Cast, change: Any) -> None:
    request = asked_to_end(cast.officer, cast.participations["expert"])
    with pytest.raises(DatabaseError, match="Cannot update rows of reviews_accessrequest"), transaction.atomic():
        AccessRequest.objects.filter(pk=request.pk).update(**change(cast))


def test_one_that_fails_by_a_mistake_of_ours_keeps_no_other_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    second = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["observer"]))
    ours = access_kinds.end_participation

    def broken(*, actor: Any, participation: Participation) -> None:
        if participation.pk == first.participation_id:
            raise ZeroDivisionError
        ours(actor=actor, participation=participation)

    monkeypatch.setattr(access_kinds, "end_participation", broken)
    with later(49):
        assert carry_out() == 1
    assert f"The request for access {first.pk} was not carried out" in caplog.text
    assert AccessRequest.objects.get(pk=first.pk).status == AccessStatus.TOLD, "it is tried again"
    assert AccessRequest.objects.get(pk=second.pk).status == AccessStatus.DONE
