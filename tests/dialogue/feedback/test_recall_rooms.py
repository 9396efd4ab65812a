"""What a recall, its page and the pages around it say where something else holds by now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from accounts.states.models import StateParty
from core.policy import PolicyRefusedError
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback import services, views
from dialogue.feedback.services import hash_of_draft
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.cases.models import ReviewingState
from reviews.registration.services.participation import register_participant
from tests import journey
from tests.at_once import clear_feedback
from tests.dialogue.exchange.exchange import comment, text_of
from tests.dialogue.exchange.test_sent_twice import form_of
from tests.dialogue.feedback.test_recall import PAGE, RECALL, WHY, feedback_of, recall
from tests.factories.accounts import UserFactory
from tests.forms import carried_by
from tests.portal.work.test_my_work import own, waiting
from tests.utils import SYSTEM, Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
COMMON = "The reviewing States share their rooms: the others would read what is recalled."


# --- The common room


def test_nothing_is_recalled_into_a_common_room(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    given = {**carried_by(client.get(RECALL)), "reason": WHY}
    set_common_room(cast.review)
    with pytest.raises(PolicyRefusedError, match=COMMON):
        recall(cast)
    answered = client.post(RECALL, given)
    page = text_of(answered)
    assert (answered.status_code, COMMON in page, WHY in page) == (403, True, True)
    assert feedback_of(cast).status == "sent"
    assert RECALL not in client.get(PAGE).content.decode()
    set_common_room(cast.review, shared=False)
    assert recall(cast).status == "draft"


@pytest.mark.stage("written_feedback")
def test_what_is_not_sent_any_more_is_shown_to_the_own_state_alone(cast: Cast, login_as: LoginAs) -> None:
    set_common_room(cast.review)
    comment(journey.fresh(cast.review), cast.same_group_state, cast.same_group_expert, "On trafficking.", "I.tip.33")
    reviewing = cast.review.reviewing_states.get(state_party=cast.same_group_state)
    reviewing.instruments.set(reviewing.instruments.exclude(slug="tip"))
    assert "On trafficking." in text_of(login_as(cast.same_group_observer).get(PAGE))
    page = login_as(cast.other_group_expert).get(PAGE)
    assert (page.status_code, "On trafficking." in text_of(page)) == (200, False)


# --- Two presses, and a page from before


@pytest.mark.stage("written_feedback")
def test_a_recall_moves_no_review_whose_page_did_not_say_so(cast: Cast, login_as: LoginAs) -> None:
    for name in ("same_group_focal_point", "other_group_focal_point"):
        journey.write_feedback(cast.review, cast.people[name], "Words.")
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    client = login_as(cast.same_group_focal_point)
    page = client.get(RECALL)
    assert "The review goes back" not in text_of(page)
    clear_feedback(actor=cast.other_group_focal_point, feedback=feedback_of(cast, "XAL"))
    given = {**carried_by(page), "reason": WHY}
    answered = client.post(RECALL, given)
    shown = text_of(answered)
    assert (answered.status_code, "The review has come to another step" in shown, WHY in shown) == (422, True, True)
    assert "The review goes back from the dialogue" in shown
    assert journey.fresh(cast.review).step.slug == "dialogue"
    assert client.post(RECALL, {**given, **carried_by(answered)}).status_code == 302
    assert journey.fresh(cast.review).step.slug == "written_feedback"


def test_a_second_press_to_recall_after_a_new_sending_says_what_is_so(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    form = {**form_of(client, RECALL), "reason": WHY}
    assert client.post(RECALL, form, follow=True).status_code == 200
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    page = text_of(client.post(RECALL, form, follow=True))
    assert ("It has been sent anew since" in page, "The feedback is recalled" in page) == (True, False)
    assert feedback_of(cast).status == "sent"


@pytest.mark.stage("written_feedback")
def test_who_presses_to_clear_in_the_same_moment_is_told_that_it_is_done(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    client = login_as(cast.same_group_focal_point)
    given = carried_by(client.get(f"{PAGE}clear/"))

    def after_the_other_tab(**more: Any) -> WrittenFeedback:
        services.clear_feedback(**{**more, "feedback": feedback_of(cast)})
        return services.clear_feedback(**more)

    monkeypatch.setattr(views, "clear_feedback", after_the_other_tab)
    answered = client.post(f"{PAGE}clear/", given, follow=True)
    assert (answered.status_code, "cleared and sent the feedback of" in text_of(answered)) == (200, True)
    assert feedback_of(cast).times_sent == 1


@pytest.mark.stage("written_feedback")
def test_a_page_carries_no_token_of_words_that_it_does_not_show(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    original = views.feedback_text

    def before_a_colleague_saves(*given: Any, **more: Any) -> Any:
        text = original(*given, **more)
        FeedbackComment.objects.filter(feedback=feedback_of(cast)).update(text="Other words.")
        return text

    client = login_as(cast.same_group_focal_point)
    monkeypatch.setattr(views, "feedback_text", before_a_colleague_saves)
    page = client.get(f"{PAGE}clear/")
    monkeypatch.undo()
    given = carried_by(page)
    assert given["sha256"] != hash_of_draft(feedback_of(cast))
    answered = client.post(f"{PAGE}clear/", given)
    assert (answered.status_code, "has changed since you opened" in text_of(answered)) == (422, True)
    assert client.post(f"{PAGE}clear/", carried_by(answered)).status_code == 302


# --- Around it


def test_who_asks_whether_the_page_is_open_has_opened_nothing(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    for address in (PAGE, f"{PAGE}reply/", f"{PAGE}reply/send/"):
        client.head(address)
    assert feedback_of(cast).opened_at is None
    client.get(PAGE)
    assert feedback_of(cast).opened_by == cast.state


def test_who_came_at_the_dialogue_is_asked_for_no_feedback_after_a_recall(cast: Cast) -> None:
    newcomer = StateParty.objects.get(iso3="XSK")
    row = ReviewingState.objects.create(review=cast.review, state_party=newcomer, basis=ReviewingBasis.OTHER_GROUP)
    row.instruments.set(cast.review.instruments.all())
    focal_point = UserFactory()
    role = ParticipationRole.FOCAL_POINT
    review = journey.fresh(cast.review)
    register_participant(actor=SYSTEM, review=review, user=focal_point, state_party=newcomer, role=role)
    recall(cast)
    assert journey.fresh(cast.review).step.slug == "written_feedback"
    for milestone in cast.review.milestones.filter(reached_on=None, plan__owed_by="secretariat"):
        milestone.reached_on = timezone.localdate()
        milestone.save()
    (feedback,) = own(cast.same_group_focal_point)
    assert feedback not in own(focal_point)
    assert (feedback, "the other reviewing States") in waiting(focal_point)
