"""Of what lies before all States, each State's words are changed by its focal point alone (docs/adr/0014, 0038).

A version is proposed, objected to and cancelled by focal points, and what somebody saves bears the own name.
"""

from django.db import migrations
from django.db.migrations.operations import AddConstraint
from django.db.models import Q

from core.database.columns import holds
from core.database.guards import FOR_PAGES, changed, guarded, refused, refused_on, stays_as_written
from core.database.reversible import made
from reviews.walls import ANY_OFFICER, OWN_WORDS, WRITES, not_said_by, written_by_drafters

_OBSERVATION, _PASSAGE = "reviews_observation", "reviews_summarypassage"
# Where its State reviews no longer, a focal point of another one does what that one would.
_REWORDS = """
CREATE FUNCTION acting_rewords(observation uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_observation piece JOIN reviews_agreedtext list ON list.id = piece.agreed_text_id
        WHERE piece.id = observation AND (
            piece.room_id IS NOT NULL
            OR acting_focal_point(piece.review_id, piece.state_party_id)
            OR piece.state_party_id IS NOT NULL AND acting_speaker(piece.review_id) AND NOT EXISTS (
                SELECT FROM reviews_reviewingstate row
                JOIN reviews_reviewingstate_instruments covered ON covered.reviewingstate_id = row.id
                WHERE row.review_id = piece.review_id AND row.state_party_id = piece.state_party_id
                    AND covered.instrument_id = list.instrument_id
            )
        )
    );
END $$;
"""
_SHOWN = "ARRAY['text_html', 'updated_at']"
_CHANGED = f"to_jsonb(NEW) - {_SHOWN} <> to_jsonb(OLD) - {_SHOWN}"
_BY_ITS_STATE = "an observation on the table changes by the focal point of its State"
_OF_ARTICLE = "COALESCE(NEW.observation_id, OLD.observation_id)"
_NOT_REWORDED = f"{FOR_PAGES} AND NOT acting_rewords({{observation}})"
_TABLED = Q(room=None, tabled_revision__isnull=False) | Q(room__isnull=False, tabled_revision=None)
_ITS_ROOM = "what is not sent lies in the room of the State that writes it"
_ELSEWHERE = {
    "observation": "NEW.room_id IS NOT NULL AND NEW.room_id IS DISTINCT FROM NEW.state_party_id",
    "passagedraft": "NEW.room_id IS DISTINCT FROM NEW.state_party_id",
}
_OF_OBSERVATION = "(SELECT row.review_id FROM reviews_observation row WHERE row.id = NEW.observation_id)"
_OF_TEXT = "(SELECT row.review_id FROM reviews_agreedtext row WHERE row.id = {row}.agreed_text_id)"
_SAID = {
    "observationrevision": not_said_by("saved_by_id", "saved_for_id", review=_OF_OBSERVATION, who=WRITES),
    "textversion": not_said_by("proposed_by_id", "proposed_for_id", review=_OF_TEXT.format(row="NEW")),
}
# Passages are drawn from the list in nobody's name.
_WRITES_PASSAGE = changed(("text", "revision", "saved_by_id", "saved_for_id", "agreed_text_id"))
_SAYS_PASSAGE = "(TG_OP = 'UPDATE' OR NEW.saved_by_id IS NOT NULL OR NEW.saved_for_id IS NOT NULL) AND {said}".format(
    said=not_said_by("saved_by_id", "saved_for_id", review=_OF_TEXT.format(row="NEW"))
)
_BECOMES = "what becomes of a text is said by a focal point"


def _no_speaker(review: str) -> str:
    return f"{FOR_PAGES} AND NOT (acting_speaker({review}) OR {ANY_OFFICER})"


class Migration(migrations.Migration):
    dependencies = [("observations", "0005_laid_by_focal_points"), ("reviews", "0005_in_their_own_names")]

    operations = [
        made(_REWORDS),
        AddConstraint("observation", holds("observation_tabled_lies_on_the_table", _TABLED)),
        *[
            refused_on(f"reviews_{table}", name="of_its_state", condition=elsewhere, words=_ITS_ROOM)
            for table, elsewhere in _ELSEWHERE.items()
        ],
        stays_as_written(_OBSERVATION, ("review_id", "agreed_text_id", "state_party_id")),
        stays_as_written("reviews_passagedraft", ("review_id", "passage_id", "state_party_id")),
        guarded(
            _OBSERVATION, "stays_on_table", on="UPDATE", when="OLD.room_id IS NULL AND NEW.room_id IS NOT NULL",
            words="what was laid on the table stays on the table",
        ),
        refused(
            _OBSERVATION, "by_its_state", on="UPDATE", when=f"OLD.room_id IS NULL AND {_CHANGED}",
            condition=_NOT_REWORDED.format(observation="OLD.id"), words=_BY_ITS_STATE,
        ),
        refused(
            f"{_OBSERVATION}_articles", "by_its_state", on="INSERT OR UPDATE OR DELETE", gives="COALESCE(NEW, OLD)",
            condition=_NOT_REWORDED.format(observation=_OF_ARTICLE), words=_BY_ITS_STATE,
        ),
        *[
            written_by_drafters(table)
            for table in (_OBSERVATION, "reviews_passagedraft", "observations_followup", "observations_followupentry")
        ],
        *[
            refused(f"reviews_{table}", "in_own_name", on="INSERT", condition=condition, words=OWN_WORDS)
            for table, condition in _SAID.items()
        ],
        refused(_PASSAGE, "in_own_name", on="INSERT", condition=_SAYS_PASSAGE, words=OWN_WORDS),
        guarded(
            _PASSAGE, "in_own_name_again", on="UPDATE", when=_WRITES_PASSAGE, function=f"{_PASSAGE}_in_own_name",
        ),
        refused(
            "reviews_textversion", "cancelled_by_one", on="UPDATE", when=changed(["cancelled_at"]), words=_BECOMES,
            condition=_no_speaker(_OF_TEXT.format(row="OLD")),
        ),
        refused(
            "reviews_agreedtext", "by_a_speaker", on="UPDATE", when=changed(("status", "agreed_at")), words=_BECOMES,
            condition=_no_speaker("OLD.review_id"),
        ),
    ]  # fmt: skip
