"""What somebody has set for the own work is nobody else's to change, whatever the statement (docs/adr/0014)."""

import datetime as dt
from typing import Any

import pytest
from django.db import models

from core.database.identity import identified_as
from portal.cockpit.enums import BulkKind
from portal.cockpit.models import SavedView
from portal.cockpit.services import prepare_bulk_act
from reviews.cases.models import Review
from reviews.preferences.models import Mute, ReminderHour, Snooze, TaskDelegation
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
CLOSED = "row-level security"


def own_rows(cast: Cast) -> list[models.Model]:
    milestone, user = cast.review.milestones.all()[0], cast.expert
    return [
        Mute.objects.create(user=user, review=cast.review),
        ReminderHour.objects.create(user=user, hour=9),
        Snooze.objects.create(user=user, milestone=milestone, until=dt.date(2030, 1, 1)),
        TaskDelegation.objects.create(user=user, milestone=milestone, colleague=cast.focal_point),
    ]


@pytest.mark.stage("self_assessment")
def test_what_is_set_for_the_own_reminders_is_changed_by_nobody_else(cast: Cast) -> None:
    for row in own_rows(cast):
        later, away = change_of(row, updated_at=row.updated_at), deletion_of(row)  # type: ignore[attr-defined]
        for name in ("focal_point", "officer", "same_group_expert"):
            with identified_as(cast.people[name]):
                assert run(*later) == 0, (row, name)
                refused(*copy_of(row), words=CLOSED)
            # With a milestone that a plan leaves out goes what hangs on it, which an officer takes out by that.
            if name != "officer" or not hasattr(row, "milestone"):
                with identified_as(cast.people[name]):
                    assert run(*away) == 0, (row, name)
        with identified_as(cast.expert):
            assert (run(*later), run(*away)) == (1, 1)


def test_a_saved_view_is_its_owners_and_read_by_the_secretariat_where_it_is_shared(cast: Cast) -> None:
    view = SavedView.objects.create(owner=cast.officer, mechanism=cast.review.mechanism, name="Late")
    shown = "SELECT FROM reviews_savedview WHERE id = %s", view.pk
    with identified_as(cast.administrator):
        assert run(*shown) == run(*deletion_of(view)) == 0
        refused(*copy_of(view, name="Another"), words=CLOSED)
    SavedView.objects.update(is_shared=True)
    for name, number in (("administrator", 1), ("auditor", 1), ("focal_point", 0)):
        with identified_as(cast.people[name]):
            assert (run(*shown), run(*change_of(view, name="Altered"))) == (number, 0)
    with identified_as(cast.officer):
        assert run(*change_of(view, name="Altered")) == 1


def test_an_act_on_many_reviews_is_prepared_by_an_officer_in_the_own_name(cast: Cast) -> None:
    reviews = Review.objects.filter(pk=cast.review.pk)
    act = prepare_bulk_act(actor=cast.officer, mechanism=cast.review.mechanism, kind=BulkKind.REMIND, reviews=reviews)
    line = act.lines.get()
    for name in ("auditor", "focal_point"):
        with identified_as(cast.people[name]):
            refused(*copy_of(act), words=CLOSED)
            assert run(*change_of(act, reason="Altered")) == run(*change_of(line, error="Altered")) == 0
    with identified_as(cast.administrator):
        refused(*copy_of(act), words=CLOSED)
        for forged in (change_of(act, status="running"), change_of(line, error="Altered"), copy_of(line)):
            refused(*forged, words="in the name of the officer who has prepared it")
        assert run(*deletion_of(line)) == 0
        assert run(*change_of(line, milestone_id=None)) == 1, "as when the milestone goes"
    with identified_as(cast.officer):
        refused(*change_of(act, actor_id=cast.administrator.pk), words="Cannot update rows")
        assert run(*change_of(act, status="running")) == run(*change_of(line, error="Own words.")) == 1
    with identified_as(cast.focal_point):
        assert run("SELECT FROM reviews_bulkactline") == run("SELECT FROM reviews_bulkact") == 0


def deletion_of(row: models.Model) -> tuple[Any, ...]:
    return f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk  # noqa: S608 - a table of ours
