"""What a State opens of its answers is a copy for others, who read this row and not what was sent (docs/adr/0093)."""

from django.db import migrations, models
from django.db.models import Q

from core.database.columns import MAYBE, document, done, key, once
from core.database.guards import FOR_PAGES, refused, stays_as_written
from core.database.row_security import LOOKING, THE_SYSTEM, close
from reviews.columns import room_table
from reviews.walls import OWN_ROOM

_SHARE = "questionnaires_answersshare"
_AUDIENCES = [
    ("review_team", "The reviewing States of this review"), ("states_parties", "All States parties"),
    ("public", "Everybody"),
]  # fmt: skip
_READ = f"""{LOOKING} OR {THE_SYSTEM} OR ({OWN_ROOM}) OR (ended_at IS NULL AND (
    audience = 'public' OR audience = 'states_parties' AND acting_party_to(review_id)
))"""
_WRITTEN = (
    "submission_id", "version_id", "review_id", "room_id", "language", "number", "audience", "document", "sha256",
    "shared_by_id", "shared_at",
)  # fmt: skip
# Of a version that stands, in the room of the State that has sent it; what it objects to is not its own.
_NOT_SENT = """NOT EXISTS (
        SELECT FROM questionnaires_responsesubmission sent
        JOIN questionnaires_response response ON response.id = sent.response_id
        LEFT JOIN reviews_broughtpiece piece ON piece.id = sent.brought_piece_id
        WHERE sent.id = NEW.submission_id AND response.version_id = NEW.version_id
            AND (response.review_id, response.room_id) = (NEW.review_id, NEW.room_id)
            AND (piece.id IS NOT NULL OR NOT sent.number = ANY (response.recalled_numbers))
            AND COALESCE(piece.word, '') <> 'objected'
    )"""
_NOT_BY_ME = f"{FOR_PAGES} AND NEW.shared_by_id IS DISTINCT FROM acting_person()"
_FILE = "TG_OP = 'INSERT' AND NEW.pdf <> '' OR TG_OP = 'UPDATE' AND NEW.pdf <> OLD.pdf"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_parts_of_ministries"), ("observations", "0014_audiences")]

    operations = [
        room_table("AnswersShare", "shared answers", "shared answers", [
            ("submission", key("questionnaires.responsesubmission", "submission", "shares")),
            ("version", key("questionnaires.questionnaireversion", "version of the questionnaire")),
            ("audience", models.CharField("shared with", max_length=20, choices=_AUDIENCES)),
            ("number", models.PositiveIntegerField("number")),
            *document(),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("pdf", models.FileField("PDF", upload_to="answers/%Y/", blank=True, max_length=200)),
            *done({}, shared="shared"),
            ("ended_at", models.DateTimeField("ended at", **MAYBE)),
        ], [
            once("one_answers_share_an_audience", "review", "audience", condition=Q(ended_at=None)),
            once("one_answers_share_a_number", "review", "audience", "number"),
        ], ordering=["-shared_at"]),
        close(_SHARE, read=_READ, write=f"{THE_SYSTEM} OR acting_focal_point(review_id, room_id)"),
        stays_as_written(_SHARE, _WRITTEN, once=["ended_at"]),
        refused(
            _SHARE, "of_what_was_sent", on="INSERT", condition=_NOT_SENT, past_rooms=True,
            words="what is opened to others are answers that were sent",
        ),
        refused(
            _SHARE, "in_own_name", on="INSERT", condition=_NOT_BY_ME,
            words="the focal point opens answers in the own name",
        ),
        refused(
            _SHARE, "pdf_by_workers", on="INSERT OR UPDATE", condition=f"{FOR_PAGES} AND ({_FILE})",
            words="the files of shared answers are made by workers",
        ),
    ]  # fmt: skip
