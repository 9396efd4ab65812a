"""Agreement on a text: every State clears the same bytes or objects; any edit cancels the clearances."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import Http404

from accounts.people.models import User
from core import context
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can
from observations.clearance.selectors import changes_between, versions_of
from observations.clearance.services import clear_version, note_reading
from observations.observations.services import ObservationInput
from observations.texts.enums import TextAction, TextKind
from observations.texts.models import AgreedText, Objection, Observation, ObservationRevision, TextVersion
from observations.texts.selectors import headings_of, observations_on_table
from observations.versions.selectors import standing_version
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Clearance, Review
from reviews.programme.enums import StepKind
from reviews.programme.models import Instrument, Step
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import edit_observation, lay_on_table, object_to_version, propose_version, withdraw_observation
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.sharing import shared
from tests.utils import SYSTEM, Cast, register

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
REASON = "The second observation is not what was said."


@shared
def scene(cast: Cast) -> Cast:
    """The lists are to be agreed; one observation lies on the table of each."""
    journey.write_lists(cast.review)
    return cast


def the_text(scene: Cast, slug: str = "untoc", kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug=slug, kind=kind)


def propose(scene: Cast, name: str = "same_group_focal_point", **which: object) -> TextVersion:
    return propose_version(actor=scene.people[name], text=the_text(scene, **which))


def clear(scene: Cast, name: str, **which: object) -> TextVersion:
    text = the_text(scene, **which)
    return clear_version(actor=scene.people[name], text=text, sha256=standing_version(text).sha256)


def object_to(scene: Cast, name: str, reason: str = REASON) -> Objection:
    text = the_text(scene)
    return object_to_version(actor=scene.people[name], text=text, sha256=standing_version(text).sha256, reason=reason)


def edit(scene: Cast, name: str = "other_group_focal_point", words: str = "Other words.") -> Observation:
    observation = observations_on_table(the_text(scene))[0]
    given = ObservationInput(headings_of(scene.review)[0], list(observation.articles.all()), words)
    return edit_observation(actor=scene.people[name], observation=observation, given=given, base=observation.revision)


def agree(scene: Cast, slug: str, kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> None:
    propose(scene, slug=slug, kind=kind)
    clear(scene, "focal_point", slug=slug, kind=kind)
    clear(scene, "other_group_focal_point", slug=slug, kind=kind)


def step_of(scene: Cast) -> str:
    return Review.objects.get(pk=scene.review.pk).step.slug


def cleared_by(scene: Cast, version: TextVersion) -> set[str]:
    rows = Clearance.objects.filter(document_id=version.agreed_text_id, version=version.number)
    return set(rows.values_list("state_party__iso3", flat=True))


def test_a_version_is_frozen_with_its_hash_and_cleared_by_who_proposes_it(scene: Cast) -> None:
    version = propose(scene)
    assert (version.number, version.proposed_by, version.proposed_for) == (
        1,
        scene.same_group_focal_point,
        scene.same_group_state,
    )
    assert version.sha256 == document_hash(version.document)
    assert cleared_by(scene, version) == {"XLE"}
    assert the_text(scene).status == "proposed"


def test_who_proposes(scene: Cast) -> None:
    assert who_may(scene, lambda name: propose(scene, name)) == {"same_group_focal_point", "other_group_focal_point"}


def who_may(scene: Cast, act: Callable[[str], object]) -> set[str]:
    allowed = set()
    for name in scene.people:
        try:
            with transaction.atomic():
                act(name)
                transaction.set_rollback(True)
            allowed.add(name)
        except (PolicyRefusedError, Http404):
            pass
    return allowed


def test_one_version_is_considered_at_a_time(scene: Cast) -> None:
    propose(scene)
    with pytest.raises(PolicyRefusedError, match="while one is under consideration"):
        propose(scene, "other_group_focal_point")


def test_an_empty_table_is_not_proposed(scene: Cast) -> None:
    withdraw_observation(actor=scene.other_group_focal_point, observation=observations_on_table(the_text(scene))[0])
    with pytest.raises(ServiceError, match="Nothing lies on the shared table yet"):
        propose(scene)


def test_what_lies_in_a_room_is_not_in_the_version(scene: Cast) -> None:
    journey.write_observation(scene.review, scene.same_group_expert, the_text(scene), "In our room.")
    assert "In our room." not in str(propose(scene).document)


@pytest.mark.stage("dialogue")
def test_nothing_is_proposed_before_the_dialogue_is_over(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("dialogue")
    journey.write_lists(scene.review)
    with pytest.raises(PolicyRefusedError, match="at the steps of the list of observations"):
        propose(scene)


def test_who_clears(scene: Cast) -> None:
    propose(scene)
    assert who_may(scene, lambda name: clear(scene, name)) == {"focal_point", "other_group_focal_point"}


def test_a_text_is_agreed_when_every_state_has_cleared_the_same_bytes(scene: Cast) -> None:
    version = propose(scene)
    clear(scene, "focal_point")
    assert the_text(scene).status == "proposed"
    clear(scene, "other_group_focal_point")
    text = the_text(scene)
    assert (text.status, text.agreed_at is not None) == ("agreed", True)
    assert set(Clearance.objects.filter(document_id=text.pk).values_list("sha256", flat=True)) == {version.sha256}
    assert cleared_by(scene, version) == {"XVE", "XLE", "XAL"}


def test_only_the_states_of_the_instrument_are_asked(scene: Cast) -> None:
    covering = scene.review.reviewing_states.get(state_party=scene.other_group_state)
    covering.instruments.remove(Instrument.objects.get(slug="untoc"))
    propose(scene)
    assert who_may(scene, lambda name: clear(scene, name)) == {"focal_point"}
    clear(scene, "focal_point")
    assert the_text(scene).status == "agreed"


def test_a_state_clears_a_version_once(scene: Cast) -> None:
    propose(scene)
    clear(scene, "focal_point")
    with pytest.raises(PolicyRefusedError, match="Your State has cleared this version"):
        clear(scene, "focal_point")


def test_nobody_clears_what_is_not_before_the_eyes(scene: Cast) -> None:
    seen = propose(scene)
    edit(scene)
    propose(scene)
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        clear_version(actor=scene.focal_point, text=the_text(scene), sha256=seen.sha256)
    assert the_text(scene).status == "proposed"


def test_the_same_words_proposed_again_are_the_same_bytes(scene: Cast) -> None:
    """Who has read them may clear them from the page that was opened before."""
    seen = propose(scene)
    object_to(scene, "other_group_focal_point")
    assert propose(scene).sha256 == seen.sha256
    clear_version(actor=scene.focal_point, text=the_text(scene), sha256=seen.sha256)
    assert cleared_by(scene, standing_version(the_text(scene))) == {"XLE", "XVE"}


def test_an_objection_cancels_the_version_and_keeps_its_reason(scene: Cast) -> None:
    version = propose(scene)
    assert who_may(scene, lambda name: object_to(scene, name)) == {"focal_point", "other_group_focal_point"}
    object_to(scene, "focal_point")
    version.refresh_from_db()
    assert version.cancelled_at is not None
    assert the_text(scene).status == "drafting"
    objection = Objection.objects.get()
    assert (objection.version, objection.state_party, objection.reason) == (version, scene.state, REASON)


def test_an_objection_needs_a_reason(scene: Cast) -> None:
    propose(scene)
    with pytest.raises(ServiceError, match="does not agree to") as refusal:
        object_to(scene, "focal_point", " \n")
    assert refusal.value.field == "reason"
    assert standing_version(the_text(scene)) is not None


def test_an_edit_cancels_the_clearances(scene: Cast) -> None:
    propose(scene)
    clear(scene, "focal_point")
    edit(scene)
    again = propose(scene, "other_group_focal_point")
    assert (again.number, cleared_by(scene, again)) == (2, {"XAL"})
    assert [version.number for version in versions_of(the_text(scene))] == [2, 1]


def test_nothing_is_changed_once_it_is_agreed(scene: Cast) -> None:
    agree(scene, "untoc")
    in_room = lambda: journey.write_observation(scene.review, scene.same_group_expert, the_text(scene), "More.")  # noqa: E731
    for act in (
        in_room,
        lambda: edit(scene),
        lambda: withdraw_observation(
            actor=scene.same_group_focal_point, observation=observations_on_table(the_text(scene))[0]
        ),
        lambda: propose(scene),
        lambda: clear(scene, "focal_point"),
        lambda: object_to(scene, "focal_point"),
    ):
        with pytest.raises(PolicyRefusedError):
            act()
    assert the_text(scene).status == "agreed"


def test_a_draft_that_was_left_in_a_room_cannot_be_tabled_any_more(scene: Cast) -> None:
    left = journey.write_observation(scene.review, scene.same_group_expert, the_text(scene), "Left behind.")
    agree(scene, "untoc")
    with pytest.raises(PolicyRefusedError, match="can no longer be changed"):
        lay_on_table(actor=scene.same_group_focal_point, observation=left)


def test_the_clearance_of_a_state_stays_when_its_focal_point_changes(scene: Cast) -> None:
    propose(scene)
    end_participation(actor=SYSTEM, participation=scene.participations["same_group_focal_point"])
    newcomer = UserFactory()
    register(scene.review, newcomer, scene.same_group_state, ParticipationRole.FOCAL_POINT)
    with pytest.raises(PolicyRefusedError, match="Your State has cleared this version"):
        clear_version(actor=newcomer, text=the_text(scene), sha256=standing_version(the_text(scene)).sha256)
    clear(scene, "focal_point")
    clear(scene, "other_group_focal_point")
    assert the_text(scene).status == "agreed"


def test_two_focal_points_who_change_places_clear_for_the_state_that_they_speak_for_now(scene: Cast) -> None:
    propose(scene)
    one, other = (scene.participations[f"{side}_focal_point"] for side in ("same_group", "other_group"))
    for participation in (one, other):
        end_participation(actor=SYSTEM, participation=participation)
    register(scene.review, one.user, scene.other_group_state, ParticipationRole.FOCAL_POINT)
    register(scene.review, other.user, scene.same_group_state, ParticipationRole.FOCAL_POINT)
    sha256 = standing_version(the_text(scene)).sha256
    with pytest.raises(PolicyRefusedError, match="Your State has cleared this version"):
        clear_version(actor=User.objects.get(pk=other.user_id), text=the_text(scene), sha256=sha256)
    clear_version(actor=User.objects.get(pk=one.user_id), text=the_text(scene), sha256=sha256)
    rows = Clearance.objects.filter(document_id=the_text(scene).pk).order_by("cleared_at")
    assert [(row.state_party.iso3, row.focal_point_id) for row in rows] == [
        ("XLE", one.user_id),
        ("XAL", one.user_id),
    ]


def test_a_focal_point_who_no_longer_is_one_clears_nothing(scene: Cast) -> None:
    version, focal_point = propose(scene), scene.focal_point
    assert who_may(scene, lambda name: clear(scene, name)) == {"focal_point", "other_group_focal_point"}
    with context.begun():
        assert can(focal_point, TextAction.CLEAR, the_text(scene))  # whose capacity is known from now on
        with context.begun():  # somebody else's page
            end_participation(actor=SYSTEM, participation=scene.participations["focal_point"])
        with pytest.raises(ServiceError, match="Only a focal point clears"):
            clear_version(actor=focal_point, text=the_text(scene), sha256=version.sha256)
    assert cleared_by(scene, version) == {"XLE"}


def test_a_text_waits_for_a_state_without_a_focal_point(scene: Cast) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    propose(scene)
    clear(scene, "focal_point")
    assert the_text(scene).status == "proposed"
    with pytest.raises(PolicyRefusedError, match="Only the focal points"):
        clear(scene, "officer")


def test_the_review_moves_on_with_the_last_list(scene: Cast) -> None:
    for slug in ("untoc", "tip", "som"):
        agree(scene, slug)
        assert step_of(scene) == "observations"
    agree(scene, "firearms")
    assert step_of(scene) == "summary"
    assert scene.review.milestones.get(plan__slug="list_agreed").reached_on is not None
    change = scene.review.step_changes.order_by("-at")[0]
    assert (change.to_step.slug, change.acting_for) == ("summary", scene.other_group_state)


def test_a_summary_that_is_agreed_early_does_not_end_the_step_of_the_lists(scene: Cast) -> None:
    agree(scene, "untoc")
    agree(scene, "untoc", TextKind.SUMMARY)
    assert step_of(scene) == "observations"
    assert scene.review.milestones.get(plan__slug="summary_cleared").reached_on is None
    for slug in ("tip", "som", "firearms"):
        agree(scene, slug)
    assert step_of(scene) == "summary"
    for slug in ("tip", "som", "firearms"):
        assert step_of(scene) == "summary"
        agree(scene, slug, TextKind.SUMMARY)
    assert step_of(scene) == "closed"


def test_a_review_of_one_instrument_moves_on_step_by_step(scene: Cast) -> None:
    with guards_off([ObservationRevision._meta.db_table, Review.instruments.through._meta.db_table]):
        scene.review.instruments.set(Instrument.objects.filter(slug="untoc"))
        AgreedText.objects.exclude(instrument__slug="untoc").delete()
    agree(scene, "untoc")
    assert step_of(scene) == "summary"
    agree(scene, "untoc", TextKind.SUMMARY)
    assert step_of(scene) == "closed"
    reached = scene.review.milestones.exclude(reached_on=None).values_list("plan__slug", flat=True)
    assert {"list_agreed", "summary_cleared", "phase_end"} <= set(reached)


def test_a_mechanism_with_one_agreed_text_has_lists_alone(scene: Cast) -> None:
    """Such a one is new rows, not new code: the last list ends the review, and no summary is drawn from any."""
    Step.objects.filter(slug="summary").update(kind=StepKind.CLOSING)
    agree(scene, "untoc")
    assert step_of(scene) == "observations", "the other lists are open"
    for slug in ("tip", "som", "firearms"):
        agree(scene, slug)
    assert step_of(scene) == "summary"
    assert not AgreedText.objects.filter(kind=TextKind.SUMMARY).exists()
    reached = scene.review.milestones.exclude(reached_on=None).values_list("plan__slug", flat=True)
    assert {"list_agreed", "phase_end"} <= set(reached)
    assert "summary_cleared" not in reached


def test_a_person_sees_what_has_changed_since_the_version_last_seen(scene: Cast) -> None:
    first = propose(scene)
    assert note_reading(scene.focal_point, the_text(scene), first).compared_with is None
    edit(scene, words="Observation on the Convention.")
    second = propose(scene)
    assert note_reading(scene.focal_point, the_text(scene), second).compared_with == first
    assert note_reading(scene.focal_point, the_text(scene), second).compared_with == first, "also on the next look"
    runs = changes_between(first, second)
    changed = [(run.change, run.text) for run in runs if run.change != "same"]
    assert changed == [("removed", "untoc"), ("added", "the Convention")]


def test_the_focal_points_are_told_of_each_turn(scene: Cast) -> None:
    Notification.objects.all().delete()
    propose(scene)
    clear(scene, "focal_point")
    edit(scene)
    propose(scene)
    object_to(scene, "focal_point")
    told = Notification.objects.values_list("key", "recipient__full_name")
    by_news: dict[str, list[str]] = {}
    for key, name in told:
        by_news.setdefault(key.split(":")[0], []).append(name)
    focal_points = ["Focal Point", "Other Group Focal Point", "Same Group Focal Point"]
    assert {news: sorted(names) for news, names in by_news.items()} == {
        "text_proposed": sorted([*focal_points[:2], *focal_points[:2]]),
        "text_cancelled": [focal_points[0], focal_points[2]],
        "text_objected": focal_points[1:],
    }


def test_the_audit_names_versions_and_hashes(scene: Cast) -> None:
    version = propose(scene)
    clear(scene, "focal_point")
    clear(scene, "other_group_focal_point")
    facts = {"version": 1, "sha256": version.sha256}
    rows = AuditEntry.objects.filter(verb__startswith="reviews.text.").order_by("id")
    assert list(rows.values_list("verb", "after")) == [
        ("reviews.text.proposed", facts),
        ("reviews.text.cleared", facts),
        ("reviews.text.cleared", facts),
        ("reviews.text.cleared", facts),
        ("reviews.text.agreed", facts),
    ]
