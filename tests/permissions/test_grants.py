"""What guardian answers follows from who takes part: none is missing, none stays behind, and nobody writes any."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm  # noqa: TID251 - what is under test

from reviews.capacities.capacities import ROLE_GRANTS, capacity_of
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review, ReviewUserGrant
from reviews.registration.services.participation import end_participation
from reviews.visibility.selectors import reviews_visible_to
from tests.factories.accounts import UserFactory
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


def test_the_view_gives_what_the_table_of_roles_says(cast: Cast) -> None:
    """In each role on each side: the database has its own list (``reviews.0002``)."""
    person = UserFactory()
    given: dict[tuple[Side, ParticipationRole], set[str]] = {}
    for side, role in ROLE_GRANTS:
        state = cast.state if side == Side.UNDER_REVIEW else cast.same_group_state
        part = Participation.objects.create(
            review=cast.bystander_review, user=person, state_party=state, role=role, side=side
        )
        granted = ReviewUserGrant.objects.filter(user=person)
        given[side, role] = set(granted.values_list("permission__codename", flat=True))
        part.delete()
    assert given == {key: {grant.value for grant in grants} for key, grants in ROLE_GRANTS.items()}


@pytest.mark.parametrize("write", [assign_perm, remove_perm])
def test_nobody_writes_a_grant(cast: Cast, write: Callable[..., object]) -> None:
    with pytest.raises(DatabaseError, match=r"cannot (insert into|delete from) view"):
        write(Grant.VIEW, cast.expert if write is remove_perm else cast.stranger, cast.review)


def test_ending_a_participation_takes_the_access_at_once(cast: Cast) -> None:
    assert list(reviews_visible_to(cast.expert)) == [cast.review]
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    fresh(cast)
    assert list(reviews_visible_to(cast.expert)) == []
    assert capacity_of(cast.expert, cast.review) is None
    assert list(ReviewUserGrant.objects.filter(user=cast.expert)) == []


def test_grants_go_with_their_review(cast: Cast) -> None:
    with guards_off(["reviews_stepchange", "questionnaires_answerrevision", "questionnaires_responsesubmission"]):
        Review.objects.filter(pk=cast.bystander_review.pk).delete()
    assert ReviewUserGrant.objects.filter(user=cast.bystander).count() == 0
