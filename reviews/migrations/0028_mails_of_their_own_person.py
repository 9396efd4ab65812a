"""A link comes to the mailbox of its own person, and to no address that somebody named in a statement (docs/adr/0022).

The secret in a link is made when the mail leaves. So a row was enough to have the link of another sent to oneself.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

# At the one door to a room a page invites people; see also ``accounts.lifecycle.services.invitations``.
_FOR_PAGES = "(core_role_serves('plain') OR core_role_serves('door')) AND NOT core_on_errand('keys')"
# An address that is no account's any more, or soon will be none, is told of just that. What else may have had one
# (none has, since core.0008) is over, and may be changed this once.
_ELSEWHERE = "other_address = '' OR template = 'accounts/changed' OR template = 'reviews/access_stop'"
_CONSTRAINT = """
ALTER TABLE core_notification DISABLE TRIGGER written_once;
UPDATE core_notification SET other_address = '' WHERE NOT (ELSEWHERE);
ALTER TABLE core_notification ENABLE TRIGGER written_once;
ALTER TABLE core_notification ADD CONSTRAINT core_notification_elsewhere CHECK (ELSEWHERE);
"""
_GUARDS = """
CREATE FUNCTION reviews_mail_added() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (FOR_PAGES) THEN
        RETURN NEW;
    END IF;
    IF NEW.template = 'reviews/access_stop' THEN
        IF NOT acting_secretariat('{officer,administrator}') OR NOT EXISTS (
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
    IF FOR_PAGES AND NOT (
        NEW.recipient_id = acting_person() AND to_jsonb(NEW) - 'opened_at' = to_jsonb(OLD) - 'opened_at'
        OR (OLD.status = 'failed' OR OLD.status = 'bounced') AND NEW.status = 'queued'
            AND acting_secretariat('{officer,administrator}')
    ) THEN
        RAISE EXCEPTION 'a page changes no mail but to have it sent again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_pages_changed BEFORE UPDATE ON core_notification
    FOR EACH ROW EXECUTE FUNCTION reviews_mail_changed();
"""
_AWAY = """
DROP TRIGGER of_pages_changed ON core_notification;
DROP FUNCTION reviews_mail_changed();
DROP TRIGGER of_pages ON core_notification;
DROP FUNCTION reviews_mail_added();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0027_pages_open_nothing"), ("core", "0015_mails_stay"), ("accounts", "0009_keys")]

    operations = [
        RunSQL(
            _CONSTRAINT.replace("ELSEWHERE", _ELSEWHERE),
            "ALTER TABLE core_notification DROP CONSTRAINT core_notification_elsewhere",
        ),
        RunSQL(_GUARDS.replace("FOR_PAGES", _FOR_PAGES), _AWAY),
    ]
