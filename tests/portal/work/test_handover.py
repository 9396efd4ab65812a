"""The handover page: what a State has in hand, for its own focal points and experts and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.templatetags.components import date_words
from reviews.registration.services.replacement import replace_participant
from tests import journey, utils
from tests.at_once import propose_version
from tests.dialogue.exchange.exchange import clarification, comment, text_of
from tests.factories.accounts import UserFactory
from tests.observations.clearance.texts import table
from tests.observations.suggestions.wording import STANDS, suggest_now
from tests.permissions.pieces import Planter
from tests.query_counts import assert_query_count
from tests.reviews.minutes.minutes import held, write
from tests.utils import SYSTEM, Cast, fresh, save, set_common_room

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
URL = "/en/untoc/reviews/1-XVE/handover/"


def lines(page: Any, name: str) -> list[str]:
    return [line.label for line in page.context[name]]


def drafts(page: Any) -> list[str]:
    return [line.label for line in page.context["handover"].drafts]


def replaced(cast: Cast, part: str) -> User:
    participation = cast.participations[part]
    new = replace_participant(actor=SYSTEM, participation=participation, user=UserFactory(full_name="Nadia New"))
    fresh(cast)
    return new.user


def test_it_says_from_whom_and_who_else_is_there(cast: Cast, login_as: LoginAs) -> None:
    new = replaced(cast, "focal_point")
    page = login_as(new).get(URL)
    assert "You took over from Focal Point on" in text_of(page).replace("\u2068", "").replace("\u2069", "")
    team = {(row.user.full_name, row.role) for row in page.context["handover"].team}
    assert team == {
        ("Expert", "governmental_expert"),
        ("Second Expert", "governmental_expert"),
        ("Contributor", "national_contributor"),
        ("Observer", "observer"),
    }


def test_it_shows_what_the_side_owes_with_its_dates(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).get(URL)
    owed = [(row.plan.slug, row.due_on.isoformat()) for row in page.context["handover"].milestones]
    assert owed[0] == ("answers_sent", "2022-05-01")
    assert "feedback_sent" not in dict(owed)
    assert page.context["act"].is_own
    other = login_as(cast.same_group_expert).get(URL)
    assert "feedback_sent" in {row.plan.slug for row in other.context["handover"].milestones}


def test_it_counts_the_draft_answers_by_section(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.5", choices=("Yes",), text="Draft words.")
    new = replaced(cast, "expert")
    page = login_as(new).get(URL)
    sections = {row.place.address: row.answered for row in page.context["handover"].answers.sections if row.answered}
    assert list(sections.values()) == [1]
    assert [line.label for line in page.context["handover"].changes] == ["Answer I.untoc.5"]
    assert "Draft words." not in page.content.decode()
    assert login_as(cast.same_group_expert).get(URL).context["handover"].answers is None


@pytest.mark.stage("written_feedback")
def test_it_shows_the_unsent_of_the_own_room_and_who_waits(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("written_feedback")
    Planter(cast, "W").plant("written_feedback")
    own = login_as(cast.expert).get(URL)
    assert drafts(own) == [
        "Answer to the request for clarification on the legal system",
        "Answer to the request for clarification on I.untoc.23",
        "Message of the dialogue: Question 23 (in a thread of Lestovia)",
        "Message of the dialogue: The review as a whole (recalled)",
        "Supplementary information: W law",
        "Supplementary information: W drafted source",
        "Suggestion of wording: List of observations, Organized Crime Convention",
    ]
    threads = ["Request of Lestovia on I.untoc.23", "Request of Lestovia on the legal system"]
    assert lines(own, "threads_for_us") == threads
    assert lines(own, "threads_for_others") == threads[:1], "an answer that waits to be read"
    writers = login_as(cast.same_group_expert).get(URL)
    assert drafts(writers) == [
        "Written feedback, comments: 1",
        "Request for clarification on I.untoc.23",
        "Request for clarification on the legal system",
        "Request for clarification on W sent law",
        "Message of the dialogue: Question 23 (begins a thread)",
        f"Notes of the meeting of the experts on {date_words(timezone.localdate())}",
        drafts(writers)[6],
    ]
    assert drafts(writers)[6].startswith("Observation, ")
    assert (lines(writers, "threads_for_us"), lines(writers, "threads_for_others")) == (threads[:1], threads)
    others = login_as(cast.other_group_expert).get(URL)
    assert drafts(others) == ["Written feedback, comments: 1"]
    assert lines(others, "threads_for_others") == []


@pytest.mark.stage("written_feedback")
def test_a_common_room_hands_over_what_the_own_state_wrote_alone(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("written_feedback")
    set_common_room(cast.review)
    fresh(cast)
    clarification(cast.review, cast.same_group_expert, "Ours?")
    assert drafts(login_as(cast.other_group_expert).get(URL)) == ["Written feedback, comments: 0"]


@pytest.mark.stage("observations")
def test_it_shows_the_versions_that_wait_for_the_state(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("observations")
    journey.write_lists(cast.review)
    text = Planter(cast).text("untoc")
    propose_version(actor=cast.same_group_focal_point, text=text)
    fresh(cast)
    assert lines(login_as(cast.focal_point).get(URL), "versions_to_clear") == [
        "List of observations, Organized Crime Convention"
    ]
    proposer = login_as(cast.same_group_expert).get(URL)
    assert (lines(proposer, "versions_to_clear"), lines(proposer, "versions_with_others")) == (
        [],
        ["List of observations, Organized Crime Convention"],
    )


@pytest.mark.stage("written_feedback")
def test_it_shows_what_the_one_before_saved_last(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("written_feedback")
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "By the one before.")
    clarification(cast.review, cast.same_group_focal_point, "By somebody else?")
    new = replaced(cast, "same_group_expert")
    page = login_as(new).get(URL)
    assert [line.label for line in page.context["handover"].changes] == ["Feedback on I.untoc.5"]


@pytest.mark.stage("observations")
def test_it_shows_a_suggestion_that_was_drafted(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("observations")
    suggest_now(cast.other_group_expert, table(cast, journey.list_of(cast.review), STANDS), "Other words.")
    line = "Suggestion of wording: List of observations, Organized Crime Convention"
    assert line not in drafts(login_as(cast.same_group_focal_point).get(URL))
    page = login_as(replaced(cast, "other_group_expert")).get(URL)
    assert line in drafts(page)
    assert line in [each.label for each in page.context["handover"].changes]


@pytest.mark.stage("dialogue")
def test_it_shows_notes_of_a_meeting_that_were_drafted(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("dialogue")
    write(cast.other_group_expert, held(cast), "In our room.")
    line = f"Notes of the meeting of the experts on {date_words(timezone.localdate())}"
    assert line not in drafts(login_as(cast.same_group_focal_point).get(URL))
    page = login_as(replaced(cast, "other_group_expert")).get(URL)
    assert line in drafts(page)
    assert line in [each.label for each in page.context["handover"].changes]


def test_the_dashboard_leads_the_successor_there(cast: Cast, login_as: LoginAs) -> None:
    assert URL not in login_as(cast.expert).get("/en/").content.decode()
    new = replaced(cast, "expert")
    assert URL in login_as(new).get("/en/").content.decode()
    observer = replaced(cast, "observer")
    assert URL not in login_as(observer).get("/en/").content.decode()


@pytest.mark.stage("written_feedback")
def test_it_takes_the_same_queries_for_one_draft_and_for_three(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("written_feedback")
    client = None
    for number in (1, 2):
        for _each in range(number):
            clarification(cast.review, cast.same_group_expert, f"Question {number}?")
            utils.fresh(cast)
        if client is None:
            client = login_as(replaced(cast, "same_group_focal_point"))
        with assert_query_count("portal:handover"):
            client.get(URL)
