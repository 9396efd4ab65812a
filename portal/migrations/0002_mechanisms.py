from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q, deletion

from core.database.columns import base
from core.database.guards import keeps, kept_from_pages
from core.database.row_security import ME, protect
from reviews.walls import EVERY_SECRETARIAT_ROLE, OFFICER

_WAYS = [("shipped", "It comes with the portal"), ("file", "Out of a file"), ("empty", "Empty, to be filled on pages")]
_STATUSES = [
    ("waiting", "Waits for another member"), ("confirmed", "Being loaded"), ("loaded", "Loaded"),
    ("withdrawn", "Withdrawn"),
]  # fmt: skip
_PERSON = {"on_delete": deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}
_BY_TWO = models.CheckConstraint(
    name="two_bring_in_a_mechanism",
    condition=~Q(way="file") | ~Q(status__in=["confirmed", "loaded"])
    | Q(decided_by__isnull=False) & ~Q(decided_by=F("chosen_by")),
)  # fmt: skip
# Somebody chooses in the own name, and decides in it; what was withdrawn stays so, and a worker alone says that it is
# loaded.
_NOT_OF_PAGES = f"""NEW.status = 'loaded'
    OR TG_OP = 'INSERT' AND (
        NOT acting_secretariat('{{administrator}}') OR NEW.chosen_by_id IS DISTINCT FROM {ME} OR NEW.decided_by_id IS NOT NULL
    )
    OR TG_OP = 'UPDATE' AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id
        AND NEW.decided_by_id IS DISTINCT FROM {ME}
    OR TG_OP = 'UPDATE' AND NEW.status IS DISTINCT FROM OLD.status AND (
        OLD.status = 'withdrawn' OR OLD.status = 'loaded' OR NEW.decided_by_id IS DISTINCT FROM {ME}
    )"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("reviews", "0012_before_they_begin")]

    operations = [
        migrations.CreateModel("MechanismChoice", [
            *base(),
            ("way", models.CharField("way", max_length=10, choices=_WAYS)),
            ("slug", models.SlugField("short name in addresses")),
            ("short_name", models.CharField("short name", max_length=100)),
            ("files", models.JSONField("files", default=dict, blank=True)),
            ("file_name", models.CharField("name of the file", max_length=200, blank=True)),
            ("sha256", models.CharField("SHA-256 of the file", max_length=64, blank=True)),
            ("status", models.CharField("status", max_length=10, choices=_STATUSES)),
            ("chosen_by", models.ForeignKey(verbose_name="chosen by", **_PERSON)),
            ("decided_by", models.ForeignKey(verbose_name="decided by", null=True, blank=True, **_PERSON)),
        ], options={
            "verbose_name": "mechanism chosen", "verbose_name_plural": "mechanisms chosen",
            "ordering": ["-created_at"], "constraints": [_BY_TWO],
        }),
        keeps("portal_mechanismchoice", "way slug short_name files file_name sha256 chosen_by_id created_at".split()),
        kept_from_pages(
            "portal_mechanismchoice", operations="INSERT OR UPDATE", condition=_NOT_OF_PAGES,
            words="people choose mechanisms in their own names, and a worker alone loads them",
        ),
        protect("portal_mechanismchoice", read=EVERY_SECRETARIAT_ROLE, write=OFFICER),
    ]  # fmt: skip
