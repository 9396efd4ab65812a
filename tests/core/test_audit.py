"""The audit trail: chained, complete, and closed to changes."""

import threading

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from core import audit
from core.models import AuditEntry
from core.policy import SystemActor
from tests.factories.accounts import UserFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def three_entries() -> list[AuditEntry]:
    user = UserFactory(full_name="Nadia Ferrante")
    return [
        audit.record(user, "tests.first", user, after={"step": "consultations"}),
        audit.record(SystemActor("tests.task"), "tests.second", user, before={"a": 1}, reason="Because."),
        audit.record(user, "tests.third", user),
    ]


def test_an_entry_says_who_did_what_to_which_thing() -> None:
    first, second, _third = three_entries()
    assert (first.actor_label, first.verb, first.target_type, first.target_label) == (
        "Nadia Ferrante",
        "tests.first",
        "accounts.user",
        "Nadia Ferrante",
    )
    assert (first.before, first.after) == (None, {"step": "consultations"})
    assert (second.actor, second.actor_label, second.reason) == (None, "system: tests.task", "Because.")


def test_the_sequence_has_no_gap_and_each_entry_holds_the_hash_before_it() -> None:
    entries = three_entries()
    start = entries[0].sequence
    assert [entry.sequence for entry in entries] == [start, start + 1, start + 2]
    assert entries[1].previous_hash == entries[0].hash
    assert entries[2].previous_hash == entries[1].hash


def test_the_first_entry_follows_the_beginning() -> None:
    assert AuditEntry.objects.count() == 0, "the reference data of the tests leaves no entries"
    assert three_entries()[0].previous_hash == audit.GENESIS_HASH


def test_a_sound_chain_is_sound() -> None:
    three_entries()
    assert audit.first_broken_entry() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET verb = 'tests.other' WHERE sequence = %s",
        "DELETE FROM core_auditentry WHERE sequence = %s",
    ],
    ids=["change", "delete"],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    entries = three_entries()
    with (
        pytest.raises(ProgrammingError, match="core_auditentry"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [entries[1].sequence])


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE core_auditentry SET actor_label = 'Somebody else' WHERE sequence = %s", 1),
        ('UPDATE core_auditentry SET after = \'{"step": "closed"}\' WHERE sequence = %s', 1),
        ("UPDATE core_auditentry SET at = at - interval '1 second' WHERE sequence = %s", 1),
        ("UPDATE core_auditentry SET hash = repeat('a', 64) WHERE sequence = %s", 1),
        ("DELETE FROM core_auditentry WHERE sequence = %s", 2),
    ],
    ids=["actor", "facts", "time", "hash", "gap"],
)
def test_a_change_behind_the_back_of_the_trigger_shows(statement: str, first_broken: int) -> None:
    entries = three_entries()
    with pgtrigger.ignore("core.AuditEntry:append_only"), connection.cursor() as cursor:
        cursor.execute(statement, [entries[1].sequence])
    assert audit.first_broken_entry() == entries[first_broken].sequence


def test_an_entry_goes_with_the_transaction_that_wrote_it() -> None:
    user = UserFactory()
    with transaction.atomic():
        audit.record(user, "tests.undone", user)
        transaction.set_rollback(True)
    assert AuditEntry.objects.filter(verb="tests.undone").count() == 0
    three_entries()
    assert audit.first_broken_entry() is None


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_form_one_chain() -> None:
    user = UserFactory()

    def write() -> None:
        for _number in range(5):
            audit.record(user, "tests.parallel", user)
        connection.close()

    threads = [threading.Thread(target=write) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(AuditEntry.objects.values_list("sequence", flat=True)) == list(range(1, 21))
    assert audit.first_broken_entry() is None


def test_the_command_tells_whether_the_trail_is_whole(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    assert capsys.readouterr().out == "The audit trail is whole.\n"


def test_the_command_fails_where_an_entry_was_altered_behind_our_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.audit.entry_hash", lambda entry: "0" * 64)
    with pytest.raises(CommandError, match="from entry 1 on"):
        call_command("verify_audit")
