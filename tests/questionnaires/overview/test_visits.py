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
from questionnaires.overview.pace import AnswerPace, days_looked_back, pace_of
from questionnaires.responses.models import Proposal, ProposalRevision, Response, SectionAssignment
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
    Response.objects.update(created_at=days_ago(40))
    send(cast)
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), base=1)
    page = login_as(cast.focal_point).get(RESPONSE)
    pace = page.context["pace"]
    assert (pace.answered, pace.days, pace.missing) == (1, 28, page.context["overview"].missing)
    assert pace.is_far
    assert "At this pace the last comes later than in a year." in page.content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), base=2)
        later = login_as(cast.focal_point).get(RESPONSE).content.decode()
    assert "no question had its first answer in the last 28 days" in later
    assert "Forecast" not in login_as(cast.contributor).get(RESPONSE).content.decode()


def test_a_pace_names_a_day_within_a_year_and_none_without_an_answer() -> None:
    today = dt.date(2026, 3, 1)
    expected = AnswerPace(28, 14, 21, dt.date(2026, 4, 12), dt.date(2026, 4, 2), dt.date(2026, 5, 4))
    assert pace_of(missing=21, answered=14, days=28, today=today) == expected
    assert pace_of(missing=21, answered=0, days=28, today=today) == AnswerPace(28, 0, 21)
    assert pace_of(missing=0, answered=9, days=28, today=today) == AnswerPace(28, 9, 0)
    assert pace_of(missing=100, answered=1, days=28, today=today) == AnswerPace(28, 1, 100, is_far=True)
    assert pace_of(missing=9, answered=1, days=28, today=today).latest_on is None, "one alone tells little"
    assert pace_of(missing=300, answered=59, days=1, today=today) == AnswerPace(1, 59, 300, is_early=True)
    began = [today, today - dt.timedelta(days=9), today - dt.timedelta(days=99)]
    assert [days_looked_back(day, today) for day in began] == [1, 9, 28]


@pytest.mark.parametrize("answered", [1, 4, 30, 400])
@pytest.mark.parametrize("missing", [1, 12, 300])
def test_the_days_of_a_pace_are_in_order(answered: int, missing: int) -> None:
    pace = pace_of(missing=missing, answered=answered, days=28, today=dt.date(2026, 3, 1))
    if not pace.is_far:
        assert pace.soonest_on is not None
        assert pace.expected_on is not None
        assert pace.soonest_on <= pace.expected_on <= (pace.latest_on or dt.date.max)


def test_in_the_first_days_it_is_too_early_to_tell(cast: Cast, login_as: LoginAs) -> None:
    Response.objects.update(created_at=days_ago(2))
    send(cast)
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    assert "A week has to pass" in login_as(cast.focal_point).get(RESPONSE).content.decode()


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
