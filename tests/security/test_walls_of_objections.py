"""Who speaks for a State objects, replies and ends what it objects to, whatever a statement in a page says."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from core.database.identity import identified_as
from observations.texts.models import AgreedText, Objection
from tests import journey
from tests.at_once import object_to_version, propose_version, reply_to_objection
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("observations"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]
WORDS = "who speaks for a State objects, replies and ends an objection"
REPLY = """INSERT INTO observations_objectionreply (id, created_at, updated_at, objection_id, state_party_id,
    focal_point_id, text) VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, 'Words.')"""
END = "UPDATE reviews_objection SET ending = 'withdrawn', ended_at = now(), ended_by_id = %s WHERE id = %s"
OBJECT = """INSERT INTO reviews_objection (id, created_at, updated_at, version_id, state_party_id, focal_point_id,
    reason, paragraph) VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, 'Words.', 3)"""


@pytest.fixture
def objection(cast_at: Callable[[str], Cast]) -> Objection:
    """Of the State under review, on the table, with a reply of a reviewing State."""
    cast = cast_at("observations")
    journey.write_lists(cast.review)
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind="list_of_observations")
    version = propose_version(actor=cast.same_group_focal_point, text=text)
    row = object_to_version(actor=cast.focal_point, text=text, sha256=version.sha256, points={1: "Not so."})[0]
    reply_to_objection(actor=cast.same_group_focal_point, objection=row, text="We heard it.", seen=0)
    return row


def test_nobody_replies_but_a_focal_point_for_the_own_state(cast: Cast, objection: Objection) -> None:
    for person in (cast.expert, cast.observer, cast.contributor, cast.officer, cast.same_group_focal_point):
        with identified_as(person):
            refused(REPLY, objection.pk, cast.state.pk, person.pk, words=f"{WORDS}|row-level security")
    with identified_as(cast.focal_point):
        refused(REPLY, objection.pk, cast.state.pk, cast.expert.pk, words=WORDS)
        refused(REPLY, objection.pk, cast.same_group_state.pk, cast.focal_point.pk, words=WORDS)
        assert run(REPLY, objection.pk, cast.state.pk, cast.focal_point.pk) == 1


def test_nobody_ends_it_but_a_focal_point_of_its_state(cast: Cast, objection: Objection) -> None:
    for person in (cast.expert, cast.officer, cast.same_group_focal_point, cast.stranger, cast.bystander):
        with identified_as(person):
            try:
                with transaction.atomic():
                    assert run(END, person.pk, objection.pk) == 0
            except ProgrammingError as error:
                assert WORDS in str(error)  # noqa: PT017 - either is right
    with identified_as(cast.focal_point):
        refused(END, cast.expert.pk, objection.pk, words=WORDS)
        assert run(END, cast.focal_point.pk, objection.pk) == 1


def test_nobody_objects_for_another_state(cast: Cast, objection: Objection) -> None:
    with identified_as(cast.focal_point):
        refused(OBJECT, objection.version_id, cast.other_group_state.pk, cast.focal_point.pk, words=WORDS)
    with identified_as(cast.expert):
        refused(OBJECT, objection.version_id, cast.state.pk, cast.expert.pk, words=WORDS)
    with identified_as(cast.focal_point):
        assert run(OBJECT, objection.version_id, cast.state.pk, cast.focal_point.pk) == 1


def test_no_stranger_reads_objection_or_reply(cast: Cast, objection: Objection) -> None:
    for table in ("reviews_objection", "observations_objectionreply"):
        for person, count in ((cast.stranger, 0), (cast.bystander, 0), (cast.contributor, 0), (cast.observer, 1)):
            with identified_as(person):
                assert run(f"SELECT id FROM {table}") == count, (table, person)  # noqa: S608 - tables of ours
