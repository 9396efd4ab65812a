"""The page from which a State runs its self-assessment: exact sets of questions, for each who reads it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from questionnaires.answers import AnswerInput, save_answer
from questionnaires.ministries.services import (
    adopt_proposal,
    answer_assignment,
    answer_return,
    hand_on,
    return_proposal,
)
from questionnaires.overview.enums import QuestionStand
from questionnaires.overview.models import ResponseReading
from questionnaires.overview.pace import AnswerPace, days_looked_back, pace_of
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Proposal, ProposalRevision, Response, SectionAssignment
from questionnaires.responses.selectors.sheets import Sheet
from reviews.cases.models import ReviewMilestone
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.core.database.test_row_security import keys
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.query_counts import assert_query_count
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, place, proposed, second_ministry, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
SECOND = "I.firearms.69.a"
ARTICLE_5 = ("untoc", "article-5")


def rows_of(client: Client, query: str = "") -> dict[str, Any]:
    return {row.item.code: row for row in client.get(RESPONSE + query).context["standings"].rows}


def shown(client: Client, query: str) -> set[str]:
    return {row.item.code for _place, rows in client.get(RESPONSE + query).context["listed"] for row in rows}


def stand(client: Client, code: str) -> QuestionStand:
    return rows_of(client)[code].stand


def said_done(cast: Cast) -> None:
    part = SectionAssignment.objects.get(participation=cast.participations["contributor"])
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)


def days_ago(number: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=number)


def was_here(cast: Cast, user: User, *, days: float) -> None:
    ResponseReading.objects.update_or_create(
        response=cast.response, user=user, defaults={"seen_at": days_ago(days), "before_at": None}
    )


# --- how a question stands


def test_each_question_asked_stands_in_one_column_and_each_line_adds_up(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    said_done(cast)
    for code, _answer in zip(range(20), utils.answer_all(cast.response, cast.expert), strict=False):
        assert code is not None
    page = login_as(cast.focal_point).get(RESPONSE)
    overview, lines = page.context["overview"], page.context["lines"]
    for line, section in zip(lines, overview.sections, strict=True):
        assert sum(cell.number for cell in line.cells) == line.asked == section.asked
    totals = {cell.stand: cell.number for cell in page.context["totals"]}
    assert totals == {
        key: sum(cell.number for line in lines for cell in line.cells if cell.stand == key) for key in totals
    }
    assert sum(totals.values()) == overview.asked == len(page.context["standings"].rows)
    assert totals[QuestionStand.ANSWERED] == overview.answered


def test_each_count_leads_to_as_many_questions(cast: Cast, login_as: LoginAs) -> None:
    second_ministry(cast)
    send(cast, "second")
    proposed(cast)
    said_done(cast)
    client = login_as(cast.focal_point)
    client.get(RESPONSE)
    ResponseReading.objects.update(before_at=days_ago(1))
    page = client.get(RESPONSE).context
    counts = [(link.query, link.number) for link in [*page["filters"], *page["waiting"]]]
    for line in page["lines"]:
        counts += [(line.query, line.asked), *((cell.query, cell.number) for cell in line.cells if cell.number)]
        counts += [(query, number) for cell in line.cells for _holder, number, query in cell.holders]
    counts += [(cell.query, cell.number) for cell in page["totals"]]
    some = list(dict(counts).items())[:12] + [each for each in counts if "with=" in each[0]]
    assert len(some) > 14
    for query, number in some:
        assert len(shown(client, query)) == number, query


def test_a_question_goes_from_nobody_to_a_ministry_to_a_proposal_to_an_answer(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    assert stand(client, FIRST) == QuestionStand.MISSING
    send(cast)
    assert stand(client, FIRST) == QuestionStand.WITH
    assert stand(client, "I.untoc.3") == QuestionStand.UNSENT
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="By the Act.")
    assert stand(client, FIRST) == QuestionStand.WITH, "it is written, and not handed in"
    said_done(cast)
    assert stand(client, FIRST) == QuestionStand.PROPOSED
    assert stand(client, SECOND) == QuestionStand.UNSENT, "they are through, and have proposed nothing on it"
    proposal = Proposal.objects.get()
    return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Which Act?")
    assert stand(client, FIRST) == QuestionStand.RETURNED
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="By the Act of 2001.", base=1)
    Proposal.objects.update(return_answered_at=timezone.now())
    assert stand(client, FIRST) == QuestionStand.PROPOSED
    adopt_proposal(actor=cast.expert, proposal=proposal, number=2, base=0)
    assert stand(client, FIRST) == QuestionStand.ANSWERED
    save(cast.response, cast.contributor, FIRST, choices=("No",), text="By the Act of 2001.", base=2)
    assert stand(client, FIRST) == QuestionStand.PROPOSED, "it is newer than the answer"
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="We know better.", base=1)
    assert stand(client, FIRST) == QuestionStand.ANSWERED


def entered(cast: Cast, text: str, base: int = 0) -> None:
    """An expert saves what the ministry has sent as a file."""
    given = AnswerInput(code=FIRST, choices=["Yes"], text=text, citations=[], base=base)
    sheet = Sheet(cast.participations["contributor"].pk)
    save_answer(actor=cast.expert, response=utils.fresh(cast).response, given=given, sheet=sheet)


def test_what_the_state_entered_for_a_ministry_from_its_file_is_handed_in(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    SectionAssignment.objects.update(sent_at=days_ago(5))
    was_here(cast, cast.contributor, days=2)
    login_as(cast.contributor).get(RESPONSE)
    entered(cast, "Of the file.")
    assert stand(login_as(cast.focal_point), FIRST) == QuestionStand.PROPOSED
    assert shown(login_as(cast.contributor), "?show=changed") == {FIRST}
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="Of ours.", base=1)
    assert shown(login_as(cast.contributor), "?show=changed") == set()
    assert stand(login_as(cast.focal_point), FIRST) == QuestionStand.WITH, "they go on with it"


def test_what_is_handed_in_after_an_official_save_is_proposed(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    save(cast.response, cast.expert, FIRST, choices=("No",), text="We think so.")
    client = login_as(cast.focal_point)
    assert stand(client, FIRST) == QuestionStand.ANSWERED
    said_done(cast)
    assert stand(client, FIRST) == QuestionStand.PROPOSED, "it was handed in after that"
    return_proposal(actor=cast.expert, proposal=Proposal.objects.get(), number=1, reason="Which Act?")
    save(cast.response, cast.expert, FIRST, choices=("No",), text="We are sure.", base=1)
    assert stand(client, FIRST) == QuestionStand.ANSWERED
    returned = Proposal.objects.get()
    at = returned.returned_at.isoformat()  # type: ignore[union-attr]
    answer_return(actor=cast.contributor, proposal=returned, returned_at=at)
    assert stand(client, FIRST) == QuestionStand.PROPOSED, "and once more"


def test_a_return_is_answered_for_the_time_that_a_part_was_sent(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast)
    return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Which Act?")
    Proposal.objects.update(return_answered_at=timezone.now())
    client = login_as(cast.focal_point)
    assert stand(client, FIRST) == QuestionStand.PROPOSED
    send(cast, again=True)
    assert stand(client, FIRST) == QuestionStand.WITH, "it is with them anew"


def test_what_a_predecessor_wrote_is_not_handed_in_by_that(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    second_ministry(cast)
    end_participation(actor=utils.SYSTEM, participation=cast.participations["contributor"])
    utils.fresh(cast)
    gone, new = cast.participations["contributor"].pk, cast.participations["second"].pk
    hand_on(actor=cast.focal_point, response=cast.response, left_by=gone, to=new)
    assert stand(login_as(cast.focal_point), FIRST) == QuestionStand.WITH


def test_what_is_not_theirs_is_with_nobody(cast: Cast, login_as: LoginAs) -> None:
    part = send(cast)
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS, word="Ask Trade.")
    assert stand(login_as(cast.focal_point), FIRST) == QuestionStand.UNSENT


def test_the_drafters_see_whom_they_wait_for_and_the_observer_has_nothing_to_do(cast: Cast, login_as: LoginAs) -> None:
    second_ministry(cast)
    send(cast, "second", places=[], questions=[FIRST])
    proposed(cast, SECOND)
    said_done(cast)
    here = {item.code for item in place(cast).section.items}
    follow_ups = {code for code in here if code.startswith(f"{FIRST}.")}
    expert = login_as(cast.expert)
    asked = set(rows_of(expert))
    second = cast.participations["second"].pk
    assert shown(expert, f"?show=waiting&with={second}") == ({FIRST} | follow_ups) & asked
    assert shown(expert, "?show=proposed") == {SECOND}
    stands = Counter(row.stand for row in rows_of(expert).values())
    to_do = stands[QuestionStand.PROPOSED] + stands[QuestionStand.UNSENT]
    assert len(shown(expert, "?show=mine")) == to_do > 1
    observer = login_as(cast.observer)
    assert shown(observer, "?show=mine") == set()
    assert "No question is so at present" in observer.get(f"{RESPONSE}?show=mine").content.decode()
    assert shown(observer, "?show=proposed") == {SECOND}


def test_missing_and_voluntary_are_those_of_the_other_pages(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    client = login_as(cast.focal_point)
    page = client.get(f"{RESPONSE}missing/").context["sections"]
    assert shown(client, "?show=missing") == {item.code for section in page for item in section["items"]}
    optional = client.get(RESPONSE).context["overview"].index.optional
    assert shown(client, "?show=voluntary") == {code for code in rows_of(client) if code in optional} != set()


def test_words_that_are_no_filter_show_all(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    for query in ("?show=everything", "?with=somebody", "?section=untoc/article-99", "?show=a&with=%2f"):
        page = client.get(RESPONSE + query)
        assert (page.status_code, page.context["narrowing"].is_active) == (200, False), query


# --- what a contributor sees


def test_a_contributor_counts_what_was_sent_and_what_he_or_she_proposes(cast: Cast, login_as: LoginAs) -> None:
    second_ministry(cast)
    send(cast, "second")
    save(cast.response, cast.expert, SECOND, choices=("Yes",))
    save(cast.response, cast.participations["second"].user, SECOND, choices=("Yes",), text="Of Trade.")
    proposed(cast)
    client = login_as(cast.contributor)
    rows = rows_of(client)
    assert set(rows) <= {item.code for item in place(cast).section.items}
    assert (rows[FIRST].stand, rows[SECOND].stand) == (QuestionStand.ANSWERED, QuestionStand.MISSING)
    assert SECOND in shown(client, "?show=mine")
    return_proposal(actor=cast.expert, proposal=Proposal.objects.get(text="By the Firearms Act."), number=1, reason="?")
    assert shown(client, "?show=returned") == {FIRST}
    assert rows_of(client)[FIRST].is_mine
    text = client.get(RESPONSE).content.decode()
    assert "1 proposal of yours came back" in text
    for name in ("Ministry of Trade", "Ines Second", cast.expert.full_name, "Forecast", "Waiting for"):
        assert name not in text, name


def test_a_contributor_to_whom_nothing_was_sent_any_more_finds_no_page(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    assert login_as(cast.contributor).get(RESPONSE).status_code == 200
    send(cast, places=[])
    assert login_as(cast.contributor).get(RESPONSE).status_code == 403


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
    expected = AnswerPace(28, 14, 21, dt.date(2026, 4, 12))
    assert pace_of(missing=21, answered=14, days=28, today=today) == expected
    assert pace_of(missing=21, answered=0, days=28, today=today) == AnswerPace(28, 0, 21)
    assert pace_of(missing=0, answered=9, days=28, today=today) == AnswerPace(28, 9, 0)
    assert pace_of(missing=100, answered=1, days=28, today=today) == AnswerPace(28, 1, 100, is_far=True)
    began = [today, today - dt.timedelta(days=9), today - dt.timedelta(days=99)]
    assert [days_looked_back(day, today) for day in began] == [1, 9, 28]


def test_after_the_answers_were_sent_nothing_is_due_and_nothing_goes_on(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    return_proposal(actor=cast.expert, proposal=proposed(cast), number=1, reason="Which Act?")
    utils.clear_answers(cast.focal_point, cast.response)
    assert "of yours was returned" not in login_as(cast.contributor).get(RESPONSE).content.decode()
    page = login_as(cast.focal_point).get(RESPONSE).context
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
