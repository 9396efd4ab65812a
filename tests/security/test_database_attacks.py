"""What somebody could do who runs statements of his own as the role with which the pages are served (docs/adr/0022)."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from core.acting import acting_as
from questionnaires.models import ResponseSubmission
from reviews.models import Clearance, FeedbackComment, TextVersion
from tests import utils
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]


@pytest.fixture
def agreed(cast: Cast) -> Iterator[Cast]:
    """A review of which everything has been cleared that a State clears; the focal point is named throughout."""
    utils.take_cast_to("summary", cast)
    with acting_as(cast.focal_point):
        yield cast


def refused(statement: str, *values: object, words: str = "permission denied") -> None:
    """The database refuses a statement of the plain role."""
    with pytest.raises(ProgrammingError, match=words), transaction.atomic():
        run(statement, *values)


def run(statement: str, *values: object) -> int:
    """How many rows a statement of the plain role finds."""
    with plain_role(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_no_setting_makes_a_submission_be_rewritten(agreed: Cast) -> None:
    submission = ResponseSubmission.objects.get(response=agreed.response)
    run("SELECT set_config('pgtrigger.ignore', '{pgtrigger_frozen_11601,frozen,append_only,keeps}', true)")
    refused("UPDATE questionnaires_responsesubmission SET sha256 = 'other' WHERE id = %s", submission.pk)
    refused("SET session_replication_role = replica")


def test_the_owner_does_not_rewrite_a_submission_by_a_slip(agreed: Cast) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        ResponseSubmission.objects.update(sha256="other")
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic():
        Clearance.objects.all()._raw_delete("default")


def test_a_clearance_stays(agreed: Cast) -> None:
    assert Clearance.objects.exists()
    refused("DELETE FROM reviews_clearance")
    refused("UPDATE reviews_clearance SET version = 7")


def test_a_version_that_was_proposed_stays_as_it_is(agreed: Cast) -> None:
    version = TextVersion.objects.all()[0]
    refused("UPDATE reviews_textversion SET words = 0 WHERE id = %s", version.pk, words="Cannot update rows")
    refused("DELETE FROM reviews_textversion")


def test_feedback_that_was_sent_stays_as_it_is(agreed: Cast) -> None:
    comment = FeedbackComment.objects.filter(feedback__status="sent")[0]
    changed = "UPDATE reviews_feedbackcomment SET text = 'other' WHERE id = %s"
    with acting_as(comment.saved_by):
        refused(changed, comment.pk, words="written feedback that was sent is frozen")
    refused("DELETE FROM reviews_feedbackcomment")
