"""Invitations to meetings of the experts: who asks, who answers, when it is agreed, and what a change does."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError, SystemActor
from reviews.cases.models import PartialTeam
from reviews.meetings.enums import MeetingStatus
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from reviews.meetings.selectors import invitation_of, meetings_to_come
from reviews.meetings.services import StaleInvitationError
from tests import utils
from tests.at_once import answer_meeting, cancel_meeting, change_meeting, invite_to_meeting, record_planned_meeting
from tests.reviews.meetings.meetings import agreed, given, in_days, invited, say, told
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]


def status_of(meeting: PlannedMeeting) -> MeetingStatus:
    return MeetingStatus(PlannedMeeting.objects.get(pk=meeting.pk).status)


def said(meeting: PlannedMeeting) -> dict[str, bool | None]:
    words = invitation_of(meeting).asked
    return {word.state.iso3: word.answer.agrees if word.answer else None for word in words}


def test_who_invites_has_said_yes_for_the_own_state_and_the_others_are_asked(talking: Cast) -> None:
    meeting = invited(talking)
    assert said(meeting) == {"XVE": None, "XAL": None, "XLE": True}
    assert (meeting.status, meeting.invited_for, meeting.language) == ("invited", talking.same_group_state, "en")
    assert meeting.local_start == dt.datetime.combine(in_days(10), dt.time(10), ZoneInfo("Europe/Vienna"))


def test_it_is_agreed_when_the_last_state_has_said_yes(talking: Cast) -> None:
    meeting = invited(talking)
    say(talking.expert, meeting)
    assert status_of(meeting) == MeetingStatus.INVITED
    say(talking.other_group_focal_point, meeting)
    assert status_of(meeting) == MeetingStatus.AGREED
    with pytest.raises(PolicyRefusedError, match="is agreed"):
        say(talking.focal_point, meeting, agrees=False, note="Too late")


def test_a_no_keeps_it_open_and_the_state_may_say_otherwise(talking: Cast) -> None:
    meeting = invited(talking)
    say(talking.expert, meeting)
    say(talking.other_group_expert, meeting, agrees=False, note="A holiday")
    assert (status_of(meeting), said(meeting)["XAL"]) == (MeetingStatus.NOT_AGREED, False)
    say(talking.other_group_focal_point, meeting)
    assert status_of(meeting) == MeetingStatus.AGREED


def test_a_no_needs_a_word_why(talking: Cast) -> None:
    meeting = invited(talking)
    with pytest.raises(ServiceError) as refusal:
        say(talking.expert, meeting, agrees=False, note=" ")
    assert (refusal.value.field, said(meeting)["XVE"]) == ("note", None)


def test_whoever_the_secretariat_invites_every_state_is_asked(talking: Cast) -> None:
    meeting = invited(talking, actor=talking.officer)
    assert said(meeting) == {"XVE": None, "XAL": None, "XLE": None}
    by_system = invite_to_meeting(actor=SystemActor("test"), review=talking.review, given=given())
    assert (by_system.invited_by, by_system.invited_for) == (None, None)


def test_a_state_without_which_the_others_go_ahead_is_not_asked(talking: Cast) -> None:
    PartialTeam.objects.create(
        review=talking.review, state_party=talking.other_group_state, reason="None named.", recorded_by=None
    )
    talking.review.participations.filter(state_party=talking.other_group_state).update(ended_at=timezone.now())
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
        meeting = invited(talking)
        assert said(meeting) == {"XVE": None, "XLE": True}
        say(talking.expert, meeting)
    assert status_of(meeting) == MeetingStatus.AGREED


@pytest.mark.parametrize("name", ["observer", "contributor", "same_group_observer", "auditor", "officer"])
def test_who_does_not_write_for_a_state_answers_not(talking: Cast, name: str) -> None:
    meeting = invited(talking)
    with pytest.raises(PolicyRefusedError):
        say(talking.people[name], meeting)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": lambda: in_days(-3)}, "day"),
        ({"day": lambda: in_days(800)}, "day"),
        ({"day": lambda: dt.date(9999, 12, 31)}, "day"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"means": "telepathy"}, "means"),
        ({"means": "in_person"}, "place"),
        ({"place": "p" * 301}, "place"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://files.example"}, "link"),
        ({"agenda": "a" * 5001}, "agenda"),
    ],
)
def test_what_is_wrong_is_told_by_field(talking: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        invited(talking, **{name: value() if callable(value) else value for name, value in changes.items()})
    assert refusal.value.field == field
    assert not PlannedMeeting.objects.exists()


@pytest.mark.parametrize("minutes", [5, 1440])
def test_the_shortest_and_the_longest_meeting_are_taken(talking: Cast, minutes: int) -> None:
    assert invited(talking, minutes=minutes).minutes == minutes


@time_machine.travel("2027-01-10T12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        (dt.date(2027, 3, 28), dt.time(2, 30), "put forward"),
        (dt.date(2027, 10, 31), dt.time(2, 30), "put back"),
        (dt.date(2027, 1, 10), dt.time(13, 0), "has passed"),
        (dt.date(2027, 1, 10), dt.time(0, 0), "has passed"),
    ],
)
def test_a_local_time_that_names_no_moment_to_come_is_refused(
    make_cast: Callable[..., Cast], day: dt.date, at: dt.time, words: str
) -> None:
    cast = make_cast("dialogue")
    with pytest.raises(ServiceError, match=words) as refusal:
        invited(cast, day=day, at=at)
    assert refusal.value.field == "at"


def test_the_same_day_is_judged_by_the_clocks_of_the_zone(talking: Cast) -> None:
    with time_machine.travel(dt.datetime.combine(in_days(1), dt.time(11), dt.UTC), tick=False):
        today = timezone.now().date()
        # It is midnight in Auckland already, and morning in New York.
        assert invited(talking, day=today + dt.timedelta(days=1), at=dt.time(1), time_zone="Pacific/Auckland")
        with pytest.raises(ServiceError):
            invited(talking, day=today, at=dt.time(23), time_zone="Pacific/Auckland")
        assert invited(talking, day=today, at=dt.time(8), time_zone="America/New_York")


def test_another_time_is_asked_for_anew(talking: Cast) -> None:
    meeting = invited(talking)
    say(talking.expert, meeting, agrees=False, note="A holiday")
    changed = change_meeting(
        actor=talking.same_group_focal_point, meeting=meeting, revision=1, given=given(day=in_days(12))
    )
    assert (changed.revision, changed.status) == (2, "invited")
    assert said(meeting) == {"XVE": None, "XAL": None, "XLE": True}
    assert MeetingAnswer.objects.filter(meeting=meeting, revision=1).count() == 2, "what was said before is kept"


def test_an_answer_to_what_was_asked_before_is_refused(talking: Cast) -> None:
    meeting = invited(talking)
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(minutes=60))
    with pytest.raises(StaleInvitationError, match="changed in the meantime") as refusal:
        answer_meeting(actor=talking.expert, meeting=meeting, revision=1, agrees=True)
    assert (refusal.value.revision, said(meeting)["XVE"]) == (2, None)


def test_a_change_that_rests_on_an_older_revision_is_refused(talking: Cast) -> None:
    meeting = invited(talking)
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(agenda="Article 6"))
    with pytest.raises(StaleInvitationError):
        change_meeting(actor=talking.same_group_focal_point, meeting=meeting, revision=1, given=given(agenda="Lost"))
    meeting.refresh_from_db()
    assert meeting.agenda == "Article 6"


def test_an_agreed_meeting_with_another_time_is_agreed_no_longer(talking: Cast) -> None:
    meeting = agreed(talking)
    assert meeting.agreed_at is not None
    changed = change_meeting(actor=talking.officer, meeting=meeting, revision=1, given=given(at=dt.time(9)))
    assert (changed.revision, changed.status, changed.agreed_at) == (3, "invited", None)
    assert said(meeting) == {"XVE": None, "XAL": None, "XLE": None}, "the officer speaks for no State"


@pytest.mark.parametrize("changes", [{"agenda": "Article 6"}, {"link": "https://meet.example/2"}, {"place": "Room 3"}])
def test_link_and_agenda_can_be_added_to_what_is_agreed(talking: Cast, changes: dict[str, str]) -> None:
    meeting = agreed(talking)
    changed = change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(**changes))
    assert (changed.status, changed.revision) == ("agreed", 2)
    assert set(said(meeting).values()) == {True}


def test_the_place_of_a_meeting_in_person_is_asked_for_anew(talking: Cast) -> None:
    meeting = agreed(talking, means="in_person", place="Vienna")
    elsewhere = given(means="in_person", place="Geneva")
    changed = change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=elsewhere)
    assert changed.status == "invited"


def test_a_change_of_nothing_changes_nothing(talking: Cast) -> None:
    meeting = agreed(talking)
    mails = len(told("meeting_agreed"))
    changed = change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given())
    assert (changed.revision, changed.status, len(told("meeting_agreed"))) == (1, "agreed", mails)


def test_only_the_inviting_state_and_the_secretariat_change_or_cancel(talking: Cast) -> None:
    meeting = invited(talking)
    for user in (talking.focal_point, talking.other_group_focal_point, talking.same_group_observer):
        with pytest.raises(PolicyRefusedError):
            change_meeting(actor=user, meeting=meeting, revision=1, given=given(minutes=30))
        with pytest.raises(PolicyRefusedError):
            cancel_meeting(actor=user, meeting=meeting, reason="No.")
    assert (
        cancel_meeting(actor=talking.same_group_focal_point, meeting=meeting, reason="Elections.").reason
        == "Elections."
    )
    with pytest.raises(PolicyRefusedError, match="was cancelled"):
        cancel_meeting(actor=talking.officer, meeting=meeting, reason="Again.")


def test_a_cancellation_needs_a_reason_and_raises_the_revision(talking: Cast) -> None:
    meeting = agreed(talking)
    with pytest.raises(ServiceError) as refusal:
        cancel_meeting(actor=talking.officer, meeting=meeting, reason="  ")
    assert refusal.value.field == "reason"
    cancelled = cancel_meeting(actor=talking.officer, meeting=meeting, reason="Elections.")
    assert (cancelled.revision, cancelled.status, cancelled.changed_by) == (2, "cancelled", talking.officer)
    assert cancelled.agreed_at is not None


def test_who_changed_a_meeting_last_and_for_whom_is_kept(talking: Cast) -> None:
    meeting = agreed(talking)
    assert meeting.changed_at is None
    changed = change_meeting(actor=talking.officer, meeting=meeting, revision=1, given=given(agenda="Article 6."))
    assert (changed.changed_by, changed.changed_for) == (talking.officer, None)
    by_state = change_meeting(
        actor=talking.same_group_focal_point, meeting=meeting, revision=2, given=given(agenda="Article 8.")
    )
    assert (by_state.changed_by, by_state.changed_for) == (talking.same_group_focal_point, by_state.invited_for)


def test_nobody_cancels_a_meeting_that_was_changed_meanwhile(talking: Cast) -> None:
    meeting = agreed(talking)
    change_meeting(actor=talking.officer, meeting=meeting, revision=1, given=given(agenda="Article 6."))
    with pytest.raises(StaleInvitationError):
        cancel_meeting(actor=talking.same_group_focal_point, meeting=meeting, revision=1, reason="Elections.")


def test_what_was_cancelled_is_listed_until_its_time_has_passed(talking: Cast) -> None:
    meeting = invited(talking)
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Elections.")
    assert [each.meeting.pk for each in meetings_to_come(talking.review)] == [meeting.pk]
    with time_machine.travel(meeting.ends_at):
        assert meetings_to_come(talking.review) == []


def test_a_meeting_that_was_held_goes_into_the_log_once(talking: Cast) -> None:
    meeting = agreed(talking)
    held = {"held_on": meeting.local_start.date(), "means": meeting.means, "others": "Two interpreters"}
    with pytest.raises(ServiceError, match="has been held"):
        record_planned_meeting(actor=talking.focal_point, meeting=meeting, **held)
    with time_machine.travel(meeting.ends_at + dt.timedelta(hours=1)):
        record = record_planned_meeting(actor=talking.focal_point, meeting=meeting, **held)
        with pytest.raises(ServiceError, match="already"):
            record_planned_meeting(actor=talking.focal_point, meeting=meeting, **held)
        assert meetings_to_come(talking.review) == []
    assert DialogueMeeting.objects.get(planned=meeting) == record


def test_an_invitation_whose_time_has_passed_is_answered_no_more_but_can_be_moved(talking: Cast) -> None:
    meeting = invited(talking)
    with time_machine.travel(meeting.ends_at):
        with pytest.raises(PolicyRefusedError, match="has passed"):
            say(talking.expert, meeting)
        later = given(day=in_days(7))
        assert change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=later).revision == 2


def test_the_record_tells_when_and_how_and_nothing_written(talking: Cast) -> None:
    meeting = invited(talking, place="Secret place", agenda="Secret agenda", link="https://secret.example/")
    say(talking.expert, meeting)
    say(talking.other_group_expert, meeting, agrees=False, note="Secret word")
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(agenda="Secret again"))
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Secret reason")
    audit.chain_now()
    entries = AuditEntry.objects.filter(target_id=meeting.pk).order_by("sequence")
    assert [entry.verb.rpartition(".")[2] for entry in entries] == [
        "invited", "answered", "answered", "changed", "cancelled",
    ]  # fmt: skip
    assert entries[1].after == {"state": "XVE", "agrees": True, "revision": 1}
    assert "secret" not in str([vars(entry) for entry in entries]).lower()


@pytest.mark.django_db(transaction=True)
def test_two_states_that_say_yes_at_once_agree(make_cast: Callable[..., Cast]) -> None:
    cast = make_cast("dialogue")
    meeting = invited(cast)
    both = threading.Barrier(2)
    failures: list[Exception] = []

    def answer(user: User) -> None:
        try:
            own = PlannedMeeting.objects.select_related("review__step", "review__mechanism").get(pk=meeting.pk)
            both.wait(timeout=10)
            answer_meeting(actor=user, meeting=own, revision=1, agrees=True)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[user]) for user in (cast.expert, cast.other_group_expert)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert status_of(meeting) == MeetingStatus.AGREED
    assert set(told("meeting_agreed")) >= {"Expert", "Other Group Observer"}
    utils.fresh(cast)


@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_a_change_at_once_no_yes_is_taken_for_the_other_time(make_cast: Callable[..., Cast]) -> None:
    cast = make_cast("dialogue")
    meeting = invited(cast)
    both = threading.Barrier(2)
    outcomes: dict[str, str] = {}

    def act(name: str, do: Callable[[PlannedMeeting], Any]) -> None:
        own = PlannedMeeting.objects.select_related("review__step", "review__mechanism").get(pk=meeting.pk)
        both.wait(timeout=10)
        try:
            do(own)
            outcomes[name] = "done"
        except StaleInvitationError:
            outcomes[name] = "stale"
        finally:
            connection.close()

    acts = {
        "answer": lambda own: answer_meeting(actor=cast.expert, meeting=own, revision=1, agrees=True),
        "change": lambda own: change_meeting(
            actor=cast.same_group_expert, meeting=own, revision=1, given=given(at=dt.time(16))
        ),
    }
    threads = [threading.Thread(target=act, args=[name, do]) for name, do in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes["change"] == "done"
    assert outcomes["answer"] in {"done", "stale"}
    assert said(meeting)["XVE"] is None
