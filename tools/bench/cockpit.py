"""The secretariat's cockpit with 10, 100 and 760 reviews: each page against a bare one, and its files."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from reviews.cases.models import Review
from reviews.lists.selectors.narrowing import overdue_count
from tools.bench.pages import REPEATS, cost
from tools.bench.world import World, grow_to

SIZES = (10, 100, 760)  # reviews
PRINTED = (190, 760)  # reviews in a document: a phase, and all of them
PAGES = {
    "what needs an officer": "?whose=all",
    "timeline, 50 rows": "?all=1",
    "timeline, 200 rows": "?all=1&rows=200",
    "table, 50 rows": "?all=1&shape=table",
    "past the indicative date": "?overdue=on",
    "steps over time": "steps/",
    "who is waited for": "waiting/",
    "workload": "workload/",
}


def measure(world: World) -> Iterator[tuple[str, str]]:
    """Milliseconds of a page as a multiple of those of a bare page behind the same sign-in, taken in turns."""
    root = reverse("portal:cockpit", args=["untoc"])
    for size in SIZES:
        grow_to(world, size)
        yield from _pages(world, root, size)
        if size in PRINTED:
            yield f"late among {size} reviews, in SQL", f"{_late():.0f} ms"
    yield from _documents(world)


def _pages(world: World, root: str, size: int) -> Iterator[tuple[str, str]]:
    for name, path in PAGES.items():
        bare, page = cost(world.officer, "/bare/page/"), cost(world.officer, f"{root}{path}")
        yield (
            f"cockpit, {size} reviews: {name}",
            f"{page.milliseconds:.0f} ms, {page.milliseconds / bare.milliseconds:.1f} times the bare page "
            f"({bare.milliseconds:.0f} ms), {page.queries} queries, {page.compressed / 1000:.1f} kB compressed",
        )


def _late() -> float:
    """Median milliseconds of the count of those past their indicative date."""
    seconds = []
    for _time in range(REPEATS):
        begun = time.perf_counter()
        overdue_count(Review.objects.filter(mechanism__slug="untoc"), timezone.now())
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds) * 1000


def _documents(world: World) -> Iterator[tuple[str, str]]:
    """Each in a process of its own, as a worker makes it."""
    for size in PRINTED:
        command = [sys.executable, "-W", "ignore", "-m", "tools.bench.cockpit_print", str(world.officer.pk), str(size)]
        made = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        yield (
            f"cockpit as PDF, {size} reviews",
            "{pages} pages, {seconds:.1f} s, {megabytes:.0f} MB of memory, {kilobytes:.0f} kB".format(**made),
        )
