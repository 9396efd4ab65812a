"""Voiding a draw: two people and a reason, and the record stays."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.states.models import StateParty
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from lots.course.services import confirm_void, request_void
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review, ReviewingState
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import Officers, make_draw, taken_to
from tests.utils import make_review, register

pytestmark = pytest.mark.django_db

REASON = "A State was missing from the input."
EVERY_STATUS_BUT_VOIDED = [status for status in DrawStatus if status != DrawStatus.VOIDED]


def asked_for(status: str, by: Officers) -> Draw:
    return request_void(actor=by.keeper, draw=make_draw(status, officers=by), reason=REASON)


@pytest.mark.parametrize("status", EVERY_STATUS_BUT_VOIDED)
def test_two_officers_void_a_draw_at_any_time(status: str) -> None:
    by = Officers()
    draw = confirm_void(actor=by.runner, draw=asked_for(status, by))
    draw.refresh_from_db()
    assert (draw.status, draw.void_reason) == ("voided", REASON)
    assert (draw.void_requested_by, draw.voided_by) == (by.keeper, by.runner)
    entries = AuditEntry.objects.order_by("-id")
    confirmed = entries.filter(verb="lots.draw.voided").get()
    asked = entries.filter(verb="lots.draw.void_requested").get()
    assert (asked.actor, asked.reason) == (by.keeper, REASON)
    assert (confirmed.actor, confirmed.reason, confirmed.before) == (by.runner, REASON, {"status": status})
    assert confirmed.after == {"withdrawn_reviews": 25 if status == DrawStatus.PUBLISHED else 0}


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_the_record_and_all_files_stay(draw: Draw, officers: Officers) -> None:
    before = (
        {file.name: bytes(file.content) for file in draw.files.all()},
        set(draw.pairings.values_list("pk", flat=True)),
        dict(draw.entries.values_list("state_party__iso3", "review_group__number")),
    )
    confirm_void(actor=officers.runner, draw=request_void(actor=officers.keeper, draw=draw, reason=REASON))
    draw.refresh_from_db()
    assert before == (
        {file.name: bytes(file.content) for file in draw.files.all()},
        set(draw.pairings.values_list("pk", flat=True)),
        dict(draw.entries.values_list("state_party__iso3", "review_group__number")),
    )
    assert (draw.seed != "", draw.run_by, draw.published_by) == (True, officers.runner, officers.runner)
    assert draw.published_at is not None


def test_the_reviews_that_it_opened_are_withdrawn_and_no_others() -> None:
    make_review(state="XVE", phase=1)
    draw = make_draw(DrawStatus.VOIDED)
    assert list(Review.objects.values_list("code", flat=True)) == ["1-XVE"]
    assert ReviewingState.objects.exclude(review__code="1-XVE").count() == 0
    assert set(draw.entries.values_list("review", flat=True)) == {None}
    assert AuditEntry.objects.filter(verb="reviews.review.withdrawn").count() == 25


def test_the_same_officer_does_not_confirm() -> None:
    by = Officers()
    draw = asked_for(DrawStatus.DRAWN, by)
    with pytest.raises(PolicyRefusedError, match="Two different officers are needed: you have asked"):
        confirm_void(actor=by.keeper, draw=draw)
    assert Draw.objects.get().status == "drawn"


def test_the_database_too_wants_a_second_person() -> None:
    by = Officers()
    draw = asked_for(DrawStatus.DRAWN, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(voided_by=by.keeper)


def test_nothing_is_confirmed_that_nobody_asked_for() -> None:
    with pytest.raises(PolicyRefusedError, match="Nobody has asked for the voiding"):
        confirm_void(actor=OfficerFactory(), draw=make_draw(DrawStatus.DRAWN))


def test_it_is_asked_for_once() -> None:
    by = Officers()
    draw = asked_for(DrawStatus.DRAWN, by)
    with pytest.raises(PolicyRefusedError, match="another officer confirms it"):
        request_void(actor=by.runner, draw=draw, reason="Another reason.")
    assert Draw.objects.get().void_reason == REASON


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (" \n", "Write the reason; it stays in the record."),
        ("a" * 2001, "This is 2001 characters long. The limit is 2000."),
    ],
)
@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_a_reason_is_needed(reason: str, message: str, draw: Draw) -> None:
    with pytest.raises(ServiceError) as caught:
        request_void(actor=OfficerFactory(), draw=draw, reason=reason)
    assert (caught.value.field, str(caught.value)) == ("reason", message)
    assert Draw.objects.get().void_requested_at is None


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_a_draw_is_voided_once(draw: Draw) -> None:
    with pytest.raises(PolicyRefusedError, match="This draw is voided"):
        request_void(actor=OfficerFactory(), draw=draw, reason=REASON)
    with pytest.raises(PolicyRefusedError, match="This draw is voided"):
        confirm_void(actor=OfficerFactory(), draw=draw)


def test_a_draw_whose_reviews_have_begun_is_not_voided() -> None:
    by = Officers()
    draw = asked_for(DrawStatus.PUBLISHED, by)
    state = StateParty.objects.get(iso3="XVE")
    review = Review.objects.get(state_under_review=state)
    register(review, UserFactory(), state, ParticipationRole.FOCAL_POINT)
    with pytest.raises(ServiceError) as caught:
        confirm_void(actor=by.runner, draw=draw)
    assert str(caught.value) == (
        "These reviews have begun, or somebody is registered in them: Veskaria. Nothing was voided."
    )
    assert (Draw.objects.get().status, Review.objects.count()) == ("published", 25)


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_only_officers_void(draw: Draw, officers: Officers) -> None:
    for actor, error in ((AuditorFactory(), PolicyRefusedError), (UserFactory(), Http404)):
        with pytest.raises(error):
            request_void(actor=actor, draw=draw, reason=REASON)
    request_void(actor=officers.keeper, draw=draw, reason=REASON)
    for actor, error in ((AuditorFactory(), PolicyRefusedError), (UserFactory(), Http404)):
        with pytest.raises(error):
            confirm_void(actor=actor, draw=draw)
    assert Draw.objects.get().status == "drawn"
