"""Observations: in the room of the State that drafts them until its focal point lays them on the table."""

from collections.abc import Callable

import pytest

from accounts.people.models import User
from core.errors import ConflictError, ServiceError
from core.policy import PolicyRefusedError
from dialogue.asides.selectors import asides_about
from dialogue.asides.services import begin_aside
from dialogue.exchange.selectors import articles_under_review
from dialogue.threads.matters import find_matter, matter_of
from dialogue.threads.selectors import threads_beside
from observations.observations.services import ObservationInput, open_lists
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading, ObservationRevision
from observations.texts.selectors import headings_of, observations_on_table
from observations.versions.selectors import standing_version
from reviews.cases.enums import Side
from reviews.programme.models import Article, Instrument, Mechanism
from tests import journey
from tests.at_once import (
    copy_observation,
    draft_observation,
    edit_observation,
    lay_on_table,
    propose_version,
    withdraw_observation,
)
from tests.dialogue.threads.threads import begin, release
from tests.sharing import shared
from tests.utils import Cast, make_review, take_to, who_may

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
QUESTION = "I.untoc.5"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("written_feedback")


def the_list(scene: Cast, slug: str = "untoc") -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug=slug, kind=TextKind.LIST_OF_OBSERVATIONS)


def given(scene: Cast, text: str = "The law is clear.", **more: object) -> ObservationInput:
    articles = list(articles_under_review(scene.review, Instrument.objects.get(slug="untoc"))[:1])
    return ObservationInput(**{"heading": headings_of(scene.review)[0], "articles": articles, "text": text, **more})


def draft(scene: Cast, actor: User | None = None, **more: object) -> Observation:
    return draft_observation(actor=actor or scene.same_group_expert, text=the_list(scene), given=given(scene, **more))


def tabled(scene: Cast, **more: object) -> Observation:
    return lay_on_table(actor=scene.same_group_focal_point, observation=draft(scene, **more))


SAME_GROUP = {"same_group_focal_point", "same_group_expert"}
REVIEWERS = SAME_GROUP | {"other_group_focal_point", "other_group_expert"}


def lists_of(review: object) -> list[str]:
    rows = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS)
    return list(rows.values_list("instrument__slug", flat=True))


def test_there_is_a_list_for_every_instrument(scene: Cast) -> None:
    assert lists_of(scene.review) == ["untoc", "tip", "som", "firearms"]
    open_lists(scene.review)
    assert lists_of(scene.review) == ["untoc", "tip", "som", "firearms"], "opening again changes nothing"


def test_there_is_no_list_where_the_cluster_holds_nothing() -> None:
    review = make_review(phase=3)
    take(review)
    assert lists_of(review) == ["untoc", "tip", "som"]


def test_there_is_no_list_on_an_instrument_that_nobody_covers() -> None:
    """It is flagged for a supplementary drawing of lots; nobody could draft or agree."""
    review = make_review()
    for row in review.reviewing_states.all():
        row.instruments.remove(Instrument.objects.get(slug="som"))
    take(review)
    assert lists_of(review) == ["untoc", "tip", "firearms"]


def take(review: object) -> None:
    focal_point, expert = (find(review, Side.UNDER_REVIEW) for find in (journey.focal_point_of, journey.expert_of))
    take_to("written_feedback", review, focal_point, expert)


def test_an_observation_begins_in_the_room_of_its_state(scene: Cast) -> None:
    observation = draft(scene, question_codes=[QUESTION, QUESTION])
    assert (observation.room, observation.state_party, observation.revision) == (
        scene.same_group_state,
        scene.same_group_state,
        1,
    )
    assert observation.question_codes == [QUESTION]
    revision = ObservationRevision.objects.get()
    assert (revision.number, revision.text, revision.saved_by) == (1, "The law is clear.", scene.same_group_expert)
    assert revision.article_numbers == [article.number for article in observation.articles.all()]


def test_who_drafts(scene: Cast) -> None:
    assert who_may(scene, lambda user: draft(scene, user)) == REVIEWERS


def test_a_state_that_does_not_cover_the_instrument_drafts_nothing(scene: Cast) -> None:
    row = scene.review.reviewing_states.get(state_party=scene.other_group_state)
    row.instruments.remove(Instrument.objects.get(slug="untoc"))
    assert who_may(scene, lambda user: draft(scene, user)) == SAME_GROUP


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"articles": []}, "articles"),
        ({"question_codes": ["The law of XVE is weak"]}, "question_codes"),
        ({"question_codes": [f"I.untoc.{number}" for number in range(31)]}, "question_codes"),
    ],
)
def test_observations_that_are_refused(scene: Cast, more: dict[str, object], field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        draft(scene, **more)
    assert refusal.value.field == field
    assert not Observation.objects.exists()


@pytest.mark.parametrize("article", [("tip", 5), ("untoc", 7)])
def test_an_article_that_is_not_under_review_is_refused(scene: Cast, article: tuple[str, int]) -> None:
    slug, number = article
    with pytest.raises(ServiceError, match="Choose among the articles under review"):
        draft(scene, articles=[Article.objects.get(instrument__slug=slug, number=number)])


def test_nobody_overwrites_unseen(scene: Cast) -> None:
    observation = draft(scene)
    edit_observation(
        actor=scene.same_group_focal_point, observation=observation, given=given(scene, "A colleague's."), base=1
    )
    with pytest.raises(ConflictError) as conflict:
        edit_observation(actor=scene.same_group_expert, observation=observation, given=given(scene, "Mine."), base=1)
    assert (conflict.value.current, conflict.value.revision) == ("A colleague's.", 2)


def test_nobody_takes_back_unseen_what_a_colleague_did_beside_the_text(scene: Cast) -> None:
    """The same words, but a colleague has moved them under another heading since."""
    observation, moved = draft(scene), given(scene, heading=headings_of(scene.review)[1])
    edit_observation(actor=scene.same_group_focal_point, observation=observation, given=moved, base=1)
    with pytest.raises(ConflictError):
        edit_observation(actor=scene.same_group_expert, observation=observation, given=given(scene), base=1)
    assert Observation.objects.get().heading == headings_of(scene.review)[1]


def test_the_same_again_is_no_revision(scene: Cast) -> None:
    observation = draft(scene, question_codes=[QUESTION, "I.untoc.1.a"])
    again = given(scene, question_codes=["I.untoc.1.a", QUESTION])
    edit_observation(actor=scene.same_group_expert, observation=observation, given=again, base=0)
    assert ObservationRevision.objects.count() == 1


def test_in_the_room_it_is_there_for_its_state_alone(scene: Cast) -> None:
    observation = draft(scene)
    assert who_may(scene, lambda user: edit(scene, user, observation)) == SAME_GROUP
    assert who_may(scene, lambda user: withdraw_observation(actor=user, observation=observation)) == SAME_GROUP
    assert who_may(scene, lambda user: lay_on_table(actor=user, observation=observation)) == {"same_group_focal_point"}
    assert list(observations_on_table(the_list(scene))) == []


def edit(scene: Cast, user: User, observation: Observation) -> Observation:
    return edit_observation(actor=user, observation=observation, given=given(scene, f"By {user.pk}."), base=1)


def test_on_the_table_only_the_focal_point_of_its_state_touches_it(scene: Cast) -> None:
    observation = tabled(scene)
    assert (observation.room, observation.tabled_revision) == (None, 1)
    assert list(observations_on_table(the_list(scene))) == [observation]
    assert who_may(scene, lambda user: edit(scene, user, observation)) == {"same_group_focal_point"}
    withdrawing = who_may(scene, lambda user: withdraw_observation(actor=user, observation=observation))
    assert withdrawing == {"same_group_focal_point"}
    assert who_may(scene, lambda user: copy(scene, user, observation)) == REVIEWERS
    with pytest.raises(PolicyRefusedError, match="lies on the shared table"):
        lay_on_table(actor=scene.same_group_focal_point, observation=observation)


def copy(scene: Cast, user: User, observation: Observation, text: str = "Better words.") -> Observation:
    return copy_observation(actor=user, source=observation, given=given(scene, text))


def test_threads_go_on_beside_what_takes_the_place(scene: Cast) -> None:
    first, reader = tabled(scene), scene.same_group_expert
    about = {"subject": "observation", "key": str(first.pk)}
    thread = release(scene.focal_point, begin(scene.focal_point, scene.review, "Why?", **about))
    aside = begin_aside(actor=reader, review=journey.fresh(scene.review), text="Thin.", **about)
    second = copy(scene, reader, first)
    lay_on_table(actor=scene.same_group_focal_point, observation=second, replaces=first.revision)
    assert [row.pk for row in threads_beside(reader, scene.review, "observation", str(second.pk))] == [thread.pk]
    matter = find_matter(reader, scene.review, "observation", str(second.pk))
    assert matter is not None
    assert asides_about(reader, scene.review, matter) == [aside]
    before = matter_of(reader, scene.review, thread)
    assert before.title == "Observation 1 (withdrawn)"
    assert before.url.endswith(f"observations/?status=withdrawn#observation-{first.pk}")


def test_what_is_withdrawn_is_gone_and_its_history_stays(scene: Cast) -> None:
    observation = tabled(scene)
    withdraw_observation(actor=scene.same_group_focal_point, observation=observation)
    assert list(observations_on_table(the_list(scene))) == []
    assert ObservationRevision.objects.filter(observation=observation).count() == 1
    with pytest.raises(ServiceError, match="has been withdrawn"):
        edit(scene, scene.same_group_expert, observation)


@shared
def proposed(cast: Cast) -> Cast:
    """The list on the Convention is proposed; one observation lies on the table, one in a room."""
    tabled(cast)
    propose_version(actor=cast.same_group_focal_point, text=the_list(cast))
    return cast


@pytest.mark.stage("observations")
def test_what_happens_in_a_room_does_not_touch_a_proposed_version(proposed: Cast) -> None:
    observation = draft(proposed)
    edit(proposed, proposed.same_group_expert, observation)
    withdraw_observation(actor=proposed.same_group_expert, observation=observation)
    assert standing_version(the_list(proposed)) is not None


@pytest.mark.stage("observations")
@pytest.mark.parametrize("act", ["edit", "lay", "withdraw"])
def test_any_change_of_the_table_cancels_it(proposed: Cast, act: str) -> None:
    on_table = observations_on_table(the_list(proposed))[0]
    {
        "edit": lambda: edit(proposed, proposed.same_group_focal_point, on_table),
        "lay": lambda: tabled(proposed),
        "withdraw": lambda: withdraw_observation(actor=proposed.same_group_focal_point, observation=on_table),
    }[act]()
    assert standing_version(the_list(proposed)) is None
    assert the_list(proposed).status == "drafting"


@pytest.mark.stage("observations")
def test_what_changes_nothing_cancels_nothing(proposed: Cast) -> None:
    on_table = observations_on_table(the_list(proposed))[0]
    edit_observation(actor=proposed.same_group_focal_point, observation=on_table, given=given(proposed), base=1)
    assert standing_version(the_list(proposed)) is not None


def test_headings_are_those_of_the_mechanism(scene: Cast) -> None:
    other = Mechanism.objects.create(slug="other", name="Other", short_name="Other")
    heading = ObservationHeading.objects.create(
        mechanism=other, kind="suggestion", letter="a", order=1, name="Other", text="Other", evidence_mark="M"
    )
    with pytest.raises(ServiceError, match="Choose one of the headings"):
        draft(scene, heading=heading)
