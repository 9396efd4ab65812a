"""A phase of a State does not begin while its last one runs: a warning that an officer overrides with a reason."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.affiliations.services import affiliate
from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry
from questionnaires.responses.models import Response
from questionnaires.sending.services import open_response
from reviews.cases.models import Review
from reviews.opening.selectors import runs_on
from reviews.programme.models import PhasePeriod, Step
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.utils import fictional_state, make_review

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
RUNS = "Phase 1 of Halvonia still runs: its review 1-XHV stands at the step “Consultations”."
LOOK = "Something stands out: look at it below. If it is right, open the review all the same."
WHY = "Say why the phase is to begin all the same."


@pytest.fixture(autouse=True)
def _demo() -> None:
    """Fictional States are offered where somebody speaks for one."""
    affiliate(UserFactory(), fictional_state("XHV"))


def _url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def _second_phase(**changes: str) -> dict[str, str]:
    period = PhasePeriod.objects.get(phase__number=2, review_group__number=2)
    names = ("same_group_2", "other_group_2", "officer", "starts_on", "reason")
    given = {"period": str(period.pk), "state_under_review": "XHV", "same_group_1": "XLE", "other_group_1": "XLV"}
    return {**dict.fromkeys(names, ""), **given, **changes}


def _close(review: Review) -> None:
    last = Step.objects.get(mechanism=review.mechanism, kind="closing")
    Review.objects.filter(pk=review.pk).update(step=last)


def _reason_kept(verb: str) -> str:
    return AuditEntry.objects.filter(verb=verb).latest("id").reason


def test_a_review_of_the_next_phase_is_not_opened_without_a_reason(login_as: LoginAs) -> None:
    make_review(state="XHV")
    client = login_as(OfficerFactory())
    page = client.post(_url("reviews:review-open", "untoc"), _second_phase())
    assert (page.status_code, page.context["form"].errors) == (422, {"__all__": [LOOK]})
    assert page.context["check"].warnings == [RUNS]
    assert "Phase 1 of Halvonia still runs" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    page = client.post(_url("reviews:review-open", "untoc"), _second_phase(seen=seen))
    assert (page.status_code, page.context["form"].errors) == (422, {"reason": [WHY]})
    assert not Review.objects.filter(code="2-XHV").exists()
    given = _second_phase(seen=seen, reason="The Conference has decided so.")
    client.post(_url("reviews:review-open", "untoc"), given)
    assert Review.objects.filter(code="2-XHV").exists()
    assert _reason_kept("reviews.review.opened") == "The Conference has decided so."


def test_where_the_last_phase_is_over_nobody_is_asked(login_as: LoginAs) -> None:
    _close(make_review(state="XHV"))
    given = _second_phase(reason="Unasked.", starts_on="2040-01-01")
    assert login_as(OfficerFactory()).post(_url("reviews:review-open", "untoc"), given).status_code == 302
    assert _reason_kept("reviews.review.opened") == ""


def test_a_review_of_another_state_does_not_matter(login_as: LoginAs) -> None:
    make_review(state="XVE")
    given = _second_phase(starts_on="2040-01-01")
    assert login_as(OfficerFactory()).post(_url("reviews:review-open", "untoc"), given).status_code == 302


def test_dates_in_the_past_are_shown_before_a_review_is_opened_with_a_shift_filled_in(login_as: LoginAs) -> None:
    client, url = login_as(OfficerFactory()), _url("reviews:review-open", "untoc")
    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC), tick=False):
        page = client.post(url, _second_phase())
    assert (page.status_code, page.context["form"].errors) == (422, {"__all__": [LOOK]})
    [finding] = page.context["check"].findings
    assert finding.words == (
        "The review would begin on 1 November 2023, 3 years ago, and all of its dates are counted from that day."
    )
    assert finding.label == "Shift phase 2 and all later ones to 1 January 2027"
    assert not Review.objects.exists()
    programme = client.get(finding.url)
    assert "Offered: phase 2 begins on 1 January 2027" in programme.content.decode()
    given = _second_phase(seen=page.context["form"]["seen"].value())
    assert client.post(url, given).status_code == 302, "it is longer ago, and the same"
    assert Review.objects.get(code="2-XHV").starts_on == dt.date(2023, 11, 1)


def test_what_stood_out_before_another_day_was_given_does_not_hold(login_as: LoginAs) -> None:
    client, url = login_as(OfficerFactory()), _url("reviews:review-open", "untoc")
    seen = client.post(url, _second_phase()).context["form"]["seen"].value()
    page = client.post(url, _second_phase(seen=seen, starts_on="2022-12-24"))
    assert page.context["form"].errors == {"__all__": [LOOK]}
    assert client.post(url, _second_phase(seen=seen, starts_on="2040-01-01")).status_code == 302


@pytest.mark.parametrize(
    ("ends_on", "day", "runs"),
    [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 1), False),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 1), True),
        (dt.date(2024, 1, 1), dt.date(2026, 1, 15), True),  # what is not closed runs today, however late it is
        (None, dt.date(2026, 1, 15), True),
        (None, dt.date(2026, 1, 16), False),
    ],
)
def test_what_is_not_closed_runs_today_and_until_its_last_date(ends_on: dt.date, day: dt.date, runs: bool) -> None:
    assert runs_on(ends_on, day, today=dt.date(2026, 1, 15)) == runs


def test_the_self_assessment_of_the_next_phase_asks_for_a_reason_too(login_as: LoginAs) -> None:
    make_review(state="XHV")
    make_review(state="XHV", phase=2)
    client, url = login_as(OfficerFactory()), _url("questionnaires:response-open", "untoc", "2-XHV")
    page = client.post(url)
    assert (page.status_code, page.context["form"].errors) == (422, {"reason": [WHY]})
    assert page.context["warnings"] == [RUNS]
    assert not Response.objects.exists()
    assert "Phase 1 of Halvonia still runs" in client.get(url).content.decode()
    page = client.post(url, {"reason": "Both States agree."})
    assert page["Location"] == _url("portal:review-detail", "untoc", "2-XHV")
    assert Response.objects.get().review.code == "2-XHV"
    assert _reason_kept("questionnaires.response.opened") == "Both States agree."


def test_a_self_assessment_before_the_first_day_of_its_review_asks_for_a_reason() -> None:
    review = make_review(state="XHV")
    before = dt.datetime.combine(review.starts_on - dt.timedelta(days=90), dt.time(12), tzinfo=dt.UTC)
    with time_machine.travel(before, tick=False):
        officer = OfficerFactory()
        with pytest.raises(ServiceError, match="all the same") as caught:
            open_response(officer, review)
        assert caught.value.field == "reason"
        assert timezone.localdate() < review.starts_on
        open_response(officer, review, reason="Its focal point asked for it.")
    assert _reason_kept("questionnaires.response.opened") == "Its focal point asked for it."


def test_the_press_of_an_ordinary_self_assessment_asks_nothing(login_as: LoginAs) -> None:
    make_review(state="XHV")
    client, url = login_as(OfficerFactory()), _url("questionnaires:response-open", "untoc", "1-XHV")
    assert "This needs a reason" not in client.get(url).content.decode()
    assert client.post(url, {"reason": "Unasked."}).status_code == 302
    assert _reason_kept("questionnaires.response.opened") == ""
