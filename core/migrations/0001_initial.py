"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, Q
from django.utils import timezone

from core.database.columns import (
    NULL, USER, at_once, bare_table, done, holds, key, list_of, moments, once, table, translated,
)  # fmt: skip

_JOB_STATUSES = [("queued", "Waiting to start"), ("running", "Being made"), ("done", "Ready"), ("failed", "Failed")]
_NOTIFICATION_STATUSES = [
    ("queued", "Queued"), ("sending", "Being sent"), ("sent", "Sent"), ("failed", "Failed"), ("bounced", "Bounced"),
]
_MAILBOX = "^[^@\\s]+@[^@\\s]+$"


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(USER)]
    operations = at_once([
        bare_table("AuditEntry", "audit entry", "audit entries", [
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("chain", models.CharField("chain", max_length=100)),
            ("sequence", models.BigIntegerField("sequence in the chain", null=True)),
            ("at", models.DateTimeField("at")),
            ("actor", key(USER, "actor", null=True)),
            ("actor_label", models.CharField("actor as named then", max_length=200)),
            ("acting_state", models.CharField("for which State", max_length=3, blank=True)),
            ("concerned_states", list_of(models.CharField(max_length=3), "States concerned", blank=True)),
            ("room", models.CharField("room", max_length=3, blank=True)),
            ("address", models.CharField("from where", max_length=45)),
            ("address_nonce", models.CharField("random number of the address", max_length=32)),
            ("verb", models.CharField("verb", max_length=100, db_index=True)),
            ("target_type", models.CharField("kind of target", max_length=100)),
            ("target_id", models.CharField("key of target", max_length=64)),
            ("target_label", models.CharField("target as named then", max_length=200)),
            ("before", models.JSONField("before", null=True)),
            ("after", models.JSONField("after", null=True)),
            ("reason", models.TextField("reason", blank=True)),
            ("nonce", models.CharField("random number of the content", max_length=32)),
            ("earlier_hash", models.CharField("hash in the one chain of before", max_length=64, blank=True)),
            ("content_hash", models.CharField("hash of the content", max_length=64)),
            ("previous_hash", models.CharField("previous hash", max_length=64, blank=True)),
            ("hash", models.CharField("hash", max_length=64, blank=True)),
        ], [once("one_entry_a_place", "chain", "sequence")], ordering=["id"], indexes=[
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["id"], condition=Q(sequence=None), name="audit_to_be_chained"),
        ]),
        table("Institution", "institution", "institutions", [
            ("is_only", models.BooleanField(unique=True, default=True, editable=False)),
            *translated("name", models.CharField, max_length=100, verbose_name="name of the portal", blank=True),
            *translated("short_name", models.CharField, max_length=30, verbose_name="short name", blank=True),
            ("logo", models.FileField("logo", upload_to="institution/", blank=True)),
            ("logo_name", models.CharField("file name of the logo", max_length=255, blank=True)),
            ("sha256", models.CharField("SHA-256 of the logo", max_length=64, blank=True)),
            ("colour", models.CharField("main colour", max_length=7, blank=True)),
            ("accent", models.CharField("second colour", max_length=7, blank=True)),
            ("languages", list_of(models.CharField(max_length=10), "languages", blank=True)),
            ("time_zone", models.CharField("time zone", max_length=50, blank=True)),
            ("done", list_of(models.CharField(max_length=20), "steps done", blank=True)),
            ("is_set_up", models.BooleanField("set up", default=False)),
        ], [holds("there_is_one_institution", Q(is_only=True))]),
        table("Job", "job", "jobs", [
            ("kind", models.CharField("kind", max_length=50)),
            ("target_type", models.CharField("kind of target", max_length=100)),
            ("target_id", models.UUIDField("key of target")),
            ("requested_by", key(USER, "requested by", "jobs", rule=CASCADE)),
            ("language", models.CharField("language", max_length=10)),
            ("status", models.CharField("status", max_length=10, choices=_JOB_STATUSES, default="queued")),
            ("progress", models.PositiveSmallIntegerField("progress in per cent", default=0)),
            ("error", models.TextField("error", blank=True)),
            ("result", models.FileField("file", max_length=200, upload_to="jobs/%Y/%m/", blank=True)),
            ("file_name", models.CharField("name for the download", max_length=150, blank=True)),
            ("details", models.JSONField("details", default=dict)),
            *moments(NULL, started_at="started at", finished_at="finished at", lease_until="claimed until"),
            ("attempts", models.PositiveSmallIntegerField("attempts", default=0)),
            ("queued_at", models.DateTimeField("queued at", default=timezone.now)),
        ], ordering=["-created_at"], indexes=[
            models.Index(fields=["target_type", "target_id"], name="job_target"),
            models.Index(fields=["queued_at"], condition=Q(status__in=["queued", "running"]), name="job_unfinished"),
        ]),
        table("LoadedRow", "loaded row", "loaded rows", [
            ("table", models.CharField("table", max_length=100)),
            ("key", models.CharField("key", max_length=300)),
            ("row", models.UUIDField("row")),
            ("values", models.JSONField("values as loaded", default=dict)),
        ], [once("loaded_once_a_key", "table", "key")]),
        table("ProposedRow", "difference of the release", "differences of the release", [
            ("table", models.CharField("table", max_length=100)),
            ("key", models.CharField("key", max_length=300)),
            ("row", models.UUIDField("row")),
            ("release", models.JSONField("values of the release", default=dict)),
            ("is_new", models.BooleanField("is new in this release", default=False)),
            *done(NULL, declined="declined"),
        ], [once("proposed_once_a_key", "table", "key")]),
        table("Notification", "notification", "notifications", [
            ("recipient", key(USER, "recipient", "notifications", rule=CASCADE)),
            ("key", models.CharField("key", unique=True, max_length=200)),
            ("template", models.CharField("template", max_length=100)),
            ("context", models.JSONField("context", default=dict)),
            ("status", models.CharField("status", max_length=10, choices=_NOTIFICATION_STATUSES, default="queued")),
            ("attempts", models.PositiveSmallIntegerField("attempts", default=0)),
            *moments(NULL, next_attempt_at="next attempt at", sent_at="sent at", lease_until="claimed until"),
            ("error", models.TextField("last error", blank=True)),
            ("about", list_of(models.CharField(max_length=40), "about", blank=True)),
            ("address", models.EmailField("sent to", blank=True)),
            ("other_address", models.EmailField("to be sent to, instead of the address of the account", blank=True)),
            ("claim", models.UUIDField("claim", null=True)),
            *moments(NULL, handed_over_at="handed over at", bounced_at="bounced at", opened_at="led to the portal at"),
            ("doubts", models.PositiveSmallIntegerField("hand-overs without an answer", default=0)),
            ("is_private", models.BooleanField("told to nobody", default=False)),
        ], [
            holds("another_address_is_of_a_mailbox", Q(other_address="") | Q(other_address__regex=_MAILBOX)),
        ], ordering=["created_at"], indexes=[
            models.Index(fields=["next_attempt_at"], condition=Q(status="queued"), name="notification_due"),
            models.Index(fields=["lease_until"], condition=Q(status="sending"), name="notification_lease"),
            models.Index(fields=["recipient", "-created_at"], name="notification_recipient"),
            models.Index(
                fields=["recipient"], condition=Q(status__in=["failed", "bounced"]), name="notification_missing",
            ),
        ]),
        bare_table("Pulse", "pulse", "pulses", [
            ("name", models.CharField("name", primary_key=True, max_length=20, serialize=False)),
            ("at", models.DateTimeField("at")),
        ]),
        bare_table("RecordRoot", "root of the record", "roots of the record", [
            ("number", models.PositiveIntegerField("number", primary_key=True, serialize=False)),
            ("day", models.DateField("day", unique=True)),
            ("earlier", models.CharField("hash of the root before", max_length=64)),
            ("tree", models.CharField("top of the tree", max_length=64)),
            ("hash", models.CharField("hash", unique=True, max_length=64)),
            ("key", models.CharField("fingerprint of the key", max_length=64, blank=True)),
            ("public_key", models.CharField("public key", max_length=64, blank=True)),
            ("signature", models.CharField("signature", max_length=128, blank=True)),
        ], ordering=["-number"]),
        bare_table("RecordRootSecret", "secret of a root", "secrets of roots", [
            ("root", models.OneToOneField(
                "core.recordroot", PROTECT, primary_key=True, serialize=False, related_name="secret",
            )),
            ("seed", models.CharField("seed", max_length=64)),
        ]),
        bare_table("RecordHead", "kept head", "kept heads", [
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("root", key("core.recordroot", "since root", "heads")),
            ("chain", models.CharField("chain", max_length=100)),
            ("sequence", models.BigIntegerField("number of the last entry")),
            ("hash", models.CharField("hash of the last entry", max_length=64)),
        ], [once("one_head_a_chain_and_root", "chain", "root")], ordering=["root", "chain"]),
        table("TaskDay", "day of a task", "days of tasks", [
            ("task", models.CharField("task", max_length=100)),
            ("day", models.DateField("day")),
        ], [once("a_day_of_a_task_once", "task", "day")]),
    ])
