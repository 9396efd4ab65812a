"""The pages of meetings to come: what the dialogue lists, the forms, and who is offered what."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from accounts.people.models import User
from reviews.cases.models import Review
from reviews.drafts.situations import shown_on_table
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from tests.at_once import cancel_meeting, change_meeting
from tests.dialogue.supplements.dialogues import DIALOGUE, MEETING, OUTSIDE, text_of
from tests.forms import send_form
from tests.query_counts import assert_query_count
from tests.reviews.meetings.meetings import INVITE, agreed, given, in_days, invited, page_of, say
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
ANSWER, CHANGE, CANCEL, DOWNLOAD, RECORD = (
    "Answer the invitation", "Change the meeting", "Cancel the meeting", "Put it into your calendar",
    "Record this meeting",
)  # fmt: skip


def seen(base: str = "") -> dict[str, str]:
    """What a form of a meeting carries unseen: the revision, and who reads what is written."""
    return {"base": base, "shown": shown_on_table(Review.objects.get(code="1-XVE")).token}


def typed(**changes: str) -> dict[str, str]:
    fields = {
        "day": in_days(10).isoformat(),
        "at": "10:00",
        "time_zone": "Europe/Vienna",
        "minutes": "90",
        "means": "videoconference",
        "place": "",
        "link": "https://meet.example/1",
        "agenda": "Article 5",
    }
    return fields | changes


def offered(login_as: LoginAs, user: User) -> set[str]:
    page = text_of(login_as(user).get(DIALOGUE))
    planned = page[page.index('id="planned"') : page.index('id="meetings"')]
    return {label for label in (ANSWER, CHANGE, CANCEL, DOWNLOAD, RECORD) if label in planned}


def test_the_dialogue_says_when_in_both_zones_and_who_has_said_what(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking, time_zone="Asia/Tokyo")  # neither changes its clocks
    say(talking.expert, meeting, agrees=False, note="A *holiday*")
    User.objects.filter(pk=talking.observer.pk).update(time_zone="Asia/Riyadh")
    page = text_of(login_as(User.objects.get(pk=talking.observer.pk)).get(DIALOGUE))
    day = in_days(10)
    for words in (
        f"{day:%A}, {day.day} {day:%B %Y}, 10:00–11:30 (Tokyo)",
        f"{day:%A}, {day.day} {day:%B %Y}, 04:00–05:30 (Riyadh)",
        "1 hour 30 minutes",
        "Not agreed",
        "A *holiday*",
        "Not answered yet",
        "Article 5",
        'href="https://meet.example/1"',
    ):
        assert words in page, words


def test_the_readers_own_zone_is_left_out_where_clocks_show_the_same(talking: Cast, login_as: LoginAs) -> None:
    invited(talking)
    User.objects.filter(pk=talking.observer.pk).update(time_zone="Europe/Berlin")
    assert "In your time zone" not in text_of(login_as(User.objects.get(pk=talking.observer.pk)).get(DIALOGUE))


def test_buttons_are_for_whom_they_concern(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    assert offered(login_as, talking.expert) == {ANSWER}
    assert offered(login_as, talking.focal_point) == {ANSWER}
    assert offered(login_as, talking.same_group_focal_point) == {CHANGE, CANCEL}
    assert offered(login_as, talking.officer) == {CHANGE, CANCEL}
    assert offered(login_as, talking.other_group_observer) == {ANSWER}, "disabled, with the reason"
    assert "Only the experts and the focal point of a State answer for it." in text_of(
        login_as(talking.other_group_observer).get(DIALOGUE)
    )
    say(talking.expert, meeting)
    assert offered(login_as, talking.expert) == set()
    say(talking.other_group_expert, meeting)
    assert offered(login_as, talking.observer) == {DOWNLOAD}
    assert offered(login_as, talking.same_group_expert) == {CHANGE, CANCEL, DOWNLOAD}
    with time_machine.travel(PlannedMeeting.objects.get(pk=meeting.pk).ends_at):
        assert offered(login_as, talking.expert) == {DOWNLOAD}
        assert offered(login_as, talking.focal_point) == {DOWNLOAD, RECORD}
        assert offered(login_as, talking.observer) == {DOWNLOAD}


def test_the_dialogue_takes_the_same_queries_for_one_meeting_to_come_and_for_three(
    talking: Cast, login_as: LoginAs
) -> None:
    for number in range(1, 4):
        meeting = invited(talking, day=in_days(10 + number))
        say(talking.expert, meeting, agrees=False, note="A holiday")
        if number == 2:
            continue
        for user, name in ((talking.officer, "officer"), (talking.focal_point, "focal point")):
            client = login_as(user)
            client.get(DIALOGUE)
            with assert_query_count(f"dialogue:dialogue with meetings to come as {name}"):
                page = client.get(DIALOGUE)
            assert len(page.context["planned"]) == number


def test_what_was_cancelled_says_why(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="General elections")
    page = text_of(login_as(talking.expert).get(DIALOGUE))
    assert "Cancelled" in page
    assert "General elections" in page
    assert offered(login_as, talking.expert) == set()


def test_an_expert_invites(talking: Cast, login_as: LoginAs) -> None:
    done = login_as(talking.same_group_expert).post(INVITE, {**typed(), **seen()})
    meeting = PlannedMeeting.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"{DIALOGUE}#planned-{meeting.pk}")
    assert (meeting.invited_by, meeting.link, meeting.agenda) == (
        talking.same_group_expert, "https://meet.example/1", "Article 5",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"day": ""}, "day", "Give the day of the meeting."),
        ({"day": "2020-01-01"}, "day", "This time has passed."),
        ({"at": ""}, "at", "Give the time at which the meeting begins."),
        ({"time_zone": ""}, "time_zone", "Choose a time zone from the list."),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Choose a time zone from the list."),
        ({"minutes": "an hour"}, "minutes", "Give the duration as a number of minutes."),
        ({"minutes": "2"}, "minutes", "A meeting lasts from 5 minutes to 24 hours (1440 minutes)."),
        ({"means": ""}, "means_0", "Choose how the meeting will be held."),
        ({"means": "in_person"}, "place", "Say where the experts meet."),
        ({"link": "javascript:alert(1)"}, "link", "A link must begin with https:// or http://."),
    ],
)
def test_what_is_wrong_is_told_by_field_and_what_was_typed_stays(
    talking: Cast, login_as: LoginAs, changes: dict[str, str], field: str, message: str
) -> None:
    page = login_as(talking.same_group_expert).post(INVITE, {**typed(**changes), **seen()})
    assert page.status_code == 422
    assert [(link.target, link.message) for link in page.context["form"].error_links] == [(f"id_{field}", message)]
    assert "Article 5" in text_of(page)
    assert not PlannedMeeting.objects.exists()


def test_the_zone_is_the_persons_own_at_first(talking: Cast, login_as: LoginAs) -> None:
    User.objects.filter(pk=talking.same_group_expert.pk).update(time_zone="Asia/Tokyo")
    form = login_as(User.objects.get(pk=talking.same_group_expert.pk)).get(INVITE).context["form"]
    assert (form.initial["time_zone"], form.initial["minutes"]) == ("Asia/Tokyo", 60)


def test_who_invites(talking: Cast, login_as: LoginAs) -> None:
    may_not = {"observer", "contributor", "same_group_observer", "other_group_observer", "auditor"}
    for name, user in talking.people.items():
        status = login_as(user).get(INVITE).status_code
        assert status == OUTSIDE.get(name, 403 if name in may_not else 200), name


def test_a_state_answers_on_a_page_that_shows_the_invitation(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    client = login_as(talking.expert)
    page = client.get(page_of(meeting, "answer"))
    assert "Article 5" in text_of(page)
    assert page.context["form"].initial == {**seen(), "base": 1}
    done = client.post(page_of(meeting, "answer"), {**seen("1"), "agrees": "no", "note": "A holiday"})
    assert done.status_code == 302
    answer = MeetingAnswer.objects.get(meeting=meeting, state_party=talking.state)
    assert (answer.agrees, answer.note, answer.answered_by) == (False, "A holiday", talking.expert)
    again = client.get(page_of(meeting, "answer")).context["form"].initial
    assert again == {**seen(), "base": 1, "agrees": "no", "note": "A holiday"}


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({}, "agrees_0", "Choose whether your State agrees."),
        ({"agrees": "no"}, "note", "Say in a word why not, so that another time can be found."),
        ({"agrees": "yes", "note": "n" * 2001}, "note", "This is 2001 characters long. The limit is 2000."),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_by_field(
    talking: Cast, login_as: LoginAs, data: dict[str, str], field: str, message: str
) -> None:
    meeting = invited(talking)
    page = login_as(talking.expert).post(page_of(meeting, "answer"), {**seen("1"), **data})
    assert page.status_code == 422
    assert [(link.target, link.message) for link in page.context["form"].error_links] == [(f"id_{field}", message)]


def test_an_answer_to_an_older_invitation_comes_back_with_the_new_one(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(at=dt.time(16)))
    client = login_as(talking.expert)
    page = client.post(page_of(meeting, "answer"), {**seen("1"), "agrees": "no", "note": "Kept words"})
    assert page.status_code == 422
    for words in ("The invitation was changed in the meantime.", "16:00–17:30", "Kept words", 'value="2"'):
        assert words in text_of(page), words
    assert client.post(page_of(meeting, "answer"), {**seen("2"), "agrees": "yes"}).status_code == 302


def test_an_answer_to_a_meeting_that_was_cancelled_meanwhile_comes_back(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="General elections")
    page = login_as(talking.expert).post(
        page_of(meeting, "answer"), {**seen("1"), "agrees": "no", "note": "Kept words"}
    )
    assert (page.status_code, "Kept words" in text_of(page)) == (403, True)


@pytest.mark.parametrize("base", ["", "x", "-1", "999999999999999999999"])
def test_an_answer_that_names_no_revision_counts_for_none(talking: Cast, login_as: LoginAs, base: str) -> None:
    meeting = invited(talking)
    page = login_as(talking.expert).post(page_of(meeting, "answer"), {**seen(base), "agrees": "yes"})
    assert page.status_code == 422
    assert not MeetingAnswer.objects.filter(state_party=talking.state).exists()


def test_the_form_of_a_change_holds_what_stands(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    client = login_as(talking.same_group_focal_point)
    page = text_of(client.get(page_of(meeting, "change")))
    for value in (f'value="{in_days(10)}"', 'value="10:00"', 'value="90"', 'value="https://meet.example/1"'):
        assert value in page, value
    done = client.post(page_of(meeting, "change"), {**typed(minutes="60"), **seen("1")})
    assert done.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.revision) == (60, 2)
    stale = client.post(page_of(meeting, "change"), {**typed(agenda="Typed words"), **seen("1")})
    assert stale.status_code == 422
    assert "Typed words" in text_of(stale)
    assert client.post(page_of(meeting, "change"), {**typed(agenda="Typed words"), **seen("2")}).status_code == 302


def test_a_meeting_is_cancelled_with_a_reason(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    client = login_as(talking.same_group_expert)
    page = client.post(page_of(meeting, "cancel"), {**seen(), "reason": ""})
    assert [link.target for link in page.context["form"].error_links] == ["id_reason"]
    assert client.post(page_of(meeting, "cancel"), {**seen("1"), "reason": "Elections"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.reason) == ("cancelled", "Elections")
    assert client.get(page_of(meeting, "cancel")).status_code == 403


def test_a_meeting_of_another_review_is_not_there(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    elsewhere = f"/en/untoc/reviews/{talking.bystander_review.code}/meetings/{meeting.pk}/answer/"
    assert login_as(talking.officer).get(elsewhere).status_code == 404
    for name in OUTSIDE:
        assert login_as(talking.people[name]).get(page_of(meeting, "answer")).status_code == 404


def test_a_meeting_that_is_over_is_recorded_with_its_date_and_means_filled_in(talking: Cast, login_as: LoginAs) -> None:
    meeting = agreed(talking, means="conference_call")
    address = f"{MEETING}?meeting={meeting.pk}"
    with time_machine.travel(meeting.ends_at + dt.timedelta(hours=1)):
        client = login_as(talking.focal_point)
        assert address in text_of(client.get(DIALOGUE)).replace("&amp;", "&")
        form = client.get(address).context["form"]
        assert form.initial == {
            "held_on": in_days(0),
            "means": "conference_call",
            "shown": shown_on_table(meeting.review).token,
        }
        data = {"held_on": in_days(0).isoformat(), "means": "conference_call", "others": "Interpreters"}
        assert send_form(client, address, data).status_code == 302
        assert RECORD not in text_of(client.get(DIALOGUE))
        again = send_form(client, address, data)
        assert again.status_code == 422
        assert "This meeting has been recorded already." in text_of(again)
    assert DialogueMeeting.objects.filter(planned=meeting).count() == 1


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_meeting_that_is_not_there_is_not_recorded(talking: Cast, login_as: LoginAs, key: str) -> None:
    assert login_as(talking.focal_point).get(f"{MEETING}?meeting={key}").status_code == 404
