"""A document in print fetches nothing but our own style sheets and fonts, whatever people wrote into it."""

import contextlib
import http.server
import threading
from collections.abc import Iterator

import pytest
from django.template import Context, Template

from core.documents import pdf
from core.language.markdown import to_html

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]

ADDRESSES = [
    "http://127.0.0.1:1/x.css", "https://evil.example/x.css", "HTTP://evil.example", "file:///etc/passwd",
    "FILE:///etc/passwd", "ftp://evil.example/x", "//evil.example/x.css", "///etc/passwd", "/etc/passwd",
    "data:text/css,*{}", "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "static:../../etc/passwd", "static:/etc/passwd", "static://evil.example/x.css", "static:pdf/../../core/pdf.py",
    "static:%2e%2e/%2e%2e/etc/passwd", "static:pdf\\..\\..\\core\\pdf.py", "static:", "static:pdf", "static:\x00",
    "static:no-such-file.css", "STATIC:pdf/document.css", " static:pdf/document.css", "gopher://x", "javascript:1", "",
]  # fmt: skip
USER_TEXT = [
    "<style>@import url(%s);</style>", "<link rel=stylesheet href='%s'>", "<img src='%s'>", "![x](%s)", "[x](%s)",
    "<svg><image href='%s'/></svg>", "<p style='background:url(%s)'>x</p>", "<object data='%s'></object>",
    "<iframe src='%s'></iframe>", "<base href='%s'>", "</style></p><link rel=attachment href='%s'>",
    "<a rel=attachment href='%s'>x</a>",
    "<embed src='%s'>", "<meta http-equiv=refresh content='0;url=%s'>", "*{background:url(%s)}", "<%s>",
]  # fmt: skip


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what is asked of it."""
    asked: list[str] = []

    class Notes(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """The terminal is the test's."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Notes)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_renderer_is_given_nothing_from_elsewhere(address: str) -> None:
    with pytest.raises(ValueError, match="refused to fetch"):
        pdf.static_files_alone().fetch(address)


def test_the_renderer_is_given_our_own_files() -> None:
    assert pdf.static_files_alone().fetch("static:pdf/document.css").read()


def printed(body: str) -> bytes:
    import weasyprint

    html = f"<html lang=en><title>x</title><body>{body}"
    return bytes(weasyprint.HTML(string=html, url_fetcher=pdf.static_files_alone(), base_url="static:").write_pdf())


@pytest.mark.parametrize("text", USER_TEXT)
@pytest.mark.parametrize("how", ["{{ text|markdown }}", "{{ text|markdown_inline }}", "{{ text }}"])
def test_what_people_wrote_asks_nobody(text: str, how: str, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    body = Template(how).render(Context({"text": text % address}))
    assert b"/EmbeddedFile" not in printed(body)
    assert asked == []


def test_the_listener_would_hear(listener: tuple[str, list[str]]) -> None:
    """The same text, were it not made safe, asks; so does the renderer without our fetcher."""
    import weasyprint

    address, asked = listener
    weasyprint.HTML(string=f"<img src='{address}'>").write_pdf()
    assert asked == ["/x"]


def test_html_that_got_through_would_still_fetch_nothing(listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    for text in USER_TEXT:
        with contextlib.suppress(BaseException):  # the library may stop a document by an error outside of Exception
            printed(text % address)
    assert asked == []


def test_styles_of_people_are_words() -> None:
    assert to_html("<style>p{display:none}</style>") == "<p>&lt;style&gt;p{display:none}&lt;/style&gt;</p>\n"
