"""Ministries of a State, and which contributors are of which (docs/adr/0086)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q, UniqueConstraint
from django.db.models.functions import Lower

from core.database.columns import NULL, holds, key, one_key, table
from core.database.guards import FOR_PAGES, refused
from core.database.reversible import made
from core.database.row_security import LOOKING, THE_SYSTEM, close, protect
from reviews.columns import room_table
from reviews.walls import OWN_ROOM

_MINISTRY, _MEMBER = "reviews_ministry", "reviews_ministrymember"
_ACTING = f"""
CREATE FUNCTION acting_ministries() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp ROWS 1 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT member.ministry_id FROM {_MEMBER} member
            JOIN reviews_participation part ON part.id = member.participation_id
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role = 'national_contributor';
    END IF;
END $$;
"""
_OF_ROOM = f"EXISTS (SELECT FROM {_MINISTRY} parent WHERE parent.id = ministry_id AND {OWN_ROOM})"
_OWN, _OWN_MEMBERS = "id IN (SELECT acting_ministries())", "ministry_id IN (SELECT acting_ministries())"
_NOT_FOCAL = f"""{FOR_PAGES} AND NOT acting_focal_point(
    COALESCE(NEW.review_id, OLD.review_id), COALESCE(NEW.room_id, OLD.room_id)
)"""
# By the focal point, of a contributor of the same State and review; in another ministry of the same room alone.
_NOT_PLACED = f"""{FOR_PAGES} AND NOT EXISTS (
    SELECT FROM {_MINISTRY} row WHERE row.id = COALESCE(NEW.ministry_id, OLD.ministry_id)
        AND acting_focal_point(row.review_id, row.room_id)
        AND (TG_OP = 'DELETE' OR EXISTS (
            SELECT FROM reviews_participation part WHERE part.id = NEW.participation_id
                AND part.review_id = row.review_id AND part.state_party_id = row.room_id
                AND part.role = 'national_contributor'
        ))
)"""
_WORDS = "of which ministry a contributor is says the focal point"
# Of those who take part now the ministries that their accounts name, each once, however it is spelt in capitals.
FROM_NAMES = f"""
    INSERT INTO {_MINISTRY} (id, created_at, updated_at, language, review_id, room_id, name)
    SELECT DISTINCT ON (part.review_id, lower(btrim(person.organization)))
        gen_random_uuid(), now(), now(), 'en', part.review_id, part.state_party_id, btrim(person.organization)
    FROM reviews_participation part
    JOIN accounts_user person ON person.id = part.user_id AND btrim(person.organization) <> ''
    WHERE part.role = 'national_contributor' AND part.ended_at IS NULL
    ORDER BY part.review_id, lower(btrim(person.organization)), part.created_at;
    INSERT INTO {_MEMBER} (id, created_at, updated_at, ministry_id, participation_id)
    SELECT gen_random_uuid(), now(), now(), ministry.id, part.id
    FROM reviews_participation part
    JOIN accounts_user person ON person.id = part.user_id
    JOIN {_MINISTRY} ministry ON ministry.review_id = part.review_id AND ministry.room_id = part.state_party_id
        AND lower(ministry.name) = lower(btrim(person.organization))
    WHERE part.role = 'national_contributor' AND part.ended_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0014_own_preferences")]

    operations = [
        room_table("Ministry", "ministry", "ministries", [
            ("name", models.CharField("name", max_length=200)),
            ("joined_into", key("reviews.ministry", "joined into", **NULL)),
        ], [
            holds("ministry_lies_in_a_room", Q(room__isnull=False)),
            UniqueConstraint("review", "room", Lower("name"), name="one_ministry_a_name"),
        ]),
        table("MinistryMember", "contributor of a ministry", "contributors of ministries", [
            ("ministry", key("reviews.ministry", "ministry", "members", rule=CASCADE)),
            ("participation", one_key("reviews.participation", "contributor", "membership", rule=CASCADE)),
        ]),
        made(_ACTING),
        protect(_MINISTRY, read=f"{OWN_ROOM} OR {_OWN}", write=OWN_ROOM),
        close(_MEMBER, read=f"{LOOKING} OR {_OF_ROOM} OR {_OWN_MEMBERS}", write=f"{THE_SYSTEM} OR {_OF_ROOM}"),
        refused(
            _MINISTRY, "named_by_focal_point", on="INSERT OR UPDATE OR DELETE", condition=_NOT_FOCAL, words=_WORDS,
            gives="COALESCE(NEW, OLD)",
        ),
        refused(
            _MEMBER, "placed_by_focal_point", on="INSERT OR UPDATE OR DELETE", condition=_NOT_PLACED, words=_WORDS,
            gives="COALESCE(NEW, OLD)",
        ),
        migrations.RunSQL(FROM_NAMES, migrations.RunSQL.noop),
    ]  # fmt: skip
