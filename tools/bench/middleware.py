"""What each middleware costs a request: a form sent to the bare view behind the sign-in, in one process."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tools.bench.world import World

REQUESTS, WARM_UP = 400, 50
# Not as a program, which would be another module than the one that Django's list of middlewares names.
_RUN = "import sys; from tools.bench.middleware import main; main(sys.argv[1])"
AROUND, VIEW = "server, signals and connection", "address and view"


def measure(world: "World") -> list[tuple[str, str]]:
    """Give the microseconds of each middleware, of the view, and of what stands around them, the dearest first."""
    from tools.bench.servers import cookies_of

    command = [sys.executable, "-W", "ignore", "-c", _RUN, json.dumps(cookies_of(world.expert))]
    environment = {**os.environ, "DATABASE_ROLE": "app"}
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    figures: dict[str, float] = json.loads(printed)
    rows = sorted(figures.items(), key=lambda row: -row[1])
    return [*((name, f"{1e6 * seconds:.0f} µs") for name, seconds in rows),
            ("all of it", f"{1e6 * sum(figures.values()):.0f} µs")]  # fmt: skip


class Passages:
    """When the present request came past each probe: going in, at the hooks before the view, and coming out."""

    def __init__(self, probes: int) -> None:
        self.going_in, self.before_view, self.coming_out = ([0.0] * probes for _way in range(3))

    def costs(self) -> Iterator[float]:
        """Seconds between each probe and the next one, all ways together."""
        for place in range(len(self.going_in) - 1):
            yield (
                self.going_in[place + 1] - self.going_in[place]
                + self.before_view[place + 1] - self.before_view[place]
                + self.coming_out[place] - self.coming_out[place + 1]
            )  # fmt: skip

    def view(self) -> float:
        """Seconds of what stands inside the last probe, but for the hooks before the view."""
        return self.coming_out[-1] - self.going_in[-1] - (self.before_view[-1] - self.before_view[0])


passages = Passages(0)


class Probe:
    def __init__(self, place: int, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self.place, self.get_response = place, get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        passages.going_in[self.place] = time.perf_counter()
        try:
            return self.get_response(request)
        finally:
            passages.coming_out[self.place] = time.perf_counter()

    def process_view(self, request: "HttpRequest", view: Any, args: Any, kwargs: Any) -> None:
        passages.before_view[self.place] = time.perf_counter()


def __getattr__(name: str) -> Any:
    """``probe_3``: what Django puts into its list as the middleware of that address. Raises AttributeError."""
    word, _line, place = name.partition("_")
    if word != "probe" or not place.isdigit():
        raise AttributeError(name)
    return lambda get_response: Probe(int(place), get_response)


def _with_probes(middleware: list[str]) -> list[str]:
    between = [entry for place, path in enumerate(middleware) for entry in (f"{__name__}.probe_{place}", path)]
    return [*between, f"{__name__}.probe_{len(middleware)}"]


def _measure(cookies: dict[str, str]) -> dict[str, float]:
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    names = list(settings.MIDDLEWARE)
    settings.MIDDLEWARE = _with_probes(names)
    global passages
    passages = Passages(len(names) + 1)
    handler = WSGIHandler()
    taken: dict[str, list[float]] = {name: [] for name in (*names, VIEW, AROUND)}
    for number in range(WARM_UP + REQUESTS):
        seconds = _ask(handler, cookies)
        if number < WARM_UP:
            continue
        for name, cost in zip(names, passages.costs(), strict=True):
            taken[name].append(cost)
        taken[VIEW].append(passages.view())
        taken[AROUND].append(seconds - (passages.coming_out[0] - passages.going_in[0]))
    return {name: statistics.median(costs) for name, costs in taken.items()}


def _ask(handler: Any, cookies: dict[str, str]) -> float:
    """Send one form; give the seconds until its answer was closed. Raises RuntimeError where it is refused."""
    body = urlencode({"code": "bench-0", "text": "The Criminal Code provides for imprisonment. " * 8}).encode()
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/bare/signed-in/", "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "HTTP_X_CSRFTOKEN": cookies["csrftoken"], "HTTP_HOST": "127.0.0.1",
        "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    }  # fmt: skip
    statuses: list[str] = []
    begun = time.perf_counter()
    answer = handler(environ, lambda status, headers: statuses.append(status))
    b"".join(answer)
    answer.close()
    seconds = time.perf_counter() - begun
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"the bare view answered {statuses[0]}")
    return seconds


def main(cookies: str) -> None:
    import django

    django.setup()
    print(json.dumps(_measure(json.loads(cookies))))
