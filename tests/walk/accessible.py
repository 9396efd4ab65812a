"""The pages of the walk in a real browser: axe at WCAG 2.2 AA, and no sideways scrolling at 320 pixels.

The walk keeps what it got; a small server on the loopback hands it to Chromium together with the static files. The
browser lives in a thread of its own: Playwright's loop would otherwise take Django's connection from the walk.
"""

import mimetypes
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


class Accessibility:
    """Looks at page after page while the walk goes on; ``problems`` waits for the last."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._answers: dict[str, tuple[bytes, str]] = {}
        self._found: dict[str, Future[list[str]]] = {}
        self._browser: Any = None

    def look(self, look: Look) -> None:
        path = f"/page/{len(self._found)}{look.address}"
        self._answers[path] = (look.answered.content, look.headers.get("Content-Security-Policy", ""))
        self._found[str(look)] = self._thread.submit(self._problems, path, look.language)

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
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        self._page = self._browser.new_page()

    def _close_browser(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _problems(self, path: str, language: str) -> list[str]:
        page: Page = self._page
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(self._origin + path, wait_until="load")
        results = Axe().run(page, options=AXE_OPTIONS)
        problems = [results.generate_report()] if results.violations_count else []
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
