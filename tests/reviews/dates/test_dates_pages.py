"""The page of dates, and the forms on which more time is asked for, agreed and recorded."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from reviews.cases.enums import TimeChangeStatus
from reviews.cases.models import Review, TimeChange
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension, ask_pause, record_time_change
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
OK, FOUND, NOT_FOUND, UNPROCESSABLE = 200, 302, 404, 422
LATER = dt.date(2022, 7, 1)


@pytest.fixture
def scene(cast: Cast) -> Cast:
    return cast


def url(scene: Cast, name: str = "dates", *args: Any) -> str:
    return reverse(f"reviews:{name}", args=["untoc", scene.review.code, *args])


def ask(scene: Cast, slug: str = "answers_sent", until: dt.date = LATER) -> TimeChange:
    milestone = milestone_of(scene.review, slug)
    return ask_extension(
        actor=scene.focal_point, review=scene.review, milestone=milestone, until=until, reason="A new law."
    )


def agree(scene: Cast, change: TimeChange) -> None:
    for name in ("same_group_focal_point", "other_group_focal_point"):
        answer_time_change(actor=scene.people[name], change=change, agrees=True)


def rows(page: Any) -> dict[str, Any]:
    return {row.milestone.plan.slug: row for row in page.context["rows"]}


def test_the_page_says_why_each_date_is_what_it_is(scene: Cast, login_as: LoginAs) -> None:
    page = login_as(scene.observer).get(url(scene))
    found = rows(page)
    assert found["answers_sent"].reasons == ["6 months after the start of the review on 1 November 2021."]
    assert found["answers_processed"].reasons == ["1 month after “Sending of the answers”, expected on 1 May 2022."]
    assert found["feedback_sent"].reasons == ["6 months after “Processing of the answers”, expected on 1 June 2022."]
    assert found["focal_points_appointed"].distance == "", "it was reached"
    assert "These dates follow version 1 of the step plan." in page.content.decode()


def test_an_extension_and_a_pause_are_told_as_reasons(scene: Cast, login_as: LoginAs) -> None:
    agree(scene, ask(scene, "list_agreed", dt.date(2023, 12, 1)))
    first = dt.date(2022, 2, 1)
    pause = ask_pause(
        actor=scene.focal_point, review=scene.review, starts_on=first, until=dt.date(2022, 2, 5), reason="Elections."
    )
    agree(scene, pause)
    found = rows(login_as(scene.expert).get(url(scene)))
    assert "An extension to 1 December 2023 was agreed." in found["list_agreed"].reasons
    assert found["answers_sent"].reasons[1:] == ["Pauses have moved it by 5 days."]
    assert (found["answers_sent"].planned_on, found["answers_sent"].milestone.due_on) == (
        dt.date(2022, 5, 1),
        dt.date(2022, 5, 6),
    )


def test_only_those_who_may_ask_find_the_way_to_ask(scene: Cast, login_as: LoginAs) -> None:
    for name, may in (("focal_point", True), ("officer", True), ("expert", False), ("auditor", False)):
        page = login_as(scene.people[name]).get(url(scene)).content.decode()
        assert (url(scene, "pause-ask") in page) == may
        assert (url(scene, "extension-ask", "answers_sent") in page) == may
        assert url(scene, "extension-ask", "focal_points_appointed") not in page, "it was reached"


def test_a_stranger_finds_nothing(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    addresses = [url(scene), url(scene, "pause-ask"), url(scene, "time-answer", change.pk)]
    for name in ("stranger", "bystander"):
        client = login_as(scene.people[name])
        assert [client.get(address).status_code for address in addresses] == [NOT_FOUND] * 3


def test_a_request_of_another_review_is_not_found(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    other = Review.objects.exclude(pk=scene.review.pk)[0]
    address = reverse("reviews:time-record", args=["untoc", other.code, change.pk])
    assert login_as(scene.officer).get(address).status_code == NOT_FOUND


def test_a_focal_point_asks_on_the_form(scene: Cast, login_as: LoginAs) -> None:
    client, address = login_as(scene.focal_point), url(scene, "extension-ask", "answers_sent")
    page = client.get(address).content.decode()
    assert "Now: 1 May 2022" in page
    assert 'min="2022-05-02"' in page
    answered = client.post(address, {"until": "2022-04-01", "reason": "A new law."})
    assert answered.status_code == UNPROCESSABLE
    assert "A new law." in answered.content.decode(), "what was typed stays"
    answered = client.post(address, {"until": "2022-07-01", "reason": "A new law."}, follow=True)
    words = answered.content.decode()
    assert "The other States have been asked." in words
    assert "Not answered yet" in words
    assert "Withdraw the request" in words
    assert "Answer for your State" not in words


def test_the_others_answer_on_the_form(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    address = url(scene, "time-answer", change.pk)
    for name in ("same_group_focal_point", "other_group_focal_point"):
        client = login_as(scene.people[name])
        page = client.get(url(scene)).content.decode()
        assert "Your State is asked for its word" in page
        assert address in page
        assert client.post(address, {}).status_code == UNPROCESSABLE
        answered = client.post(address, {"agrees": "yes", "note": "With pleasure."}, follow=True)
    words = answered.content.decode()
    assert "It is agreed, and the dates have moved." in words
    assert "What was asked for before" in words
    assert "With pleasure." in words
    assert scene.review.milestones.get(plan__slug="answers_sent").due_on == LATER


def test_a_refusal_is_told(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    client = login_as(scene.same_group_focal_point)
    answered = client.post(url(scene, "time-answer", change.pk), {"agrees": "no", "note": ""}, follow=True)
    assert "It is declined, and the dates stay." in answered.content.decode()
    assert "Lestovia does not agree" in answered.content.decode()


def test_an_officer_records_what_was_agreed_elsewhere(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    client = login_as(scene.officer)
    answered = client.post(url(scene, "time-record", change.pk), {"how": "By notes verbales."}, follow=True)
    words = answered.content.decode()
    assert "Agreed outside of the portal" in words
    assert "By notes verbales." in words


def test_whoever_asked_withdraws(scene: Cast, login_as: LoginAs) -> None:
    change = ask(scene)
    answered = login_as(scene.focal_point).post(url(scene, "time-withdraw", change.pk))
    assert answered.status_code == FOUND
    assert TimeChange.objects.get().status == TimeChangeStatus.WITHDRAWN


def test_a_running_pause_is_shown_and_can_be_ended(scene: Cast, login_as: LoginAs) -> None:
    today = timezone.localdate()
    pause = ask_pause(
        actor=scene.officer,
        review=scene.review,
        starts_on=today,
        until=today + dt.timedelta(days=20),
        reason="Elections.",
    )
    record_time_change(actor=scene.officer, change=pause, how="By telephone.")
    page = login_as(scene.expert).get(url(scene)).content.decode()
    assert "The clock of this review stands still" in page
    assert url(scene, "pause-end", pause.pk) not in page
    client = login_as(scene.officer)
    assert url(scene, "pause-end", pause.pk) in client.get(url(scene)).content.decode()
    assert client.get(url(scene, "pause-end", pause.pk)).status_code == OK
    words = client.post(url(scene, "pause-end", pause.pk), follow=True).content.decode()
    assert "Ended early on" in words
    assert "The clock of this review stands still" not in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_request_and_for_three(
    scene: Cast, login_as: LoginAs, count: int
) -> None:
    for slug in ("answers_sent", "dialogue_held", "list_agreed")[:count]:
        milestone = milestone_of(scene.review, slug)
        change = ask(scene, slug, milestone.due_on + dt.timedelta(days=9))
        answer_time_change(actor=scene.same_group_focal_point, change=change, agrees=True)
    client = login_as(scene.other_group_focal_point)
    with assert_query_count("dates of a review"):
        assert len(client.get(url(scene)).context["requests"]) == count


def test_an_auditor_reads_who_asked_and_answered_but_no_word_that_a_state_wrote(scene: Cast, login_as: LoginAs) -> None:
    recorded = ask(scene, "answers_sent")
    record_time_change(actor=scene.officer, change=recorded, how="By note verbale 7.")
    asked = ask(scene, "feedback_sent", dt.date(2023, 7, 1))
    answer_time_change(actor=scene.same_group_focal_point, change=asked, agrees=True, note="Until the harvest.")
    words = ("A new law.", "By note verbale 7.", "Until the harvest.")
    page = login_as(scene.observer).get(url(scene)).content.decode()
    assert [word for word in words if word not in page] == []
    client = login_as(scene.auditor)
    with CaptureQueriesContext(connection) as captured:
        html = client.get(url(scene)).content.decode()
    assert [word for word in words if word in html] == []
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    columns = set(re.findall(r'_timechange\w*"\."(\w+)"', statements))
    assert {"until", "agrees"} <= columns
    assert columns & {"reason", "recorded_how", "note"} == set(), "not in the query, rather than hidden in the page"
    assert str(scene.focal_point) in html
    assert "Agreed outside of the portal" in html
    assert "What States wrote as reasons and notes is for those who take part" in html
