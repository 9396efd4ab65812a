"""Running reviews are brought in from another place, marked as such (docs/adr/0050)."""

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL
from django.db.models import CheckConstraint, F, Q, UniqueConstraint, deletion

from core.database.columns import base
from core.database.guards import frozen, keeps, kept_from_pages
from core.database.row_security import LOOKING, ME, THE_SYSTEM, close
from reviews.walls import OFFICER, SEES_REVIEW

_KINDS = [
    ("course", "Steps and dates"), ("answers", "Answers of a self-assessment"), ("feedback", "Written feedback"),
]  # fmt: skip
_STATUSES = [
    ("prepared", "Being prepared"), ("waiting", "Waits for another officer"), ("brought_in", "Brought in"),
    ("set_aside", "Set aside"), ("withdrawn", "Withdrawn"),
]  # fmt: skip
_WORDS = [
    ("", "Not confirmed by the State"), ("confirmed", "Confirmed by the State"), ("objected", "The State objects"),
]  # fmt: skip
_FILE = "mechanism_id kind review_id file_name sha256 content brought_by_id created_at".split()
_PIECE = "review_id kind file_id sha256 brought_by_id checked_by_id state_party_id created_at".split()
_NONE, _PERSON = {"null": True, "blank": True}, settings.AUTH_USER_MODEL
_BY_TWO = CheckConstraint(
    name="two_officers_bring_in",
    condition=~Q(status="brought_in") | Q(decided_by__isnull=False) & ~Q(decided_by=F("brought_by")),
)
# One that an officer decides does not come into a review by that: a worker does it.
_OF_OFFICER = f"({OFFICER} AND status <> 'brought_in' AND (decided_by_id IS NULL OR decided_by_id = {ME}))"
_OPENING = "OLD.from_step_id IS NULL"
_STAYS = """
DROP TRIGGER stays ON reviews_stepchange;
CREATE TRIGGER stays BEFORE DELETE ON reviews_stepchange FOR EACH ROW WHEN (NOT ({may_go}))
    EXECUTE FUNCTION core_refuse();
"""


def _to(name, model, label, *, rule=deletion.PROTECT, related="+", **options):  # type: ignore[no-untyped-def]
    return name, models.ForeignKey(model, rule, verbose_name=label, related_name=related, **options)


def _model(name, columns, label, plural, constraint):  # type: ignore[no-untyped-def]
    common = [
        ("kind", models.CharField("kind", max_length=20, choices=_KINDS)),
        ("sha256", models.CharField("SHA-256 of the file", max_length=64)),
        _to("brought_by", _PERSON, "brought in by"),
    ]
    words = {"verbose_name": label, "verbose_name_plural": plural}
    options = {**words, "ordering": ["-created_at"], "constraints": [constraint]}
    return migrations.CreateModel(name, [*base(), *common, *columns], options=options)


_OF_FILE = [
    ("file_name", models.CharField("name of the file", max_length=200)),
    ("content", models.JSONField("what was read")),
    ("status", models.CharField("status", max_length=20, choices=_STATUSES, default="prepared")),
    ("decided_at", models.DateTimeField("decided at", **_NONE)),
    ("reason", models.TextField("why it was set aside", blank=True)),
    _to("decided_by", _PERSON, "decided by", **_NONE),
    _to("mechanism", "reviews.mechanism", "mechanism"),
    _to("review", "reviews.review", "review", rule=deletion.CASCADE, **_NONE),
]
_OF_PIECE = [
    ("word", models.CharField("word of the State", max_length=10, choices=_WORDS, default="", blank=True)),
    ("word_at", models.DateTimeField("said at", **_NONE)),
    ("reason", models.TextField("why the State objects", blank=True)),
    _to("checked_by", _PERSON, "checked by"),
    _to("file", "reviews.broughtfile", "file", related="pieces"),
    _to("review", "reviews.review", "review", rule=deletion.CASCADE, related="brought_pieces"),
    _to("state_party", "accounts.stateparty", "State whose own it is", **_NONE),
    _to("word_by", _PERSON, "said by", **_NONE),
]
_ONCE = UniqueConstraint(fields=("file", "review", "state_party"), name="a_file_once_a_review")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_contacts_and_links"), ("reviews", "0010_outreach")]

    operations = [
        migrations.AddField("review", "is_brought_in", models.BooleanField("was brought in", default=False)),
        migrations.AddField("stepchange", "is_brought_in", models.BooleanField("was brought in", default=False)),
        migrations.AddField(
            "reviewmilestone", "quiet_through", models.DateField("no reminders of a date up to", **_NONE)
        ),
        _model("BroughtFile", _OF_FILE, "file brought in", "files brought in", _BY_TWO),
        _model("BroughtPiece", _OF_PIECE, "piece brought in", "pieces brought in", _ONCE),
        close(
            "reviews_broughtfile",
            read=f"{OFFICER} OR {LOOKING} OR {THE_SYSTEM}",
            added=f"{OFFICER} AND brought_by_id = {ME} OR {THE_SYSTEM}",
            write=f"{OFFICER} OR {THE_SYSTEM}",
            becoming=f"{_OF_OFFICER} OR {THE_SYSTEM}",
        ),
        keeps("reviews_broughtfile", _FILE),
        frozen("reviews_broughtfile", when="OLD.status <> 'prepared' AND OLD.status <> 'waiting'"),
        # A worker marks what it brings in; the State alone says whether that is its own.
        close(
            "reviews_broughtpiece",
            read=f"{SEES_REVIEW} OR {LOOKING} OR {THE_SYSTEM}",
            added=THE_SYSTEM,
            write=f"acting_focal_point(review_id, state_party_id) OR {THE_SYSTEM}",
            becoming=f"acting_focal_point(review_id, state_party_id) AND word_by_id = {ME} OR {THE_SYSTEM}",
        ),
        keeps("reviews_broughtpiece", _PIECE),
        frozen("reviews_broughtpiece", when="OLD.word = 'confirmed'"),
        # How a review moved elsewhere may be written anew where its State objects; a page takes out no change of step.
        RunSQL(_STAYS.format(may_go=f"{_OPENING} OR OLD.is_brought_in"), _STAYS.format(may_go=_OPENING)),
        *[
            kept_from_pages(
                f"reviews_{table}",
                operations="INSERT OR UPDATE",
                condition="NEW.is_brought_in IS DISTINCT FROM COALESCE(OLD.is_brought_in, false)",
                words="a worker alone marks what was brought in",
            )
            for table in ("review", "stepchange")
        ],
        kept_from_pages(
            "reviews_reviewmilestone",
            operations="INSERT OR UPDATE",
            condition="NEW.quiet_through IS DISTINCT FROM OLD.quiet_through",
            words="a worker alone keeps reminders back",
        ),
    ]
