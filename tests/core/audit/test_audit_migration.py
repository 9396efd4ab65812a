"""A trail of one chain is carried over into the chains of today, or not at all where it does not fit."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core import audit
from core.hashes import document_hash
from core.models import AuditEntry
from core.policy import SystemActor
from portal.reference.table_rights import prepare_roles
from tests.factories.accounts import UserFactory
from tests.utils import make_review

# Each takes minutes: all tables are taken apart and put together again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]

BEFORE, AFTER = [("core", "0001_initial")], [("core", "0002_chains_of_the_audit")]


def migrate(target: list[tuple[str, str]]) -> Any:
    """Give the models as they are then."""
    executor = MigrationExecutor(connection)
    return executor.migrate(target).apps


@pytest.fixture
def forget() -> Iterator[Callable[[], None]]:
    """Empties the trail (as the owner of the database can), and brings the tables up to date in the end."""

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE core_auditentry")

    yield empty
    empty()
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())  # other apps build on what core has now
    prepare_roles(apps.get_app_config("core"))


def old_entry(models: Any, number: int, previous_hash: str, target: list[str], **facts: Any) -> str:
    """By the person that it is about, or by the system."""
    at = timezone.now()
    actor = target[1] if target[0] == "accounts.user" else None
    content = {
        "sequence": number,
        "at": at.isoformat(),
        "actor": actor,
        "actor_label": "system: tests",
        "verb": "tests.done",
        "target": target,
        "before": None,
        "after": facts,
        "reason": "",
        "previous_hash": previous_hash,
    }
    models.get_model("core", "AuditEntry").objects.create(
        sequence=number,
        at=at,
        actor_id=actor,
        actor_label="system: tests",
        verb="tests.done",
        target_type=target[0],
        target_id=target[1],
        target_label=target[2],
        after=facts,
        previous_hash=previous_hash,
        hash=document_hash(content),
    )
    return document_hash(content)


def test_old_entries_find_the_chains_of_what_they_are_about(forget: Callable[[], None]) -> None:
    review, user = make_review("written_feedback"), UserFactory()
    submission = review.response.submissions.get()
    targets = [
        ["reviews.review", str(review.pk), "1-XHV"],
        ["accounts.user", str(user.pk), "Somebody"],
        ["questionnaires.responsesubmission", str(submission.pk), "v1"],
        ["reviews.phase", str(review.phase_id), "Phase"],
        ["reviews.review", "00000000-0000-0000-0000-000000000000", "withdrawn since"],
        ["gone.model", "7", "of an app that is gone"],
    ]
    forget()
    models = migrate(BEFORE)
    hashes = [audit.GENESIS_HASH]
    for number, target in enumerate(targets, start=1):
        hashes.append(old_entry(models, number, hashes[-1], target, place=number, text="é"))
    migrate(AFTER)
    rows = AuditEntry.objects.order_by("id")
    assert list(rows.values_list("chain", "sequence", "earlier_hash")) == [
        ("untoc/1-XHV", 1, hashes[1]),
        ("portal", 1, hashes[2]),
        ("untoc/1-XHV", 2, hashes[3]),
        ("untoc", 1, hashes[4]),
        ("portal", 2, hashes[5]),
        ("portal", 3, hashes[6]),
    ]
    assert set(rows.values_list("room", "acting_state", "address")) == {(AuditEntry.NOBODY, "", "unknown")}
    assert audit.first_break_anywhere() is None
    audit.record(SystemActor("tests"), "tests.later", review)
    later = AuditEntry.objects.order_by("-id")[0]
    assert (later.id, later.chain, later.sequence) == (7, "untoc/1-XHV", 3)
    assert audit.first_break_anywhere() is None


def test_a_trail_that_does_not_fit_is_not_carried_over(forget: Callable[[], None]) -> None:
    forget()
    models = migrate(BEFORE)
    first = old_entry(models, 1, audit.GENESIS_HASH, ["gone.model", "7", "x"])
    old_entry(models, 2, first.replace(first[0], "x"), ["gone.model", "7", "x"])
    with pytest.raises(RuntimeError, match="from entry 2 on"):
        migrate(AFTER)
    assert models.get_model("core", "AuditEntry").objects.count() == 2


def test_the_record_of_acts_is_never_taken_apart(forget: Callable[[], None]) -> None:
    user = UserFactory()
    audit.record(user, "tests.done", user)
    with pytest.raises(RuntimeError, match="never taken apart"):
        migrate(BEFORE)
    assert AuditEntry.objects.count() == 1
