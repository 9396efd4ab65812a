"""What lies in a room comes to the table by the act of its State's focal point, whatever a statement in a page says."""

import pytest
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from core.database.identity import identified_as
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from observations.texts.models import Observation
from reviews.cases.models import ConfidentialModel
from tests.permissions.pieces import Pieces
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
SENT_BY_FOCAL_POINTS = (
    ClarificationAnswer, ClarificationRequest, FeedbackReply, Observation, SupplementaryInformation, WrittenFeedback,
)  # fmt: skip
LAID = "what lies in a room is laid on the table by the focal point of its State"


@pytest.fixture
def drafts(pieces: Pieces) -> list[ConfidentialModel]:
    """What lies in rooms at the dialogue."""
    return [row for model in SENT_BY_FOCAL_POINTS for row in model.objects.exclude(room=None)]


@pytest.mark.stage("dialogue")
def test_every_kind_is_there(drafts: list[ConfidentialModel]) -> None:
    kinds = {type(row) for row in drafts}
    assert kinds == set(SENT_BY_FOCAL_POINTS) - {WrittenFeedback}, "which another test has at its step"


@pytest.mark.stage("dialogue")
def test_nobody_but_the_focal_point_lays_a_draft_on_the_table(drafts: list[ConfidentialModel], cast: Cast) -> None:
    for row in drafts:
        for name, part in cast.participations.items():
            if part.state_party_id == row.room_id and "focal_point" not in name:
                assert_stays(row, cast, name)


@pytest.mark.stage("written_feedback")
def test_nor_feedback(cast: Cast) -> None:
    for row in WrittenFeedback.objects.exclude(room=None):
        for name in ("same_group_expert", "other_group_expert", "expert", "officer"):
            assert_stays(row, cast, name)


def assert_stays(row: ConfidentialModel, cast: Cast, name: str) -> None:
    """Refused in words to the experts of its room; others may not see it, or not write there."""
    lay = f"UPDATE {row._meta.db_table} SET room_id = NULL WHERE id = %s"  # noqa: S608 - a table of ours
    part = cast.participations.get(name)
    with identified_as(cast.people[name]):
        if part and part.state_party_id == row.room_id and name.endswith("expert"):
            refused(lay, row.pk, words=LAID)
            return
        try:
            with transaction.atomic():
                assert run(lay, row.pk) == 0
        except ProgrammingError as error:
            assert LAID in str(error)  # noqa: PT017 - either is right


@pytest.mark.stage("dialogue")
def test_nobody_begins_on_the_table(drafts: list[ConfidentialModel], cast: Cast) -> None:
    """A copy of each draft, put on the table at once by the focal point or an expert of its State."""
    for row in drafts:
        for name, part in cast.participations.items():
            if part.state_party_id == row.room_id and name.endswith(("focal_point", "expert")):
                with identified_as(part.user):
                    refused(*copy_on_the_table(row), words="what people write begins in the room|a reply begins")


def copy_on_the_table(row: models.Model) -> tuple[str, object]:
    names = [field.column for field in row._meta.concrete_fields if field.column not in {"id", "room_id"}]
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    table = row._meta.db_table
    statement = f"""
        INSERT INTO {table} (id, room_id, {columns})
        SELECT gen_random_uuid(), NULL, {columns} FROM {table} WHERE id = %s
    """  # noqa: S608 - tables and columns of ours
    return statement, row.pk
