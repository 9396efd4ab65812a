"""The second wall around observations and texts (docs/adr/0014).

What States have agreed on stays, and is so by the word of all, or was brought in, where each is asked for its word on
it (0050); what is public is so by the word of one (0022). What a State records about it lies in its room, and what it
shares is a copy for others (0071).
"""

from django.db import migrations

from core.database.guards import (
    FOR_PAGES, also_keeps, append_only, frozen_by, keeps, kept_from_pages, refused, refused_on, stays_as_written,
    stays_once_set,
)  # fmt: skip
from core.database.reversible import made
from core.database.row_security import LOOKING, THE_SYSTEM, also_readable, close, protect_each, protect_parts
from reviews.walls import AT_TABLE, BY_A_WORKER, MARKED, MINE, OWN_ROOM, READ, WRITE

_TEXT, _PUBLICATION = "reviews_agreedtext", "reviews_publication"
_OF_DRAFTER = "(review_id, state_party_id) IN (SELECT * FROM acting_places('write'))"
# What was written before the observation was laid on the table stays with the State that drafted it.
_REVISION = f"({READ}) AND ({_OF_DRAFTER} OR number >= COALESCE(parent.tabled_revision, parent.revision))"
_PROTECTED = {
    **dict.fromkeys(("agreedtext", "observation", "passagedraft"), (READ, WRITE)), "versionreading": (MINE, MINE),
}  # fmt: skip
_PARTS = {
    "observation_articles": ("observation", "observation_id", READ, WRITE),
    "observationrevision": ("observation", "observation_id", _REVISION, WRITE),
    "summarypassage": ("agreedtext", "agreed_text_id", READ, WRITE),
    "textversion": ("agreedtext", "agreed_text_id", READ, WRITE),
    # Their parents are parts themselves, and answer for them.
    "summarypassage_articles": ("summarypassage", "summarypassage_id", "true", "true"),
    "summarypassage_observations": ("summarypassage", "summarypassage_id", "true", "true"),
    "objection": ("textversion", "version_id", "true", "true"),
}
_PUBLIC = f"EXISTS (SELECT FROM {_PUBLICATION} WHERE {{column}} = {{table}}.id AND ended_at IS NULL)"
_PUBLISHES = """
CREATE FUNCTION acting_publishes(text uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_agreedtext piece
        JOIN reviews_review review ON review.id = piece.review_id
        JOIN reviews_participation part
            ON part.review_id = review.id AND part.state_party_id = review.state_under_review_id
        WHERE piece.id = text AND part.user_id = acting_person() AND part.ended_at IS NULL
            AND part.role = 'focal_point'
    );
END $$;
"""
# Who drafts is not told that somebody else reads it: a common room begins over no draft.
_UNSENT = """EXISTS (
        SELECT FROM reviews_feedbackcomment piece
        JOIN reviews_writtenfeedback feedback ON feedback.id = piece.feedback_id
        WHERE feedback.review_id = NEW.id AND feedback.status = 'draft' AND piece.text <> ''
    ) OR EXISTS (SELECT FROM reviews_clarificationrequest WHERE review_id = NEW.id AND status = 'draft')
    OR EXISTS (
        SELECT FROM reviews_observation WHERE review_id = NEW.id AND withdrawn_at IS NULL AND room_id IS NOT NULL
    ) OR EXISTS (SELECT FROM reviews_passagedraft WHERE review_id = NEW.id)"""
# How a text is shown is made anew where the key of the seal has changed (core.language.rendering).
_SHOWN = "ARRAY['text_html', 'updated_at']"
_CHANGED = f"to_jsonb(NEW) - {_SHOWN} IS DISTINCT FROM to_jsonb(OLD) - {_SHOWN}"
_AGREED = f"EXISTS (SELECT FROM {_TEXT} WHERE status = 'agreed' AND id IN ({{texts}}))"
_OF_TEXT = _AGREED.format(texts="OLD.agreed_text_id, NEW.agreed_text_id")
# What lies in a room is no part of the list: it may still be changed and thrown away there.
_TABLED = "(OLD.tabled_revision IS NOT NULL OR NEW.tabled_revision IS NOT NULL)"
_OF_OBSERVATION = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_observation"
    " WHERE tabled_revision IS NOT NULL AND id IN (OLD.observation_id, NEW.observation_id)"
)
_OF_PASSAGE = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_summarypassage WHERE id IN (OLD.summarypassage_id, NEW.summarypassage_id)"
)
_FROZEN = {
    "observation": f"{_TABLED} AND {_CHANGED} AND {_OF_TEXT}",
    "observation_articles": _OF_OBSERVATION,
    "summarypassage": f"{_CHANGED} AND {_OF_TEXT}",
    "summarypassage_articles": _OF_PASSAGE,
    "summarypassage_observations": _OF_PASSAGE,
}
_OBJECTS = "a State objects to this text, which was brought in"
_WORDS = "a text on which the States have agreed is frozen"
# Each State that covers the text has cleared the version that stands; or that was brought in.
_NOT_CLEARED = """EXISTS (
        SELECT FROM (
            SELECT state_under_review_id AS state FROM reviews_review WHERE id = NEW.review_id
            UNION
            SELECT row.state_party_id FROM reviews_reviewingstate row
            JOIN reviews_reviewingstate_instruments covered ON covered.reviewingstate_id = row.id
            WHERE row.review_id = NEW.review_id AND covered.instrument_id = NEW.instrument_id
        ) needed
        WHERE NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_clearance clearance ON clearance.document_id = NEW.id
                AND clearance.version = version.number AND clearance.sha256 = version.sha256
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND clearance.state_party_id = needed.state
        ) AND NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_broughtpiece mark ON mark.id = version.brought_piece_id
            JOIN reviews_broughtpiece piece ON piece.file_id = mark.file_id
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND piece.state_party_id = needed.state
        )
    )"""
_OBJECTED = """EXISTS (
        SELECT FROM reviews_textversion version
        JOIN reviews_broughtpiece mark ON mark.id = version.brought_piece_id
        JOIN reviews_broughtpiece piece ON piece.file_id = mark.file_id
        WHERE version.agreed_text_id = {text} AND version.cancelled_at IS NULL AND piece.word = 'objected'
    )"""
# What was brought in gives way to what is brought in after a State has objected, and to nothing else.
_STAYS = f"""TG_OP = 'DELETE' OR NEW.status <> 'drafting' OR NOT {_OBJECTED.format(text="OLD.id")}
        OR EXISTS (SELECT FROM {_PUBLICATION} WHERE agreed_text_id = OLD.id AND ended_at IS NULL)
   """
_NOT_AGREED = """NOT EXISTS (
        SELECT FROM reviews_textversion version JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
        WHERE version.id = NEW.version_id AND piece.id = NEW.agreed_text_id AND version.cancelled_at IS NULL
            AND piece.status = 'agreed'
    )"""
_NOT_BY_ME = f"{FOR_PAGES} AND NEW.published_by_id IS DISTINCT FROM acting_person()"
_SPEAKS = "who speaks for its State makes an agreed version public"
_FILES = """
    TG_OP = 'INSERT' AND (NEW.pdf <> '' OR NEW.docx <> '')
    OR TG_OP = 'UPDATE' AND (NEW.pdf <> OLD.pdf OR NEW.docx <> OLD.docx)
"""
_PUBLISHED = ("agreed_text_id", "version_id", "names_experts", "published_by_id", "published_at")
_VERSION = ("agreed_text_id", "number", "document", "sha256", "words", "proposed_by_id", "proposed_for_id")
_OF_PAGES = {
    **dict.fromkeys(("textversion", "observation"), ("INSERT OR UPDATE", MARKED, BY_A_WORKER)),
    "agreedtext": ("UPDATE", "OLD.status = 'agreed'", BY_A_WORKER),
    "publication": ("INSERT OR UPDATE", _FILES, "the files of a publication are made by workers"),
}
_SHARE = "observations_followupshare"
# Whoever took part in a review stays affiliated, also a contributor and one who has left: a mission alone counts.
_FOR_A_STATE = """
CREATE FUNCTION acting_for_a_state() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM reviews_participation
        WHERE user_id = acting_person() AND ended_at IS NULL AND role <> 'national_contributor'
    ) OR EXISTS (
        SELECT FROM accounts_affiliation WHERE user_id = acting_person() AND ends_on IS NULL AND is_permanent_mission
    )
$$;
"""
_READ_SHARES = f"""{LOOKING} OR {THE_SYSTEM} OR ({OWN_ROOM}) OR (ended_at IS NULL AND (
    audience = 'public'
    OR audience = 'states_parties' AND acting_for_a_state()
    OR {AT_TABLE}
))"""
# Beyond the review goes nothing of a list that was brought in while a State objects to it.
_ITS_LIST = """(
        SELECT item.agreed_text_id FROM observations_followup row
        JOIN reviews_observation item ON item.id = row.observation_id WHERE row.id = NEW.follow_up_id
    )"""
_SHARED = "follow_up_id review_id room_id number audience document shared_by_id shared_at".split()
# An item is an observation that States have agreed on, in the room of the State under review.
_NO_ITEM = """NOT EXISTS (
    SELECT FROM reviews_observation item
    JOIN reviews_agreedtext list ON list.id = item.agreed_text_id
    JOIN reviews_review review ON review.id = list.review_id
    WHERE item.id = NEW.observation_id AND item.room_id IS NULL AND item.withdrawn_at IS NULL
        AND list.kind = 'list_of_observations' AND list.status = 'agreed'
        AND review.id = NEW.review_id AND review.state_under_review_id = NEW.room_id
)"""
_NOT_ITS = """NOT EXISTS (SELECT FROM observations_followup row
    WHERE (row.id, row.review_id, row.room_id) = (NEW.follow_up_id, NEW.review_id, NEW.room_id))"""
_FOLLOWED = "what is followed up is an observation of an agreed list"


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial"), ("reviews", "0003_walls"), ("dialogue", "0002_walls")]

    operations = [
        *[made(function) for function in (_PUBLISHES, _FOR_A_STATE)],
        *protect_each("reviews", _PROTECTED),
        *protect_parts("reviews", _PARTS),
        also_readable(_TEXT, "published", _PUBLIC.format(column="agreed_text_id", table=_TEXT)),
        also_readable(
            "reviews_textversion", "published", _PUBLIC.format(column="version_id", table="reviews_textversion"),
        ),
        close(_PUBLICATION, read="true", write=f"acting_publishes(agreed_text_id) OR {THE_SYSTEM}"),
        refused(
            "reviews_review", "common_room_begins", on="UPDATE",
            when="NEW.reviewers_share_room AND NOT OLD.reviewers_share_room", condition=_UNSENT, past_rooms=True,
            words="something unsent lies in a room that would be opened", function="reviews_common_room_begins",
        ),
        *[append_only(f"reviews_{table}") for table in ("objection", "observationrevision")],
        keeps("reviews_textversion", _VERSION),
        also_keeps("reviews_textversion", ["brought_piece_id"]),
        stays_once_set("reviews_textversion", "cancelled_at"),
        *[frozen_by(f"reviews_{table}", condition=condition, words=_WORDS) for table, condition in _FROZEN.items()],
        refused(
            _TEXT, "agreed", on="INSERT OR UPDATE", when="NEW.status = 'agreed'", past_rooms=True,
            condition=_NOT_CLEARED, words="not every State has cleared the version that stands",
            function="reviews_agreed_by_all",
        ),
        refused(
            _TEXT, "frozen", on="UPDATE OR DELETE", when="OLD.status = 'agreed'", condition=_STAYS, past_rooms=True,
            words=f"reviews_agreedtext: {_WORDS}",
        ),
        refused(_PUBLICATION, "agreed", on="INSERT", condition=_NOT_AGREED, words=_SPEAKS, past_rooms=True),
        refused(
            _PUBLICATION, "published_by", on="INSERT", condition=_NOT_BY_ME, words=_SPEAKS,
            function="reviews_publication_by",
        ),
        refused(
            _PUBLICATION, "objected", on="INSERT", condition=_OBJECTED.format(text="NEW.agreed_text_id"),
            words=_OBJECTS, past_rooms=True,
        ),
        *[
            kept_from_pages(f"reviews_{table}", operations=operations, condition=condition, words=words)
            for table, (operations, condition, words) in _OF_PAGES.items()
        ],
        stays_as_written(_PUBLICATION, _PUBLISHED, once=["ended_at"]),
        # A contributor has no room to write in, and a reviewing State's people have another.
        *protect_each("observations", dict.fromkeys(("followup", "followupentry"), (OWN_ROOM, OWN_ROOM))),
        close(_SHARE, read=_READ_SHARES, write=f"{THE_SYSTEM} OR acting_focal_point(review_id, room_id)"),
        stays_as_written("observations_followup", ("observation_id", "review_id", "room_id")),
        append_only("observations_followupentry"),
        stays_as_written(_SHARE, _SHARED, once=["ended_at"]),
        refused_on("observations_followup", name="of_what_was_agreed", condition=_NO_ITEM, words=_FOLLOWED),
        refused_on("observations_followupentry", name="of_its_item", condition=_NOT_ITS, words=_FOLLOWED),
        refused_on(_SHARE, name="of_its_item", condition=_NOT_ITS, words=_FOLLOWED),
        refused(
            _SHARE, "objected", on="INSERT", when="NEW.audience <> 'review_team'",
            condition=_OBJECTED.format(text=_ITS_LIST), words=_OBJECTS, past_rooms=True,
        ),
    ]  # fmt: skip
