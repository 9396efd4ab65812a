"""Saves a second: 16 people at once on two processes, against a bare view that does the same single write."""

from collections.abc import Callable
from urllib.parse import urlencode

from questionnaires.definitions.conditions import asked_codes
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from tools.bench.load import Client, RequestTally, together
from tools.bench.servers import cookies_of, serving
from tools.bench.world import World

CLIENTS, REQUESTS = 16, 250
TEXT = "The Criminal Code provides for imprisonment of up to five years. " * 8


def bare() -> RequestTally:
    """The ceiling: no middleware at all."""
    with serving("tools.bench.bare_settings") as port:
        return together(CLIENTS, REQUESTS, lambda number: _bare_request(port, number, "/bare/", {}))


def bare_signed_in(world: World) -> RequestTally:
    """The same view behind the portal's middleware and sign-in."""
    cookies = cookies_of(world.expert)
    with serving("tools.bench.settings") as port:
        return together(CLIENTS, REQUESTS, lambda number: _bare_request(port, number, "/bare/signed-in/", cookies))


def _bare_request(port: int, number: int, path: str, cookies: dict[str, str]) -> Callable[[], None]:
    client = Client(port, cookies)
    body = urlencode({"code": f"bench-{number}", "text": TEXT}).encode()

    def request() -> None:
        reply = client.post(path, body)
        if reply.status != 200:
            raise RuntimeError(f"the bare view answered {reply.status}")

    return request


def real(world: World, settings_module: str = "tools.bench.settings") -> RequestTally:
    """The same over the portal's own address for a save: session, token, policy, conditions, history and all."""
    codes = _text_codes(world)
    cookies = cookies_of(world.expert)
    with serving(settings_module) as port:
        return together(CLIENTS, REQUESTS, lambda number: _real_request(world, port, cookies, codes[number]))


def _text_codes(world: World) -> list[str]:
    index = index_of(world.response.version_id)
    places = index.applicable_sections(world.response.party_to)
    items = [item for place in places for item in place.section.items]
    asked = asked_codes(items, {})
    return [item.code for item in items if item.kind == QuestionKind.TEXT and item.code in asked]


def _real_request(world: World, port: int, cookies: dict[str, str], code: str) -> Callable[[], None]:
    client = Client(port, cookies)
    path = f"/en/untoc/reviews/{world.review.code}/response/answers/{code}/"
    base = 0

    def request() -> None:
        nonlocal base
        reply = client.post(path, urlencode({"text": TEXT, "base": base}).encode())
        if reply.status != 200:
            raise RuntimeError(f"a save answered {reply.status}: {reply.body[:300]!r}")
        base = reply.json()["revision"]

    return request
