"""The pages on which the secretariat drafts the step plan, publishes it and moves reviews to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from reviews.plans.services import draft_plan, publish_plan
from reviews.programme.models import StepPlanVersion
from reviews.schedule.selectors.plans import get_row
from tests.query_counts import assert_query_count
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
UNPROCESSABLE = 422
ROW = {
    "amount": "8",
    "unit": "months",
    "counted_from": "",
    "owed_by": "state_under_review",
    "evidence_mark": "I",
    "evidence_note": "Agreed by the Conference.",
}


def url(name: str, *args: Any) -> str:
    return reverse(f"reviews:{name}", args=["untoc", *args])


@pytest.fixture
def first(cast: Cast) -> StepPlanVersion:
    return cast.review.plan_version


@pytest.fixture
def officer(cast: Cast, login_as: LoginAs) -> Client:
    return login_as(cast.officer)


def test_a_version_is_shown_with_every_duration_and_its_evidence(officer: Client, first: StepPlanVersion) -> None:
    page = officer.get(url("plan-detail", 1)).content.decode()
    assert "2 weeks after the start of the review" in page
    assert "6 months after “Sending of the answers”" in page
    assert "Resolution 10/1, annex I, paragraph 11." in page
    assert "The clock stops meanwhile" in page
    assert officer.get(url("plan-detail", 9)).status_code == 404


def test_an_auditor_reads_and_finds_no_button(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.auditor).get(url("plan-detail", 1)).content.decode()
    assert "Make a new version of it" not in page
    assert "2 weeks after the start of the review" in page


def test_an_officer_drafts_changes_publishes_and_moves(cast: Cast, officer: Client, first: StepPlanVersion) -> None:
    page = officer.post(url("plan-copy", 1), follow=True)
    assert page.redirect_chain[-1][0] == url("plan-detail", 2)
    assert "The draft is made." in page.content.decode()
    assert officer.post(url("plan-row", 2, "answers_sent"), {**ROW, "amount": ""}).status_code == UNPROCESSABLE
    page = officer.post(url("plan-row", 2, "answers_sent"), ROW, follow=True).content.decode()
    assert "8 months after the start of the review" in page
    given = {"phase": "", "day_rule": "next_working_day", "evidence_mark": "I", "evidence_note": "", "note": "Longer."}
    assert "Move to the next working day" in officer.post(url("plan-change", 2), given, follow=True).content.decode()
    assert "no longer be changed" in officer.get(url("plan-publish", 2)).content.decode()
    assert "The version is published." in officer.post(url("plan-publish", 2), follow=True).content.decode()
    preview = officer.get(url("plan-move", 2)).content.decode()
    assert "Sending of the answers: 1 May 2022 → 1 July 2022 (61 days later)" in preview
    assert "7 people would get a mail." in preview
    assert "one mail for all of it: 8 people, if every review is moved." in preview
    moved = officer.post(url("plan-move", 2), {"reviews": [cast.review.code]}, follow=True).content.decode()
    assert "1 review follows this version now." in moved
    cast.review.refresh_from_db()
    assert cast.review.plan_version.number == 2


def test_a_circle_is_refused_by_the_field(officer: Client, first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    given = {**ROW, "counted_from": str(get_row(draft, "feedback_sent").pk)}
    answered = officer.post(url("plan-row", 2, "answers_sent"), given)
    assert answered.status_code == UNPROCESSABLE
    assert "in a circle" in answered.content.decode()


def test_a_published_version_is_not_changed_by_a_form_that_was_open(officer: Client, first: StepPlanVersion) -> None:
    answered = officer.post(url("plan-row", 1, "answers_sent"), ROW)
    assert answered.status_code == UNPROCESSABLE
    assert "is published and changes no more" in answered.content.decode()


def test_a_draft_is_discarded(officer: Client, first: StepPlanVersion) -> None:
    draft_plan(actor=SYSTEM, source=first)
    assert "The draft has been discarded." in officer.post(url("plan-discard", 2), follow=True).content.decode()
    assert StepPlanVersion.objects.get() == first


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_version_and_for_three(
    officer: Client, first: StepPlanVersion, count: int
) -> None:
    for _number in range(count - 1):
        publish_plan(actor=SYSTEM, version=draft_plan(actor=SYSTEM, source=first))
    with assert_query_count("versions of the step plan"):
        assert len(officer.get(url("plan-list")).context["versions"]) == count


def test_the_first_page_of_the_secretariat_leads_to_the_plan(officer: Client) -> None:
    assert url("plan-list") in officer.get(reverse("portal:dashboard")).content.decode()
