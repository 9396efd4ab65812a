"""What of the overview depends on when somebody was here, on days and dates, and on how many rows there are."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from questionnaires.ministries.services import (
    return_proposal,
)
from questionnaires.overview.enums import QuestionStand
from questionnaires.overview.models import ResponseReading
from questionnaires.overview.pace import AnswerPace
from questionnaires.overview.selectors import Standings
from questionnaires.responses.models import Proposal, ProposalRevision, SectionAssignment
from reviews.cases.models import ReviewMilestone
from tests import utils
from tests.core.database.test_row_security import keys
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.query_counts import assert_query_count
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, place, proposed, second_ministry, send
from tests.questionnaires.overview.test_overview import days_ago, rows_of, shown, was_here
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
SECOND = "I.firearms.69.a"
ARTICLE_5 = ("untoc", "article-5")


# --- since I was here


def test_what_others_changed_since_the_last_visit_is_marked_and_stays_so(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    first = client.get(RESPONSE)
    assert first.context["since"] is None
    assert "This is your first visit." in first.content.decode()
    was_here(cast, cast.expert, days=2)
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.second_expert, "I.untoc.1", choices=("Yes",))
    proposed(cast)
    for _look in range(3):
        client.get(RESPONSE)
        assert shown(client, "?show=changed") == {"I.untoc.1", FIRST}
    ResponseReading.objects.update(seen_at=days_ago(1), before_at=days_ago(3))
    assert shown(client, "?show=changed") == {"I.untoc.1", FIRST}, "to narrow the page is no visit"
    ResponseReading.objects.update(before_at=timezone.now())
    assert shown(client, "?show=changed") == set(), "all of it is older than the visit before"


def test_a_contributor_learns_what_came_back_was_sent_and_of_answers_that_are_shown(
    cast: Cast, login_as: LoginAs
) -> None:
    send(cast, shows_official=True)
    SectionAssignment.objects.update(sent_at=days_ago(5))
    client = login_as(cast.contributor)
    was_here(cast, cast.contributor, days=2)
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="Own.")
    assert shown(client, "?show=changed") == set()
    client.get(RESPONSE)
    assert shown(client, "?show=changed") == set(), "by the reader alone"
    save(cast.response, cast.expert, SECOND, choices=("Yes",))
    assert shown(client, "?show=changed") == {SECOND}
    SectionAssignment.objects.update(shows_official=False)
    assert shown(client, "?show=changed") == set()
    return_proposal(actor=cast.expert, proposal=Proposal.objects.get(), number=1, reason="Which?")
    assert shown(client, "?show=changed") == {FIRST}
    SectionAssignment.objects.update(sent_at=timezone.now())
    assert shown(client, "?show=changed") == set(rows_of(client))


def test_a_look_within_half_an_hour_is_the_same_visit(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    client.get(RESPONSE)
    client.get(RESPONSE)
    assert ResponseReading.objects.get().before_at is None
    ResponseReading.objects.update(seen_at=(then := days_ago(1)))
    assert client.get(RESPONSE).context["since"] == then
    assert client.get(RESPONSE).context["since"] == then


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_when_somebody_was_here_is_read_by_nobody_else(cast: Cast, login_as: LoginAs) -> None:
    login_as(cast.expert).get(RESPONSE)
    visit = ResponseReading.objects.get()
    assert (keys(ResponseReading, cast.expert), keys(ResponseReading, cast.focal_point)) == ({visit.pk}, set())
    with plain_role(), identified_as(cast.focal_point):
        assert ResponseReading.objects.filter(pk=visit.pk).update(seen_at=timezone.now()) == 0


# --- since yesterday, going on, due, forecast


def changes_of(client: Client) -> list[tuple[str, str, list[str]]]:
    lines = client.get(RESPONSE).context["standings"].changes
    return [(line.kind, line.who, [row.item.code for row in line.rows]) for line in lines]


def test_who_did_what_since_yesterday_the_last_first(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    assert "Nobody has saved anything since yesterday." in client.get(RESPONSE).content.decode()
    save(cast.response, cast.expert, "I.untoc.4", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    proposed(cast)
    who = cast.contributor
    ministry = ", ".join(filter(None, [who.full_name, who.organization]))
    proposals, answers = (
        ("proposals", ministry, [FIRST]),
        ("answers", cast.expert.full_name, ["I.untoc.3", "I.untoc.4"]),
    )
    assert changes_of(client) == [proposals, answers]
    return_proposal(actor=cast.focal_point, proposal=Proposal.objects.get(), number=1, reason="Which?")
    assert changes_of(client) == [("came back", cast.focal_point.full_name, [FIRST]), proposals, answers]
    assert "You returned 1 proposal" in client.get(RESPONSE).content.decode()
    own = changes_of(login_as(cast.contributor))
    assert own == [("came back", "", [FIRST]), ("proposals", who.full_name, [FIRST]), ("sent", "", [])]
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert changes_of(login_as(cast.focal_point)) == changes_of(login_as(cast.contributor)) == []


def test_a_person_goes_on_where_he_or_she_saved_last_whoever_saved_there_after(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    fresh = client.get(RESPONSE)
    assert fresh.context["goes_on"]["at"] is None
    assert "You have saved nothing yet." in fresh.content.decode()
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    save(cast.response, cast.second_expert, "I.untoc.1", choices=("No",), base=1)
    save(cast.response, cast.second_expert, "I.untoc.4", choices=("Yes",))
    assert client.get(RESPONSE).context["goes_on"]["url"] == f"{RESPONSE}untoc/article-2/#q-I-untoc-1"
    observer = login_as(cast.observer).get(RESPONSE)
    assert observer.context["goes_on"] is None
    proposed(cast)
    assert login_as(cast.contributor).get(RESPONSE).context["goes_on"]["url"].endswith("#q-I-firearms-68")


def test_the_date_is_that_of_the_answers_and_for_a_ministry_the_nearest_of_its_own(
    cast: Cast, login_as: LoginAs
) -> None:
    answers = ReviewMilestone.objects.get(review=cast.review, plan__kind="answers")
    due = login_as(cast.focal_point).get(RESPONSE).context["due"]
    assert (due.on, due.what) == (answers.due_on, answers.plan.name)
    soon = timezone.localdate() + dt.timedelta(days=4)
    send(cast, places=[place(cast), place(cast, *ARTICLE_5)], due_on=soon + dt.timedelta(days=9))
    SectionAssignment.objects.filter(section=place(cast).pk).update(due_on=soon)
    page = login_as(cast.contributor).get(RESPONSE)
    assert (page.context["due"].on, page.context["due"].what) == (soon, "")
    assert "in 4 days" in page.content.decode()
    SectionAssignment.objects.update(due_on=None)
    assert login_as(cast.contributor).get(RESPONSE).context["due"].on == answers.due_on
    answers.delete()
    assert "No date is set for the answers." in login_as(cast.focal_point).get(RESPONSE).content.decode()


def test_the_forecast_is_of_first_answers_and_of_nobody_but_the_drafters(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    codes = utils.answer_some(cast.response, cast.expert, 12)
    assert codes[0] == "I.untoc.1"
    save(cast.response, cast.second_expert, codes[0], choices=("No",), base=1)
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        page = login_as(cast.focal_point).get(RESPONSE)
        assert "Forecast" not in login_as(cast.contributor).get(RESPONSE).content.decode()
    pace = page.context["pace"]
    assert (pace.answered, pace.days, pace.missing) == (12, 30, page.context["overview"].missing)
    assert "As it went so far, the last comes later than in a year, or on no day" in page.content.decode()


def test_the_day_of_the_forecast_stands_between_two(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [dt.date(2031, month, 1) for month in (3, 2, 5)]
    monkeypatch.setattr(Standings, "pace", lambda _standings, _today: AnswerPace(40, 30, 24, *days))
    page = " ".join(login_as(cast.focal_point).get(RESPONSE).content.decode().split())
    assert "most likely by 1 March 2031, eight times in ten between 1 February 2031 and 1 May 2031." in page
    assert "That is after the day it is due." in page


def test_in_the_first_days_it_is_too_early_to_tell(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    assert "Forecast: none before a week has passed" in login_as(cast.focal_point).get(RESPONSE).content.decode()


def test_after_the_answers_were_sent_nothing_is_due_and_nothing_goes_on(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    return_proposal(actor=cast.expert, proposal=proposed(cast), number=1, reason="Which Act?")
    utils.clear_answers(cast.focal_point, cast.response)
    assert "of yours was returned" not in login_as(cast.contributor).get(RESPONSE).content.decode()
    answer = login_as(cast.focal_point).get(RESPONSE)
    assert "app-left-off" not in answer.content.decode()  # a box with nothing in it
    page = answer.context
    assert page["waiting"] == []
    assert {row.stand for row in page["standings"].rows} == {QuestionStand.ANSWERED, QuestionStand.LEFT_OPEN}
    assert not any(row.holders for row in page["standings"].rows)
    assert (page["due"], page["goes_on"], page["pace"]) == (None, None, None)
    assert not any(row.is_mine for row in page["standings"].rows)


@pytest.mark.parametrize("who", ["focal_point", "expert", "contributor"])
def test_the_page_takes_the_same_queries_empty_and_full(cast: Cast, login_as: LoginAs, who: str) -> None:
    send(cast)
    client = login_as(getattr(cast, who))
    client.get(RESPONSE)
    with assert_query_count(f"questionnaires:response-detail as {who}"):
        client.get(RESPONSE)
    second_ministry(cast)
    send(cast, "second")
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="By the Act.")
    save(cast.response, cast.contributor, SECOND, choices=("Yes",), text="By the Act.")
    for code, _answer in zip(range(30), utils.answer_all(cast.response, cast.second_expert), strict=False):
        assert code is not None
    assert ProposalRevision.objects.count() == 2
    with assert_query_count(f"questionnaires:response-detail as {who}"):
        client.get(RESPONSE)
