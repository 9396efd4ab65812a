"""Publications and tools for experts, declarations of competence, private consultations (docs/adr/0049)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

from core.database.columns import base
from core.database.guards import frozen_by, never_changed, stays_as_written, stays_once_set
from core.database.reversible import made
from core.database.row_security import ME, SOMEBODY, THE_SYSTEM, close, read_no_longer

_LANGUAGES = [
    ("ar", "Arabic"), ("zh-hans", "Chinese"), ("en", "English"), ("fr", "French"), ("ru", "Russian"), ("es", "Spanish"),
]  # fmt: skip
_KINDS = [
    ("text", "Text of an instrument"), ("rules", "Rules and guidelines of the mechanism"),
    ("records", "Records of the negotiation"), ("publication", "Publication"), ("tool", "Tool"),
]  # fmt: skip
_MARKS = [
    ("S", "Stated in resolution 10/1 or its annexes"), ("U", "Stated on the mechanism's public pages"),
    ("P", "Another published page"), ("I", "An inference"), ("M", "Not verified"),
]  # fmt: skip
_STATEMENTS = [
    ("reservation", "Reservation"), ("declaration", "Declaration"), ("competence", "Declaration of competence"),
    ("notification", "Notification"), ("objection", "Objection to a reservation of another State"),
]  # fmt: skip
_NONE = {"null": True, "blank": True, "on_delete": deletion.PROTECT, "related_name": "+"}

# The consultations in which who acts takes part, for which State: as focal point or expert of it, or for none as the
# officer who was invited; and whether it is open. Asked past row-level security, by which nobody else finds any.
_ACTING = """
CREATE FUNCTION acting_concerns() RETURNS TABLE (concern uuid, side uuid, is_open boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY
            SELECT own.id, part.state_party_id, own.closed_at IS NULL FROM reviews_concern own
            JOIN reviews_participation part ON part.review_id = own.review_id
            WHERE part.user_id = person AND part.ended_at IS NULL
                AND (part.role = 'focal_point' OR part.role = 'governmental_expert')
                AND (part.state_party_id = own.state_party_id OR EXISTS (
                    SELECT FROM reviews_concernstate state
                    WHERE state.concern_id = own.id AND state.state_party_id = part.state_party_id
                ))
            UNION SELECT own.id, NULL::uuid, own.closed_at IS NULL FROM reviews_concern own
            JOIN accounts_user account ON account.id = own.officer_id
            WHERE own.officer_id = person AND account.is_active
                AND (account.secretariat_role = 'officer' OR account.secretariat_role = 'administrator');
    END IF;
END $$;
"""
_TAKES_PART = f"concern_id IN (SELECT concern FROM acting_concerns()) OR {THE_SYSTEM}"
# A message is of the side for which who acts takes part, and comes while the consultation is open.
_SPEAKS = f"""
    written_by_id = {ME} AND EXISTS (
        SELECT FROM acting_concerns() own
        WHERE own.concern = concern_id AND own.side IS NOT DISTINCT FROM state_party_id AND own.is_open
    ) OR {THE_SYSTEM}
"""
_OWN_SIDE = f"(concern_id, state_party_id) IN (SELECT concern, side FROM acting_concerns()) OR {THE_SYSTEM}"
# Who takes part holds the row while he or she writes; what becomes of it is the opener's, or of the officer invited.
_CONCERN = f"id IN (SELECT concern FROM acting_concerns()) OR {THE_SYSTEM}"
# Of who consulted whom, and when, each reads what was done by himself or herself.
_ACTS = f"{SOMEBODY} AND (chain <> 'portal/concerns' OR actor_id = {ME} OR {THE_SYSTEM})"


def _to(name, model, label, *, rule=deletion.PROTECT, **options):  # type: ignore[no-untyped-def]
    """A key to another table."""
    return name, models.ForeignKey(model, rule, verbose_name=label, **{"related_name": "+", **options})


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_bringing")]

    operations = [
        migrations.AlterField(
            "adherencestatement", "kind", models.CharField("kind", max_length=20, choices=_STATEMENTS)
        ),
        migrations.CreateModel(
            "ReadingItem",
            [
                *base(),
                ("kind", models.CharField("kind", max_length=20, choices=_KINDS)),
                ("title", models.CharField("title", max_length=300)),
                ("language", models.CharField("language", max_length=10, choices=_LANGUAGES)),
                ("link", models.URLField("address", max_length=1000, blank=True)),
                ("order", models.PositiveSmallIntegerField("place in the list")),
                ("evidence_mark", models.CharField("evidence", max_length=1, choices=_MARKS, blank=True)),
                ("evidence_note", models.TextField("note on the evidence", blank=True)),
                ("withdrawn_at", models.DateTimeField("withdrawn at", null=True, blank=True)),
                ("cluster", models.ForeignKey("reviews.cluster", verbose_name="cluster", **_NONE)),
                ("instrument", models.ForeignKey("reviews.instrument", verbose_name="instrument", **_NONE)),
                (
                    "mechanism",
                    models.ForeignKey(
                        "reviews.mechanism", deletion.PROTECT, related_name="reading", verbose_name="mechanism"
                    ),
                ),
            ],
            options={
                "verbose_name": "publication or tool",
                "verbose_name_plural": "publications and tools",
                "ordering": ["mechanism", "order", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=["mechanism", "language", "title"], name="a_work_once_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            "Concern",
            [
                *base(),
                (
                    "officer_settled_until",
                    models.DateTimeField("nothing to add until, the officer", null=True, blank=True),
                ),
                ("closed_at", models.DateTimeField("closed at", null=True, blank=True)),
                _to("review", "reviews.review", "review", rule=deletion.CASCADE),
                _to("officer", settings.AUTH_USER_MODEL, "officer who takes part", null=True, blank=True),
                _to("state_party", "accounts.stateparty", "opened by"),
            ],
            options={
                "verbose_name": "private consultation on a concern",
                "verbose_name_plural": "private consultations on concerns",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            "ConcernMessage",
            [
                *base(),
                ("language", models.CharField("language", max_length=10, choices=_LANGUAGES)),
                ("text", models.TextField("text")),
                (
                    "text_html",
                    models.TextField("the text as it is shown", blank=True, default="", editable=False),
                ),
                _to("concern", "reviews.concern", "consultation", rule=deletion.CASCADE, related_name="messages"),
                _to("state_party", "accounts.stateparty", "State", null=True, blank=True),
                _to("written_by", settings.AUTH_USER_MODEL, "written by"),
            ],
            options={
                "verbose_name": "message of a private consultation",
                "verbose_name_plural": "messages of a private consultation",
                "ordering": ["concern", "created_at"],
            },
        ),
        migrations.CreateModel(
            "ConcernState",
            [
                *base(),
                _to("concern", "reviews.concern", "consultation", rule=deletion.CASCADE, related_name="states"),
                _to("state_party", "accounts.stateparty", "State"),
                ("settled_until", models.DateTimeField("nothing to add until", null=True, blank=True)),
            ],
            options={
                "verbose_name": "State of a private consultation",
                "verbose_name_plural": "States of a private consultation",
                "ordering": ["concern", "state_party__iso3"],
                "constraints": [
                    models.UniqueConstraint(fields=["concern", "state_party"], name="a_state_once_a_concern")
                ],
            },
        ),
        made(_ACTING),
        close(
            "reviews_concern",
            read=_CONCERN,
            added=f"acting_focal_point(review_id, state_party_id) OR {THE_SYSTEM}",
            write=_CONCERN,
            becoming=f"acting_focal_point(review_id, state_party_id) OR officer_id = {ME} OR {THE_SYSTEM}",
        ),
        close("reviews_concernstate", read=_TAKES_PART, added=_TAKES_PART, write=_OWN_SIDE),
        close(
            "reviews_concernmessage",
            read=_TAKES_PART,
            added=_SPEAKS,
            write=THE_SYSTEM,
        ),
        read_no_longer("core_auditentry", before=SOMEBODY, read=_ACTS),
        stays_as_written("reviews_concern", ("review_id", "state_party_id", "officer_id", "created_at")),
        stays_once_set("reviews_concern", "closed_at"),
        stays_as_written("reviews_concernstate", ("concern_id", "state_party_id")),
        never_changed("reviews_concernmessage"),
        # Who reads is settled before the first word: nobody is let in to what was written.
        frozen_by(
            "reviews_concernstate",
            operations="INSERT",
            condition="EXISTS (SELECT FROM reviews_concernmessage WHERE concern_id = NEW.concern_id)",
            words="who takes part in a private consultation is settled when it is opened",
        ),
    ]
