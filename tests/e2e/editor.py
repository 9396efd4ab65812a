"""A page with nothing but a field and the editor over it: what keys and the clipboard do to a text."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Locator, Page, Route, expect

from tools.build_static import ROOT, TARGET

URL = "http://editor.example/"
FIELD = (
    '<label for="words">Explanation</label>'
    '<textarea id="words" data-editor aria-describedby="hint writing-hint">{text}</textarea>'
)
PAGE = """<!doctype html><html lang="en"><title>Editor</title>
<style nonce="page">.app-editor__text {{ white-space: pre-wrap }}</style>
<body data-says-unseen="Left out.">{template}
<p id="hint">A hint.</p><p id="writing-hint" class="app-writing-hint">Two stars for bold.</p>
<button id="before">Before</button>{field}<button id="after">After</button>
<script type="module" src="/js/editor-boxes.js"></script>"""


def _file_at(path: str) -> Path:
    return (TARGET if path.startswith("/vendor/") else ROOT / "static") / path.lstrip("/")


def opened(page: Page, text: str = "", *, field: str = FIELD, language: str = "en") -> Page:
    """The page with the editor over its field, which holds ``text`` (as HTML has it).

    As in the portal its policy allows no style of anybody else.
    """
    with override(language):
        html = PAGE.format(template=render_to_string("components/_editor.html"), field=field.format(text=text))

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            policy = {"Content-Security-Policy": "style-src 'nonce-page'", "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=policy)
        else:
            route.fulfill(path=_file_at(path), content_type="text/javascript")

    page.route(f"{URL}**", answer)
    page.goto(URL)
    expect(surface(page)).to_be_visible()
    return page


def surface(page: Page) -> Locator:
    return page.locator(".app-editor__text")


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def text_of(page: Page) -> str:
    return page.locator("textarea").input_value()


def paste(page: Page, html: str = "", plain: str = "") -> None:
    surface(page).evaluate(
        """(element, given) => {
          const clipboardData = new DataTransfer();
          for (const [type, words] of Object.entries(given)) if (words) clipboardData.setData(type, words);
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        {"text/html": html, "text/plain": plain},
    )


def copied(page: Page, *, cut: bool = False) -> dict[str, str]:
    """What the editor puts on the clipboard of what is selected."""
    found: dict[str, str] = surface(page).evaluate(
        """(element, name) => {
          const clipboardData = new DataTransfer();
          element.dispatchEvent(new ClipboardEvent(name, { clipboardData, bubbles: true, cancelable: true }));
          return { html: clipboardData.getData("text/html"), plain: clipboardData.getData("text/plain") };
        }""",
        "cut" if cut else "copy",
    )
    return found


def bare(html: str) -> str:
    """Elements and words, without what only the editor or only the page adds."""
    html = re.sub(r"<br[^>]*ProseMirror[^>]*>|</?(?:thead|tbody)>|\n", "", html)
    html = re.sub(r"<p[^>]*></p>", "", html)
    html = re.sub(r"<(\w+)[^>]*>", r"<\1>", html)
    return re.sub(r"</p></li>", "</li>", re.sub(r"<li><p>", "<li>", html)).replace("</p><ul>", "<ul>")
