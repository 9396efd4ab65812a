"""A State revises what was opened, and earlier versions stay on the table (docs/adr/0062).

What was recalled is named by its number; an opening is of the version that stood then. The next version is drafted
while one stands.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.migrations.operations import RunSQL
from django.db.models import F, Q

from core.database.columns import base
from core.database.guards import FOR_PAGES, append_only
from core.database.reversible import made
from core.database.row_security import ME, protect, read_in_rooms_no_longer
from core.language.i18n import UN_LANGUAGES
from reviews.walls import OFFICER

_RESPONSE, _SUBMISSION = "questionnaires_response", "questionnaires_responsesubmission"
_MODEL = "questionnaires.response"
_DRAFTED = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
_READS_FOR = f"""SELECT part.{{what}} FROM reviews_participation part
    WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.side = 'reviewing'"""
_AT_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
_ON_TABLE = f"room_id IS NULL AND ({_AT_TABLE} OR {OFFICER})"
_OF_RESPONSE = f"SELECT {{what}} FROM {_RESPONSE} sent WHERE sent.id = {_SUBMISSION}.response_id"
_OWN = f"(review_id, ({_OF_RESPONSE.format(what='sent.room_id')})) IN (SELECT * FROM acting_places('write'))"
_STOOD = f"(brought_piece_id IS NOT NULL OR sent_at = ({_OF_RESPONSE.format(what='sent.sent_at')}))"
_STANDS = f"""(brought_piece_id IS NOT NULL
    OR NOT number = ANY (({_OF_RESPONSE.format(what="sent.recalled_numbers")})::smallint[]))"""

_ONCE = """CREATE TRIGGER once_{column} BEFORE UPDATE ON questionnaires_response FOR EACH ROW
    WHEN (OLD.{column} IS NOT NULL AND OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION core_refuse();"""
_ONCE_SET = "".join(_ONCE.format(column=column) for column in ("opened_at", "opened_by_id"))
_NOT_ONCE = "".join(f"DROP TRIGGER once_{column} ON {_RESPONSE};" for column in ("opened_at", "opened_by_id"))


def _key(to: str, name: str, related_name: str = "+", **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        to, options.pop("on_delete", models.PROTECT), related_name=related_name, verbose_name=name, **options
    )


def _read(stands: str) -> str:
    return f"room_id IS NULL AND ({_OWN} OR ({_ON_TABLE}) AND {stands})"


def _of_pages(opening: str, more: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {_RESPONSE}_of_pages() RETURNS trigger LANGUAGE plpgsql
            SET search_path = public, pg_temp AS $pages$
        BEGIN
            IF {FOR_PAGES} AND ((OLD.review_id, OLD.room_id) NOT IN (SELECT * FROM acting_places('answers')) AND (
                to_jsonb(NEW) - ARRAY[{opening}] <> to_jsonb(OLD) - ARRAY[{opening}] {more}
                OR NEW.opened_by_id NOT IN (
                    {_READS_FOR.format(what="state_party_id")} AND part.review_id = OLD.review_id
                )
            )) THEN
                RAISE EXCEPTION 'of the answers of another State it is noted that they were opened, and nothing else';
            END IF;
            RETURN NEW;
        END $pages$;
    """


def _opened_where(condition: str) -> str:
    condition = f"{condition} AND review_id IN ({_READS_FOR.format(what='review_id')})"
    return f"ALTER POLICY opened ON {_RESPONSE} USING ({condition}) WITH CHECK ({condition});"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0009_law_files")]

    operations = [
        migrations.AddField(
            "response",
            "recalled_numbers",
            ArrayField(
                models.PositiveSmallIntegerField(),
                default=list,
                db_default=[],
                verbose_name="versions that were recalled",
            ),
        ),
        migrations.AddField(
            "response",
            "opened_sent_at",
            models.DateTimeField("sending of the version that was opened", null=True),
        ),
        migrations.AddField("response", "revised_at", models.DateTimeField("next version begun at", null=True)),
        migrations.AddField(
            "response",
            "revision_reason",
            models.TextField("why there is a next version", blank=True, default="", db_default=""),
        ),
        migrations.AddField(
            "response",
            "wants_second_reader",
            models.BooleanField("is read by a second person", default=False, db_default=False),
        ),
        migrations.CreateModel(
            "SecondReading",
            [
                *base(),
                ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
                ("review", _key("reviews.review", "review", on_delete=models.CASCADE)),
                ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
                ("sha256", models.CharField("SHA-256", max_length=64)),
                ("is_fine", models.BooleanField("nothing to add")),
                ("word", models.TextField("at what to look again", blank=True)),
                ("read_by", _key(settings.AUTH_USER_MODEL, "read by")),
                ("response", _key(_MODEL, "response", related_name="second_readings", on_delete=models.CASCADE)),
            ],
            options={
                "verbose_name": "second reading",
                "verbose_name_plural": "second readings",
                "ordering": ["response", "created_at"],
            },
        ),
        protect("questionnaires_secondreading", read=_DRAFTED, write=_DRAFTED),
        append_only("questionnaires_secondreading"),
        RunSQL(
            f"""
            UPDATE {_RESPONSE} SET opened_sent_at = sent_at WHERE opened_at IS NOT NULL;
            UPDATE {_RESPONSE} response SET recalled_numbers = recalled.numbers FROM (
                SELECT version.response_id AS id, array_agg(version.number ORDER BY version.number) AS numbers
                FROM {_SUBMISSION} version JOIN {_RESPONSE} sent ON sent.id = version.response_id
                WHERE version.brought_piece_id IS NULL AND version.sent_at IS DISTINCT FROM sent.sent_at
                GROUP BY version.response_id
            ) recalled WHERE recalled.id = response.id;
            """,
            RunSQL.noop,
        ),
        migrations.RemoveConstraint("response", "opened_only_where_sent"),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                name="opened_only_where_sent",
                condition=Q(opened_at=None, opened_by=None, opened_sent_at=None)
                | Q(
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    sent_at__isnull=False,
                    opened_sent_at__lte=F("sent_at"),
                ),
            ),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                name="revised_only_where_sent", condition=Q(revised_at=None) | Q(sent_at__isnull=False)
            ),
        ),
        # An opening gives way to that of a later version alone.
        RunSQL(_NOT_ONCE, _ONCE_SET),
        made(
            f"""CREATE TRIGGER once_opened BEFORE UPDATE ON {_RESPONSE} FOR EACH ROW WHEN (
                OLD.opened_at IS NOT NULL AND COALESCE(NEW.opened_sent_at <= OLD.opened_sent_at, true) AND (
                    OLD.opened_at IS DISTINCT FROM NEW.opened_at OR OLD.opened_by_id IS DISTINCT FROM NEW.opened_by_id
                    OR OLD.opened_sent_at IS DISTINCT FROM NEW.opened_sent_at
                )
            ) EXECUTE FUNCTION core_refuse();"""
        ),
        made(
            f"""CREATE TRIGGER stays_version_that_stands BEFORE UPDATE ON {_RESPONSE} FOR EACH ROW
            WHEN (OLD.sent_at IS NOT NULL AND OLD.version_id IS DISTINCT FROM NEW.version_id)
            EXECUTE FUNCTION core_refuse();"""
        ),
        RunSQL(
            _of_pages(
                "'opened_at', 'opened_by_id', 'opened_sent_at'",
                "OR COALESCE(NEW.opened_sent_at > OLD.sent_at, true)",
            ),
            _of_pages("'opened_at', 'opened_by_id'", ""),
        ),
        RunSQL(_opened_where("sent_at IS NOT NULL"), _opened_where("status = 'sent'")),
        read_in_rooms_no_longer(_SUBMISSION, before=_read(_STOOD), read=_read(_STANDS)),
    ]
