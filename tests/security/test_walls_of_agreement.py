"""Whose word a text is agreed on, and who reviews, no statement in a page makes up (docs/adr/0022)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.database.identity import identified_as
from observations.texts.models import TextVersion
from reviews.cases.models import Clearance
from tests import journey, utils
from tests.at_once import object_to_version, propose_version
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, refused_at_the_end, run
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
ROWS = "row-level security"


CLEARANCE = """
    INSERT INTO reviews_clearance (id, created_at, updated_at, review_id, state_party_id, focal_point_id, document_type,
        document_id, version, sha256, cleared_at)
    VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, 'reviews.agreedtext', %s, %s, %s, now())
"""


@shared
def version(cast: Cast) -> TextVersion:
    """A version that one State has proposed, and so cleared."""
    utils.take_cast_to("observations", cast)
    text = journey.list_of(cast.review)
    journey.write_lists(cast.review)
    return propose_version(actor=cast.same_group_focal_point, text=text)


def test_nobody_clears_for_another_state_or_person(cast: Cast, version: TextVersion) -> None:
    of_text = (version.agreed_text_id, version.number, version.sha256)
    people = (cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point)
    states = (cast.state, cast.same_group_state, cast.other_group_state)
    for person, own in zip(people, states, strict=True):
        for other, state in zip(people, states, strict=True):
            if other != person:
                with identified_as(person):
                    refused(CLEARANCE, cast.review.pk, state.pk, other.pk, *of_text, words=ROWS)
                    refused(CLEARANCE, cast.review.pk, state.pk, person.pk, *of_text, words=ROWS)
                    refused(CLEARANCE, cast.review.pk, own.pk, other.pk, *of_text, words=ROWS)
    for person, state in (
        (cast.expert, cast.state),
        (cast.officer, cast.state),
        (cast.bystander, cast.bystander_state),
    ):
        with identified_as(person):
            refused(CLEARANCE, cast.review.pk, state.pk, person.pk, *of_text, words=ROWS)
    with identified_as(AnonymousUser()):
        refused(CLEARANCE, cast.review.pk, cast.state.pk, cast.focal_point.pk, *of_text, words=ROWS)
    with identified_as(cast.focal_point):
        assert run(CLEARANCE, cast.review.pk, cast.state.pk, cast.focal_point.pk, *of_text) == 1, "the own word"


def test_who_cleared_is_shown_to_those_who_see_the_review(cast: Cast, version: TextVersion) -> None:
    look = "SELECT * FROM reviews_clearance WHERE review_id = %s"
    for person in (AnonymousUser(), cast.bystander, cast.stranger):
        with identified_as(person):
            assert run(look, cast.review.pk) == 0
    for person in (cast.observer, cast.other_group_expert, cast.officer, cast.auditor):
        with identified_as(person):
            assert run(look, cast.review.pk) > 0


TAKE_BACK = "UPDATE reviews_clearance SET taken_back_at = now(), taken_back_by_id = %s WHERE document_id = %s"


def test_nobody_takes_back_for_another_state_or_person(cast: Cast, version: TextVersion) -> None:
    own, text = cast.same_group_focal_point, version.agreed_text_id
    for person in (
        cast.focal_point, cast.other_group_focal_point, cast.same_group_expert, cast.officer, cast.auditor,
        cast.bystander, AnonymousUser(),
    ):  # fmt: skip
        with identified_as(person):
            assert run(TAKE_BACK, getattr(person, "pk", None), text) == 0
    with identified_as(own):
        refused(TAKE_BACK, cast.focal_point.pk, text, words=ROWS)
        assert run(TAKE_BACK, own.pk, text) == 1, "the own word"


def test_no_clearance_is_given_that_was_taken_back_by_somebody_else(cast: Cast, version: TextVersion) -> None:
    taken_back = CLEARANCE.replace("cleared_at)", "cleared_at, taken_back_at, taken_back_by_id)").replace(
        "now())", "now(), now(), %s)"
    )
    of_text = (version.agreed_text_id, version.number, version.sha256)
    with identified_as(cast.focal_point):
        refused(
            taken_back, cast.review.pk, cast.state.pk, cast.focal_point.pk, *of_text, cast.same_group_focal_point.pk,
            words=ROWS,
        )  # fmt: skip


def test_a_clearance_of_what_is_sent_or_cancelled_stays(cast: Cast, version: TextVersion) -> None:
    answers = Clearance.objects.exclude(document_id=version.agreed_text_id).filter(state_party=cast.state)
    with identified_as(cast.focal_point):
        words = "a clearance is taken back as long as"
        refused(TAKE_BACK, cast.focal_point.pk, answers[0].document_id, words=words)
    object_to_version(
        actor=cast.focal_point, text=version.agreed_text, sha256=version.sha256, reason="Not what was said."
    )
    propose_version(actor=cast.other_group_focal_point, text=version.agreed_text)
    of_the_first = f"{TAKE_BACK} AND version = %s"
    with identified_as(cast.same_group_focal_point):
        refused(of_the_first, cast.same_group_focal_point.pk, version.agreed_text_id, version.number, words=words)


def test_a_version_that_was_cancelled_never_stands_again(cast: Cast, version: TextVersion) -> None:
    with identified_as(cast.same_group_focal_point):
        assert run("UPDATE reviews_textversion SET cancelled_at = now() WHERE id = %s", version.pk) == 1
        for value in ("NULL", "now() + interval '1 day'"):
            again = f"UPDATE reviews_textversion SET cancelled_at = {value} WHERE id = %s"  # noqa: S608
            refused(again, version.pk, words="Cannot update rows")


# --- Who reviews


def test_how_a_review_was_opened_goes_with_it_alone(cast: Cast) -> None:
    """Or a State more would be put among those who review, as before the review had begun."""
    opened = "DELETE FROM reviews_stepchange WHERE from_step_id IS NULL AND review_id = %s"
    for person in (AnonymousUser(), cast.stranger, cast.auditor, cast.bystander):
        with identified_as(person):
            assert run(opened, cast.review.pk) == 0
    for person in (cast.focal_point, cast.officer):
        with identified_as(person):
            refused_at_the_end(opened, cast.review.pk, words="goes with its review alone")


def test_a_step_is_written_by_who_takes_it(cast: Cast) -> None:
    step = """
        INSERT INTO reviews_stepchange
            (id, created_at, updated_at, review_id, from_step_id, to_step_id, at, actor_id, is_brought_in)
        SELECT gen_random_uuid(), now(), now(), id, step_id, step_id, now(), %s, false FROM reviews_review WHERE id = %s
    """
    for person in (AnonymousUser(), cast.stranger, cast.bystander, cast.auditor):
        with identified_as(person):
            refused(step, None, cast.review.pk, words=ROWS)
    with identified_as(cast.focal_point):
        refused(step, cast.expert.pk, cast.review.pk, words=ROWS)
        assert run(step, cast.focal_point.pk, cast.review.pk) == 1
