"""Which times suit for a meeting: one asks, each State says so, one time is picked and asked for like any other."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import PartialTeam
from reviews.meetings.models import PlannedMeeting
from reviews.opening import TeamChange
from reviews.polls.models import MeetingPoll
from reviews.polls.selectors import poll_as_it_stands
from reviews.polls.services import StalePollError, follow_team, withdraw_poll
from reviews.polls.tasks import settle_polls_task
from reviews.registration.services.participation import end_participation
from tests.accounts.tokens.making import program_of
from tests.at_once import change_meeting
from tests.dialogue.exchange.exchange import text_of
from tests.dialogue.supplements.dialogues import REVIEW
from tests.factories.accounts import UserFactory
from tests.reviews.meetings.meetings import agreed, given as meeting_given, in_days
from tests.reviews.polls.polls import PROPOSE, answer, change, page_of, pick, proposed, table
from tests.utils import SYSTEM, Cast, register

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]


def told(user: User, news: str) -> int:
    return Notification.objects.filter(recipient=user, key__startswith=f"{news}:").count()


def test_the_last_answer_closes_it_and_the_time_that_is_picked_is_asked_for(cast: Cast) -> None:
    poll = proposed(cast, 20, 21, 22, agenda="Article 5")
    assert poll_as_it_stands(poll).answer_of(cast.same_group_state.pk).words == ["yes"] * 3
    assert told(cast.expert, "poll_asked") == told(cast.other_group_focal_point, "poll_asked") == 1
    assert told(cast.same_group_focal_point, "poll_asked") == 0
    answer(cast.expert, poll, "no yes if_need_be")
    assert answer(cast.expert, poll, "no if_need_be yes").status == "open"  # it has thought again
    assert told(cast.same_group_expert, "poll_closed") == 0
    assert answer(cast.other_group_focal_point, poll, "no no yes").status == "closed"
    assert told(cast.same_group_expert, "poll_closed") == 1
    with pytest.raises(PolicyRefusedError, match="All States have answered"):
        answer(cast.expert, poll, "yes yes yes")
    meeting = pick(cast.same_group_expert, poll, 3)
    assert (meeting.local_start.date(), meeting.agenda, meeting.status) == (in_days(22), "Article 5", "invited")
    assert [row.state_party for row in meeting.answers.all()] == [cast.same_group_state]  # a yes in a poll binds nobody
    assert told(cast.expert, "meeting_invited") == 1
    poll.refresh_from_db()
    assert (poll.status, poll.meeting, poll.picked) == ("decided", meeting, meeting.starts_at)


def test_a_poll_moves_a_meeting_that_is_agreed(cast: Cast) -> None:
    meeting = agreed(cast, link="https://meet.example/7")
    poll = proposed(cast, 30, 31, meeting=meeting)
    with pytest.raises(ServiceError, match="runs already"):
        proposed(cast, 40, 41, meeting=meeting)
    assert pick(cast.same_group_expert, poll, 2) == meeting
    moved = PlannedMeeting.objects.get()
    assert (moved.local_start.date(), moved.status, moved.link) == (in_days(31), "invited", "https://meet.example/7")
    assert told(cast.expert, "meeting_moved") == told(cast.expert, "meeting_changed") == 1


def test_a_pick_takes_nothing_back_of_what_the_meeting_says_by_now(cast: Cast, login_as: LoginAs) -> None:
    meeting = agreed(cast)
    poll = proposed(cast, 30, 31, meeting=meeting, agenda="Article 5", minutes=90)
    client, page = login_as(cast.same_group_expert), page_of(poll, "pick")
    picked = {**client.get(page).context["form"].initial, "slot": "2"}
    on = {"actor": cast.same_group_expert, "meeting": meeting, "revision": meeting.revision}
    change_meeting(**on, given=meeting_given(agenda="Articles 5 and 6"))
    told_by_api = program_of(cast.expert).get(f"/api/v1/untoc/reviews/{cast.review.code}/polls/").json()["results"]
    assert [(row["poll"]["agenda"], row["words"][0]["agrees"]) for row in told_by_api] == [("Articles 5 and 6", None)]
    back = client.post(page, picked)
    assert (back.status_code, "or the meeting was changed" in text_of(back)) == (422, True)
    assert "Articles 5 and 6" in text_of(back)
    again = {name: back.context["form"][name].value() for name in picked}
    assert client.post(page, again).status_code == 302
    moved = PlannedMeeting.objects.get()
    assert (moved.local_start.date(), moved.agenda) == (in_days(31), "Articles 5 and 6")


def test_nobody_is_asked_any_more_about_a_meeting_that_was_cancelled(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast, 30, 31, meeting=agreed(cast))
    asked, client = "Say which times suit your State for a meeting of the experts", login_as(cast.expert)
    page = page_of(poll, "answer")
    said = {**client.get(page).context["form"].initial, "word_1": "yes", "word_2": "no", "note": "Kept."}
    assert asked in text_of(client.get("/en/"))
    PlannedMeeting.objects.update(status="cancelled")
    assert asked not in text_of(client.get("/en/"))
    back = client.post(page, said)
    assert (back.status_code, "cancelled or held" in text_of(back), "Kept." in text_of(back)) == (403, True, True)
    for act in ("answer", "change", "pick"):
        refused = login_as(cast.same_group_expert).get(page_of(poll, act))
        assert (refused.status_code, "cancelled or held" in text_of(refused)) == (403, True), act
    client = login_as(cast.expert)
    assert "Nobody asks which times suit." in text_of(client.get(f"{REVIEW}dialogue/"))


def test_other_times_are_asked_about_anew(cast: Cast) -> None:
    poll = proposed(cast, 20, 21)
    answer(cast.expert, poll, "yes no")
    answer(cast.other_group_expert, poll, "no no")
    change(cast.same_group_expert, poll, 24, 25)
    assert (poll_as_it_stands(poll).missing, MeetingPoll.objects.get().status) == (
        [cast.state, cast.other_group_state],
        "open",
    )
    assert told(cast.expert, "poll_changed") == 1
    with pytest.raises(StalePollError):
        answer(cast.expert, poll, "yes no", revision=1)


def test_who_picks_has_seen_every_answer(cast: Cast) -> None:
    poll = proposed(cast)
    standing = poll_as_it_stands(poll).standing
    answer(cast.expert, poll, "no yes")
    with pytest.raises(OutdatedError, match="A State has answered"):
        pick(cast.same_group_expert, poll, 1, standing=standing)
    assert pick(cast.same_group_expert, poll, 2)  # though a State has said nothing yet


@pytest.mark.parametrize(
    ("days", "changes", "field"),
    [
        ((20,), {}, "day_2"),
        ((20, 20), {}, "day_2"),
        ((20, -1), {}, "at_2|day_2"),
        ((20, 21, 22, 23, 24, 25, 26), {}, "day_1"),
        ((20, 21), {"time_zone": "Middle-earth"}, "time_zone"),
        ((20, 21), {"means": "in_person"}, "place"),
    ],
)
def test_what_cannot_be_asked_is_said_by_the_field(
    cast: Cast, days: tuple[int, ...], changes: dict[str, str], field: str
) -> None:
    with pytest.raises(ServiceError) as refusal:
        proposed(cast, *days, **changes)
    assert refusal.value.field in field.split("|")


def test_a_state_that_has_left_is_not_waited_for(cast: Cast) -> None:
    poll = proposed(cast)
    answer(cast.expert, poll, "yes yes")
    cast.review.reviewing_states.filter(state_party=cast.other_group_state).delete()
    follow_team(SYSTEM, cast.review, TeamChange([cast.other_group_state], []))
    assert MeetingPoll.objects.get().status == "closed"


def test_a_state_that_has_come_since_is_asked_too(cast: Cast) -> None:
    poll = proposed(cast)
    answer(cast.expert, poll, "yes yes")
    cast.review.reviewing_states.filter(state_party=cast.other_group_state).delete()
    follow_team(SYSTEM, cast.review, TeamChange([cast.other_group_state], []))
    cast.review.reviewing_states.create(state_party=cast.other_group_state)
    follow_team(SYSTEM, cast.review, TeamChange([], [cast.other_group_state]))
    assert MeetingPoll.objects.get().status == "open"
    assert answer(cast.other_group_expert, poll, "no yes").status == "closed"
    assert told(cast.same_group_expert, "poll_closed") == 2


def test_where_nobody_is_left_who_asked_the_officer_hears_that_it_is_closed(cast: Cast) -> None:
    poll = proposed(cast)
    for name in ("same_group_expert", "same_group_focal_point"):
        end_participation(actor=SYSTEM, participation=cast.participations[name])
    answer(cast.expert, poll, "yes yes")
    assert answer(cast.other_group_focal_point, poll, "no yes").status == "closed"
    assert told(cast.officer, "poll_closed") == 1
    assert pick(cast.officer, poll, 2)


def test_who_is_registered_for_a_state_that_has_said_nothing_is_asked_once(cast: Cast) -> None:
    poll = proposed(cast)
    answer(cast.expert, poll, "yes yes")
    new = register(cast.review, UserFactory(), cast.other_group_state, ParticipationRole.GOVERNMENTAL_EXPERT).user
    also = register(cast.review, UserFactory(), cast.state, ParticipationRole.GOVERNMENTAL_EXPERT).user
    settle_polls_task()
    settle_polls_task()
    assert (told(new, "poll_asked"), told(also, "poll_asked")) == (1, 0), "the other State has answered"
    assert told(cast.other_group_expert, "poll_asked") == 1


def test_where_the_others_go_ahead_later_it_is_closed(cast: Cast) -> None:
    answer(cast.expert, proposed(cast), "yes yes")
    end_participation(actor=SYSTEM, participation=cast.participations["other_group_focal_point"])
    settle_polls_task()
    assert MeetingPoll.objects.get().status == "open"
    state = {"state_party": cast.other_group_state, "recorded_by": cast.officer, "reason": "Nobody is named."}
    PartialTeam.objects.create(review=cast.review, **state)
    settle_polls_task()
    assert (MeetingPoll.objects.get().status, told(cast.same_group_expert, "poll_closed")) == ("closed", 1)


def test_nobody_answers_what_is_withdrawn(cast: Cast) -> None:
    poll = proposed(cast)
    withdraw_poll(actor=cast.same_group_expert, poll=poll, revision=1, shown=table(cast.review))
    assert told(cast.expert, "poll_withdrawn") == 1
    with pytest.raises(PolicyRefusedError, match="has ended"):
        answer(cast.expert, poll, "yes yes")


def test_the_page_says_what_becomes_of_the_time_and_whose_word_is_given(cast: Cast, login_as: LoginAs) -> None:
    meeting = agreed(cast)
    own, invited = "to your own State all of them do", "the invitation to it goes out by itself"
    expert = login_as(cast.same_group_expert)
    said = {"new": text_of(expert.get(PROPOSE)), "moved": text_of(expert.get(f"{PROPOSE}?meeting={meeting.pk}"))}
    officer = login_as(cast.officer)
    said["by an officer"] = text_of(officer.get(PROPOSE))
    assert {name: (own in words, invited in words) for name, words in said.items()} == {
        "new": (True, True),
        "moved": (True, False),
        "by an officer": (False, True),
    }
    assert "and the meeting is moved to it" in said["moved"]
    assert "your own has by your inviting" not in text_of(officer.get(f"{REVIEW}meetings/invite/"))


def test_a_meeting_about_which_is_asked_leads_to_what_the_states_have_said(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast, 30, 31, meeting=agreed(cast))
    page = login_as(cast.same_group_expert).get(f"{REVIEW}dialogue/")
    assert f'href="#poll-{poll.pk}"' in page.content.decode()
    assert "Ask which other times suit" not in text_of(page)


def test_the_pages_from_the_question_to_the_invitation(cast: Cast, login_as: LoginAs) -> None:
    asking = login_as(cast.same_group_expert)
    lines = {f"day_{number}": in_days(20 + number).isoformat() for number in (1, 2)}
    lines |= {f"at_{number}": "10:00" for number in (1, 2)}
    form = dict(asking.get(PROPOSE).context["form"].initial)
    half = asking.post(PROPOSE, {**form, **lines, "means": "videoconference", "day_3": in_days(25).isoformat()})
    assert "Give the time at which the meeting would begin on this day." in text_of(half)
    asked = asking.post(PROPOSE, {**form, **lines, "means": "videoconference"}, follow=True)
    assert "Waiting for answers" in text_of(asked)
    poll = MeetingPoll.objects.get()
    for name in ("expert", "other_group_expert"):
        client, page = login_as(cast.people[name]), page_of(poll, "answer")
        assert "Say which times suit your State for a meeting of the experts" in text_of(client.get("/en/"))
        said = {**client.get(page).context["form"].initial, "word_1": "no"}
        lacking = client.post(page, said)
        assert (lacking.status_code, "Say whether this time suits your State." in text_of(lacking)) == (422, True)
        assert client.post(page, {**said, "word_2": "if_need_be", "note": "Late."}).status_code == 302
    asking = login_as(cast.same_group_expert)
    assert "Pick a time for a meeting of the experts" in text_of(asking.get("/en/"))
    page = page_of(poll, "pick")
    picking = asking.get(page)
    assert "yes 1, if need be 2, no 0" in text_of(picking)
    picked = asking.post(page, {**picking.context["form"].initial, "slot": "2"}, follow=True)
    assert "The time is picked" in text_of(picked)
    assert PlannedMeeting.objects.get().local_start.time() == dt.time(10)


def test_the_times_for_a_meeting_that_was_cancelled_meanwhile_come_back(cast: Cast, login_as: LoginAs) -> None:
    client, page = login_as(cast.same_group_expert), f"{PROPOSE}?meeting={agreed(cast).pk}"
    day = in_days(30).isoformat()
    typed = {**client.get(page).context["form"].initial, "day_1": day, "at_1": "10:00", "day_2": day, "at_2": "11:00"}
    PlannedMeeting.objects.update(status="cancelled")
    assert client.get(page).status_code == 403
    back = client.post(page, typed)
    assert (back.status_code, back.context["form"]["day_1"].value()) == (403, day)
    assert not MeetingPoll.objects.exists()


def test_an_answer_to_other_times_comes_back_about_those_that_stand(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast, 20, 21)
    client, page = login_as(cast.expert), page_of(poll, "answer")
    said = {**client.get(page).context["form"].initial, "word_1": "yes", "word_2": "no", "note": "Kept."}
    change(cast.same_group_expert, poll, 24, 25, 26)
    back = client.post(page, said)
    assert back.status_code == 422
    assert "The times were changed in the meantime" in text_of(back)
    form = back.context["form"]
    assert (form["base"].value(), form["note"].value(), form["word_1"].value()) == ("2", "Kept.", None)
    assert "word_3" in form.fields
    poll.refresh_from_db()
    assert poll_as_it_stands(poll).answer_of(cast.state.pk) is None


def test_the_answer_of_a_colleague_is_replaced_by_who_has_seen_it(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast)
    client, page = login_as(cast.expert), page_of(poll, "answer")
    said = {**client.get(page).context["form"].initial, "word_1": "yes", "word_2": "no", "note": "Mine."}
    answer(cast.focal_point, poll, "no no", note="Our delegation travels.")
    back = client.post(page, said)
    assert (back.status_code, "A colleague has answered for your State" in text_of(back)) == (422, True)
    assert "Our delegation travels." in text_of(back)
    form = back.context["form"]
    assert (form["note"].value(), form["word_1"].value()) == ("Mine.", "yes")
    assert client.post(page, {name: form[name].value() for name in said}).status_code == 302
    poll.refresh_from_db()
    assert poll_as_it_stands(poll).answer_of(cast.state.pk).note == "Mine."


def test_a_pick_of_other_times_comes_back_with_none_picked(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast, 20, 21)
    client, page = login_as(cast.same_group_expert), page_of(poll, "pick")
    picked = {**client.get(page).context["form"].initial, "slot": "2"}
    change(cast.same_group_focal_point, poll, 24, 25)
    form = client.post(page, picked).context["form"]
    assert (form["base"].value(), form["slot"].value()) == ("2", None)
    again = {**{name: form[name].value() for name in ("base", "standing", "shown")}, "slot": "2"}
    assert client.post(page, again).status_code == 302


def test_the_dialogue_shows_what_each_state_has_said(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast, agenda="Only the table reads this agenda.")
    answer(cast.expert, poll, "if_need_be no", note="The holidays.")
    for name in ("focal_point", "other_group_observer", "officer"):
        words = text_of(login_as(cast.people[name]).get(f"{REVIEW}dialogue/"))
        assert f"{cast.state}: If need be" in words
        assert "The holidays." in words


def test_an_answer_to_a_poll_that_was_withdrawn_meanwhile_comes_back(cast: Cast, login_as: LoginAs) -> None:
    poll = proposed(cast)
    client, page = login_as(cast.expert), page_of(poll, "answer")
    said = {**client.get(page).context["form"].initial, "word_1": "yes", "word_2": "no", "note": "Kept."}
    withdraw_poll(actor=cast.same_group_expert, poll=poll, revision=1, shown=table(cast.review))
    back = client.post(page, said)
    assert (back.status_code, "This poll has ended" in text_of(back), "Kept." in text_of(back)) == (403, True, True)
