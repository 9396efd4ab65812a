"""The page of a State shows when each phase of the programme reviews it, once its group is drawn."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.states.models import StateParty
from reviews.programme.models import ReviewGroup
from tests.factories.accounts import OfficerFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def page_of(client: Client, state: StateParty) -> Any:
    return client.get(reverse("reviews:state-detail", args=[state.iso3]))


def test_the_phases_of_its_group_are_told_with_the_review_that_there_is(
    make_review: Callable[..., Any], login_as: LoginAs
) -> None:
    review = make_review()
    group = ReviewGroup.objects.get(mechanism=review.mechanism, number=2)
    review.review_group = group
    review.save()
    page = page_of(login_as(OfficerFactory.create()), review.state_under_review)
    (years,) = page.context["years"]
    assert (years.group, [row.phase.number for row in years.phases]) == (group, [1, 2, 3, 4])
    assert [row.review for row in years.phases] == [review, None, None, None]
    assert years.phases[0].first.isoformat() == "2021-11-01"
    assert (years.phases[-1].last - years.phases[0].first).days == 8 * 365 + 1, "eight years, two of them leap years"


def test_who_may_not_know_of_the_review_is_not_told_its_group_either(cast: Cast, login_as: LoginAs) -> None:
    cast.review.review_group = ReviewGroup.objects.get(mechanism=cast.review.mechanism, number=2)
    cast.review.save()
    page = page_of(login_as(cast.people["stranger"]), cast.review.state_under_review)
    assert page.context["years"] == []
    assert cast.review.code not in page.content.decode()


def test_before_the_draw_there_are_none(login_as: LoginAs, reference: None) -> None:
    page = page_of(login_as(OfficerFactory.create()), StateParty.objects.get(iso3="FRA"))
    assert page.context["years"] == []
