"""Who finds what at each stage, as exact sets: the shared table, and the room of one's own State."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from django.http import Http404

from accounts.people.models import User
from dialogue.exchange.models import WrittenFeedback
from dialogue.exchange.selectors import (
    answer_shown_to,
    clarifications_visible_to,
    feedback_visible_to,
    get_clarification_for,
    get_feedback_for,
    get_supplement_for,
    own_feedback,
    supplements_visible_to,
)
from dialogue.supplements.services import SupplementInput
from observations.observations.selectors import count_on_table, get_observation_for, observations_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.texts.selectors import get_text_for, observations_on_table, text_of, texts_visible_to
from reviews.programme.models import Instrument
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import (
    add_supplement,
    clear_feedback,
    draft_answer,
    draft_clarification,
    lay_on_table,
    send_answer,
    send_clarification,
    send_supplement,
    withdraw_observation,
)
from tests.utils import SYSTEM, Cast, forget_capacities

pytestmark = pytest.mark.django_db

STATE = {"focal_point", "expert", "second_expert", "observer"}  # a contributor reads nothing of the exchange
SAME_GROUP = {"same_group_focal_point", "same_group_expert", "same_group_observer"}
OTHER_GROUP = {"other_group_focal_point", "other_group_expert", "other_group_observer"}
SECRETARIAT = {"officer", "administrator"}
READERS = STATE | SAME_GROUP | OTHER_GROUP | SECRETARIAT


def found(cast: Cast, look: Callable[[User], QuerySet]) -> dict[str, set[object]]:
    return {name: set(look(user)) for name, user in cast.people.items()}


def exactly(cast: Cast, *given: tuple[set[str], object]) -> dict[str, set[object]]:
    return {name: {piece for who, piece in given if name in who} for name in cast.people}


def who_gets(cast: Cast, get: Callable[[User], object]) -> set[str]:
    names = set()
    for name, user in cast.people.items():
        try:
            get(user)
        except Http404:
            continue
        names.add(name)
    return names


@pytest.fixture
def feedback(cast_at: Callable[[str], Cast]) -> Cast:
    cast = cast_at("written_feedback")
    for user in (cast.same_group_expert, cast.other_group_expert):
        journey.write_feedback(cast.review, user, "Words.")
    return cast


def feedback_of(iso3: str) -> WrittenFeedback:
    return WrittenFeedback.objects.get(state_party__iso3=iso3)


@pytest.mark.stage("written_feedback")
def test_a_draft_is_there_for_its_own_state_alone(feedback: Cast) -> None:
    assert found(feedback, lambda user: feedback_visible_to(user, feedback.review)) == exactly(
        feedback, (SAME_GROUP, feedback_of("XLE")), (OTHER_GROUP, feedback_of("XAL"))
    )
    assert who_gets(feedback, lambda user: get_feedback_for(user, feedback.review, "XLE")) == SAME_GROUP


@pytest.mark.stage("written_feedback")
def test_what_one_state_has_sent_all_read_and_the_draft_of_the_other_stays(feedback: Cast) -> None:
    clear_feedback(actor=feedback.same_group_focal_point, feedback=feedback_of("XLE"))
    assert found(feedback, lambda user: feedback_visible_to(user, feedback.review)) == exactly(
        feedback, (READERS, feedback_of("XLE")), (OTHER_GROUP, feedback_of("XAL"))
    )
    assert who_gets(feedback, lambda user: get_feedback_for(user, feedback.review, "XAL")) == OTHER_GROUP


@pytest.mark.stage("written_feedback")
def test_whose_feedback_is_ones_own(feedback: Cast) -> None:
    own = {name: own_feedback(user, feedback.review) for name, user in feedback.people.items()}
    assert own == {
        **dict.fromkeys(feedback.people),
        **dict.fromkeys(SAME_GROUP, feedback_of("XLE")),
        **dict.fromkeys(OTHER_GROUP, feedback_of("XAL")),
    }


def test_nothing_is_there_before_the_answers_are_sent(cast: Cast) -> None:
    assert found(cast, lambda user: feedback_visible_to(user, cast.review)) == exactly(cast)
    assert found(cast, lambda user: texts_visible_to(user, cast.review)) == exactly(cast)


@pytest.mark.stage("written_feedback")
def test_whoever_leaves_finds_nothing_any_more(feedback: Cast) -> None:
    end_participation(actor=SYSTEM, participation=feedback.participations["same_group_expert"])
    forget_capacities(feedback.same_group_expert)
    assert list(feedback_visible_to(feedback.same_group_expert, feedback.review)) == []


@pytest.fixture
def dialogue(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("dialogue")


def ask(cast: Cast, name: str = "same_group_expert") -> object:
    convention = Instrument.objects.get(slug="untoc")
    return draft_clarification(
        actor=cast.people[name],
        review=cast.review,
        instrument=convention,
        question_code="I.untoc.23",
        text="Since when?",
    )


@pytest.mark.stage("dialogue")
def test_requests_lie_in_the_room_until_they_are_sent(dialogue: Cast) -> None:
    of_same_group, of_other_group, sent = ask(dialogue), ask(dialogue, "other_group_expert"), ask(dialogue)
    send_clarification(actor=dialogue.same_group_focal_point, request=sent)
    assert found(dialogue, lambda user: clarifications_visible_to(user, dialogue.review)) == exactly(
        dialogue, (READERS, sent), (SAME_GROUP, of_same_group), (OTHER_GROUP, of_other_group)
    )
    assert who_gets(dialogue, lambda user: get_clarification_for(user, dialogue.review, of_same_group.pk)) == SAME_GROUP


@pytest.mark.stage("dialogue")
def test_an_answer_lies_in_the_room_of_the_state_under_review_until_it_is_sent(dialogue: Cast) -> None:
    request = ask(dialogue)
    send_clarification(actor=dialogue.same_group_focal_point, request=request)
    answer = draft_answer(actor=dialogue.expert, request=request, text="Since 2019.", base=0)

    def shown() -> tuple[set[str], set[str]]:
        lists = {name: clarifications_visible_to(user, dialogue.review) for name, user in dialogue.people.items()}
        in_list = {name for name, rows in lists.items() if [row.shown_answers for row in rows] == [[answer]]}
        alone = {name for name, user in dialogue.people.items() if answer_shown_to(user, request) == answer}
        return in_list, alone

    assert shown() == (STATE, STATE)
    send_answer(actor=dialogue.focal_point, request=request)
    assert shown() == (READERS, READERS)


@pytest.mark.stage("dialogue")
def test_sources_lie_in_the_room_of_the_state_under_review_until_they_are_sent(dialogue: Cast) -> None:
    given = SupplementInput(title="A report", link="https://law.example/")
    draft, sent = (add_supplement(actor=dialogue.expert, review=dialogue.review, given=given) for _each in range(2))
    send_supplement(actor=dialogue.focal_point, supplement=sent)
    assert found(dialogue, lambda user: supplements_visible_to(user, dialogue.review)) == exactly(
        dialogue, (READERS, sent), (STATE, draft)
    )
    assert who_gets(dialogue, lambda user: get_supplement_for(user, dialogue.review, draft.pk)) == STATE


def the_list(cast: Cast) -> AgreedText:
    return AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


@pytest.mark.parametrize("stage", ["written_feedback", "dialogue", "observations"])
def test_observations_lie_in_the_room_until_they_are_tabled(cast_at: Callable[[str], Cast], stage: str) -> None:
    cast = cast_at(stage)
    in_room, tabled, withdrawn = (
        journey.write_observation(cast.review, cast.same_group_expert, the_list(cast), words)
        for words in ("In the room.", "On the table.", "Withdrawn.")
    )
    of_other = journey.write_observation(cast.review, cast.other_group_expert, the_list(cast), "Of the other.")
    for observation in (tabled, withdrawn):
        lay_on_table(actor=cast.same_group_focal_point, observation=observation)
    withdraw_observation(actor=cast.same_group_focal_point, observation=withdrawn)
    assert found(cast, lambda user: observations_visible_to(user, the_list(cast))) == exactly(
        cast, (READERS, tabled), (SAME_GROUP, in_room), (OTHER_GROUP, of_other)
    )
    assert list(observations_on_table(the_list(cast))) == [tabled]
    assert count_on_table(cast.review)[the_list(cast).pk] == 1
    assert who_gets(cast, lambda user: get_observation_for(user, cast.review, in_room.pk)) == SAME_GROUP
    assert who_gets(cast, lambda user: get_observation_for(user, cast.review, withdrawn.pk)) == set()


@pytest.mark.parametrize(
    ("stage", "summaries"), [("written_feedback", 0), ("observations", 0), ("summary", 4), ("closed", 4)]
)
def test_the_texts_of_a_review(cast_at: Callable[[str], Cast], stage: str, summaries: int) -> None:
    cast = cast_at(stage)
    kinds = {name: [text.kind for text in texts_visible_to(user, cast.review)] for name, user in cast.people.items()}
    everything = ["list_of_observations"] * 4 + ["summary"] * summaries
    assert kinds == {name: everything if name in READERS else [] for name in cast.people}
    only = TextKind.SUMMARY
    assert [text.is_public for text in texts_visible_to(cast.officer, cast.review, only)] == [False] * summaries


@pytest.mark.stage("observations")
def test_a_text_that_is_not_there_is_not_found(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("observations")
    assert get_text_for(cast.expert, cast.review, "untoc", TextKind.LIST_OF_OBSERVATIONS) == the_list(cast)
    with pytest.raises(Http404):
        get_text_for(cast.expert, cast.review, "untoc", TextKind.SUMMARY)
    assert text_of(cast.review, the_list(cast).instrument, TextKind.SUMMARY) is None


@pytest.mark.stage("observations")
def test_a_reader_of_one_review_reads_nothing_of_another(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("observations")
    assert list(texts_visible_to(cast.bystander, cast.review)) == []
    assert list(texts_visible_to(cast.expert, cast.bystander_review)) == []
