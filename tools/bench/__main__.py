"""Print the figures of docs/performance.md, each with what it is compared to."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.bench.world import World

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
os.environ["DATABASE_ROLE"] = "owner"


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined] # what the migrations set for the database holds from here on
    from tools.bench import world as worlds

    world = worlds.build()
    wanted = sys.argv[1:] or list(_MEASURES)
    for name in wanted:
        _MEASURES[name](world)


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


def _list(world: "World") -> None:
    from django.urls import reverse

    from reviews.cases.models import Review
    from tools.bench.pages import cost
    from tools.bench.world import add_reviews

    path = reverse("reviews:review-list", args=["untoc"])
    for size in (1, 761):  # the cockpit may have been measured before
        there = Review.objects.count()
        add_reviews(world, max(size - there, 0))
        page = cost(world.officer, path)
        _line(f"list of reviews, {max(size, there)} reviews", f"{page.milliseconds:.0f} ms, {page.queries} queries, "
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


_MEASURES: dict[str, Callable[..., None]] = {
    "saves": _saves,
    "crowd": _crowd,
    "middleware": _middleware,
    "section": _sections,
    "document": _document,
    "texts": _texts,
    "cockpit": _cockpit,
    "list": _list,
    "draw": _draws,
    "walls": _walls,
    "reminders": _reminders,
}

if __name__ == "__main__":
    main()
