"""What a page might write to come by a room, a right or a link all the same (docs/adr/0021 and 0022).

Which States review, and what they cover, is drawn or opened with the review. Each State opens its room itself. A link
comes to the mailbox of its own person, and to no address that somebody named in a statement: the secret in a link is
made when the mail leaves, so a row was enough to have the link of another sent to oneself.
"""

from django.db import migrations

from core.database.guards import SERVES_PAGES, WITHOUT_KEYS
from core.database.reversible import made

_MINE = """EXISTS (
    SELECT FROM reviews_participation part
    WHERE part.review_id = NEW.review_id AND part.state_party_id = NEW.state_party_id AND part.ended_at IS NULL
        AND part.role = 'focal_point' AND part.user_id = acting_person()
)"""
# A role that serves no page, the owner's or that of workers, has what nobody but its operator gives it to do.
_ROOMS = f"""
CREATE FUNCTION reviews_room_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {SERVES_PAGES} AND NOT {_MINE} THEN
        RAISE EXCEPTION 'a State opens its room itself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER room_changed BEFORE UPDATE ON reviews_reviewingstate FOR EACH ROW
    WHEN (OLD.opens_room_at IS DISTINCT FROM NEW.opens_room_at) EXECUTE FUNCTION reviews_room_opened();
CREATE TRIGGER room_opened BEFORE INSERT ON reviews_reviewingstate FOR EACH ROW
    WHEN (NEW.opens_room_at IS NOT NULL) EXECUTE FUNCTION core_refuse('a State opens its room itself');
CREATE FUNCTION reviews_common_room() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM reviews_reviewingstate WHERE review_id = NEW.id AND opens_room_at IS NULL) THEN
        RAISE EXCEPTION 'not every reviewing State opens its room';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER common_room BEFORE INSERT OR UPDATE ON reviews_review FOR EACH ROW
    WHEN (NEW.reviewers_share_room) EXECUTE FUNCTION reviews_common_room();
"""
# A review has begun to be one with its first change of step, which is written when all else of it is.
_REVIEWERS = f"""
CREATE FUNCTION reviews_team_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND (TG_OP = 'UPDATE' OR EXISTS (SELECT FROM reviews_stepchange WHERE review_id = NEW.review_id))
    THEN
        RAISE EXCEPTION 'which States review is written when the review is opened';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opened BEFORE INSERT ON reviews_reviewingstate FOR EACH ROW EXECUTE FUNCTION reviews_team_opened();
CREATE TRIGGER opened_once BEFORE UPDATE ON reviews_reviewingstate FOR EACH ROW WHEN (
    OLD.review_id <> NEW.review_id OR OLD.state_party_id <> NEW.state_party_id OR OLD.basis <> NEW.basis
) EXECUTE FUNCTION reviews_team_opened();
CREATE FUNCTION reviews_covered_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND (TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM reviews_reviewingstate row JOIN reviews_stepchange change ON change.review_id = row.review_id
        WHERE row.id = NEW.reviewingstate_id
    )) THEN
        RAISE EXCEPTION 'what a State covers is written when the review is opened';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opened BEFORE INSERT OR UPDATE ON reviews_reviewingstate_instruments
    FOR EACH ROW EXECUTE FUNCTION reviews_covered_opened();
"""
# Parts of a review go with it, at the end of the transaction.
_PARTS = f"""
CREATE FUNCTION reviews_goes_with_review() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND EXISTS (SELECT FROM reviews_review WHERE id = OLD.review_id) THEN
        RAISE EXCEPTION '% goes with its review alone', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION reviews_goes_with_team() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND EXISTS (SELECT FROM reviews_reviewingstate WHERE id = OLD.reviewingstate_id) THEN
        RAISE EXCEPTION '% goes with its review alone', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
"""
_GOES_WITH = {
    "review": ("reviewingstate", "review_instruments", "reviewarticle", "stepchange"),
    "team": ("reviewingstate_instruments",),
}
_GOES = """
CREATE CONSTRAINT TRIGGER goes_with_it AFTER DELETE ON reviews_{part} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION reviews_goes_with_{whole}();
"""
# An address that is no account's any more, or soon will be none, is told of just that.
_ELSEWHERE = """
ALTER TABLE core_notification ADD CONSTRAINT core_notification_elsewhere CHECK (
    other_address = '' OR template = 'accounts/changed' OR template = 'reviews/access_stop'
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
CREATE FUNCTION reviews_mail_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} AND NOT (
        NEW.recipient_id = acting_person() AND to_jsonb(NEW) - 'opened_at' = to_jsonb(OLD) - 'opened_at'
        OR (OLD.status = 'failed' OR OLD.status = 'bounced') AND NEW.status = 'queued'
            AND acting_secretariat('{{officer,administrator}}')
    ) THEN
        RAISE EXCEPTION 'a page changes no mail but to have it sent again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_pages_changed BEFORE UPDATE ON core_notification
    FOR EACH ROW EXECUTE FUNCTION reviews_mail_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_guards")]

    operations = [
        *[made(statements) for statements in (_ROOMS, _REVIEWERS, _PARTS)],
        *[made(_GOES.format(part=part, whole=whole)) for whole, parts in _GOES_WITH.items() for part in parts],
        made(_ELSEWHERE),
        made(_MAILS),
    ]
