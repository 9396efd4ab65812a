"""What a State shares of the follow-up of a list that was brought in goes no further than the list, and can go back."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import Error, transaction

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from observations.bringing.texts import obstacle_to
from observations.follow_up import FollowUpInput, agreed_observations, record_follow_up, share_follow_up
from observations.follow_up.models import FollowUpShare
from observations.follow_up.selectors import get_agreed_for
from observations.follow_up.services import stop_sharing
from observations.texts.models import Observation
from reviews.bringing.enums import StateWord
from reviews.cases.models import Review
from tests.observations.bringing.conftest import AT_THE_LIST
from tests.observations.bringing.texts import file_of, say, the_list
from tests.plain_role import plain_role
from tests.reviews.bringing.files import brought_in
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, AT_THE_LIST]


def followed_up(cast: Cast, audience: str) -> Observation:
    """The first item of the list, of which the State has recorded something, and shares that."""
    item = get_agreed_for(cast.focal_point, cast.review, agreed_observations(cast.review)[0].pk)
    given = FollowUpInput("planned", "A bill is drafted.")
    record_follow_up(actor=cast.focal_point, observation=item, given=given, base=0)
    share_follow_up(actor=cast.focal_point, observation=item, audience=audience, base=1)
    return item


def test_follow_up_of_a_list_goes_no_further_than_the_list_could(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    followed_up(brought_cast, "review_team")
    for audience in ("states_parties", "public"):
        with pytest.raises(ServiceError, match="Your State confirms it before") as refused:
            followed_up(brought_cast, audience)
        assert refused.value.field == "audience"
    say(brought_cast, brought_cast.focal_point, StateWord.CONFIRMED)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    with pytest.raises(ServiceError, match="a State objects to it"):
        followed_up(brought_cast, "public")
    share = FollowUpShare.objects.get()
    share.pk, share.audience, share.ended_at = uuid4(), "public", None
    FollowUpShare.objects.update(ended_at=dt.datetime.now(dt.UTC))
    with pytest.raises(Error, match="a State objects"), transaction.atomic():
        share.save(force_insert=True)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.CONFIRMED)
    followed_up(brought_cast, "public")


def test_no_list_takes_the_place_of_one_whose_follow_up_is_shared(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    """Its State could not take that back any more: the item is on no page then."""
    brought_in(file_of(review, officer))
    item = followed_up(brought_cast, "review_team")
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    with plain_role(), identified_as(officer):
        assert "Its State takes them back" in obstacle_to(the_list(review))
    stop_sharing(actor=brought_cast.focal_point, observation=item)
    assert obstacle_to(the_list(review)) == ""
