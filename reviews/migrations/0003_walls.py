"""The second wall: the database answers with what the acting person may read, whatever the query (docs/adr/0014).

What was said, approved, opened and begun stays, whatever the statement (0022). And nothing that a page might write
lets it come by a room, a right or a link (0021). Which States review, and what they cover, is drawn or opened with the
review. Each State opens its room itself. A link comes to the mailbox of its own person, and to no address that somebody
named in a statement: the secret in a link is made when the mail leaves, so a row was enough to have that of another.
"""

from django.db import migrations

from core.database.guards import (
    SERVES_PAGES, WITHOUT_KEYS, also_keeps, append_only, changed, frozen, frozen_by, guarded, keeps, keeps_once,
    kept_from_pages, never_changed, refused, stays_as_once_set, stays_as_written,
)  # fmt: skip
from core.database.reversible import made
from core.database.row_security import (
    AT_THE_DOOR, GIVING_KEYS, LOOKING, ME, PERSON, SOMEBODY, THE_SYSTEM, close, protect_each, protect_parts,
)  # fmt: skip
from reviews.walls import BY_A_WORKER, EVERY_SECRETARIAT_ROLE, OF_STATE, OFFICER, READ, SEES_REVIEW, TAKES_PART, WRITE

# The State's people, whoever the request is about, and officers; auditors read the record and no request.
_ASKED_FOR = f"""(
    state_party_id IN (SELECT acting_states())
    OR state_party_id IN (
        SELECT part.state_party_id FROM reviews_participation part
        WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL
    )
    OR person_id = (SELECT acting_person())
    OR {OFFICER}
)"""
_PROTECTED = {
    "consultationproposal": (SEES_REVIEW, SEES_REVIEW),
    "partialteam": (SEES_REVIEW, OFFICER),  # the reason is for those who see the review; officers write it
    "timechange": (SEES_REVIEW, SEES_REVIEW),
    "dialoguemeeting": (READ, WRITE),
    "plannedmeeting": (READ, WRITE),
    "noteverbale": (OF_STATE, OF_STATE),
    "accessrequest": (_ASKED_FOR, _ASKED_FOR),
}
_PARTS = {
    "consultationconfirmation": ("consultationproposal", "proposal_id", SEES_REVIEW, SEES_REVIEW),
    "silencenotice": ("consultationproposal", "proposal_id", SEES_REVIEW, "false"),  # days are told by a task alone
    "timechangeanswer": ("timechange", "change_id", SEES_REVIEW, SEES_REVIEW),
    "dialoguemeeting_participants": ("dialoguemeeting", "dialoguemeeting_id", READ, WRITE),
    "meetinganswer": ("plannedmeeting", "meeting_id", READ, WRITE),
    "nomination": ("noteverbale", "note_id", OF_STATE, OF_STATE),
}
_TAKES_PART = f"{TAKES_PART} OR {OFFICER} OR {THE_SYSTEM}"
_TAKES_STEP = f"(actor_id IS NULL OR actor_id = {ME}) AND ({_TAKES_PART})"
_SPEAKS = "acting_speaks_for(state_party_id)"
_CLEARS = "acting_focal_point(review_id, state_party_id)"
_BY_OFFICERS = f"{OFFICER} OR {THE_SYSTEM}"
# One that an officer decides does not come into a review by that: a worker does it.
_OF_OFFICER = f"({OFFICER} AND status <> 'brought_in' AND (decided_by_id IS NULL OR decided_by_id = {ME}))"
# Who takes part in a private consultation holds the row while he or she writes; what becomes of it is the opener's, or
# of the officer invited. A message is of the side for which who acts takes part, and comes while it is open.
_CONCERN = f"id IN (SELECT concern FROM acting_concerns()) OR {THE_SYSTEM}"
_IN_CONCERN = f"concern_id IN (SELECT concern FROM acting_concerns()) OR {THE_SYSTEM}"
_OWN_SIDE = f"(concern_id, state_party_id) IN (SELECT concern, side FROM acting_concerns()) OR {THE_SYSTEM}"
_SAYS = f"""
    written_by_id = {ME} AND EXISTS (
        SELECT FROM acting_concerns() own
        WHERE own.concern = concern_id AND own.side IS NOT DISTINCT FROM state_party_id AND own.is_open
    ) OR {THE_SYSTEM}
"""
_APPEND_ONLY = (
    "clearance", "consultationproposal", "consultationconfirmation", "dialoguemeeting", "dialoguemeeting_participants",
    "partialteam", "silencenotice", "timechangeanswer",
)  # fmt: skip
_PLAN = "a published version of the step plan is frozen"
# Who published it goes with the account, when somebody's account is deleted.
_PUBLISHED_PLAN = """OLD.published_at IS NOT NULL AND (
    TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['published_by_id', 'updated_at']
        <> to_jsonb(OLD) - ARRAY['published_by_id', 'updated_at']
)"""
_OF_PUBLISHED_PLAN = """EXISTS (
    SELECT FROM reviews_stepplanversion WHERE published_at IS NOT NULL AND id IN (OLD.version_id, NEW.version_id)
)"""
_NOTE = "mechanism_id state_party_id number dated_on scan scan_name sha256 recorded_by_id".split()
_OF_NOTE = """EXISTS (
    SELECT FROM reviews_noteverbale WHERE status IN ('waiting', 'approved') AND id IN (OLD.note_id, NEW.note_id)
) AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - ARRAY['participation_id', 'updated_at']
    IS DISTINCT FROM to_jsonb(OLD) - ARRAY['participation_id', 'updated_at'])"""
_NAMED = "whom an approved note verbale names stays"
# Of a review that was opened: ``party_to`` is written last.
_OPENED = "EXISTS (SELECT FROM reviews_review WHERE party_to <> '{{}}' AND id IN ({reviews}))"
_OF_OPENED = "mechanism_id phase_id state_under_review_id code starts_on party_to".split()
# A review that never began may be taken back, with its parts.
_BEGUN = "EXISTS (SELECT FROM reviews_stepchange WHERE from_step_id IS NOT NULL AND review_id = OLD.review_id)"
_OF_REVIEW = (
    f"(TG_OP = 'DELETE' AND {_BEGUN} OR TG_OP <> 'DELETE' AND {_OPENED.format(reviews='OLD.review_id, NEW.review_id')})"
)
_OPENED_WORDS = "what is reviewed stays as the review was opened"
_ASKED = "kind about state_party_id mechanism_id person_id participation_id wanted number sha256 prepared_by_id".split()
# A note verbale that is discarded leaves its request behind.
_REQUEST = f"""{changed(_ASKED)}
    OR ({changed(["note_id"])} AND NEW.note_id IS NOT NULL)
    OR (OLD.approved_by_id IS NOT NULL AND {changed(["approved_by_id"])})"""
# One that was taken over is discarded by its State too, which sees nothing of what was received: the database itself
# empties the column, past row-level security.
_NOTE_GOES = """
ALTER TABLE reviews_receivednomination ADD CONSTRAINT the_note_may_go FOREIGN KEY (note_id)
    REFERENCES reviews_noteverbale (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""
_CONSENT = ("mechanism_id", "state_party_id", "given_by_id", "given_at")
_LETTER = "mechanism_id state_party_id kind office address language written_by_id listed_by_id created_at".split()
_RECEIVED = "mechanism_id state_party_id link_id number dated_on scan scan_name sha256 people digest created_at".split()
_FILE = "mechanism_id kind review_id file_name sha256 content brought_by_id created_at".split()
_PIECE = "review_id kind file_id sha256 brought_by_id checked_by_id state_party_id created_at".split()
_KEPT = {"nominationletter": _LETTER, "receivednomination": _RECEIVED, "broughtfile": _FILE, "broughtpiece": _PIECE}
_MARKED = "NEW.is_brought_in IS DISTINCT FROM COALESCE(OLD.is_brought_in, false)"
_QUIET = "NEW.quiet_through IS DISTINCT FROM OLD.quiet_through"
_WRITTEN = "INSERT OR UPDATE"
_KEPT_BACK = "a worker alone keeps reminders back"
_CONCERNED = ("review_id", "state_party_id", "officer_id", "created_at")
_FIRST_WORD = "EXISTS (SELECT FROM reviews_concernmessage WHERE concern_id = NEW.concern_id)"
_SETTLED = "who takes part in a private consultation is settled when it is opened"
_TEAM = "reviews_reviewingstate"
_MINE = """EXISTS (
    SELECT FROM reviews_participation part
    WHERE part.review_id = NEW.review_id AND part.state_party_id = NEW.state_party_id AND part.ended_at IS NULL
        AND part.role = 'focal_point' AND part.user_id = acting_person()
)"""
_ITSELF = "a State opens its room itself"
_CLOSED = "EXISTS (SELECT FROM reviews_reviewingstate WHERE review_id = NEW.id AND opens_room_at IS NULL)"
# A review has begun to be one with its first change of step, which is written when all else of it is.
_CHANGED_STEP = "EXISTS (SELECT FROM reviews_stepchange WHERE review_id = NEW.review_id)"
_COVERED = """EXISTS (
        SELECT FROM reviews_reviewingstate row JOIN reviews_stepchange change ON change.review_id = row.review_id
        WHERE row.id = NEW.reviewingstate_id
    )"""
_ANOTHER = "OLD.review_id <> NEW.review_id OR OLD.state_party_id <> NEW.state_party_id OR OLD.basis <> NEW.basis"
# Parts of a review go with it, at the end of the transaction.
_GOES_WITH = f"""
CREATE FUNCTION reviews_goes_with_{{whole}}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND EXISTS (SELECT FROM {{table}} WHERE id = OLD.{{key}}) THEN
        RAISE EXCEPTION '% goes with its review alone', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
"""
_GOES = """
CREATE CONSTRAINT TRIGGER goes_with_it AFTER DELETE ON reviews_{part} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION reviews_goes_with_{whole}();
"""
_WHOLES = {"review": ("reviews_review", "review_id"), "team": ("reviews_reviewingstate", "reviewingstate_id")}
_GOING = {
    "review": ("reviewingstate", "review_instruments", "reviewarticle", "stepchange"),
    "team": ("reviewingstate_instruments",),
}
# An address that is no account's any more, or soon will be none, is told of just that; and an office without an account
# has letters, which workers alone owe.
_ELSEWHERE = """
ALTER TABLE core_notification ADD CONSTRAINT core_notification_elsewhere CHECK (
    other_address = '' OR template = 'accounts/changed' OR template = 'reviews/access_stop'
    OR template = 'reviews/nomination_letter'
);
"""
# At the one door to a room a page invites people; see also ``accounts.invitations.services.invitations``.
_MAILS = f"""
CREATE FUNCTION reviews_mail_added() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT ({WITHOUT_KEYS}) THEN
        RETURN NEW;
    END IF;
    IF NEW.template = 'reviews/access_stop' THEN
        IF NOT acting_secretariat('{{officer,administrator}}') OR NOT EXISTS (
            SELECT FROM reviews_accessrequest request JOIN accounts_user person ON person.id = request.person_id
            WHERE request.id::text = NEW.context ->> 'request' AND request.kind = 'address'
                AND person.id = NEW.recipient_id AND person.email = NEW.other_address
        ) THEN
            RAISE EXCEPTION 'the mail that stops a change of address goes to the address that is changed';
        END IF;
    ELSIF NEW.other_address <> '' THEN
        RAISE EXCEPTION 'a page sends no mail to another address than that of the account';
    ELSIF NEW.recipient_id IS DISTINCT FROM acting_person() THEN
        RAISE EXCEPTION 'a mail with a link goes to its own person, or is sent at the door of access';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_pages BEFORE INSERT ON core_notification FOR EACH ROW WHEN (
    NEW.other_address <> '' OR NEW.template = 'reviews/access_stop' OR NEW.template = 'accounts/invitation'
    OR NEW.template = 'accounts/password_reset'
) EXECUTE FUNCTION reviews_mail_added();
"""
_SENT_AGAIN = f"""{WITHOUT_KEYS} AND NOT (
        NEW.recipient_id = acting_person() AND to_jsonb(NEW) - 'opened_at' = to_jsonb(OLD) - 'opened_at'
        OR (OLD.status = 'failed' OR OLD.status = 'bounced') AND NEW.status = 'queued'
            AND acting_secretariat('{{officer,administrator}}')
    )"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_acting")]

    operations = [
        *protect_each("reviews", _PROTECTED),
        *protect_parts("reviews", _PARTS),
        close("reviews_participation", read="true", added=GIVING_KEYS, write=PERSON, becoming=GIVING_KEYS),
        close("reviews_calendarfeed", read=SOMEBODY, write=SOMEBODY),
        # Each focal point clears for the own State alone: that a text is agreed on rests on these rows.
        close(
            "reviews_clearance", read=f"{TAKES_PART} OR {EVERY_SECRETARIAT_ROLE} OR {LOOKING}",
            write=f"focal_point_id = {ME} AND {_CLEARS} OR {THE_SYSTEM}",
        ),
        # Public pages show which step was reached; a step is written by who takes it.
        close("reviews_stepchange", read="true", added=_TAKES_STEP, write=_TAKES_PART, becoming=_TAKES_STEP),
        # What is public is so by the word of the State, and for no longer than that holds.
        close(
            "reviews_statusconsent", read="true", added=f"{_SPEAKS} AND given_by_id = {ME} OR {THE_SYSTEM}",
            write=f"{_SPEAKS} OR {THE_SYSTEM}",
            becoming=f"{_SPEAKS} AND (ended_by_id IS NULL OR ended_by_id = {ME}) OR {THE_SYSTEM}",
        ),
        close("reviews_publicstatus", read="true", write=f"(SELECT acting_role() = 'administrator') OR {THE_SYSTEM}"),
        close("reviews_nominationletter", read=f"{OFFICER} OR {LOOKING} OR {THE_SYSTEM}", write=_BY_OFFICERS),
        # Written at the door, by the holder of a link, and by nobody who is signed in (docs/adr/0045).
        close(
            "reviews_receivednomination", read=f"{OFFICER} OR {AT_THE_DOOR} OR {LOOKING} OR {THE_SYSTEM}",
            added=f"{AT_THE_DOOR} OR {THE_SYSTEM}", write=_BY_OFFICERS,
        ),
        close(
            "reviews_broughtfile", read=f"{OFFICER} OR {LOOKING} OR {THE_SYSTEM}",
            added=f"{OFFICER} AND brought_by_id = {ME} OR {THE_SYSTEM}", write=_BY_OFFICERS,
            becoming=f"{_OF_OFFICER} OR {THE_SYSTEM}",
        ),
        # A worker marks what it brings in; the State alone says whether that is its own (docs/adr/0050).
        close(
            "reviews_broughtpiece", read=f"{SEES_REVIEW} OR {LOOKING} OR {THE_SYSTEM}", added=THE_SYSTEM,
            write=f"{_CLEARS} OR {THE_SYSTEM}", becoming=f"{_CLEARS} AND word_by_id = {ME} OR {THE_SYSTEM}",
        ),
        close(
            "reviews_concern", read=_CONCERN, added=f"{_CLEARS} OR {THE_SYSTEM}", write=_CONCERN,
            becoming=f"{_CLEARS} OR officer_id = {ME} OR {THE_SYSTEM}",
        ),
        close("reviews_concernstate", read=_IN_CONCERN, added=_IN_CONCERN, write=_OWN_SIDE),
        close("reviews_concernmessage", read=_IN_CONCERN, added=_SAYS, write=THE_SYSTEM),
        *[append_only(f"reviews_{table}") for table in _APPEND_ONLY],
        # How a review was opened goes with one that never began and is taken back. How one moved elsewhere may be
        # written anew where its State objects; a page takes out no change of step.
        append_only("reviews_stepchange", may_go="OLD.from_step_id IS NULL OR OLD.is_brought_in"),
        frozen_by("reviews_stepplanversion", operations="UPDATE OR DELETE", condition=_PUBLISHED_PLAN, words=_PLAN),
        frozen_by("reviews_stepplan", condition=_OF_PUBLISHED_PLAN, words=_PLAN),
        frozen("reviews_noteverbale", when="OLD.status = 'approved'"),
        keeps_once("reviews_noteverbale", _NOTE, when="(OLD.status = 'submitted' OR OLD.status = 'waiting')"),
        stays_as_written("reviews_noteverbale", ("came_by_link", "written_by_id", "listed_by_id")),
        frozen_by("reviews_nomination", condition=_OF_NOTE, words=_NAMED),
        guarded("reviews_accessrequest", "keeps", on="UPDATE", when=_REQUEST),
        stays_as_once_set("reviews_review", _OF_OPENED, when="OLD.party_to <> '{}'"),
        frozen_by("reviews_review_instruments", condition=_OF_REVIEW, words=_OPENED_WORDS),
        never_changed("reviews_reviewarticle"),
        frozen_by("reviews_reviewarticle", operations="INSERT OR DELETE", condition=_OF_REVIEW, words=_OPENED_WORDS),
        stays_as_written("reviews_statusconsent", _CONSENT, once=["ended_at", "ended_by_id"]),
        made(_NOTE_GOES),
        *[keeps(f"reviews_{table}", columns) for table, columns in _KEPT.items()],
        frozen("reviews_broughtfile", when="OLD.status <> 'prepared' AND OLD.status <> 'waiting'"),
        frozen("reviews_broughtpiece", when="OLD.word = 'confirmed'"),
        *[also_keeps(f"reviews_{table}", ["instrument_id"]) for table in ("broughtfile", "broughtpiece")],
        *[kept_from_pages(f"reviews_{of}", condition=_MARKED, words=BY_A_WORKER) for of in ("review", "stepchange")],
        kept_from_pages("reviews_reviewmilestone", condition=_QUIET, words=_KEPT_BACK),
        stays_as_written("reviews_concern", _CONCERNED, once=["closed_at"]),
        stays_as_written("reviews_concernstate", ("concern_id", "state_party_id")),
        never_changed("reviews_concernmessage"),
        # Who reads is settled before the first word: nobody is let in to what was written.
        frozen_by("reviews_concernstate", operations="INSERT", condition=_FIRST_WORD, words=_SETTLED),
        # A role that serves no page, the owner's or that of workers, has what nobody but its operator gives it to do.
        refused(
            _TEAM, "room_changed", on="UPDATE", when=changed(["opens_room_at"]), words=_ITSELF,
            condition=f"{SERVES_PAGES} AND NOT {_MINE}", function="reviews_room_opened",
        ),
        guarded(_TEAM, "room_opened", on="INSERT", when="NEW.opens_room_at IS NOT NULL", words=_ITSELF),
        refused(
            "reviews_review", "common_room", on=_WRITTEN, when="NEW.reviewers_share_room", condition=_CLOSED,
            words="not every reviewing State opens its room", function="reviews_common_room", past_rooms=True,
        ),
        refused(
            _TEAM, "opened", on="INSERT", condition=f"{WITHOUT_KEYS} AND (TG_OP = 'UPDATE' OR {_CHANGED_STEP})",
            words="which States review is written when the review is opened", function="reviews_team_opened",
        ),
        guarded(_TEAM, "opened_once", on="UPDATE", when=_ANOTHER, function="reviews_team_opened"),
        refused(
            f"{_TEAM}_instruments", "opened", on=_WRITTEN, function="reviews_covered_opened",
            condition=f"{WITHOUT_KEYS} AND (TG_OP = 'UPDATE' OR {_COVERED})",
            words="what a State covers is written when the review is opened",
        ),
        *[made(_GOES_WITH.format(whole=whole, table=table, key=key)) for whole, (table, key) in _WHOLES.items()],
        *[made(_GOES.format(part=part, whole=whole)) for whole, parts in _GOING.items() for part in parts],
        made(_ELSEWHERE),
        made(_MAILS),
        refused(
            "core_notification", "of_pages_changed", on="UPDATE", condition=_SENT_AGAIN,
            words="a page changes no mail but to have it sent again", function="reviews_mail_changed",
        ),
    ]  # fmt: skip
