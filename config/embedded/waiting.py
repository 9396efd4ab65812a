"""The page that stands at the portal's address until the portal does: `python -m config.embedded.waiting`.

It says how far a start is, in the reader's language, and leads on by itself. Nothing of Django is in it, so that it is
there within a moment; it shares the port with the web server, and ends when that one answers.
"""

from __future__ import annotations

import gettext
import html
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SERVERS, TABLES, DEMO, PAGES = STEPS = ("servers", "tables", "demo", "pages")
LOCALES = Path(__file__).resolve().parents[2] / "locale"
RIGHT_TO_LEFT = {"ar"}
AGAIN_AFTER = 2  # seconds


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues; which language a reader has is known later."""
    return text


TITLE = gettext_noop("The portal is being prepared")
LEAD = gettext_noop("This page leads on by itself as soon as all is ready. You need not do anything.")
FAR = gettext_noop("%(done)s of %(all)s")
WORDS = {
    SERVERS: gettext_noop("Start the database"),
    TABLES: gettext_noop("Bring the tables and the reference data up to date"),
    DEMO: gettext_noop("Make the demonstration: reviews of fictional States at every step"),
    PAGES: gettext_noop("Start the pages"),
}
STYLE = """
body { max-inline-size: 40rem; margin: 12vh auto; padding: 0 1rem; color: #16202b }
body { font: 1.1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.6rem } li { margin-block: .4rem; color: #4a5866 } [aria-current] { color: inherit; font-weight: 700 }
progress { inline-size: 100%; block-size: .8rem; accent-color: #1d4e89 }
@media (prefers-color-scheme: dark) { body { background: #16202b; color: #eef2f6 } li { color: #b4c0cc } }
"""
# What answers is asked for once a second; where nobody does, the page waits as it is.
SCRIPT = """
setInterval(async () => {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.status !== 503) return location.reload();
    const shown = document.createElement("template"), main = document.querySelector("main");
    shown.innerHTML = (await answer.text()).match(/<main[^]*<\\/main>/)[0];
    const now = shown.content.firstElementChild;
    if (now.textContent !== main.textContent) main.replaceChildren(...now.childNodes);
  } catch {}
}, 1000);
"""


def languages() -> list[str]:
    """Return the languages of pages, English first; a catalogue of documents alone has no words for this one."""
    found = {path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/django.mo")} - {"en"}
    return ["en", *sorted(code for code in found if translator(code)(TITLE) != TITLE)]


def language_for(wanted: str) -> str:
    """Return the first language of an `Accept-Language` header that there is, English where there is none."""
    names = [part.partition(";")[0].strip().lower().partition("-")[0] for part in wanted.split(",")]
    return next((name for name in names if name in languages()), "en")


def translator(language: str) -> Callable[[str], str]:
    """Return what translates the texts above."""
    return gettext.translation("django", LOCALES, [language], fallback=True).gettext


def page(language: str, step: str, progress: str, nonce: str) -> str:
    """Return the page; `step` is one of `STEPS`, `progress` how far it is ("3 24"), or nothing."""
    say = translator(language)
    current = STEPS.index(step) if step in STEPS else 0
    items = []
    for place, name in enumerate(STEPS):
        if name == DEMO and step != DEMO:
            continue  # there is one on a first start alone
        now, text = place == current, html.escape(say(WORDS[name]))
        items.append(f"<li{' aria-current=step' if now else ''}>{'✓ ' if place < current else ''}{text}</li>")
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(say(TITLE))}</title>
<style nonce="{nonce}">{STYLE}</style>
<noscript><meta http-equiv="refresh" content="{AGAIN_AFTER}"></noscript>
</head>
<body>
<main aria-live="polite">
<h1>{html.escape(say(TITLE))}</h1>
<p>{html.escape(say(LEAD))}</p>
<ol>{"".join(items)}</ol>
{bar(say, progress) if step == DEMO else ""}
</main>
<script nonce="{nonce}">{SCRIPT}</script>
</body>
</html>
"""


def bar(say: Callable[[str], str], progress: str) -> str:
    """Return how far a step is, drawn and in words; nothing where it has not said so yet."""
    numbers = progress.split()
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return ""
    done, total = map(int, numbers)
    words = html.escape(say(FAR) % {"done": done, "all": total})
    return f'<progress value="{done}" max="{total}" aria-label="{words}">{words}</progress><p>{words}</p>'


class Server(ThreadingHTTPServer):
    """Listens beside the web server, which comes later and listens in the same way."""

    allow_reuse_port = True
    daemon_threads = True
    state: Path
    progress: Path


class Handler(BaseHTTPRequestHandler):
    """Answers everything with the page: whoever asks for anything is to come back."""

    server: Server

    def do_GET(self) -> None:
        """Answer that the portal is not there yet (503), with how far it is."""
        nonce = secrets.token_urlsafe(16)
        language = language_for(self.headers.get("Accept-Language", ""))
        content = page(language, read(self.server.state), read(self.server.progress), nonce).encode()
        self.send_response(HTTPStatus.SERVICE_UNAVAILABLE)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(content)),
            "Content-Language": language,
            "Retry-After": str(AGAIN_AFTER),
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex, nofollow",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
                "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_HEAD = do_POST = do_GET  # noqa: N815 - as the library calls them

    def version_string(self) -> str:
        """Name no version of anything."""
        return "portal"

    def log_message(self, *_words: object) -> None:
        """Say nothing: nothing happens here."""


def read(path: Path) -> str:
    """Return what a file says, nothing where it is not there (yet)."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def main(host: str, port: int, state: Path, progress: Path) -> None:
    """Serve until a signal comes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Server.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = Server((host.strip("[]"), port), Handler)
    server.state, server.progress = state, progress
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
