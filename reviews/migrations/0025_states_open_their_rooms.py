"""A common room of the reviewing States is what each of them has opened; the database holds to it (docs/adr/0021)."""

from django.db import migrations, models

_MINE = """EXISTS (
    SELECT FROM reviews_participation part
    WHERE part.review_id = NEW.review_id AND part.state_party_id = NEW.state_party_id AND part.ended_at IS NULL
        AND part.role = 'focal_point' AND part.user_id = acting_person()
)"""
# A role that serves no page, the owner's or that of workers, has what nobody but its operator gives it to do.
_OF_PAGES = "(core_role_serves('plain') OR core_role_serves('door'))"
_GUARDS = """
CREATE FUNCTION reviews_room_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OF_PAGES AND NOT MINE THEN
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
_AWAY = """
DROP TRIGGER common_room ON reviews_review;
DROP FUNCTION reviews_common_room();
DROP TRIGGER room_opened ON reviews_reviewingstate;
DROP TRIGGER room_changed ON reviews_reviewingstate;
DROP FUNCTION reviews_room_opened();
"""
# Rooms that an officer opened on the word of the States stay open; each State can shut its own now.
_WERE_OPEN = """
UPDATE reviews_reviewingstate SET opens_room_at = now()
WHERE review_id IN (SELECT id FROM reviews_review WHERE reviewers_share_room);
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0024_keys")]

    operations = [
        migrations.AddField(
            model_name="reviewingstate",
            name="opens_room_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="opened its room to the other reviewing States at"
            ),
        ),
        migrations.RunSQL(_WERE_OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(_GUARDS.replace("OF_PAGES", _OF_PAGES).replace("MINE", _MINE), _AWAY),
    ]
