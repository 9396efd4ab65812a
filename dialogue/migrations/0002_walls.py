"""The second wall around the exchange (docs/adr/0014); what was sent stays, whatever the statement (docs/adr/0022).

Row security lets each State of a review write what lies in no room: so the words of a request, an answer and a source
are kept besides.
"""

from django.db import migrations

from core.database.guards import (
    also_keeps, frozen, frozen_by, guarded, keeps_once, kept_from_pages, refused_on, stays_as_written,
)  # fmt: skip
from core.database.row_security import LOOKING, ME, THE_SYSTEM, close, protect, protect_each, protect_part
from reviews.walls import BY_A_WORKER, MARKED, MINE, OWN_ROOM, READ, WRITE

_FEEDBACK = "reviews_writtenfeedback"
_PLACED = ("clarificationrequest", "clarificationanswer", "supplementaryinformation")
_OF_SENT = f"EXISTS (SELECT FROM {_FEEDBACK} WHERE status = 'sent' AND id IN (OLD.feedback_id, NEW.feedback_id))"
# What was brought in gives way to what is brought in after the State has objected, and to nothing else.
_FROZEN = "OLD.status = 'sent' AND NOT COALESCE(OLD.brought_piece_id <> NEW.brought_piece_id, false)"
# Asked is what has a time of it, which stays, whatever is made of the status; how its text is shown is made anew where
# the key of the seal has changed (core.language.rendering).
_ASKED = (
    "review_id", "room_id", "language", "state_party_id", "instrument_id", "question_code", "text", "revision",
    "written_by_id", "asked_at", "created_at", "law", "follows_id", "due_on",
)  # fmt: skip
# A request goes on from an answer to its own State, on the same matter.
_ELSEWHERE = """NEW.follows_id IS NOT NULL AND NOT EXISTS (SELECT FROM reviews_clarificationrequest row
    WHERE row.id = NEW.follows_id AND row.status IN ('answered', 'closed')
    AND (row.review_id, row.state_party_id, row.subject, row.question_code, row.law)
    = (NEW.review_id, NEW.state_party_id, NEW.subject, NEW.question_code, NEW.law))"""
_SENT, _OTHER = "written feedback that was sent is frozen", "a request goes on from an answer to itself alone"
# Who reads the slip reads who has read; the policies of the outer table are asked as well.
_OF_SLIP = "EXISTS (SELECT FROM dialogue_deskslip slip WHERE slip.id = slip_id)"
_OWN_READING = f"{THE_SYSTEM} OR (user_id = {ME} AND {_OF_SLIP})"
_OF_PLACE = ("review_id", "room_id", "instrument_id", "question_code", "article_id")


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial"), ("reviews", "0003_walls")]

    operations = [
        protect(_FEEDBACK, read=READ, write=WRITE, opens=True),
        *protect_each("reviews", dict.fromkeys(_PLACED, (READ, WRITE))),
        protect_part("reviews_feedbackcomment", parent=_FEEDBACK, key="feedback_id", read=READ, write=WRITE),
        guarded(_FEEDBACK, "frozen", on="UPDATE", when=_FROZEN),
        guarded(_FEEDBACK, "stays", on="DELETE", when="OLD.status = 'sent'"),
        kept_from_pages(_FEEDBACK, condition=MARKED, words=BY_A_WORKER),
        frozen_by("reviews_feedbackcomment", condition=_OF_SENT, words=_SENT),
        keeps_once("reviews_clarificationrequest", _ASKED, when="OLD.asked_at IS NOT NULL"),
        also_keeps("reviews_clarificationrequest", ["subject"]),
        refused_on("reviews_clarificationrequest", name="of_its_thread", condition=_ELSEWHERE, words=_OTHER),
        *[frozen(f"reviews_{table}", when="OLD.sent_at IS NOT NULL") for table in _PLACED[1:]],
        # What a reviewing State keeps for itself at the places of the desk, and who has been there (docs/adr/0070).
        *protect_each("dialogue", {"deskslip": (OWN_ROOM, OWN_ROOM), "deskvisit": (MINE, MINE)}),
        close("dialogue_slipreading", read=f"{LOOKING} OR {_OF_SLIP}", write=_OWN_READING),
        stays_as_written("dialogue_deskslip", _OF_PLACE),
        stays_as_written("dialogue_slipreading", ("slip_id", "user_id")),
    ]
