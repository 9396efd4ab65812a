"""The common room of the reviewing States: opened by an officer, never over drafts written for one State alone."""

from collections.abc import Callable

import pytest
from django.http import Http404

from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.models import Review
from reviews.services.rooms import set_reviewers_room
from tests.at_once import save_comment
from tests.portal.exchange import clarification, comment, observation
from tests.utils import Cast, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
REVIEWING = {
    "same_group_focal_point", "same_group_expert", "same_group_observer",
    "other_group_focal_point", "other_group_expert", "other_group_observer",
}  # fmt: skip


@pytest.fixture
def sent(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("written_feedback")


def share(cast: Cast, *, shared: bool = True, reason: str = "Both States asked.") -> Review:
    review = set_reviewers_room(actor=cast.officer, review=cast.review, shared=shared, reason=reason)
    fresh(cast)
    return review


def refusal(cast: Cast, **given: object) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        share(cast, **given)  # type: ignore[arg-type]
    return caught.value.field, str(caught.value)


def test_it_is_opened_recorded_with_its_reason_and_told_to_both_teams(sent: Cast) -> None:
    Notification.objects.all().delete()
    share(sent)
    assert Review.objects.get(pk=sent.review.pk).reviewers_share_room is True
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.before, entry.after, entry.reason) == (
        "reviews.review.rooms_set",
        {"reviewers_share_room": False},
        {"reviewers_share_room": True},
        "Both States asked.",
    )
    told = set(Notification.objects.values_list("recipient", flat=True))
    assert told == {sent.people[name].pk for name in REVIEWING}


@pytest.mark.parametrize("kind", ["feedback", "request", "observation"])
def test_it_is_not_opened_over_a_draft(sent: Cast, kind: str) -> None:
    if kind == "feedback":
        comment(sent.review, sent.same_group_state, sent.same_group_expert, "For Lestovia alone.")
    elif kind == "request":
        clarification(sent.review, sent.same_group_expert, "For Lestovia alone?")
    else:
        observation(sent.review, sent.same_group_expert, "For Lestovia alone.")
    field, message = refusal(sent)
    assert (field, message[:46]) == ("shared", "A reviewing State has begun to draft for itsel")
    assert Review.objects.get(pk=sent.review.pk).reviewers_share_room is False


def test_a_comment_that_was_emptied_again_is_no_draft(sent: Cast) -> None:
    row = comment(sent.review, sent.same_group_state, sent.same_group_expert, "Never mind.")
    save_comment(
        actor=sent.same_group_expert,
        feedback=row.feedback,
        instrument=row.instrument,
        question_code=row.question_code,
        article=None,
        text="",
        base=row.revision,
    )
    assert share(sent).reviewers_share_room


def test_it_is_closed_over_drafts(sent: Cast) -> None:
    share(sent)
    comment(sent.review, sent.same_group_state, sent.same_group_expert, "Read by both.")
    assert share(sent, shared=False, reason="As asked.").reviewers_share_room is False


def test_a_reason_is_given_and_nothing_is_set_twice(sent: Cast) -> None:
    assert refusal(sent, reason="  ")[0] == "reason"
    assert refusal(sent, shared=False) == ("shared", "The rooms are set like this already.")


@pytest.mark.parametrize("part", ["focal_point", "same_group_focal_point", "auditor", "stranger"])
def test_only_officers_set_the_rooms(sent: Cast, part: str) -> None:
    with pytest.raises((Http404, PolicyRefusedError)):
        set_reviewers_room(actor=sent.people[part], review=sent.review, shared=True, reason="Please.")
