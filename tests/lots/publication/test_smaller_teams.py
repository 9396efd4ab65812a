"""Where a State leaves, or reviews something else, and none comes for it, nothing waits for the word of it alone."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from accounts.states.models import StateParty
from core.database.identity import identified_as_system
from core.models import AuditEntry, Notification
from observations.clearance.services import clear_version
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version
from reviews.cases.models import Participation, Review, ReviewMilestone, StepChange
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension
from reviews.opening import Reviewer, change_team
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import propose_version
from tests.plain_role import system_role
from tests.reviews.dates.test_time_changes import LATER
from tests.reviews.meetings.meetings import invited, say
from tests.utils import Cast, fresh, make_cast

pytestmark = pytest.mark.django_db
AT_CONSULTATIONS = pytest.mark.kept.with_args(make_cast, "consultations")


def drawn_again(scene: Cast, **drawn_for: list[Instrument]) -> Review:
    """The States of these groups review by a second lot, each what is given for it."""
    review = Review.objects.get(pk=scene.review.pk)
    rows = {"same": scene.same_group_state, "other": scene.other_group_state}
    reviewers = [
        Reviewer(rows[group], review.reviewing_states.get(state_party=rows[group]).basis, instruments)
        for group, instruments in drawn_for.items()
    ]
    with system_role(), identified_as_system():  # as the worker that publishes a draw
        change_team(actor=scene.officer, review=review, reviewers=reviewers, drawn_with={}, draw="D-2")
    return fresh(scene).review


def covered_by(scene: Cast, state: StateParty) -> list[Instrument]:
    return list(scene.review.reviewing_states.get(state_party=state).instruments.all())


def leave(scene: Cast) -> Review:
    """The State of the other group leaves by lot; that of the same group stays with what it covers."""
    return drawn_again(scene, same=covered_by(scene, scene.same_group_state))


@AT_CONSULTATIONS
def test_what_is_proposed_in_the_consultations_is_agreed_once(kept: Cast) -> None:
    scene = fresh(kept)
    proposal = propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    confirm_consultation(actor=scene.same_group_focal_point, review=scene.review, number=proposal.number)
    assert Review.objects.get(pk=scene.review.pk).working_languages != ["en"]
    assert leave(scene).working_languages == ["en"]
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1


@AT_CONSULTATIONS
@pytest.mark.parametrize("confirms", [True, False], ids=["agreed before", "another word is missing"])
def test_nothing_is_agreed_by_it_that_was_before_or_that_others_have_not_confirmed(kept: Cast, confirms: bool) -> None:
    scene = fresh(kept)
    proposal = propose_consultation(actor=scene.focal_point, review=scene.review, languages=["en"])
    if confirms:
        for user in (scene.same_group_focal_point, scene.other_group_focal_point):
            confirm_consultation(actor=user, review=scene.review, number=proposal.number)
    leave(scene)
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == int(confirms)


@AT_CONSULTATIONS
def test_its_people_are_not_missing_any_more(kept: Cast) -> None:
    scene = fresh(kept)
    left = Participation.objects.filter(review=scene.review, state_party=scene.other_group_state)
    left.filter(role="focal_point").delete()
    milestones = ReviewMilestone.objects.filter(review=scene.review, plan__kind="focal_points")
    milestones.update(reached_on=None)
    leave(scene)
    assert milestones.get().reached_on is not None


def test_more_time_is_agreed(cast: Cast) -> None:
    milestone = milestone_of(cast.review, "answers_sent")
    change = ask_extension(actor=cast.focal_point, review=cast.review, milestone=milestone, until=LATER, reason="Law.")
    answer_time_change(actor=cast.same_group_focal_point, change=change, agrees=True)
    leave(cast)
    change.refresh_from_db()
    assert change.status == "agreed"
    assert milestone_of(cast.review, "answers_sent").due_on == LATER


@pytest.mark.stage("dialogue")
@pytest.mark.parametrize("refuses", [True, False])
def test_a_meeting_is_agreed_also_where_it_has_said_no(cast_at: Callable[[str], Cast], refuses: bool) -> None:
    scene = cast_at("dialogue")
    meeting = invited(scene)
    say(scene.expert, meeting)
    if refuses:
        say(scene.other_group_focal_point, meeting, agrees=False, note="We cannot.")
    leave(scene)
    meeting.refresh_from_db()
    assert meeting.status == "agreed"


def lists_without_the_other_group(scene: Cast) -> QuerySet[AgreedText]:
    """The lists, each with a version that all but the State of the other group have cleared."""
    lists = AgreedText.objects.filter(review=scene.review, kind=TextKind.LIST_OF_OBSERVATIONS)
    for text in lists:
        propose_version(actor=scene.same_group_focal_point, text=text)
        version = standing_version(text)
        assert version is not None
        clear_version(actor=scene.focal_point, text=text, sha256=version.sha256)
    return lists.all()


@pytest.mark.stage("observations")
def test_the_last_text_is_agreed_and_the_review_moves_on_in_nobodys_name(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    journey.write_lists(scene.review)
    step = scene.review.step
    lists = lists_without_the_other_group(scene)
    review = leave(scene)
    assert {text.status for text in lists.all()} == {"agreed"}
    assert review.step.order > step.order
    moved = StepChange.objects.filter(review=review).latest("at")
    assert (moved.from_step, moved.actor, moved.acting_for) == (step, scene.officer, None)
    assert AgreedText.objects.filter(review=review, kind=TextKind.SUMMARY).count() == lists.count()


@pytest.mark.stage("observations")
def test_a_text_waits_for_those_alone_who_review_its_instrument_now(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    journey.write_lists(scene.review)
    lists = lists_without_the_other_group(scene)
    first, *rest = covered_by(scene, scene.other_group_state)
    Notification.objects.all().delete()
    review = drawn_again(scene, same=covered_by(scene, scene.same_group_state), other=rest)
    assert {text.instrument: text.status for text in lists.select_related("instrument")} == {
        first: "agreed",
        **dict.fromkeys(rest, "proposed"),
    }
    entry = AuditEntry.objects.get(verb="reviews.review.team_changed")
    assert entry.after["instruments"] == {scene.other_group_state.iso3: [instrument.slug for instrument in rest]}
    assert (entry.before["left"], entry.after["came"]) == ([], [])
    told = Notification.objects.filter(recipient=scene.other_group_focal_point, template="reviews/news")
    assert "which States review now, and what" in " ".join(row.context["sentence"] for row in told)
    assert covered_by(scene, scene.other_group_state) == rest
    assert drawn_again(scene, same=covered_by(scene, scene.same_group_state), other=rest).step == review.step
    assert AuditEntry.objects.filter(verb="reviews.review.team_changed").count() == 1  # twice it changes nothing
