"""The pages of the walk in a real browser: axe at WCAG 2.2 AA, and no sideways scrolling at 320 pixels.

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

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, sync_playwright

from tests.browser import AXE_OPTIONS, CHROMIUM, LAUNCH
from tests.permissions import urls_base
from tests.walk.looks import Look

# Nobody clicks here: painting in the page's own process and thread takes a quarter less of the processor.
NO_PAINTER = ["--in-process-gpu", "--num-raster-threads=1", "--disable-threaded-compositing"]
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


_LED_TO = re.compile(rb'\s(nonce|href|action|src|value|content|datetime|hx-[\w-]+|data-[\w-]+)="[^"]*"')
_SAID = re.compile(rb'\s(lang|hreflang|dir|alt|title|placeholder|aria-label)="[^"]+"')
_WORDS = re.compile(rb">[^<]*\S[^<]*<")
_KEYS = re.compile(rb"[0-9a-f]{12,}|\d+|\s+")


def shape_of(content: bytes) -> str:
    """What axe judges a page by, contrast aside: its marks without the words, keys and addresses in them.

    Pages of one shape, most often one page in two languages or at two steps, are judged once.
    """
    for pattern, left in ((_LED_TO, rb" \1"), (_SAID, rb" \1=x"), (_WORDS, b">x<"), (_KEYS, b"")):
        content = pattern.sub(left, content)
    return hashlib.sha256(content).hexdigest()


def coloured_in(root: Any) -> set[tuple[str, ...]]:
    """Where text stands, as the classes around it, on which its colours hang: no page has styles of its own."""
    return {
        (element.tag, *(name for each in (element, *element.iterancestors()) if (name := each.get("class"))))
        for element in root.iter("*")
        if (element.text or "").strip() or element.tag in {"input", "textarea", "select"}
    }


class Accessibility:
    """Looks at page after page while the walk goes on; ``problems`` waits for the last.

    ``judged`` and ``coloured`` are the shapes and places of text that axe has seen before, on any step.
    """

    def __init__(self, judged: set[str], coloured: set[tuple[str, ...]]) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._judged, self._coloured = judged, coloured
        self._answers: dict[str, tuple[bytes, str]] = {}
        self._found: dict[str, Future[list[str]]] = {}
        self._browser: Any = None

    def look(self, look: Look) -> None:
        path = f"/page/{len(self._found)}{look.address}"
        self._answers[path] = (look.answered.content, look.headers.get("Content-Security-Policy", ""))
        self._found[str(look)] = self._thread.submit(self._problems, path, look.language, self._rules_for(look))

    def _rules_for(self, look: Look) -> dict[str, Any] | None:
        """What axe is asked: nothing of a shape that it knows; of colours where text stands as it never did before."""
        shape, coloured = shape_of(look.answered.content), coloured_in(look.root) - self._coloured
        if shape in self._judged and not coloured:
            return None
        self._judged.add(shape)
        self._coloured |= coloured
        return AXE_OPTIONS if coloured else {**AXE_OPTIONS, "rules": {"color-contrast": {"enabled": False}}}

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
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH + NO_PAINTER)
        self._page = self._browser.new_page()

    def _close_browser(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _problems(self, path: str, language: str, rules: dict[str, Any] | None) -> list[str]:
        page: Page = self._page
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(self._origin + path, wait_until="load")
        problems = []
        if rules is not None and (results := Axe().run(page, options=rules)).violations_count:
            problems.append(results.generate_report())
        if (direction := page.locator("html").get_attribute("dir")) != {"en": "ltr", "ar": "rtl"}[language]:
            problems.append(f"runs {direction}")
        page.set_viewport_size({"width": 320, "height": 640})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            problems.append(f"{width} pixels wide on a screen of 320")
        return problems

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
