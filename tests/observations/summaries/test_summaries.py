"""Summaries: drawn from the agreed observations, shortened by the reviewing States, at most 1,500 words."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import Http404

from core.errors import ConflictError, ServiceError
from core.policy import PolicyRefusedError
from dialogue.exchange.selectors import articles_under_review
from observations.clearance.services import clear_version
from observations.observations.services import ObservationInput
from observations.summaries.services import open_summary
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, SummaryPassage
from observations.texts.selectors import headings_of, passages_of
from observations.versions.selectors import standing_version
from reviews.programme.models import Instrument, Limit
from tests import journey
from tests.at_once import draft_observation, edit_passage, lay_on_table, propose_version
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("summary")]


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("summary")


def the_text(scene: Cast, kind: TextKind = TextKind.SUMMARY, slug: str = "untoc") -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug=slug, kind=kind)


def passage_of(scene: Cast) -> SummaryPassage:
    return passages_of(the_text(scene))[0]


def edit(scene: Cast, text: str, base: int = 1, name: str = "same_group_focal_point") -> SummaryPassage:
    return edit_passage(actor=scene.people[name], passage=passage_of(scene), text=text, base=base)


def propose(scene: Cast) -> None:
    propose_version(actor=scene.same_group_focal_point, text=the_text(scene))


def test_each_agreed_list_has_its_summary(scene: Cast) -> None:
    rows = AgreedText.objects.filter(review=scene.review, kind=TextKind.SUMMARY)
    assert list(rows.values_list("instrument__slug", "status", "language")) == [
        (slug, "drafting", "en") for slug in ("untoc", "tip", "som", "firearms")
    ]


@pytest.mark.stage("observations")
def test_observations_are_gathered_by_articles_and_heading(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    first, second = articles_under_review(scene.review, Instrument.objects.get(slug="untoc"))[:2]
    gap, practice = headings_of(scene.review)[:2]
    written = [
        (practice, [first], "A practice."),
        (gap, [second], "A gap on the second."),
        (gap, [first], "A gap."),
        (gap, [first], "Another gap."),
        (gap, [second, first], "A gap on both."),
    ]
    for heading, articles, words in written:
        given = ObservationInput(heading, articles, words)
        text = the_text(scene, TextKind.LIST_OF_OBSERVATIONS)
        observation = draft_observation(actor=scene.same_group_expert, text=text, given=given)
        lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    journey.agree_on(the_text(scene, TextKind.LIST_OF_OBSERVATIONS))
    passages = [
        ([article.number for article in row.articles.all()], row.heading.kind, row.text)
        for row in passages_of(the_text(scene))
    ]
    assert passages == [
        ([first.number], "gap_or_challenge", "A gap.\n\nAnother gap."),
        ([first.number], "best_practice", "A practice."),
        ([first.number, second.number], "gap_or_challenge", "A gap on both."),
        ([second.number], "gap_or_challenge", "A gap on the second."),
    ]
    assert [row.text for row in passages_of(the_text(scene))[0].observations.all()] == ["A gap.", "Another gap."]


def test_opening_a_summary_again_keeps_what_was_written(scene: Cast) -> None:
    edit(scene, "Shorter.")
    open_summary(the_text(scene, TextKind.LIST_OF_OBSERVATIONS))
    assert [row.text for row in passages_of(the_text(scene))] == ["Shorter."]


def test_who_edits(scene: Cast) -> None:
    allowed = set()
    for name in scene.people:
        try:
            with transaction.atomic():
                edit(scene, "Other words.", name=name)
                transaction.set_rollback(True)
            allowed.add(name)
        except (PolicyRefusedError, Http404):
            pass
    assert allowed == {"same_group_focal_point", "other_group_focal_point"}


def test_nobody_overwrites_unseen(scene: Cast) -> None:
    edit(scene, "A colleague's.", name="other_group_focal_point")
    with pytest.raises(ConflictError) as conflict:
        edit(scene, "Mine.")
    assert (conflict.value.current, conflict.value.revision) == ("A colleague's.", 2)


def test_an_edit_cancels_a_proposed_summary(scene: Cast) -> None:
    propose(scene)
    edit(scene, "Other words.")
    assert standing_version(the_text(scene)) is None


def test_the_same_words_again_cancel_nothing(scene: Cast) -> None:
    propose(scene)
    edit(scene, passage_of(scene).text, base=0)
    assert standing_version(the_text(scene)) is not None


def test_an_empty_passage_is_left_out(scene: Cast) -> None:
    edit(scene, "  ")
    with pytest.raises(ServiceError, match="Nothing lies on the shared table"):
        propose(scene)


def test_a_summary_is_not_longer_than_the_rules_allow(scene: Cast) -> None:
    limit = Limit.objects.get(key="summary_words")
    assert (limit.value, limit.is_hard) == (1500, True)
    edit(scene, "word " * 1500)
    with pytest.raises(ServiceError, match="it may have at most 1500"):
        propose(scene)
    assert the_text(scene).status == "drafting", "nothing of the refused proposal stays"
    assert not the_text(scene).versions.exists()


def test_the_limit_counts_every_word_of_the_body(scene: Cast) -> None:
    """Up to the limit and not a word beyond it; what the fixed text needs is measured first."""
    edit(scene, "word " * 100)
    propose(scene)
    fixed = standing_version(the_text(scene)).words - 100
    edit(scene, "word " * (1501 - fixed), base=2)
    with pytest.raises(ServiceError, match="has 1501 words"):
        propose(scene)
    edit(scene, "word " * (1500 - fixed), base=3)
    propose(scene)
    assert standing_version(the_text(scene)).words == 1500


def test_the_limit_holds_at_every_clearance(scene: Cast) -> None:
    """Should the rules be corrected while a summary is under consideration, it is too long from then on."""
    propose(scene)
    Limit.objects.filter(key="summary_words").update(value=5)
    version = standing_version(the_text(scene))
    with pytest.raises(ServiceError, match="at most 5"):
        clear_version(actor=scene.focal_point, text=the_text(scene), sha256=version.sha256)


@pytest.mark.stage("observations")
def test_a_list_has_no_limit(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    text = the_text(scene, TextKind.LIST_OF_OBSERVATIONS)
    observation = journey.write_observation(scene.review, scene.same_group_expert, text, "word " * 1999)
    lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    propose_version(actor=scene.same_group_focal_point, text=text)
    assert standing_version(text).words > 1500


def test_the_review_is_closed_with_the_last_summary(scene: Cast) -> None:
    journey.agree_on_all(scene.review, TextKind.SUMMARY)
    assert journey.fresh(scene.review).step.slug == "closed"
    reached = scene.review.milestones.filter(plan__slug__in=["summary_cleared", "phase_end"], reached_on=None)
    assert not reached.exists()
