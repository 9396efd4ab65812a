"""The page from which a State runs its self-assessment: exact sets of questions, for each who reads it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
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
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Proposal, SectionAssignment
from questionnaires.responses.selectors.sheets import Sheet
from reviews.registration.services.participation import end_participation
from tests import utils
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


def test_what_came_back_is_found_where_another_ministry_has_proposed_too(cast: Cast, login_as: LoginAs) -> None:
    second = second_ministry(cast)
    send(cast, "second")
    save(cast.response, second, FIRST, choices=("Yes",), text="Of Trade.")
    proposed(cast)
    said_done(cast)
    theirs = Proposal.objects.get(text="Of Trade.")
    return_proposal(actor=cast.expert, proposal=theirs, number=theirs.revision, reason="Which year?")
    client = login_as(cast.focal_point)
    assert stand(client, FIRST) == QuestionStand.PROPOSED
    assert (shown(client, "?show=back"), shown(client, "?show=returned")) == ({FIRST}, set())


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
