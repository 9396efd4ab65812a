"""Requests for access at the same moment. (These tests commit.)"""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from core.models import AuditEntry
from reviews.access.enums import AccessStatus
from reviews.access.models import AccessRequest
from reviews.access.selectors import fingerprint_of_request
from reviews.access.services import approve_request, carry_out_due, confirm_request, refuse_request
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.lots.draws.test_races import at_once
from tests.reviews.access.access import approve, asked_to_end, carry_out
from tests.utils import make_review, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
DUE, DONE = "This request is being carried out.", "This request is in effect."
REFUSED = "The State has refused this request."


def prepared() -> tuple[AccessRequest, Participation, Any]:
    """A request to end an observer's participation; with it a person who decides for the State."""
    review = make_review()
    state = review.state_under_review
    observer = register(review, UserFactory(), state, ParticipationRole.OBSERVER)
    expert = review.participations.get(role=ParticipationRole.GOVERNMENTAL_EXPERT).user
    return asked_to_end(OfficerFactory(), observer), observer, expert


def again(request: AccessRequest) -> AccessRequest:
    return AccessRequest.objects.get(pk=request.pk)


def ended() -> int:
    return AuditEntry.objects.filter(verb="reviews.participation.ended").count()


def test_two_officers_approve_once() -> None:
    request, _observer, _expert = prepared()
    mark = fingerprint_of_request(request)
    acts = [
        lambda each=each: approve_request(actor=each, request=again(request), seen=mark)
        for each in (OfficerFactory(), OfficerFactory())
    ]
    assert at_once(*acts) == ["This request has been approved; the State has been told.", "done"]


def test_two_confirm_at_once() -> None:
    request, observer, expert = prepared()
    focal_point = observer.review.participations.get(role=ParticipationRole.FOCAL_POINT).user
    approve(OfficerFactory(), request)
    acts = [lambda each=each: confirm_request(actor=each, request=again(request)) for each in (expert, focal_point)]
    assert at_once(*acts) == [DUE, "done"]
    assert (carry_out(), carry_out()) == (1, 0)
    assert ended() == 1


def test_one_confirms_and_another_refuses() -> None:
    request, observer, expert = prepared()
    focal_point = observer.review.participations.get(role=ParticipationRole.FOCAL_POINT).user
    approve(OfficerFactory(), request)
    outcome = at_once(
        lambda: confirm_request(actor=expert, request=again(request)),
        lambda: refuse_request(actor=focal_point, request=again(request), reason="No."),
    )
    carry_out()
    status = again(request).status
    assert outcome in ([DUE, "done"], [REFUSED, "done"])
    assert (status, ended()) in {(AccessStatus.DONE, 1), (AccessStatus.REFUSED, 0)}


def test_a_double_click_confirms_once() -> None:
    request, _observer, expert = prepared()
    approve(OfficerFactory(), request)
    acts = [lambda: confirm_request(actor=expert, request=again(request)) for _press in range(2)]
    assert at_once(*acts) == ["done", "done"]
    assert (carry_out(), carry_out()) == (1, 0)
    assert ended() == 1


def test_two_workers_carry_out_once_and_a_refusal_in_that_moment_counts_or_comes_too_late() -> None:
    request, _observer, expert = prepared()
    approve(OfficerFactory(), request)
    late = timezone.now() + dt.timedelta(hours=49)
    outcome = at_once(
        lambda: carry_out_due(late),
        lambda: carry_out_due(late),
        lambda: refuse_request(actor=expert, request=again(request), reason="No."),
    )
    assert outcome in (["done", "done", "done"], [DONE, "done", "done"])
    carry_out_due(late)
    assert (again(request).status, ended()) in {(AccessStatus.DONE, 1), (AccessStatus.REFUSED, 0)}


def test_two_officers_ask_for_the_same_thing() -> None:
    review = make_review()
    observer = register(review, UserFactory(), review.state_under_review, ParticipationRole.OBSERVER)
    acts = [lambda each=each: asked_to_end(each, observer) for each in (OfficerFactory(), OfficerFactory())]
    assert at_once(*acts) == ["A request about this is open already.", "done"]
