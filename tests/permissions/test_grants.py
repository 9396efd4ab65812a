"""Object permissions follow participations: none is missing, none stays behind."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm  # noqa: TID251 - what is under test

from core.models import AuditEntry
from reviews.cases.enums import Grant
from reviews.cases.grants import drift, present_grants, sync_grants, wanted_grants
from reviews.cases.hats import hat_of
from reviews.cases.models import Review, ReviewUserGrant
from reviews.cases.selectors.reviews import reviews_visible_to
from reviews.cases.services.grants import drifting_reviews
from reviews.cases.services.participation import end_participation
from tests.guards import guards_off
from tests.utils import SYSTEM, Cast, fresh

pytestmark = pytest.mark.django_db

GRANTS = {
    "focal_point": {"view_review", "read_review", "draft_review", "clear_review"},
    "expert": {"view_review", "read_review", "draft_review"},
    "contributor": {"view_review", "contribute_review"},
    "observer": {"view_review", "read_review"},
    "same_group_focal_point": {"view_review", "read_review", "draft_review", "clear_review"},
    "same_group_expert": {"view_review", "read_review", "draft_review"},
    "same_group_observer": {"view_review", "read_review"},
    "officer": set(),
    "administrator": set(),
    "auditor": set(),
    "bystander": set(),
    "stranger": set(),
}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sync_grants", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", GRANTS)
def test_each_role_gives_its_grants(cast: Cast, name: str) -> None:
    granted = ReviewUserGrant.objects.filter(user=cast.people[name], content_object=cast.review)
    assert set(granted.values_list("permission__codename", flat=True)) == GRANTS[name]


def test_guardian_itself_gives_the_same_answer(cast: Cast) -> None:
    may_draft = [name for name, user in cast.people.items() if user.has_perm("reviews.draft_review", cast.review)]
    assert set(may_draft) == {name for name, grants in GRANTS.items() if "draft_review" in grants} | {
        "second_expert",
        "other_group_focal_point",
        "other_group_expert",
    }
    assert list(get_objects_for_user(cast.expert, "reviews.view_review")) == [cast.review]


def test_nobody_has_a_grant_on_all_reviews(cast: Cast) -> None:
    assert [name for name, user in cast.people.items() if user.has_perm("reviews.view_review")] == []


def test_all_is_well(cast: Cast) -> None:
    assert wanted_grants(cast.review) == present_grants(cast.review)
    assert drifting_reviews() == []
    assert run("--check") == "All grants fit.\n"


def test_ending_a_participation_takes_the_access_at_once(cast: Cast) -> None:
    assert list(reviews_visible_to(cast.expert)) == [cast.review]
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    fresh(cast)
    assert list(reviews_visible_to(cast.expert)) == []
    assert hat_of(cast.expert, cast.review) is None
    assert drift(cast.review) == set()


def test_a_grant_alone_opens_nothing(cast: Cast) -> None:
    """Somebody who could write into guardian's table would still not see the review."""
    assign_perm(Grant.VIEW, cast.stranger, cast.review)
    assert list(reviews_visible_to(cast.stranger)) == []
    assert hat_of(cast.stranger, cast.review) is None


def test_a_participation_without_its_grants_opens_nothing(cast: Cast) -> None:
    for grant in (Grant.VIEW, Grant.READ, Grant.DRAFT):
        remove_perm(grant, cast.expert, cast.review)
    assert list(reviews_visible_to(cast.expert)) == []


def test_drift_is_found_and_mended(cast: Cast) -> None:
    remove_perm(Grant.DRAFT, cast.expert, cast.review)
    assign_perm(Grant.CLEAR, cast.stranger, cast.review)
    assert drift(cast.review) == {(cast.expert.pk, "draft_review"), (cast.stranger.pk, "clear_review")}
    with pytest.raises(CommandError, match="The grants of 1 reviews drift"):
        run("--check")
    assert len(drift(cast.review)) == 2, "checking changes nothing"
    assert run() == "1-XVE: 2 grants missing or too many\nChanged 2 grants.\n"
    assert drift(cast.review) == set()
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor_label, entry.after) == (
        "reviews.grants.mended",
        "system: sync_grants",
        {"changed": 2},
    )


def test_syncing_twice_changes_nothing(cast: Cast) -> None:
    keys = set(ReviewUserGrant.objects.values_list("pk", flat=True))
    assert sync_grants(cast.review) == 0
    assert set(ReviewUserGrant.objects.values_list("pk", flat=True)) == keys


def test_grants_go_with_their_review(cast: Cast) -> None:
    with guards_off(["reviews_stepchange", "questionnaires_answerrevision", "questionnaires_responsesubmission"]):
        Review.objects.filter(pk=cast.bystander_review.pk).delete()
    assert ReviewUserGrant.objects.filter(user=cast.bystander).count() == 0
