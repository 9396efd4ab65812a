"""A save knows its audience: what was shown when the form was opened has to hold when it is saved."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given as generated, strategies as st

from accounts.states.models import StateParty
from core.errors import ConflictError, ServiceError
from core.policy import PolicyRefusedError
from dialogue.clarifications import services as clarifications
from dialogue.exchange.models import ClarificationRequest
from dialogue.feedback import services as feedback
from dialogue.replies import services as replies
from dialogue.supplements.services import (
    SupplementInput,
    add_supplement,
    discard_supplement,
    edit_supplement,
    send_supplement,
)
from observations.clearance.services import clear_version, propose_version
from observations.observations import services as observations
from observations.observations.shown import shown_of_observation
from observations.summaries import services as summaries
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from questionnaires.sending import services as responses
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review, ReviewingState
from reviews.drafts.shown import NOTHING_SHOWN, Audience, Shown, StandingVersion
from reviews.drafts.situations import shown_in_room, shown_on_table
from reviews.meetings import services as meetings
from reviews.meetings.enums import MeetingMeans
from reviews.meetings.models import DialogueMeeting
from reviews.meetings.services import log_meeting
from reviews.programme.models import Instrument
from tests import at_once, journey
from tests.utils import Cast, set_common_room

WRITES = (
    feedback.save_comment,
    clarifications.draft_clarification,
    clarifications.edit_clarification,
    clarifications.draft_answer,
    add_supplement,
    edit_supplement,
    log_meeting,
    observations.draft_observation,
    observations.copy_observation,
    observations.edit_observation,
    observations.lay_on_table,
    observations.withdraw_observation,
    summaries.edit_passage,
    summaries.draft_passage,
    summaries.lay_passage,
)
# What lays a draft before other States asks for those whom the page named, too.
SENT = (clarifications.send_clarification, clarifications.send_answer, send_supplement)
# What moves or throws away what somebody has written asks for the text that was shown.
ACTS = {
    feedback.clear_feedback: "sha256",
    feedback.recall_feedback: "step",
    replies.draft_reply: "feedback_sha256",
    replies.send_reply: "feedback_sha256",
    responses.clear_response: "sha256",
    propose_version: "sha256",
    clear_version: "sha256",
    clarifications.discard_clarification: "base",
    clarifications.send_clarification: "base",
    clarifications.send_answer: "base",
    discard_supplement: "base",
    send_supplement: "base",
    observations.lay_on_table: "base",
    observations.withdraw_observation: "base",
    summaries.lay_passage: "base",
    summaries.discard_passage: "base",
}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("service", "name"),
    [*((write, "shown") for write in (*WRITES, *SENT)), *ACTS.items(), (responses.clear_response, "number")],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_no_caller_can_forget_what_was_shown(service: Callable[..., Any], name: str) -> None:
    parameter = inspect.signature(service).parameters[name]
    assert (parameter.kind, parameter.default) == (parameter.KEYWORD_ONLY, parameter.empty)


_STATES = st.frozensets(st.from_regex(r"[A-Z]{3}", fullmatch=True), min_size=1, max_size=4)
_VERSIONS = st.none() | st.builds(
    StandingVersion, st.integers(1, 99), st.from_regex(r"[0-9a-f]{64}", fullmatch=True), _STATES | st.just(frozenset())
)
_SHOWN = st.builds(Shown, st.sampled_from([Audience.ROOM, Audience.COMMON_ROOM, Audience.TABLE]), _STATES, _VERSIONS)


@pytest.mark.unit
@generated(_SHOWN)
def test_what_a_form_carries_comes_back_as_it_was(shown: Shown) -> None:
    assert Shown.from_token(shown.token) == shown


@pytest.mark.unit
@generated(st.text() | st.from_regex(r"(room|common|table|moon)?:?[A-Z,]*;?[0-9]*:?[0-9a-f]*:?[A-Z,]*", fullmatch=True))
def test_whatever_else_comes_back_is_read_without_failing(token: str) -> None:
    shown = Shown.from_token(token)
    assert shown == NOTHING_SHOWN or (shown.states and shown.audience)


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("observations")


def the_list(scene: Cast) -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


def given(scene: Cast, text: str) -> observations.ObservationInput:
    return observations.ObservationInput(headings_of(scene.review)[0], journey.articles_of(scene.review), text)


def draft(scene: Cast, text: str = "Ours alone.") -> Observation:
    return at_once.draft_observation(actor=scene.same_group_expert, text=the_list(scene), given=given(scene, text))


def tabled(scene: Cast, text: str = "On the table.") -> Observation:
    return at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft(scene, text))


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def texts() -> set[str]:
    return set(Observation.objects.values_list("text", flat=True))


@pytest.mark.stage("observations")
@pytest.mark.django_db
def test_an_expert_saves_what_was_laid_on_the_table_meanwhile_and_nothing_gets_there(scene: Cast) -> None:
    observation = draft(scene)
    shown = shown_of_observation(fresh(observation))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    with pytest.raises(PolicyRefusedError, match="Only a focal point changes what lies on the shared table"):
        observations.edit_observation(
            actor=scene.same_group_expert, observation=observation, given=given(scene, "SECRET"), base=1, shown=shown
        )
    assert texts() == {"Ours alone."}


@pytest.mark.stage("observations")
@pytest.mark.django_db
def test_a_focal_point_who_had_it_open_in_a_second_window_is_told_both_situations(scene: Cast) -> None:
    observation = draft(scene)
    change = {"actor": scene.same_group_focal_point, "observation": observation, "given": given(scene, "SECRET")}
    shown = shown_of_observation(fresh(observation))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    with pytest.raises(ConflictError, match="Nothing was saved") as conflict:
        observations.edit_observation(**change, base=1, shown=shown)
    assert conflict.value.then == ["When you opened this form, only your State read this text: Lestovia."]
    names = "Aldermark, Lestovia and Veskaria"
    assert conflict.value.now == [f"On the shared table: {names} and the secretariat read what is saved there."]
    assert not conflict.value.is_text_changed
    assert texts() == {"Ours alone."}
    observations.edit_observation(**change, base=1, shown=shown_of_observation(fresh(observation)))
    assert texts() == {"SECRET"}, "knowingly it is saved for all"


@pytest.mark.stage("observations")
@pytest.mark.django_db
@pytest.mark.parametrize("act", ["edit", "withdraw", "lay"])
def test_a_version_that_was_proposed_and_cleared_meanwhile_is_not_cancelled_unseen(scene: Cast, act: str) -> None:
    observation, other = tabled(scene), draft(scene, "Another.")
    focal_point, text = scene.same_group_focal_point, the_list(scene)
    shown = {"lay": shown_of_text(text)}.get(act, shown_of_observation(observation))
    version = at_once.propose_version(actor=scene.other_group_focal_point, text=text)
    clear_version(actor=scene.focal_point, text=text, sha256=version.sha256)
    acts: dict[str, Callable[[Shown], object]] = {
        "edit": lambda shown: observations.edit_observation(
            actor=focal_point, observation=observation, given=given(scene, "Other words."), base=1, shown=shown
        ),
        "withdraw": lambda shown: observations.withdraw_observation(
            actor=focal_point, observation=observation, base=1, shown=shown, reason="Said elsewhere."
        ),
        "lay": lambda shown: observations.lay_on_table(actor=focal_point, observation=other, base=1, shown=shown),
    }
    with pytest.raises(ConflictError) as conflict:
        acts[act](shown)
    assert conflict.value.then == ["When you opened this form, no version was proposed that a change would cancel."]
    assert conflict.value.now == [
        "Version 1 has been proposed since. It has been cleared by Aldermark and Veskaria. Saving would cancel that."
    ]
    assert standing_version(text) == version
    acts[act](shown_of_text(text))
    assert standing_version(text) is None, "knowingly it is cancelled"


@pytest.mark.stage("observations")
@pytest.mark.django_db
def test_a_clearance_given_meanwhile_is_told_too(scene: Cast) -> None:
    observation = tabled(scene)
    version = at_once.propose_version(actor=scene.other_group_focal_point, text=the_list(scene))
    shown = shown_of_observation(observation)
    clear_version(actor=scene.focal_point, text=the_list(scene), sha256=version.sha256)
    with pytest.raises(ConflictError) as conflict:
        observations.edit_observation(
            actor=scene.same_group_focal_point, observation=observation, given=given(scene, "X"), base=1, shown=shown
        )
    assert conflict.value.now == [
        "Version 1 still stands. It has been cleared by Aldermark and Veskaria. Saving would cancel that."
    ]


@pytest.mark.stage("written_feedback")
@pytest.mark.django_db
def test_what_was_written_for_the_own_state_does_not_go_into_a_common_room(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("written_feedback")
    review, own = scene.review, scene.same_group_state.pk
    shown = shown_in_room(review, own)
    set_common_room(Review.objects.get(pk=review.pk))
    about: dict[str, Any] = {"instrument": Instrument.objects.get(slug="untoc"), "question_code": "I.untoc.5"}
    expert, feedback_row = (
        scene.same_group_expert,
        journey.review_feedback(review, scene.participations["same_group_expert"]),
    )
    writes: list[Callable[[], object]] = [
        lambda: feedback.save_comment(actor=expert, feedback=feedback_row, text="A", base=0, shown=shown, **about),
        lambda: clarifications.draft_clarification(
            actor=expert, review=journey.fresh(review), text="B", shown=shown, **about
        ),
        lambda: observations.draft_observation(
            actor=expert, text=the_list(scene), given=given(scene, "C"), shown=shown
        ),
    ]
    for write in writes:
        with pytest.raises(ConflictError) as conflict:
            write()
        assert conflict.value.now == [
            "In the common room of the reviewing States: Aldermark and Lestovia read what is saved there."
        ]


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_the_note_of_a_meeting_is_for_the_states_that_were_named(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    shown = shown_on_table(scene.review)
    newcomer = StateParty.objects.get(iso3="XSK")
    ReviewingState.objects.create(review=scene.review, state_party=newcomer, basis=ReviewingBasis.OTHER_GROUP)
    held = {
        "held_on": timezone.localdate(),
        "means": MeetingMeans.CONFERENCE_CALL,
        "others": "Guests",
        "subject": "SECRET",
    }
    with pytest.raises(ConflictError):
        log_meeting(actor=scene.focal_point, review=journey.fresh(scene.review), shown=shown, **held)
    assert not DialogueMeeting.objects.filter(subject="SECRET").exists()


@pytest.mark.stage("observations")
@pytest.mark.django_db
def test_nothing_is_saved_on_a_form_that_showed_nothing(scene: Cast) -> None:
    with pytest.raises(ConflictError) as conflict:
        observations.draft_observation(
            actor=scene.same_group_expert, text=the_list(scene), given=given(scene, "X"), shown=NOTHING_SHOWN
        )
    assert conflict.value.then == ["The form did not say who was to read what you write."]


@pytest.mark.stage("written_feedback")
@pytest.mark.django_db
def test_feedback_is_not_cleared_with_an_empty_hash(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("written_feedback")
    journey.write_feedback(scene.review, scene.same_group_expert, "Well drafted.")
    row = journey.review_feedback(scene.review, scene.participations["same_group_expert"])
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        feedback.clear_feedback(actor=scene.same_group_focal_point, feedback=row, sha256="", number=1)
    assert fresh(row).status == "draft"


@pytest.mark.stage("observations")
@pytest.mark.django_db
def test_what_a_colleague_has_changed_is_not_laid_on_the_table_unseen(scene: Cast) -> None:
    observation = draft(scene)
    at_once.edit_observation(
        actor=scene.same_group_expert, observation=observation, given=given(scene, "Not yet for others."), base=1
    )
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        at_once.lay_on_table(actor=scene.same_group_focal_point, observation=observation, base=1)
    assert fresh(observation).room == scene.same_group_state


def a_request(scene: Cast) -> ClarificationRequest:
    return at_once.draft_clarification(
        actor=scene.same_group_expert,
        review=journey.fresh(scene.review),
        instrument=Instrument.objects.get(slug="untoc"),
        question_code="I.untoc.5",
        text="Which law?",
    )


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_what_a_colleague_has_changed_is_neither_sent_nor_thrown_away_unseen(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    request = a_request(scene)
    at_once.edit_clarification(
        actor=scene.same_group_expert, request=request, text="Which law, and since when?", base=1
    )
    table = shown_on_table(scene.review)
    acts = {clarifications.send_clarification: {"shown": table}, clarifications.discard_clarification: {}}
    for act, more in acts.items():
        with pytest.raises(ServiceError, match="has changed since you opened this page"):
            act(actor=scene.same_group_focal_point, request=request, base=1, **more)
    assert (fresh(request).status, fresh(request).text) == ("draft", "Which law, and since when?")
    at_once.send_clarification(actor=scene.same_group_focal_point, request=request)
    at_once.draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    at_once.draft_answer(actor=scene.second_expert, request=request, text="Since 2018.", base=1)
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        clarifications.send_answer(actor=scene.focal_point, request=request, base=1, shown=table)


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_two_who_change_one_source_see_each_others_words(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    source = SupplementInput("A law", link="https://law.example/1")
    supplement = at_once.add_supplement(actor=scene.expert, review=scene.review, given=source)
    again = SupplementInput("The law of 2021", link="https://law.example/2")
    at_once.edit_supplement(actor=scene.second_expert, supplement=supplement, given=again, base=1)
    with pytest.raises(ConflictError) as conflict:
        at_once.edit_supplement(actor=scene.expert, supplement=supplement, given=source, base=1)
    assert (conflict.value.current, conflict.value.revision) == ("The law of 2021\nhttps://law.example/2", 2)
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        send_supplement(actor=scene.focal_point, supplement=supplement, base=1, shown=shown_on_table(scene.review))


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_nothing_is_sent_to_states_that_the_page_did_not_name(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    request = a_request(scene)
    supplement = at_once.add_supplement(
        actor=scene.expert, review=scene.review, given=SupplementInput("A law", link="https://law.example/1")
    )
    table = shown_on_table(scene.review)
    joined = StateParty.objects.exclude(iso3__in=table.states).filter(is_fictional=True).first()
    added = ReviewingState.objects.create(review=scene.review, state_party=joined, basis=ReviewingBasis.OTHER_GROUP)
    with pytest.raises(ConflictError) as conflict:
        clarifications.send_clarification(
            actor=scene.same_group_focal_point, request=fresh(request), base=1, shown=table
        )
    assert str(joined) in "".join(conflict.value.now)
    assert str(joined) not in "".join(conflict.value.then)
    with pytest.raises(ConflictError):
        send_supplement(actor=scene.focal_point, supplement=supplement, base=1, shown=table)
    assert (fresh(request).status, fresh(supplement).sent_at) == ("draft", None)
    added.delete()
    at_once.send_clarification(actor=scene.same_group_focal_point, request=fresh(request))
    at_once.draft_answer(actor=scene.expert, request=request, text="Since 2019.", base=0)
    ReviewingState.objects.create(review=scene.review, state_party=joined, basis=ReviewingBasis.OTHER_GROUP)
    with pytest.raises(ConflictError):
        clarifications.send_answer(actor=scene.focal_point, request=fresh(request), base=1, shown=table)


@pytest.mark.unit
def test_the_planned_meeting_passes_on_what_was_shown() -> None:
    assert inspect.signature(meetings.record_planned_meeting).parameters["held"].kind == inspect.Parameter.VAR_KEYWORD
