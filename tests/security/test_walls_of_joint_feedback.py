"""The room in which all reviewing States write: the database lets their people in, and nobody else (docs/adr/0082)."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from core.database.identity import identified_as
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback.services import feedback_document, hash_of_draft
from dialogue.joint.models import JointClearance
from reviews.cases.models import Review
from tests.dialogue.joint.joint import clear, joint_of, set_joint, write
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import change_of, copy_of, refused, run
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("written_feedback"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]
INSIDE = "same_group_expert same_group_focal_point same_group_observer"
ALSO_INSIDE = "other_group_expert other_group_focal_point other_group_observer"
OUTSIDE = "expert focal_point observer contributor officer administrator auditor"
SAYS = "people write in their own names"


def is_found_by(cast: Cast, name: str, row: Any) -> bool:
    with identified_as(cast.people[name]), plain_role():
        return type(row)._base_manager.filter(pk=row.pk).exists()


def sent(cast: Cast, **changes: object) -> tuple[Any, ...]:
    """The statement that lays the draft on the table as it stands."""
    draft = joint_of(cast)
    given = {"status": "sent", "room_id": None, "sent_at": timezone.now(), "times_sent": 1}
    document, row = feedback_document(draft), WrittenFeedback(pk=draft.pk)
    field = WrittenFeedback._meta.get_field("document")
    written = {"document": field.get_db_prep_save(document, connection), "sha256": hash_of_draft(draft)}
    return change_of(row, **{**given, **written, **changes})


def nothing_comes_of(statement: tuple[Any, ...]) -> bool:
    """It finds no row, or is refused."""
    try:
        with transaction.atomic():
            return run(*statement) == 0
    except ProgrammingError:
        return True


@pytest.fixture
def comment(cast: Cast) -> FeedbackComment:
    set_joint(cast)
    return write(cast, cast.same_group_expert, "First.")


def test_the_people_of_the_reviewing_states_read_it_and_nobody_else(cast: Cast, comment: FeedbackComment) -> None:
    clear(cast, cast.other_group_focal_point)
    for row in (comment, comment.feedback, JointClearance.objects.get()):
        for name in f"{INSIDE} {ALSO_INSIDE}".split():
            assert is_found_by(cast, name, row), name
        for name in OUTSIDE.split():
            if name in cast.people:
                assert not is_found_by(cast, name, row), name


def test_experts_and_focal_points_write_it_and_nobody_else(cast: Cast, comment: FeedbackComment) -> None:
    for name in ("other_group_expert", "same_group_focal_point"):
        with identified_as(cast.people[name]):
            assert run(*change_of(comment, text="Second.", saved_by_id=cast.people[name].pk)) == 1
    for name in ("other_group_observer", "same_group_observer"):
        with identified_as(cast.people[name]):
            assert nothing_comes_of(change_of(comment, text="Forged."))
    for name in ("expert", "focal_point", "officer"):
        with identified_as(cast.people[name]):
            assert run(*change_of(comment, text="Forged.")) == 0
            refused(*copy_of(comment, question_code="I.untoc.6"), words="row-level security|written by")


def test_nobody_clears_for_another_state_or_in_another_name(cast: Cast, comment: FeedbackComment) -> None:
    clear(cast, cast.other_group_focal_point)
    given = JointClearance.objects.get()
    own = {"state_party_id": cast.same_group_state.pk}
    for name in ("other_group_focal_point", "same_group_expert", "other_group_expert"):
        with identified_as(cast.people[name]):
            refused(*copy_of(given, **own), words=f"{SAYS}|row-level security")
            me = {**own, "focal_point_id": cast.people[name].pk}
            refused(*copy_of(given, **me), words=f"{SAYS}|row-level security")
    for name in ("focal_point", "officer"):
        of_me = {"state_party_id": cast.state.pk, "focal_point_id": cast.people[name].pk}
        with identified_as(cast.people[name]):
            refused(*copy_of(given, **of_me), words=f"{SAYS}|row-level security|next sending")
    with identified_as(cast.same_group_focal_point):
        mine = {**own, "focal_point_id": cast.same_group_focal_point.pk}
        refused(*copy_of(given, **mine, number=2), words="next sending")
        assert run(*copy_of(given, **mine)) == 1


def test_what_is_cleared_is_not_changed_before_that_is_undone(cast: Cast, comment: FeedbackComment) -> None:
    clear(cast, cast.other_group_focal_point)
    given = JointClearance.objects.get()
    now = timezone.now()
    with identified_as(cast.same_group_expert):
        refused(*change_of(comment, text="Another."), words="what is cleared is not changed")
        undone = {"undone_at": now, "undone_by_id": cast.other_group_focal_point.pk}
        refused(*change_of(given, **undone), words="bears the own name")
        refused(*change_of(given, sha256="0" * 64), words="Cannot update")
        assert run(*change_of(given, undone_at=now, undone_by_id=cast.same_group_expert.pk)) == 1
        assert run(*change_of(comment, text="Another.")) == 1
        refused(*change_of(given, undone_at=None, undone_by_id=cast.same_group_expert.pk), words="Cannot update")


def test_it_is_sent_as_every_state_has_cleared_it_and_by_a_focal_point(cast: Cast, comment: FeedbackComment) -> None:
    with identified_as(cast.same_group_focal_point):
        refused(*sent(cast), words="every reviewing State has cleared it")
    clear(cast, cast.other_group_focal_point)
    with identified_as(cast.other_group_focal_point):
        refused(*sent(cast), words="every reviewing State has cleared it")
    given = JointClearance.objects.get()
    mine = {"state_party_id": cast.same_group_state.pk, "focal_point_id": cast.same_group_focal_point.pk}
    with identified_as(cast.same_group_focal_point):
        assert run(*copy_of(given, **mine)) == 1
        refused(*sent(cast, sha256="0" * 64), words="every reviewing State has cleared it")
        refused(*sent(cast, document='{"comments": []}'), words="every reviewing State has cleared it")
    for name in ("same_group_expert", "other_group_expert"):
        with identified_as(cast.people[name]):
            refused(*sent(cast), words="sent by the focal point of a reviewing State")
    with identified_as(cast.focal_point):
        assert run(*sent(cast)) == 0
    with identified_as(cast.other_group_focal_point):
        assert run(*sent(cast)) == 1


def test_whoever_is_an_author_does_not_open_it(cast: Cast, comment: FeedbackComment) -> None:
    for name in ("same_group_focal_point", "other_group_focal_point"):
        clear(cast, cast.people[name])
    opened = {"opened_at": timezone.now(), "opened_by_id": cast.other_group_state.pk}
    with identified_as(cast.other_group_expert):
        refused(
            *change_of(comment.feedback, **opened), words="opened by the State under review|reader of another State"
        )
    with identified_as(cast.same_group_expert):
        refused(*change_of(comment.feedback, is_joint=False), words="Cannot update")


def test_an_officer_sets_it_before_something_is_written(cast: Cast) -> None:
    for name in ("focal_point", "same_group_focal_point"):
        with identified_as(cast.people[name]):
            refused(*change_of(cast.review, feedback_is_joint=True), words="an officer chooses")
    with identified_as(cast.officer):
        assert run(*change_of(cast.review, feedback_is_joint=True)) == 1
    Review.objects.filter(pk=cast.review.pk).update(feedback_is_joint=False)
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    with identified_as(cast.officer):
        refused(*change_of(cast.review, feedback_is_joint=False), words="before something is written")
