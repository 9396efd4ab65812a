"""Where a State leaves a review and none comes, nothing waits any longer for the word that it alone has not given."""

from collections.abc import Callable

import pytest

from core.models import AuditEntry
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.texts.selectors import standing_version
from observations.texts.services.agreement import clear_version
from reviews.cases import Reviewer, change_team
from reviews.cases.models import Participation, Review, ReviewMilestone, StepChange
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension
from tests import journey
from tests.at_once import propose_version
from tests.reviews.dates.test_time_changes import LATER
from tests.reviews.meetings.meetings import invited, say
from tests.utils import Cast, fresh, make_cast

pytestmark = pytest.mark.django_db
AT_CONSULTATIONS = pytest.mark.kept.with_args(make_cast, "consultations")


def leave(scene: Cast) -> Review:
    """The State of the other group leaves by lot; that of the same group stays with what it covers."""
    review = Review.objects.get(pk=scene.review.pk)
    row = review.reviewing_states.get(state_party=scene.same_group_state)
    staying = Reviewer(row.state_party, row.basis, list(row.instruments.all()))
    change_team(actor=scene.officer, review=review, reviewers=[staying], drawn_with={}, draw="D-2")
    fresh(scene)
    return scene.review


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


@pytest.mark.stage("observations")
def test_the_last_text_is_agreed_and_the_review_moves_on_in_nobodys_name(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    journey.write_lists(scene.review)
    step = scene.review.step
    lists = AgreedText.objects.filter(review=scene.review, kind=TextKind.LIST_OF_OBSERVATIONS)
    for text in lists:
        propose_version(actor=scene.same_group_focal_point, text=text)
        version = standing_version(text)
        assert version is not None
        clear_version(actor=scene.focal_point, text=text, sha256=version.sha256)
    review = leave(scene)
    assert {text.status for text in lists.all()} == {"agreed"}
    assert review.step.order > step.order
    moved = StepChange.objects.filter(review=review).latest("at")
    assert (moved.from_step, moved.actor, moved.acting_for) == (step, scene.officer, None)
    assert AgreedText.objects.filter(review=review, kind=TextKind.SUMMARY).count() == lists.count()
