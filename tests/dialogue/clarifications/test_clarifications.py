"""Requests for clarification: asked by a reviewing State, answered by the State under review, closed by the asker."""

from collections.abc import Callable

import pytest
from django.http import Http404

from core.errors import ConflictError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from dialogue.exchange.selectors import open_clarifications
from reviews.programme.models import Instrument
from tests.at_once import (
    close_clarification,
    discard_clarification,
    draft_answer,
    draft_clarification,
    edit_clarification,
    send_answer,
    send_clarification,
)
from tests.utils import Cast

pytestmark = pytest.mark.django_db
QUESTION = "I.untoc.23"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("written_feedback")


def ask(scene: Cast, text: str = "Since when?", **more: object) -> ClarificationRequest:
    given = {"actor": scene.same_group_expert, "review": scene.review, "question_code": QUESTION}
    return draft_clarification(**{**given, "instrument": Instrument.objects.get(slug="untoc"), **more}, text=text)


def asked(scene: Cast) -> ClarificationRequest:
    return send_clarification(actor=scene.same_group_focal_point, request=ask(scene))


def answered(scene: Cast) -> ClarificationRequest:
    request = asked(scene)
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    return send_answer(actor=scene.focal_point, request=request)


def who_may(scene: Cast, act: Callable[..., object]) -> set[str]:
    """Those whom neither the policy refuses nor a page that is not there; the act itself may fail afterwards."""
    allowed = set()
    for name, user in scene.people.items():
        try:
            act(user)
        except (PolicyRefusedError, Http404):
            continue
        except ServiceError:
            pass
        allowed.add(name)
    return allowed


def number_open(scene: Cast) -> int:
    return len(open_clarifications([scene.review])[scene.review.pk])


@pytest.mark.stage("written_feedback")
def test_a_draft_lies_in_the_room_of_the_state_that_asks(scene: Cast) -> None:
    request = ask(scene)
    assert (request.status, request.room, request.state_party) == (
        "draft",
        scene.same_group_state,
        scene.same_group_state,
    )
    assert number_open(scene) == 0


@pytest.mark.stage("written_feedback")
def test_who_drafts(scene: Cast) -> None:
    assert who_may(scene, lambda user: ask(scene, actor=user)) == {
        "same_group_focal_point",
        "same_group_expert",
        "other_group_focal_point",
        "other_group_expert",
    }


@pytest.mark.stage("written_feedback")
def test_a_request_needs_words_and_a_question(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="Write what you ask"):
        ask(scene, "  \n")
    with pytest.raises(ServiceError, match="There is no such question"):
        ask(scene, question_code="Why is their law so weak?")


@pytest.mark.stage("written_feedback")
def test_a_state_asks_about_what_it_reviews(scene: Cast) -> None:
    scene.review.reviewing_states.get(state_party=scene.same_group_state).instruments.set(
        Instrument.objects.filter(slug="tip")
    )
    with pytest.raises(ServiceError, match="does not review this instrument"):
        ask(scene)


@pytest.mark.stage("written_feedback")
def test_nobody_overwrites_unseen(scene: Cast) -> None:
    request = ask(scene)
    edit_clarification(actor=scene.same_group_focal_point, request=request, text="From when?", base=1)
    with pytest.raises(ConflictError) as conflict:
        edit_clarification(actor=scene.same_group_expert, request=request, text="Mine?", base=1)
    assert (conflict.value.current, conflict.value.revision) == ("From when?", 2)


@pytest.mark.stage("written_feedback")
def test_a_draft_can_be_thrown_away_and_what_was_sent_cannot(scene: Cast) -> None:
    discard_clarification(actor=scene.same_group_expert, request=ask(scene))
    assert not ClarificationRequest.objects.exists()
    with pytest.raises(PolicyRefusedError, match="has been sent"):
        discard_clarification(actor=scene.same_group_focal_point, request=asked(scene))


@pytest.mark.stage("written_feedback")
def test_only_the_focal_point_sends(scene: Cast) -> None:
    request = ask(scene)
    assert who_may(scene, lambda user: send_clarification(actor=user, request=request)) == {"same_group_focal_point"}
    request.refresh_from_db()
    assert (request.status, request.room) == ("asked", None)
    assert request.asked_at is not None
    assert number_open(scene) == 1


@pytest.mark.stage("written_feedback")
def test_what_was_sent_stays_as_it_is(scene: Cast) -> None:
    request = asked(scene)
    with pytest.raises(PolicyRefusedError, match="has been sent"):
        edit_clarification(actor=scene.same_group_expert, request=request, text="Other words.", base=1)
    with pytest.raises(PolicyRefusedError, match="has been sent"):
        send_clarification(actor=scene.same_group_focal_point, request=request)


@pytest.mark.stage("written_feedback")
def test_an_answer_is_drafted_in_the_room_of_the_state_under_review(scene: Cast) -> None:
    request = asked(scene)
    may_draft = who_may(scene, lambda user: draft_answer(actor=user, request=request, text=f"By {user}.", base=0))
    assert may_draft == {"focal_point", "expert", "second_expert"}
    answer = ClarificationAnswer.objects.get()
    assert (answer.room, answer.sent_at, answer.revision) == (scene.state, None, 1)


@pytest.mark.stage("written_feedback")
def test_an_answer_is_not_overwritten_unseen(scene: Cast) -> None:
    request = asked(scene)
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    with pytest.raises(ConflictError) as conflict:
        draft_answer(actor=scene.second_expert, request=request, text="Since 2018.", base=0)
    assert (conflict.value.current, conflict.value.revision) == ("Since 2019.", 1)


@pytest.mark.stage("written_feedback")
def test_a_draft_of_another_state_is_not_there_to_be_answered(scene: Cast) -> None:
    with pytest.raises(Http404):
        draft_answer(actor=scene.expert, request=ask(scene), text="How do I know?", base=0)


@pytest.mark.stage("written_feedback")
def test_only_the_focal_point_sends_the_answer(scene: Cast) -> None:
    request = asked(scene)
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    assert who_may(scene, lambda user: send_answer(actor=user, request=request)) == {"focal_point"}
    answer = ClarificationAnswer.objects.get()
    request.refresh_from_db()
    assert (request.status, answer.room) == ("answered", None)
    assert answer.sent_at is not None
    assert number_open(scene) == 0


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("text", [None, "  "])
def test_an_answer_without_words_is_not_sent(scene: Cast, text: str | None) -> None:
    request = asked(scene)
    if text is not None:
        draft_answer(actor=scene.expert, request=request, text=text, base=0)
    with pytest.raises(ServiceError, match="Write the answer first"):
        send_answer(actor=scene.focal_point, request=request)


@pytest.mark.stage("written_feedback")
def test_an_answer_that_was_sent_stays_as_it_is(scene: Cast) -> None:
    request = answered(scene)
    with pytest.raises(PolicyRefusedError, match="answered or closed"):
        draft_answer(actor=scene.expert, request=request, text="Since 2018.", base=1)
    with pytest.raises(PolicyRefusedError, match="answered or closed"):
        send_answer(actor=scene.focal_point, request=request)


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("stage", [asked, answered])
def test_only_the_focal_point_of_the_state_that_asked_closes(
    scene: Cast, stage: Callable[[Cast], ClarificationRequest]
) -> None:
    request = stage(scene)
    closers = who_may(scene, lambda user: close_clarification(actor=user, request=request))
    assert closers == {"same_group_focal_point"}, "the first of them closes it; it is closed then"
    request.refresh_from_db()
    assert (request.status, number_open(scene)) == ("closed", 0)


@pytest.mark.stage("written_feedback")
def test_a_closed_request_takes_no_answer_and_its_draft_stays_in_the_room(scene: Cast) -> None:
    request = asked(scene)
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    close_clarification(actor=scene.same_group_focal_point, request=request)
    with pytest.raises(PolicyRefusedError, match="answered or closed"):
        send_answer(actor=scene.focal_point, request=request)
    assert ClarificationAnswer.objects.get().room == scene.state


@pytest.mark.stage("written_feedback")
def test_a_draft_is_discarded_and_not_closed(scene: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="has not been sent"):
        close_clarification(actor=scene.same_group_focal_point, request=ask(scene))


@pytest.mark.stage("written_feedback")
def test_who_is_told(scene: Cast) -> None:
    Notification.objects.all().delete()
    request = asked(scene)
    told = Notification.objects.order_by("recipient__email").values_list("recipient__email", flat=True)
    assert list(told) == [scene.focal_point.email]
    Notification.objects.all().delete()
    draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    send_answer(actor=scene.focal_point, request=request)
    assert set(told.all()) == {scene.same_group_focal_point.email, scene.same_group_expert.email}


@pytest.mark.parametrize("stage", ["dialogue", "observations"])
def test_states_ask_until_the_review_is_closed(cast_at: Callable[[str], Cast], stage: str) -> None:
    scene = cast_at(stage)
    assert answered(scene).status == "answered"


@pytest.mark.stage("closed")
def test_nothing_is_asked_before_the_answers_and_after_the_end(
    cast: Cast, make_cast: Callable[..., Cast], cast_at: Callable[[str], Cast]
) -> None:
    with pytest.raises(PolicyRefusedError, match="once the answers have been sent"):
        ask(cast)
    with pytest.raises(PolicyRefusedError, match="until the review is closed"):
        ask(cast_at("closed"))
