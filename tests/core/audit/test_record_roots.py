"""The end of the record cannot be cut unseen: a root over the heads of all chains, each night (docs/adr/0023)."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from core import audit
from core.audit.roots.checking import RootFinding, findings
from core.audit.roots.giving import give_root
from core.audit.roots.proofs import proof_for
from core.audit.roots.statements import NO_ROOT, file_name_of, file_of, key_file_name
from core.audit.roots.tree import Leaf, top_over
from core.checks import check_record_key
from core.enums import RootFault
from core.models import AuditEntry, RecordHead, RecordRoot, RecordRootSecret
from reviews.registration.services.reminders import remind
from tests.core.audit.roots import kept_in
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, LATER = (dt.date(2026, 11, day) for day in (25, 26, 27))
_COLUMNS = {"core_recordroot": "hash", "core_recordrootsecret": "seed", "core_recordhead": "hash"}
ROOTS = tuple(_COLUMNS)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with kept_in(tmp_path / "roots") as kept:
        yield kept


def write_acts(cast: Cast, times: int) -> str:
    """Acts in the record of the review; its chain."""
    for _time in range(times):
        remind(cast.officer, cast.review)
    audit.chain_now()
    return f"untoc/{cast.review.code}"


def cut(chain: str, entries: int) -> int:
    """What somebody does who owns the database; the number of the last entry that was there."""
    head = audit.head_of(chain)
    assert head is not None
    with guards_off(["core_auditentry"]):
        AuditEntry.objects.filter(chain=chain, sequence__gt=head.sequence - entries).delete()
    return head.sequence


def faults() -> list[tuple[RootFault, dt.date]]:
    return [(found.fault, found.day) for found in findings()]


def test_who_cuts_the_last_six_entries_is_told_of(cast: Cast) -> None:
    chain = write_acts(cast, 8)
    give_root(TODAY)
    call_command("verify_audit")
    length = cut(chain, 6)
    assert audit.first_break_anywhere() is None, "what is left of the chain fits together"
    assert findings() == [RootFinding(RootFault.HEAD_GONE, TODAY, chain, length)]
    with pytest.raises(CommandError, match=f"{chain}, entry {length}"):
        call_command("verify_audit")


def test_it_stays_told_when_others_are_written_in_their_place_and_more_roots_are_given(cast: Cast) -> None:
    chain = write_acts(cast, 8)
    give_root(TODAY)
    length = cut(chain, 6)
    give_root(TOMORROW)
    write_acts(cast, 9)
    give_root(LATER)
    assert findings() == [RootFinding(RootFault.HEAD_GONE, TODAY, chain, length)]


def test_a_chain_that_is_gone_as_a_whole_is_told_of(cast: Cast) -> None:
    chain = write_acts(cast, 2)
    give_root(TODAY)
    length = cut(chain, 1000)
    give_root(TOMORROW)
    assert findings() == [RootFinding(RootFault.HEAD_GONE, TODAY, chain, length)]
    assert RecordHead.objects.get(root__day=TOMORROW).sequence == 0


def test_a_record_that_only_grows_fits_every_root(cast: Cast) -> None:
    for day in (TODAY, TOMORROW, LATER):
        chain = write_acts(cast, 1)
        give_root(day)
    assert findings() == []
    assert RecordHead.objects.filter(chain=chain).count() == 3
    assert RecordHead.objects.exclude(chain=chain).filter(root__day__gt=TODAY).count() == 0, "what has not grown"


def _take_last_root_out() -> None:
    last = RecordRoot.objects.first()
    RecordHead.objects.filter(root=last).delete()
    RecordRootSecret.objects.filter(root=last).delete()
    RecordRoot.objects.filter(pk=last.pk).delete()  # type: ignore[union-attr]


def _forget_what_was_kept() -> None:
    head = RecordHead.objects.order_by("-sequence")[0]
    RecordHead.objects.filter(pk=head.pk).update(
        sequence=1, hash=AuditEntry.objects.get(sequence=1, chain=head.chain).hash
    )


FORGERIES: dict[str, tuple[Callable[[], object], list[tuple[RootFault, dt.date]]]] = {
    "a root taken out": (_take_last_root_out, [(RootFault.CUT, TOMORROW)]),
    "another tree": (
        lambda: RecordRoot.objects.filter(day=TOMORROW).update(tree="0" * 64),
        [(RootFault.ALTERED, TOMORROW), (RootFault.FILE_DIFFERS, TOMORROW)],
    ),
    "without its signature": (
        lambda: RecordRoot.objects.filter(day=TOMORROW).update(signature="0" * 128),
        [(RootFault.ALTERED, TOMORROW), (RootFault.FILE_DIFFERS, TOMORROW)],
    ),
    "what was kept is changed too": (
        _forget_what_was_kept,
        [(RootFault.OTHER_HEADS, TODAY), (RootFault.OTHER_HEADS, TOMORROW)],
    ),
    "another seed": (
        lambda: RecordRootSecret.objects.filter(root__day=TODAY).update(seed="0" * 64),
        [(RootFault.OTHER_HEADS, TODAY)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_who_changes_what_was_given_out_is_told_of(cast: Cast, name: str) -> None:
    write_acts(cast, 3)
    give_root(TODAY)
    give_root(TOMORROW)
    forge, expected = FORGERIES[name]
    with guards_off(ROOTS):
        forge()
    assert faults() == expected


def test_a_file_that_is_missing_or_says_something_else_is_told_of(cast: Cast, folder: Path) -> None:
    for day in (TODAY, TOMORROW):
        give_root(day)
    (folder / f"root-{TODAY}.json").unlink()
    (folder / f"root-{TOMORROW}.json").write_text("{}")
    (folder / "root-of-nothing.json").touch()
    assert faults() == [(RootFault.FILE_MISSING, TODAY), (RootFault.FILE_DIFFERS, TOMORROW)]


def test_no_role_that_serves_can_change_a_root_and_the_owner_must_switch_its_triggers_off(cast: Cast) -> None:
    write_acts(cast, 1)
    give_root(TODAY)
    for table in ROOTS:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {_COLUMNS[table]} = ''"):  # noqa: S608
            with pytest.raises(ProgrammingError, match=table), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_root_names_its_day_and_the_root_before_and_is_kept_as_a_file(cast: Cast, folder: Path) -> None:
    write_acts(cast, 1)
    first, second = give_root(TODAY), give_root(TOMORROW)
    assert [(root.number, root.earlier) for root in (first, second)] == [(1, NO_ROOT), (2, first.hash)]
    assert first.tree != second.tree, "nobody sees whether anything was done between them"
    written = json.loads((folder / file_name_of(second)).read_bytes())
    assert written["statement"] == {
        "day": "2026-11-26",
        "earlier": first.hash,
        "format": "root-of-records",
        "format_version": 1,
        "key": second.key,
        "number": 2,
        "tree": second.tree,
    }
    assert (written["root"], written["signature"]) == (second.hash, second.signature)


def test_the_public_key_lies_beside_the_files_and_verifies_the_statement(cast: Cast, folder: Path) -> None:
    root = give_root(TODAY)
    key: Any = load_pem_public_key((folder / key_file_name(root.key)).read_bytes())
    statement = json.loads(file_of(root))["statement"]
    said = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
    key.verify(bytes.fromhex(root.signature), said)


def test_a_second_call_on_a_day_gives_the_same_root_and_writes_a_file_that_was_not_written(
    cast: Cast, folder: Path
) -> None:
    first = give_root(TODAY)
    (folder / file_name_of(first)).unlink()
    write_acts(cast, 1)
    assert (give_root(TODAY).hash, give_root(TODAY - dt.timedelta(days=1)).hash) == (first.hash, first.hash)
    assert (findings(), RecordRoot.objects.count()) == ([], 1)


def test_the_file_of_a_worker_that_died_is_written_the_next_night(cast: Cast, folder: Path) -> None:
    first = give_root(TODAY)
    (folder / file_name_of(first)).unlink()
    give_root(TOMORROW)
    assert (folder / file_name_of(first)).read_bytes() == file_of(first)
    assert faults() == []


def test_roots_of_an_old_key_hold_by_the_key_that_was_kept(cast: Cast, tmp_path: Path) -> None:
    first = give_root(TODAY)
    with kept_in(tmp_path / "roots", key="09" * 32):
        second = give_root(TOMORROW)
        assert findings() == []
    assert first.key != second.key


@pytest.mark.parametrize(("key", "level"), [(None, logging.WARNING), ("no key", logging.CRITICAL)])
def test_without_a_usable_key_roots_are_given_and_the_log_says_that_they_are_not_signed(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture, key: str | None, level: int
) -> None:
    write_acts(cast, 1)
    with kept_in(tmp_path / "bare", key=key):
        root = give_root(TODAY)
        assert ((root.key, root.signature), findings()) == (("", ""), [])
    told = [record for record in caplog.records if record.name == "core.audit.roots.giving"]
    assert [(record.levelno, "is not signed" in record.getMessage()) for record in told] == [(level, True)]


def test_the_command_says_of_the_last_root_whether_it_is_signed(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit")
    root = give_root(TODAY)
    call_command("verify_audit")
    with kept_in(tmp_path / "roots", key=None):
        give_root(TOMORROW)
        call_command("verify_audit")
    said = [line for line in capsys.readouterr().out.splitlines() if "root" in line.lower()]
    assert said == [
        "No root has been given out yet.",
        f"It fits every root, the last of which is 1 of 2026-11-25, signed with {root.key}.",
        "It fits every root, the last of which is 2 of 2026-11-26, not signed: RECORD_KEY_FILE names no key.",
    ]


def test_a_chain_is_led_to_the_root_by_a_path_that_names_no_other(cast: Cast) -> None:
    chain = write_acts(cast, 3)
    root = give_root(TODAY)
    given = proof_for(chain, root)
    assert given is not None
    proof = given["proof"]
    head = audit.head_of(chain)
    assert head == (chain, proof["sequence"], proof["hash"])
    assert top_over(Leaf(chain, proof["sequence"], proof["hash"]), proof["salt"], proof["path"]) == root.tree
    others = {name for name in audit.chains() if name != chain}
    assert others and not [name for name in others if name in json.dumps(given)]
    assert proof_for("untoc/1-YYY", root) is None
    assert proof_for(chain, None) is None


def test_an_earlier_root_keeps_the_head_of_its_night(cast: Cast) -> None:
    chain = write_acts(cast, 1)
    first = give_root(TODAY)
    length = audit.head_of(chain).sequence  # type: ignore[union-attr]
    write_acts(cast, 2)
    give_root(TOMORROW)
    last = give_root(LATER)
    for root, expected in ((first, length), (last, length + 2)):
        given = proof_for(chain, root)
        assert given is not None
        proof = given["proof"]
        assert proof["sequence"] == expected
        assert top_over(Leaf(chain, proof["sequence"], proof["hash"]), proof["salt"], proof["path"]) == root.tree


def test_a_night_takes_the_same_queries_whatever_the_number_of_chains_and_roots(cast: Cast) -> None:
    give_root(TODAY)
    for number, day in ((1, TOMORROW), (20, LATER)):
        for chain in range(number):
            audit.record(cast.officer, "tests.done", cast.officer, place=audit.AuditPlace(f"tests/{number}-{chain}"))
        audit.chain_now()
        with assert_query_count("the root of a night"):
            give_root(day)
            assert findings() == []


def test_the_deploy_check_tells_a_worker_without_a_key_and_a_key_among_the_data(
    settings: Any, tmp_path: Path, folder: Path
) -> None:
    def found() -> list[str | None]:
        return [message.id for message in check_record_key()]

    settings.DATABASE_ROLE = "app"
    settings.RECORD_KEY_FILE = ""
    assert found() == [], "pages never have it"
    settings.DATABASE_ROLE = "system"
    assert found() == ["core.W004"]
    key = tmp_path / "key"
    settings.RECORD_KEY_FILE = str(key)
    assert found() == ["core.E004"]
    key.write_text("07" * 32 + "\n")
    assert found() == []
    settings.DATA_DIR = tmp_path
    assert found() == ["core.W005"]


def test_roots_are_kept_among_the_data_where_no_folder_is_named() -> None:
    from config.settings import base

    assert Path(settings.DATA_DIR) / "roots" == base.RECORD_ROOTS_DIR
