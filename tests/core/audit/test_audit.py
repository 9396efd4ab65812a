"""The record of acts: chained, complete, and closed to changes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.states.models import RegionalGroup
from core import audit
from core.audit import AuditPlace, Break, ChainHead
from core.hashes import document_hash
from core.models import AuditEntry
from core.policy import SystemActor
from tests.factories.accounts import UserFactory
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db


def three_entries() -> list[AuditEntry]:
    user = UserFactory(full_name="Nadia Ferrante")
    audit.record(user, "tests.first", user, after={"step": "consultations"})
    audit.record(SystemActor("tests.task"), "tests.second", user, before={"a": 1}, reason="Because.")
    audit.record(user, "tests.third", user)
    audit.chain_now()
    return list(AuditEntry.objects.filter(verb__startswith="tests.").order_by("id"))


def tamper(statement: str, *values: object) -> None:
    """What somebody does who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks of its rows are to come
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE core_auditentry ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_entry_says_who_did_what_to_which_thing() -> None:
    first, second, _third = three_entries()
    assert (first.actor_label, first.verb, first.target_type, first.target_label) == (
        "Nadia Ferrante",
        "tests.first",
        "accounts.user",
        "Nadia Ferrante",
    )
    assert (first.before, first.after, first.address) == (None, {"step": "consultations"}, "system")
    assert (second.actor, second.actor_label, second.reason) == (None, "system: tests.task", "Because.")
    assert (first.acting_state, first.concerned_states, first.room) == ("", [], "")


def test_who_is_not_signed_in_does_nothing_that_would_look_like_the_system() -> None:
    with pytest.raises(ValueError, match="must be a"):
        audit.record(AnonymousUser(), "tests.nobody", UserFactory())
    assert not AuditEntry.objects.filter(verb="tests.nobody").exists()


def test_an_entry_says_from_which_address_the_request_came(cast: Cast, client: Client) -> None:
    address = reverse("reviews:review-remind", args=["untoc", cast.review.code])
    login_as(client, cast.officer).post(address, REMOTE_ADDR="192.0.2.7")
    assert AuditEntry.objects.get(verb="reviews.review.reminded").address == "192.0.2.7"
    audit.record(cast.officer, "tests.later", cast.officer)
    assert AuditEntry.objects.get(verb="tests.later").address == "system"


def test_the_sequence_has_no_gap_and_each_entry_holds_the_hash_before_it() -> None:
    entries = three_entries()
    assert [(entry.chain, entry.sequence) for entry in entries] == [("portal", number) for number in (1, 2, 3)]
    assert [entry.previous_hash for entry in entries] == [audit.GENESIS_HASH, entries[0].hash, entries[1].hash]
    assert audit.head_of("portal") == ChainHead("portal", 3, entries[2].hash)


def test_the_reference_data_leaves_no_entries_and_a_chain_without_entries_has_no_head() -> None:
    assert AuditEntry.objects.count() == 0
    assert audit.head_of("portal") is None


def test_the_database_works_out_the_hashes_as_the_documents_say() -> None:
    for entry in three_entries():
        assert entry.content_hash == document_hash(audit.content_of(entry))
        assert entry.hash == audit.chained_hash(entry.previous_hash, entry.content_hash, "portal", entry.sequence)


def test_two_entries_that_say_the_same_have_different_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr("core.audit.entries.timezone.now", lambda: now)
    user = UserFactory()
    assert len({audit.record(user, "tests.same", user).content_hash for _time in range(3)}) == 3


def test_each_chain_counts_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.audit.entries._locators", {RegionalGroup: lambda actor, verb, target: AuditPlace(verb)})
    group, user = RegionalGroup.objects.all()[0], UserFactory()
    for chain in ("ü/2", "ü", "ü/2", "ü/2"):
        audit.record(user, chain, group)
    audit.record(user, "tests.portal", user)
    audit.chain_now()
    places = AuditEntry.objects.order_by("id").values_list("chain", "sequence")
    assert list(places) == [("ü/2", 1), ("ü", 1), ("ü/2", 2), ("ü/2", 3), ("portal", 1)]
    assert audit.chains() == sorted(audit.chains())
    assert audit.first_break_anywhere() is None


def test_a_sound_chain_is_sound_also_from_a_head_that_was_kept() -> None:
    entries = three_entries()
    assert audit.first_break("portal") is None
    assert audit.first_break("portal", after=ChainHead("portal", 2, entries[1].hash)) is None
    assert audit.first_break("portal", after=ChainHead("portal", 2, entries[0].hash)) == Break("portal", 2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET verb = 'tests.other' WHERE id = %s",
        "UPDATE core_auditentry SET sequence = sequence + 10 WHERE id = %s",
        "DELETE FROM core_auditentry WHERE id = %s",
    ],
    ids=["change", "move", "delete"],
)
@pytest.mark.parametrize("is_chained", [True, False])
def test_the_database_refuses_to_change_the_record(statement: str, *, is_chained: bool) -> None:
    user = UserFactory()
    entry = audit.record(user, "tests.one", user)
    if is_chained:
        audit.chain_now()
    with (
        pytest.raises(ProgrammingError, match="core_auditentry"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [entry.pk])


@pytest.mark.parametrize("place", [{"sequence": 1}, {"hash": "a" * 64}, {"previous_hash": "a" * 64}])
def test_nobody_chooses_the_place_of_an_entry(place: dict[str, object]) -> None:
    entry = three_entries()[0]
    for name, value in {"pk": None, "sequence": None, "hash": "", "previous_hash": "", **place}.items():
        setattr(entry, name, value)
    with pytest.raises(ProgrammingError, match="core_auditentry"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE core_auditentry SET actor_label = 'Somebody else' WHERE id = %s", 2),
        ('UPDATE core_auditentry SET after = \'{"step": "closed"}\' WHERE id = %s', 2),
        ("UPDATE core_auditentry SET at = at - interval '1 second' WHERE id = %s", 2),
        ("UPDATE core_auditentry SET acting_state = 'XAA' WHERE id = %s", 2),
        ("UPDATE core_auditentry SET room = 'XAA' WHERE id = %s", 2),
        ("UPDATE core_auditentry SET address = '192.0.2.1' WHERE id = %s", 2),
        ("UPDATE core_auditentry SET nonce = repeat('a', 32) WHERE id = %s", 2),
        ("UPDATE core_auditentry SET hash = repeat('a', 64) WHERE id = %s", 2),
        ("UPDATE core_auditentry SET sequence = 7 WHERE id = %s", 2),
        ("UPDATE core_auditentry SET sequence = NULL WHERE id = %s", 2),
        ("UPDATE core_auditentry SET chain = 'untoc' WHERE id = %s", 2),
        ("DELETE FROM core_auditentry WHERE id = %s", 2),
    ],
)
def test_a_change_behind_the_back_of_the_triggers_shows(statement: str, first_broken: int) -> None:
    entries = three_entries()
    tamper(statement, entries[1].pk)
    assert audit.first_break("portal") == Break("portal", first_broken)


def test_an_entry_goes_with_the_transaction_that_wrote_it() -> None:
    user = UserFactory()
    with transaction.atomic():
        audit.record(user, "tests.undone", user)
        transaction.set_rollback(True)
    assert AuditEntry.objects.filter(verb="tests.undone").count() == 0
    assert [entry.sequence for entry in three_entries()] == [1, 2, 3]


def test_the_command_prints_the_head_of_each_chain(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    lines = capsys.readouterr().out.splitlines()
    found = {chain: audit.head_of(chain) for chain in (f"untoc/{cast.bystander_review.code}", "untoc/1-XVE")}
    expected = [f"{chain}: {head.sequence} entries, {head.hash}" for chain, head in sorted(found.items()) if head]
    assert lines == [*expected, "No root has been given out yet.", "The record of acts is whole."]


def test_the_command_fails_and_names_each_chain_that_was_altered(cast: Cast) -> None:
    chain = f"untoc/{cast.review.code}"
    call_command("verify_audit")
    tamper("UPDATE core_auditentry SET reason = 'x' WHERE chain = %s AND sequence = 3", chain)
    with pytest.raises(CommandError) as caught:
        call_command("verify_audit")
    assert str(caught.value) == f"{chain} does not fit from entry 3 on."
