"""What States exchange is of the State in whose room it began, and is sent where it lies on the table (docs/adr/0014).

A row that was laid there by its focal point bore any State's name, moved to another review and back, or was marked as
sent where it lay. Of a request on the table one State says that it is answered, and the other that it is closed.
"""

from django.db import migrations
from django.db.migrations.operations import AddConstraint
from django.db.models import Q

from core.database.columns import holds
from core.database.guards import FOR_PAGES, changed, refused, refused_on, stays_as_written
from reviews.walls import SAID_BY_ANOTHER, SAYS_ALONE, written_by_drafters

_FEEDBACK, _REQUEST = "reviews_writtenfeedback", "reviews_clarificationrequest"
_ANSWER, _SUPPLEMENT = "reviews_clarificationanswer", "reviews_supplementaryinformation"
_REPLY = "dialogue_feedbackreply"
_SENT = Q(sent_at=None, room__isnull=False) | Q(sent_at__isnull=False, room=None)
_FEEDBACK_SENT = Q(status="draft", sent_at=None) | Q(status="sent", sent_at__isnull=False)
_ASKED = Q(status="draft", asked_at=None, room__isnull=False) | ~Q(status="draft") & Q(
    asked_at__isnull=False, room=None
)
_LIES = {
    "writtenfeedback": ("feedback_sent_lies_on_the_table", _SENT & _FEEDBACK_SENT),
    "clarificationrequest": ("request_sent_lies_on_the_table", _ASKED),
    "clarificationanswer": ("answer_sent_lies_on_the_table", _SENT),
    "supplementaryinformation": ("supplement_sent_lies_on_the_table", _SENT),
}
_UNDER_REVIEW = "(SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id)"
_ITS_ROOM = "what is not sent lies in the room of the State that writes it"
# The State that has left since may have a draft there; nobody begins one for a State that does not review.
_NOT_REVIEWING = """NOT EXISTS (
    SELECT FROM reviews_reviewingstate row WHERE row.review_id = NEW.review_id AND row.state_party_id = NEW.state_party_id
)"""
_OF_REQUEST = """NOT EXISTS (
    SELECT FROM reviews_clarificationrequest row WHERE row.id = NEW.request_id AND row.review_id = NEW.review_id
)"""
_OF = {
    **dict.fromkeys((_FEEDBACK, _REQUEST), "NEW.room_id IS NOT NULL AND NEW.room_id <> NEW.state_party_id"),
    _ANSWER: f"NEW.room_id IS NOT NULL AND NEW.room_id <> {_UNDER_REVIEW} OR {_OF_REQUEST}",
    _SUPPLEMENT: f"NEW.room_id IS NOT NULL AND NEW.room_id <> {_UNDER_REVIEW}",
}
_KEPT = {
    **dict.fromkeys((_FEEDBACK, _REQUEST), ("review_id", "state_party_id")),
    _ANSWER: ("review_id", "request_id"), _SUPPLEMENT: ("review_id",),
}  # fmt: skip
_NOT_WRITTEN = f"""{FOR_PAGES} AND NOT EXISTS (
    SELECT FROM {_FEEDBACK} row WHERE row.id = NEW.feedback_id AND acting_drafter(row.review_id, row.state_party_id)
)"""
_TURNS = f"OLD.asked_at IS NOT NULL AND ({changed(('status', 'closed_at'))})"
_NOT_TURNED = f"""{FOR_PAGES} AND NOT (
    OLD.status = 'asked' AND NEW.status = 'answered' AND NEW.closed_at IS NULL
        AND acting_focal_point(OLD.review_id, {_UNDER_REVIEW})
    OR OLD.status <> 'closed' AND NEW.status = 'closed' AND acting_focal_point(OLD.review_id, OLD.state_party_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0004_laid_by_focal_points"), ("reviews", "0005_in_their_own_names")]

    operations = [
        *[AddConstraint(model, holds(name, lies)) for model, (name, lies) in _LIES.items()],
        *[refused_on(table, name="of_its_state", condition=elsewhere, words=_ITS_ROOM) for table, elsewhere in _OF.items()],
        *[
            refused(
                table, "of_a_reviewer", on="INSERT", condition=_NOT_REVIEWING, past_rooms=True,
                words="no State but one that reviews writes this",
            )
            for table in (_FEEDBACK, _REQUEST)
        ],
        *[stays_as_written(table, columns) for table, columns in _KEPT.items()],
        *[written_by_drafters(table) for table in (_REQUEST, _ANSWER, _SUPPLEMENT, _REPLY, "dialogue_deskslip")],
        refused(
            "reviews_feedbackcomment", "written_by_drafters", on="INSERT OR UPDATE", condition=_NOT_WRITTEN,
            words="feedback is written by focal point and experts of its State",
        ),
        refused(
            _REQUEST, "turned_by_its_states", on="UPDATE", when=_TURNS, condition=_NOT_TURNED,
            words="a request is answered by the State under review, and closed by the State that asked",
        ),
        refused("dialogue_feedbackreading", "in_own_name", on="INSERT", condition=SAID_BY_ANOTHER, words=SAYS_ALONE),
    ]  # fmt: skip
