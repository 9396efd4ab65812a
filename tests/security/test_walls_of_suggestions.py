"""A State lays and withdraws its suggestion, and who may change the text decides, whatever a statement says."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from core.database.identity import identified_as
from observations.suggestion_notes.models import SuggestionNote
from tests.permissions.pieces import Pieces
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, refused_at_the_end, run
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("dialogue"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]
ONCE = "nothing changes but that it is decided on, once"
DECIDES = "who may change a text decides"
LAY = """UPDATE observations_suggestion SET room_id = NULL, status = 'open', tabled_at = now(), tabled_by_id = %s
    WHERE id = %s"""
DECIDE = """UPDATE observations_suggestion SET status = %s, decided_at = now(), decided_by_id = %s, decided_for_id = %s
    WHERE id = %s"""


def no_row(statement: str, *values: Any) -> None:
    """It finds no row, or is refused."""
    try:
        with transaction.atomic():
            assert run(statement, *values) == 0
    except DatabaseError:
        return


def test_a_draft_is_laid_by_the_focal_point_of_its_room(cast: Cast, pieces: Pieces) -> None:
    draft = pieces.suggestion_draft
    for name in ("expert", "observer", "same_group_focal_point", "officer"):
        with identified_as(cast.people[name]):
            no_row(LAY, cast.people[name].pk, draft.pk)
    with identified_as(cast.focal_point):
        refused(LAY, cast.expert.pk, draft.pk, words="in their own names")
        assert run(LAY, cast.focal_point.pk, draft.pk) == 1


def test_what_lies_on_the_table_stays_as_it_was_laid(cast: Cast, pieces: Pieces) -> None:
    row = pieces.suggestion_open
    for name in ("focal_point", "expert", "same_group_focal_point"):
        with identified_as(cast.people[name]):
            refused(*change_of(row, text="Other words."), words=f"{ONCE}|in their own names")
            no_row("DELETE FROM observations_suggestion WHERE id = %s", row.pk)


def test_nobody_gives_a_reason_in_the_name_of_who_decides(cast: Cast, pieces: Pieces) -> None:
    for row in (pieces.suggestion_open, pieces.suggestion_draft):
        with identified_as(cast.expert):
            refused_at_the_end(*change_of(row, reason="Forged."), words="suggestion_undecided_gives_no_reason")


def test_it_is_decided_on_once_by_who_may_change_the_text(cast: Cast, pieces: Pieces) -> None:
    row, own, other = pieces.suggestion_open, cast.state.pk, cast.same_group_state.pk
    for name, state in (
        ("focal_point", own),
        ("expert", own),
        ("same_group_expert", other),
        ("other_group_focal_point", cast.other_group_state.pk),
    ):
        with identified_as(cast.people[name]):
            refused(DECIDE, "accepted", cast.people[name].pk, state, row.pk, words=DECIDES)
            refused(DECIDE, "rejected", cast.people[name].pk, other, row.pk, words=DECIDES)
    with identified_as(cast.same_group_focal_point):
        refused(DECIDE, "withdrawn", cast.same_group_focal_point.pk, other, row.pk, words=DECIDES)
        assert run(DECIDE, "rejected", cast.same_group_focal_point.pk, other, row.pk) == 1
        refused(DECIDE, "accepted", cast.same_group_focal_point.pk, other, row.pk, words=ONCE)


def test_it_is_about_what_lies_on_the_table_of_its_text(cast: Cast, pieces: Pieces) -> None:
    draft, words = pieces.suggestion_draft, "wording is suggested to what lies on the table"
    with identified_as(cast.expert):
        refused(*copy_of(draft, observation_id=pieces.observation_draft.pk), words=words)
        refused(*copy_of(draft, room_id=cast.same_group_state.pk), words="room of the State|row-level security")
        refused(*copy_of(draft, written_by_id=cast.focal_point.pk), words="in their own names")
        refused(*change_of(draft, base_text="Other words."), words="Cannot update rows")
        assert run(*copy_of(draft)) == 1


def test_what_is_said_below_it_is_said_in_the_own_name_and_stays(cast: Cast, pieces: Pieces) -> None:
    notes = SuggestionNote.objects.filter(suggestion=pieces.suggestion_open)
    to_all, own = notes.get(room=None), notes.get(room=cast.state)
    with identified_as(cast.expert):
        refused(*copy_of(to_all, written_by_id=cast.expert.pk), words="in their own names")
        refused(*copy_of(own, written_by_id=cast.focal_point.pk), words="in their own names")
        refused(*copy_of(own, room_id=None), words="in their own names")
        refused(*copy_of(own, state_party_id=cast.same_group_state.pk), words="room of the State|in their own names")
        refused(*change_of(own, text="Other words."), words="permission denied")
        assert run(*copy_of(own)) == 1
    with identified_as(cast.focal_point):
        refused(*copy_of(to_all, suggestion_id=pieces.suggestion_draft.pk), words="no farther than the suggestion")
        refused("DELETE FROM observations_suggestionnote WHERE id = %s", to_all.pk, words="Cannot delete rows")
        assert run(*copy_of(to_all)) == 1
    with identified_as(cast.same_group_expert):
        no_row("DELETE FROM observations_suggestionnote WHERE id = %s", own.pk)
