"""What happens between looking at an item of the follow-up and writing of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from observations.follow_up import due_soon, views
from observations.follow_up.models import FollowUp, FollowUpEntry, FollowUpShare
from observations.follow_up.selectors import dated_open
from observations.follow_up.services import FollowUpInput, record_follow_up, share_follow_up
from observations.texts.models import Observation
from tests.guards import guards_off
from tests.observations.follow_up.test_follow_up import address, item_of, record, scene as scene
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]
LoginAs = Callable[[User], Client]


def test_a_form_that_another_record_overtakes_shows_and_rests_on_the_new_record(
    scene: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row was read for the form before the other was there: the page showed that, and rested on what came."""
    record(scene)
    client, url = login_as(scene.second_expert), address(scene, str(item_of(scene).pk), "record")

    def overtaken(**given: Any) -> FollowUp:
        record(scene, FollowUpInput("under_way", "Of the other tab."), name="second_expert", base=1)
        return record_follow_up(**given)

    monkeypatch.setattr(views, "record_follow_up", overtaken)
    page = client.post(url, {"base": "1", "status": "done", "action": "My own words."})
    assert (page.status_code, page.context["form"]["base"].value()) == (422, "2")
    assert (page.context["meanwhile"].revision, str(page.context["row"].action)) == (2, "Of the other tab.")


def test_a_list_that_gave_way_meanwhile_is_told_in_words(scene: Cast) -> None:
    record(scene)
    item = item_of(scene)
    with guards_off({"reviews_observation"}):
        Observation.objects.filter(pk=item.pk).update(withdrawn_at=timezone.now())
    with pytest.raises(ServiceError, match="Another list has taken the place"):
        record_follow_up(actor=scene.expert, observation=item, given=FollowUpInput("done", "Done."), base=1)
    with pytest.raises(ServiceError, match="Another list has taken the place"):
        share_follow_up(actor=scene.focal_point, observation=item, audience="public", base=1)


def test_nothing_is_said_of_dates_on_a_list_that_gave_way(scene: Cast) -> None:
    today = timezone.localdate()
    row = record(scene, FollowUpInput("planned", "Words.", due_on=today + dt.timedelta(days=20)))
    assert list(due_soon([scene.review], today, today + dt.timedelta(days=60))) == [scene.review.pk]
    assert list(dated_open(today)) == [row]
    with guards_off({"reviews_observation"}):
        Observation.objects.filter(pk=row.observation_id).update(withdrawn_at=timezone.now())
    assert due_soon([scene.review], today, today + dt.timedelta(days=60)) == {}
    assert list(dated_open(today)) == []


def test_the_database_takes_nothing_to_an_item_from_the_room_of_another_state(scene: Cast) -> None:
    row, person = record(scene, FollowUpInput("planned", "Words.")), scene.same_group_focal_point
    own = {
        "follow_up_id": row.pk,
        "review": scene.review,
        "room": scene.same_group_state,
        "language": "en",
        "number": 2,
    }
    entry = FollowUpEntry(**own, status="done", action="Words of another State.", saved_by=person)
    shared = FollowUpShare(**own, audience="public", document={}, shared_by=person, shared_at=timezone.now())
    for piece in (entry, shared):
        refused = pytest.raises(Error, match="what is followed up is an observation of an agreed list")
        with plain_role(), identified_as(person), refused, transaction.atomic():
            piece.save(force_insert=True)
