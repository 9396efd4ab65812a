"""The pages of the walk in a real browser: axe at WCAG 2.2 AA, light and dark, no sideways scrolling at 320 pixels.

The walk keeps what it got; a small server on the loopback hands it to Chromium together with the static files. The
browser lives in a thread of its own: Playwright's loop would otherwise take Django's connection from the walk.
"""

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.contrib.staticfiles import finders
from playwright.sync_api import TimeoutError as PatienceOverError, sync_playwright

from tests.browser import AXE_OPTIONS, CHROMIUM, LAUNCH
from tests.permissions import urls_base
from tests.walk.looks import Look

# Nobody clicks here: painting in one thread takes less of the processor. (In the process of the browser it takes still
# less, but then a page is now and then never shown.)
ONE_PAINTER = ["--num-raster-threads=1", "--disable-threaded-compositing"]
# One of each kind; the first who may open a page looks at it.
READERS = ("focal_point", "contributor", "officer", "same_group_expert")
NO_PAGES = {
    "favicon",
    "healthz",
    "readyz",
    "robots",
    "core:job-download",
    "reviews:review-home",
    "portal:cockpit-home",
    "portal:cockpit-view",
    "lots:draw-home",
    "accounts:sign-in",
}


def is_looked_at(page: urls_base.Page, stage: str, person: str) -> bool:
    """Each page at the first and at the last stage at which somebody may open it, as the first who may."""
    if page.method != "get" or page.name in NO_PAGES or "api:" in page.name:
        return False
    open_at = [each for each in urls_base.STAGES if each in page.access and page.access[each].may & set(READERS)]
    if stage not in {*open_at[:1], *open_at[-1:]}:
        return False
    return person == next(name for name in READERS if name in page.access[stage].may)


# What axe does not judge a page by: where things lead to, and what is said.
_LED_TO = re.compile(
    "nonce|href|action|src|value|content|datetime|hx-.*|data-.*|lang|hreflang|dir|alt|title|placeholder|aria-label"
)
_KEYS = re.compile(r"[0-9a-f]{12,}|\d+|\s+")


def shape_of(element: Any) -> str:
    """What axe judges an element by, contrast aside: its marks without words, keys and addresses, and those inside.

    Rows that are marked alike count once, in any order: pages of one shape, most often one page in two languages or at
    two steps, are judged once.
    """
    marks = [
        (name, bool(value.strip()) if _LED_TO.fullmatch(name) else _KEYS.sub("", value))
        for name, value in sorted(element.items())
    ]
    inside = sorted({shape_of(each) for each in element if isinstance(each.tag, str)})
    says = bool((element.text or "").strip())
    return hashlib.sha256(repr((element.tag, says, marks, inside)).encode()).hexdigest()


Place = tuple[str, ...]


def places_of_text(root: Any) -> dict[Place, list[str]]:
    """Where text stands, as the classes around it, on which its colours hang (no page has styles of its own).

    With the paths to the elements that stand there.
    """
    found: dict[Place, list[str]] = {}
    tree = root.getroottree()
    for element in root.find("body").iter("*"):
        if (element.text or "").strip() or element.tag in {"input", "textarea", "select"}:
            classes = (name for each in (element, *element.iterancestors()) if (name := each.get("class")))
            found.setdefault((element.tag, *classes), []).append(tree.getpath(element))
    return found


# Opens all boxes; gives the violations, and which places of text are in sight, where the first element was judged.
_JUDGE = """async ([options, colours, places]) => {
  // But for the menus, which cover what is under them while they are open; a journey opens each and judges it.
  document.querySelectorAll("details:not(.app-menu)").forEach((each) => { each.open = true; });
  const seen = places.map((paths) => paths
    .map((path) => document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue)
    .find((element) => element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })));
  const inSight = seen.filter(Boolean);
  const runs = options ? [await axe.run(document, options)] : [];
  if (inSight.length) runs.push(await axe.run({ include: inSight }, colours));
  return [runs.flatMap((run) => run.violations), seen.map(Boolean)];
}"""
MARKS = {**AXE_OPTIONS, "rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# The server is a thread beside the walk, which takes the processor for itself on a busy machine.
PATIENCE = 60_000  # milliseconds
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class Accessibility:
    """Looks at page after page while the walk goes on; ``problems`` waits for the last.

    ``judged`` and ``coloured`` are the shapes and places of text that axe has met before, on any step. A place that
    was out of sight (not shown yet, or without scripts alone) has another chance on each page that is judged anyway.
    """

    def __init__(self, judged: set[str], coloured: dict[Place, bool]) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._judged, self._coloured = judged, coloured
        self._answers: dict[str, tuple[bytes, str]] = {}
        self._found: dict[str, Future[list[str]]] = {}
        self._browser: Any = None

    def look(self, look: Look) -> None:
        path = f"/page/{len(self._found)}{look.address}"
        self._answers[path] = (look.answered.content, look.headers.get("Content-Security-Policy", ""))
        self._found[str(look)] = self._thread.submit(self._problems, path, look)

    @property
    def problems(self) -> list[str]:
        return [f"{look}: {each}" for look, found in self._found.items() for each in found.result()]

    def __len__(self) -> int:
        return len(self._found)

    @contextmanager
    def open(self) -> Iterator["Accessibility"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        Thread(target=server.serve_forever, daemon=True).start()
        self._origin = f"http://127.0.0.1:{server.server_port}"
        self._thread.submit(self._open_browser).result()
        try:
            yield self
        finally:
            self._thread.submit(self._close_browser).result()
            self._thread.shutdown()
            server.shutdown()
            server.server_close()

    # --- in the browser's thread

    def _open_browser(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH + ONE_PAINTER)
        self._judging = self._browser.new_page(viewport=WIDE)
        self._judging.add_init_script(AXE_SCRIPT)
        self._measuring = self._browser.new_page(viewport=NARROW)
        for tab in (self._judging, self._measuring):
            tab.set_default_timeout(PATIENCE)

    def _close_browser(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _problems(self, path: str, look: Look) -> list[str]:
        """Once more in another browser, where one shows nothing at all: it is not the browser that is judged."""
        try:
            return self._problems_shown(path, look)
        except PatienceOverError:
            self._close_browser()
            self._open_browser()
            return self._problems_shown(path, look)

    def _problems_shown(self, path: str, look: Look) -> list[str]:
        shape, places = shape_of(look.root), places_of_text(look.root)
        is_known = shape in self._judged and places.keys() <= self._coloured.keys()
        tab, problems = self._measuring if is_known else self._judging, []
        if (direction := look.root.get("dir")) != {"en": "ltr", "ar": "rtl"}[look.language]:
            problems.append(f"runs {direction}")
        if is_known:
            tab.goto(self._origin + path, wait_until="load")
        else:
            tab.set_viewport_size(WIDE)
            tab.goto(self._origin + path, wait_until="load")
            problems += self._judged_anew(shape, places)
            tab.set_viewport_size(NARROW)
        if (width := tab.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            problems.append(f"{width} pixels wide on a screen of {NARROW['width']}")
        return problems

    def _judged_anew(self, shape: str, places: dict[Place, list[str]]) -> list[str]:
        """The colours on a light screen and on a dark one."""
        new = [place for place in places if not self._coloured.get(place)]
        options = None if shape in self._judged else MARKS
        where = [places[place] for place in new]
        violations, seen = self._judging.evaluate(_JUDGE, [options, COLOURS, where])
        self._judging.emulate_media(color_scheme="dark")
        in_the_dark, _ = self._judging.evaluate(_JUDGE, [None, COLOURS, where])
        self._judging.emulate_media(color_scheme="light")
        self._judged.add(shape)
        self._coloured.update(zip(new, seen, strict=True))
        return [
            f"{mode}{AxeResults({'violations': found}).generate_report()}"
            for mode, found in (("", violations), ("on a dark screen: ", in_the_dark))
            if found
        ]

    # --- in the server's threads

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answers = self._answers

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path in answers:
                    content, policy = answers[path]
                    self._answer(200, content, "text/html; charset=utf-8", {"Content-Security-Policy": policy})
                elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
                    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                    self._answer(200, Path(str(found)).read_bytes(), kind, {"Cache-Control": "max-age=3600"})
                else:
                    self._answer(503, b"", "text/plain", {})

            def _answer(self, status: int, content: bytes, kind: str, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                pass

        return Handler
