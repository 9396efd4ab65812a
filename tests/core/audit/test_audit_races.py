"""Many write at once, in real transactions: every chain stays one chain, and nobody waits for another chain."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from accounts.states.models import RegionalGroup
from core import audit
from core.audit import AuditPlace
from core.models import AuditEntry
from core.policy import SystemActor

pytestmark = pytest.mark.django_db(transaction=True)

ACTOR = SystemActor("tests")
CHAINS = ("portal", "untoc/1-XAA", "untoc/1-XAB")
PATIENCE = "20s"  # to wait for ever is the fault that is looked for


@pytest.fixture(autouse=True)
def chains_by_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verb says the chain."""
    monkeypatch.setattr("core.audit.entries._locators", {RegionalGroup: lambda actor, verb, target: AuditPlace(verb)})


def write(*chains: str) -> None:
    for chain in chains:
        audit.record(ACTOR, chain, RegionalGroup(pk=chain, name="somebody"))


def together(*works: Callable[[], None]) -> None:
    """Run each in a thread with a connection of its own; raise what one of them raises."""
    errors: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextmanager
def held(chain: str) -> Iterator[None]:
    """Somebody's transaction has chained an entry and does not end."""
    is_chained, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            write(chain)
            audit.chain_now()
            is_chained.set()
            may_end.wait()
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    is_chained.wait()
    try:
        yield
    finally:
        may_end.set()
        holder.join()


def wait_at_most(time: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [time])


def test_writers_at_the_same_moment_keep_each_chain_one_chain_without_gaps() -> None:
    transactions = 12

    def writer(seed: int) -> Callable[[], None]:
        def work() -> None:
            chance = random.Random(seed)
            wait_at_most(PATIENCE)
            for number in range(transactions):
                with transaction.atomic():
                    write(*chance.choices(CHAINS, k=chance.randint(1, 5)))
                    with transaction.atomic():
                        write(chance.choice(CHAINS))
                        transaction.set_rollback(number % 2 == 0)
                    transaction.set_rollback(number % 3 == 2)
                kept.append(1)

        return work

    kept: list[int] = []
    together(*(writer(seed) for seed in range(6)))
    assert len(kept) == 6 * transactions
    for chain in CHAINS:
        numbers = list(AuditEntry.objects.filter(chain=chain).order_by("sequence").values_list("sequence", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > transactions
        assert audit.first_break(chain) is None
    assert audit.chains() == sorted(CHAINS)


def test_two_that_write_to_the_same_chains_in_opposite_order_do_not_stand_still() -> None:
    both_have_written = threading.Barrier(2, timeout=30)

    def writer(*chains: str) -> Callable[[], None]:
        def work() -> None:
            wait_at_most(PATIENCE)
            for _round in range(10):
                with transaction.atomic():
                    write(*chains)
                    both_have_written.wait()

        return work

    together(writer(*CHAINS), writer(*reversed(CHAINS)))
    assert [(audit.first_break(chain), audit.head_of(chain).sequence) for chain in CHAINS] == [(None, 20)] * 3


def test_who_has_recorded_and_then_wants_a_row_waits_for_nobody_who_waits_for_the_record() -> None:
    """With chains held from the first entry on, each would have what the other wants."""
    group = RegionalGroup.objects.order_by("pk")[0]
    has_row, has_recorded = threading.Event(), threading.Event()

    def records_first() -> None:
        wait_at_most(PATIENCE)
        with transaction.atomic():
            write("portal")
            has_recorded.set()
            has_row.wait()
            RegionalGroup.objects.select_for_update().get(pk=group.pk)

    def locks_first() -> None:
        wait_at_most(PATIENCE)
        with transaction.atomic():
            RegionalGroup.objects.select_for_update().get(pk=group.pk)
            has_row.set()
            has_recorded.wait()
            write("portal")

    together(records_first, locks_first)
    assert (audit.head_of("portal").sequence, audit.first_break("portal")) == (2, None)


def test_two_reviews_do_not_wait_for_each_other() -> None:
    with held("untoc/1-XAA"):
        wait_at_most(PATIENCE)
        write("untoc/1-XAB")
        assert audit.head_of("untoc/1-XAB").sequence == 1
        assert audit.head_of("untoc/1-XAA") is None
        wait_at_most("50ms")
        with pytest.raises(OperationalError, match="lock timeout"):  # who writes to the same one does wait
            write("untoc/1-XAA")
    wait_at_most("0")
    assert [audit.head_of(chain).sequence for chain in ("untoc/1-XAA", "untoc/1-XAB")] == [1, 1]


def test_an_open_transaction_that_has_recorded_keeps_nobody_waiting() -> None:
    has_written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write("portal")
            has_written.set()
            may_end.wait()

    def quick() -> None:
        has_written.wait()
        wait_at_most(PATIENCE)
        try:
            write("portal")
            assert audit.head_of("portal").sequence == 1
        finally:
            may_end.set()

    together(slow, quick)
    assert audit.head_of("portal").sequence == 2
    assert audit.first_break("portal") is None
