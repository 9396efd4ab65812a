"""What pages cost: server time, queries, bytes on the line."""

import gzip
import statistics
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people.models import User
from tools.bench.world import World

REPEATS = 15
BACKEND = "accounts.people.backends.AccountBackend"


@dataclass(frozen=True, slots=True)
class PageCost:
    """Median milliseconds of the server and of its processor, number of queries, bytes of the page compressed."""

    milliseconds: float
    processor: float
    queries: int
    compressed: int


def cost(user: User, path: str) -> PageCost:
    """Measure one page in this process, warmed up."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    content = client.get(path).content
    seconds, worked = [], []
    for _time in range(REPEATS):
        begun, at_work = time.perf_counter(), time.process_time()
        http_response = client.get(path)
        seconds.append(time.perf_counter() - begun)
        worked.append(time.process_time() - at_work)
        require_page(http_response)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    milliseconds, processor = (statistics.median(each) * 1000 for each in (seconds, worked))
    return PageCost(milliseconds, processor, len(queries), len(gzip.compress(content, 6)))


def require_page(http_response: Any) -> None:
    """What leads elsewhere or refuses measures nothing. Raises RuntimeError."""
    if http_response.status_code != 200:
        raise RuntimeError(f"the page answered {http_response.status_code}")


def largest_section(world: World) -> str:
    """The address of the section with most items, in the part with most."""
    from questionnaires.definitions.selectors import index_of

    places = index_of(world.response.version_id).applicable_sections(world.response.party_to)
    place = max(places, key=lambda place: len(place.section.items))
    return reverse("questionnaires:section-detail", args=["untoc", world.review.code, *place.address])
