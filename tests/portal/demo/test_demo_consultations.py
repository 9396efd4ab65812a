"""What the demo shows of the consultations: a proposal that stands, and a team that is not complete."""

import pytest

from accounts.people.models import User
from reviews.cases.models import Participation, Review
from reviews.consultations.selectors import partial_teams_of, standing_words
from tests.portal.demo.demos import demo
from tests.portal.work.test_my_work import own, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "consultations")]


def focal_point(code: str, iso3: str) -> User:
    return Participation.objects.get(review__code=code, state_party__iso3=iso3, role="focal_point").user


def test_one_review_goes_ahead_without_a_state_that_has_named_nobody() -> None:
    review = Review.objects.get(code="1-XKV")
    (record,) = partial_teams_of(review)
    assert (record.state_party.iso3, bool(record.reason)) == ("XOR", True)
    assert not Participation.objects.filter(review=review, state_party__iso3="XOR").exists()
    assert review.milestones.get(plan__slug="focal_points_appointed").reached_on is not None
    assert "Propose working languages and dates" in own(focal_point("1-XKV", "XKV"))


def test_in_another_a_proposal_stands_that_one_state_has_not_confirmed() -> None:
    review = Review.objects.get(code="1-XPE")
    (missing,) = standing_words(review).missing
    assert missing.iso3 == "XLV"
    assert "Confirm proposal 1, or propose otherwise" in own(focal_point("1-XPE", "XLV"))
    assert ("Confirmation of proposal 1", str(missing)) in waiting(focal_point("1-XPE", "XPE"))
