"""Answers are sent, and recalled, by the focal point of their State alone (docs/adr/0014, 0022, 0060, 0062)."""

from django.db import migrations

from core.database.guards import FOR_PAGES, refused
from reviews.walls import OWN_WORDS, SAID_BY_ANOTHER, SAYS_ALONE, written_by_drafters

_RESPONSE = "questionnaires_response"
_NOT_SENT = f"""{FOR_PAGES} AND NOT (
    NEW.cleared_by_id IS NOT DISTINCT FROM acting_person() AND NEW.brought_piece_id IS NULL AND EXISTS (
        SELECT FROM {_RESPONSE} row
        WHERE row.id = NEW.response_id AND row.review_id = NEW.review_id
            AND acting_focal_point(row.review_id, row.room_id)
    )
)"""
# Of another State is noted that it has opened them, which another wall holds; experts lay them before the focal point.
_OPENING = "ARRAY['opened_at', 'opened_by_id', 'opened_sent_at', 'updated_at']"
_ALL_BUT_STATUS = "ARRAY['status', 'opened_at', 'opened_by_id', 'opened_sent_at', 'updated_at']"
_NOT_SAID = f"""{FOR_PAGES} AND NOT acting_focal_point(OLD.review_id, OLD.room_id) AND NOT (
    OLD.status = 'open' AND NEW.status = 'in_clearance' AND acting_drafter(OLD.review_id, OLD.room_id)
    AND to_jsonb(NEW) - {_ALL_BUT_STATUS} = to_jsonb(OLD) - {_ALL_BUT_STATUS}
)"""
# Sections go to ministries, with the official answers or without them, and come back, by the focal point as well.
_WORDS = "ARRAY['said', 'said_at', 'word', 'checked_by_id', 'updated_at']"
_NOT_ASSIGNED = f"""{FOR_PAGES} AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - {_WORDS} <> to_jsonb(OLD) - {_WORDS})
    AND EXISTS (
        SELECT FROM {_RESPONSE} row
        WHERE row.id IN (OLD.response_id, NEW.response_id) AND NOT acting_focal_point(row.review_id, row.room_id)
    )"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_walls"), ("reviews", "0005_in_their_own_names")]

    operations = [
        written_by_drafters("questionnaires_answer"),
        refused(
            "questionnaires_responsesubmission", "sent_by_focal_point", on="INSERT", condition=_NOT_SENT,
            words=OWN_WORDS,
        ),
        refused(
            _RESPONSE, "said_by_focal_point", on="UPDATE", condition=_NOT_SAID,
            when=f"to_jsonb(NEW) - {_OPENING} <> to_jsonb(OLD) - {_OPENING}",
            words="what becomes of the answers is said by the focal point of their State",
        ),
        refused(
            _RESPONSE, "begins_unsent", on="INSERT", when="NEW.sent_at IS NOT NULL OR NEW.status <> 'open'",
            condition=FOR_PAGES, words="answers begin as a draft",
        ),
        refused(
            "questionnaires_sectionassignment", "sent_by_focal_point", on="INSERT OR UPDATE OR DELETE",
            condition=_NOT_ASSIGNED, words="sections are sent to ministries by the focal point",
            gives="COALESCE(NEW, OLD)",
        ),
        refused(
            "questionnaires_secondreading", "in_own_name", on="INSERT", condition=SAID_BY_ANOTHER, words=SAYS_ALONE
        ),
    ]  # fmt: skip
