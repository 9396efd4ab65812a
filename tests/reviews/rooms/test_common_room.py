"""The common room of the reviewing States: each opens its own, never over drafts written for one State alone."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.cases.models import Review, ReviewingState
from reviews.drafts import reviewers_have_drafts
from reviews.rooms.services import set_own_room
from tests.at_once import save_comment
from tests.dialogue.exchange.exchange import clarification, comment, observation
from tests.dialogue.joint.joint import set_joint, write as write_jointly
from tests.dialogue.threads.threads import begin
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.reviews.minutes.minutes import held, write
from tests.utils import Cast, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
REVIEWING = {
    "same_group_focal_point", "same_group_expert", "same_group_observer",
    "other_group_focal_point", "other_group_expert", "other_group_observer",
}  # fmt: skip


FOCAL_POINTS = ("same_group_focal_point", "other_group_focal_point")


def set_room(cast: Cast, name: str, *, shared: bool) -> Review:
    fresh(cast)
    return set_own_room(actor=cast.people[name], review=cast.review, shared=shared)


def share(cast: Cast) -> Review:
    review = [set_room(cast, name, shared=True) for name in FOCAL_POINTS][-1]
    fresh(cast)
    return review


def refusal(cast: Cast, *, name: str = FOCAL_POINTS[0], shared: bool = True) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        set_room(cast, name, shared=shared)
    return caught.value.field, str(caught.value)


def told() -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    for key, person in Notification.objects.values_list("key", "recipient"):
        found.setdefault(key.partition(":")[0], set()).add(person)
    return found


def test_it_begins_when_each_has_opened_its_own_and_all_who_take_part_are_told(sent: Cast) -> None:
    Notification.objects.all().delete()
    everybody = {sent.people[name].pk for name in REVIEWING}
    assert not set_room(sent, FOCAL_POINTS[0], shared=True).reviewers_share_room
    assert told() == {"room_offered": everybody}
    assert set_room(sent, FOCAL_POINTS[1], shared=True).reviewers_share_room
    assert told() == {"room_offered": everybody, "room_shared": everybody}
    assert Review.objects.get(pk=sent.review.pk).reviewers_share_room
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.before, entry.after) == (
        "reviews.review.rooms_set",
        {"reviewers_share_room": False, "opens_room": False},
        {"reviewers_share_room": True, "opens_room": True},
    )


@pytest.mark.parametrize("name", FOCAL_POINTS)
def test_it_ends_as_soon_as_one_keeps_its_room_to_itself(sent: Cast, name: str) -> None:
    share(sent)
    Notification.objects.all().delete()
    assert not set_room(sent, name, shared=False).reviewers_share_room
    assert set(told()) == {"room_own"}
    assert set_room(sent, name, shared=True).reviewers_share_room, "the other had left its own open"


def test_what_was_offered_and_is_taken_back_is_told_to_nobody(sent: Cast) -> None:
    set_room(sent, FOCAL_POINTS[0], shared=True)
    Notification.objects.all().delete()
    assert not set_room(sent, FOCAL_POINTS[0], shared=False).reviewers_share_room
    assert told() == {}


@pytest.mark.parametrize("drafted", ["before the first opens", "before the last opens"])
@pytest.mark.parametrize("kind", ["feedback", "request", "observation", "notes"])
def test_it_is_not_opened_over_a_draft(sent: Cast, kind: str, drafted: str) -> None:
    if drafted == "before the last opens":
        set_room(sent, FOCAL_POINTS[1], shared=True)
    if kind == "feedback":
        comment(sent.review, sent.same_group_state, sent.same_group_expert, "For Lestovia alone.")
    elif kind == "request":
        clarification(sent.review, sent.same_group_expert, "For Lestovia alone?")
    elif kind == "notes":
        write(sent.same_group_expert, held(sent), "For Lestovia alone.")
    else:
        observation(sent.review, sent.same_group_expert, "For Lestovia alone.")
    field, message = refusal(sent)
    assert (field, message[:46]) == ("shared", "A reviewing State has begun to draft for itsel")
    assert Review.objects.get(pk=sent.review.pk).reviewers_share_room is False


@pytest.mark.stage("dialogue")
def test_drafts_of_a_state_that_has_left_keep_no_room_shut(cast: Cast) -> None:
    person, review = cast.same_group_expert, cast.review
    observation(review, person, "Not laid.")
    clarification(review, person, "Not sent?")
    write(person, held(cast), "Not laid.")
    begin(person, review, "Not released.")
    others = Review.objects.filter(pk=review.pk)
    review.reviewing_states.update(opens_room_at=timezone.now())
    with pytest.raises(DatabaseError, match="something unsent"), transaction.atomic():
        others.update(reviewers_share_room=True)
    review.reviewing_states.filter(state_party=cast.same_group_state).delete()
    assert others.update(reviewers_share_room=True) == 1
    assert not reviewers_have_drafts(review)


@pytest.mark.stage("written_feedback")
def test_joint_feedback_that_has_begun_keeps_no_room_shut(cast: Cast) -> None:
    set_joint(cast)
    write_jointly(cast, cast.same_group_expert, "Read by both from the first word.")
    assert share(cast).reviewers_share_room


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
    assert set_room(sent, FOCAL_POINTS[0], shared=False).reviewers_share_room is False


def test_nothing_is_set_twice(sent: Cast) -> None:
    assert refusal(sent, shared=False) == ("shared", "The rooms are set like this already.")


def test_a_state_that_reviews_alone_has_nobody_to_open_to(sent: Cast) -> None:
    sent.review.reviewing_states.exclude(state_party=sent.same_group_state).delete()
    assert refusal(sent) == ("shared", "No other State reviews here.")


@pytest.mark.parametrize("part", ["officer", "administrator", "same_group_expert", "focal_point", "stranger"])
def test_only_its_focal_point_opens_the_room_of_a_state(sent: Cast, part: str) -> None:
    with pytest.raises((Http404, PolicyRefusedError)):
        set_own_room(actor=sent.people[part], review=sent.review, shared=True)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")
def test_the_database_opens_no_room_for_somebody_else(sent: Cast) -> None:
    rooms = ReviewingState.objects.filter(review=sent.review)
    for name in ("officer", "focal_point", "same_group_expert"):
        with plain_role(), identified_as(sent.people[name]):
            for statement in (
                lambda: rooms.update(opens_room_at=timezone.now()),
                lambda: Review.objects.filter(pk=sent.review.pk).update(reviewers_share_room=True),
            ):
                with pytest.raises(DatabaseError, match="opens its room"), transaction.atomic():
                    statement()
    with plain_role(), identified_as(sent.same_group_focal_point):
        with pytest.raises(DatabaseError, match="opens its room itself"), transaction.atomic():
            rooms.update(opens_room_at=timezone.now())
        assert rooms.filter(state_party=sent.same_group_state).update(opens_room_at=timezone.now()) == 1
