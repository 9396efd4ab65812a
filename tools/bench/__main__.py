"""Print the figures of docs/performance.md, each with what it is compared to."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.bench.world import World


def main() -> None:
    measures = in_order(sys.argv[1:])
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tools.bench.settings", "DATABASE_ROLE": "owner"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # what the migrations set for the database holds from here on
    from tools.bench import world as worlds

    world = worlds.build()
    for measure in measures:
        measure(world)


def in_order(wanted: Sequence[str]) -> list["Measure"]:
    """What is measured, in one order however it was asked for: each finds the world that it names, and adds to it.

    All where nothing is named. Raises SystemExit for a name that is none.
    """
    names = {name for name, _measure in _MEASURES}
    if unknown := sorted({*wanted} - names):
        raise SystemExit(f"No such measure: {', '.join(unknown)}. There are: {', '.join(sorted(names))}.")
    return [measure for name, measure in _MEASURES if not wanted or name in wanted]


def _line(what: str, figure: str) -> None:
    print(f"{what:<58} {figure}", flush=True)


def _sections(world: "World") -> None:
    from tools.bench.pages import cost, largest_section
    from tools.bench.world import answer_everything

    answers = answer_everything(world)
    page = cost(world.expert, largest_section(world))
    _line(f"section page of the largest part ({answers} answers given)", f"{page.milliseconds:.0f} ms, "
          f"{page.queries} queries, {page.compressed / 1000:.1f} kB compressed")  # fmt: skip


def _saves(world: "World") -> None:
    from tools.bench.saves import bare, bare_signed_in, real

    floor = bare()
    dressed = bare_signed_in(world)
    saves = real(world)
    _line("bare view, no middleware", f"{floor.rate:.0f} a second, median {floor.median_ms:.1f} ms")
    _line("bare view behind the sign-in", f"{dressed.rate:.0f} a second, median {dressed.median_ms:.1f} ms")
    _line("saves, 16 people on 2 processes", f"{saves.rate:.0f} a second, median {saves.median_ms:.1f} ms, "
          f"p95 {saves.p95_ms:.1f} ms")  # fmt: skip
    _line("ratio to the bare view, and behind the sign-in", f"{saves.rate / floor.rate:.2f}, "
          f"{saves.rate / dressed.rate:.2f}")  # fmt: skip


def _crowd(world: "World") -> None:
    from tools.bench.crowd import PEOPLE, measure

    saves = measure(world)
    _line(f"{PEOPLE} people who save at once, without an error", f"{len(saves.seconds)} saves, "
          f"{saves.rate:.0f} a second, median {saves.median_ms / 1000:.1f} s, p95 {saves.p95_ms / 1000:.1f} s, "
          f"slowest {max(saves.seconds):.1f} s")  # fmt: skip


def _middleware(world: "World") -> None:
    from tools.bench.middleware import measure

    for what, figure in measure(world):
        _line(what, figure)


def _shortest_list(world: "World") -> None:
    _list_of(world, 1)


def _list(world: "World") -> None:
    _list_of(world, 761)


def _list_of(world: "World", size: int) -> None:
    from django.urls import reverse

    from tools.bench.pages import cost
    from tools.bench.world import grow_to

    grow_to(world, size)
    page = cost(world.officer, reverse("reviews:review-list", args=["untoc"]))
    _line(f"list of reviews, {size} reviews", f"{page.milliseconds:.0f} ms, {page.queries} queries, "
          f"{page.compressed / 1000:.1f} kB compressed")  # fmt: skip


def _document(world: "World") -> None:
    from tools.bench.document import measure

    for what, figure in measure(world):
        _line(what, figure)


def _texts(world: "World") -> None:
    from tools.bench.texts import measure

    for what, figure in measure():
        _line(what, figure)


def _walls(world: "World") -> None:
    from tools.bench.walls import measure

    for what, figure in measure(world):
        _line(what, figure)


def _desk(world: "World") -> None:
    from tools.bench.desk import measure

    for what, figure in measure(world):
        _line(what, figure)


def _reminders(world: "World") -> None:
    from tools.bench.reminders import measure

    for what, figure in measure(world):
        _line(what, figure)


def _draws(world: "World") -> None:
    from tools.bench.draw import measure

    for what, figure in measure():
        _line(what, figure)


def _cockpit(world: "World") -> None:
    from tools.bench.cockpit import measure

    for what, figure in measure(world):
        _line(what, figure)


Measure = Callable[["World"], None]

# In this order: those on one review, then those on ever more of them. The list is measured on its way.
_MEASURES: tuple[tuple[str, Measure], ...] = (
    ("saves", _saves),
    ("middleware", _middleware),
    ("section", _sections),
    ("document", _document),
    ("texts", _texts),
    ("list", _shortest_list),
    ("cockpit", _cockpit),  # 10 reviews, 100, 760
    ("list", _list),
    ("walls", _walls),
    ("desk", _desk),  # sends the answers
    ("reminders", _reminders),
    ("crowd", _crowd),
    ("draw", _draws),
)

if __name__ == "__main__":
    main()
