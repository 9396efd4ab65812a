"""What lies on the table is worked on in the own room: copies of observations, drafts of passages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from core.errors import ServiceError
from core.policy import PolicyRefusedError
from observations.clearance.selectors import last_change_of
from observations.observations.services import ObservationInput
from observations.summaries.selectors import own_draft_of, passage_drafts_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, PassageDraft
from observations.texts.selectors import headings_of, passages_of
from reviews.cases.models import Review, ReviewingState
from tests import at_once, journey
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("observations")


def the_list(scene: Cast) -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


def given(scene: Cast, text: str) -> ObservationInput:
    return ObservationInput(headings_of(scene.review)[0], journey.articles_of(scene.review), text)


def tabled(scene: Cast) -> Observation:
    words = given(scene, "On the table.")
    draft = at_once.draft_observation(actor=scene.same_group_expert, text=the_list(scene), given=words)
    return at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def copied(scene: Cast, actor: str, source: Observation, text: str = "Better words.") -> Observation:
    return at_once.copy_observation(actor=scene.people[actor], source=source, given=given(scene, text))


def test_a_copy_lies_in_the_room_of_who_copies_and_the_table_stays_as_it_is(scene: Cast) -> None:
    source = tabled(scene)
    copy = copied(scene, "other_group_expert", source)
    assert (copy.room, copy.state_party) == (scene.other_group_state, scene.other_group_state)
    assert (copy.copied_from, copy.copied_revision) == (source, 1)
    assert (fresh(source).text, fresh(source).state_party) == ("On the table.", scene.same_group_state)


def test_the_own_states_copy_takes_the_place_of_what_it_was_copied_from(scene: Cast) -> None:
    source = tabled(scene)
    copy = copied(scene, "same_group_expert", source)
    laid = at_once.lay_on_table(actor=scene.same_group_focal_point, observation=copy, replaces=1)
    assert (fresh(laid).room, fresh(source).withdrawn_at is None) == (None, False)


def test_a_copy_does_not_take_the_place_of_what_has_changed_since_it_was_looked_at(scene: Cast) -> None:
    source = tabled(scene)
    copy = copied(scene, "same_group_expert", source)
    at_once.edit_observation(
        actor=scene.same_group_focal_point, observation=source, given=given(scene, "Changed."), base=1
    )
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        at_once.lay_on_table(actor=scene.same_group_focal_point, observation=copy, replaces=1)
    assert (fresh(copy).room, fresh(source).withdrawn_at) == (scene.same_group_state, None)


def test_another_states_copy_is_laid_beside_and_not_in_the_place(scene: Cast) -> None:
    source = tabled(scene)
    copy = copied(scene, "other_group_expert", source)
    with pytest.raises(PolicyRefusedError, match="Only the focal point of the State that drafted this"):
        at_once.lay_on_table(actor=scene.other_group_focal_point, observation=copy, replaces=1)
    at_once.lay_on_table(actor=scene.other_group_focal_point, observation=copy)
    assert {row.text for row in Observation.objects.filter(room=None, withdrawn_at=None)} >= {source.text, copy.text}


def test_what_a_state_left_behind_the_others_may_take_off_the_table(scene: Cast) -> None:
    source = tabled(scene)
    ReviewingState.objects.get(review=scene.review, state_party=scene.same_group_state).instruments.clear()
    at_once.withdraw_observation(actor=scene.other_group_focal_point, observation=fresh(source))
    assert fresh(source).withdrawn_at is not None


def test_the_table_says_who_changed_it_last_and_for_which_state(scene: Cast) -> None:
    observation = tabled(scene)
    at_once.edit_observation(
        actor=scene.same_group_focal_point, observation=observation, given=given(scene, "Changed."), base=1
    )
    change = last_change_of(the_list(scene))
    assert change is not None
    assert (change.person, change.state) == (scene.same_group_focal_point, scene.same_group_state)


@pytest.fixture
def summary(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("summary")


def passage_of(scene: Cast) -> Any:
    return passages_of(AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.SUMMARY))[0]


@pytest.mark.stage("summary")
def test_an_expert_drafts_a_passage_and_the_focal_point_lays_it_in_its_place(summary: Cast) -> None:
    passage, before = passage_of(summary), passage_of(summary).text
    at_once.draft_passage(actor=summary.same_group_expert, passage=passage, text="Shorter.")
    assert passage_of(summary).text == before
    draft = own_draft_of(summary.same_group_focal_point, passage)
    assert draft is not None
    at_once.lay_passage(actor=summary.same_group_focal_point, draft=draft)
    laid = passage_of(summary)
    assert (laid.text, laid.saved_by, laid.saved_for) == (
        "Shorter.",
        summary.same_group_focal_point,
        summary.same_group_state,
    )
    assert not PassageDraft.objects.exists()


@pytest.mark.stage("summary")
def test_a_drafted_passage_is_there_for_its_state_alone(summary: Cast) -> None:
    passage = passage_of(summary)
    at_once.draft_passage(actor=summary.same_group_expert, passage=passage, text="Shorter.")
    seen = {
        name for name, user in summary.people.items() if passage_drafts_visible_to(user, passage.agreed_text).exists()
    }
    assert seen == {"same_group_focal_point", "same_group_expert", "same_group_observer"}
    for name in ("other_group_focal_point", "focal_point", "officer"):
        assert own_draft_of(summary.people[name], passage) is None
    draft = PassageDraft.objects.get()
    with pytest.raises((ServiceError, PolicyRefusedError, Http404)):
        at_once.lay_passage(actor=summary.other_group_focal_point, draft=draft)
    assert PassageDraft.objects.exists()


@pytest.mark.stage("summary")
def test_a_drafted_passage_takes_the_place_of_what_was_shown_and_of_nothing_else(summary: Cast) -> None:
    passage = passage_of(summary)
    at_once.draft_passage(actor=summary.same_group_expert, passage=passage, text="Shorter.")
    at_once.edit_passage(actor=summary.other_group_focal_point, passage=passage, text="Theirs.", base=1)
    draft = PassageDraft.objects.get()
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        at_once.lay_passage(actor=summary.same_group_focal_point, draft=draft, replaces=1)
    assert passage_of(summary).text == "Theirs."


@pytest.mark.stage("summary")
def test_a_common_room_is_not_opened_over_a_drafted_passage(summary: Cast) -> None:
    at_once.draft_passage(actor=summary.same_group_expert, passage=passage_of(summary), text="Shorter.")
    review = Review.objects.get(pk=summary.review.pk)
    with pytest.raises(ServiceError, match="begun to draft for itself alone"):
        set_common_room(review)
