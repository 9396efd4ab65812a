"""All documents in print have one look: one masthead, one style sheet, and what differs says no more than it must."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
STYLES = settings.BASE_DIR / "static" / "pdf"
# The annex and the line are parts of the agreed text, which come into it.
WHOLE = sorted(path for path in TEMPLATES.glob("*.html") if "<html" in path.read_text("utf-8"))
OF_ALL = {
    f"{name}.html"
    for name in (
        "agreed_text",
        "cockpit",
        "completed_questionnaire",
        "dossier",
        "draw_protocol",
        "exchange",
        "progress",
    )
}
# Those of the cockpit have the same tables; the record of a review quotes the agreed texts.
LIKE_ANOTHER = {"exchange": {"agreed_text", "dossier"}, "progress": {"cockpit"}, "dossier": {"agreed_text", "dossier"}}


def test_each_kind_of_document_is_looked_at() -> None:
    assert {path.name for path in WHOLE} == OF_ALL


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_a_document_begins_with_the_masthead_in_the_style_of_all(path: Path) -> None:
    words = path.read_text("utf-8")
    assert words.count('{% include "pdf/_masthead.html"') == 1
    sheets = re.findall(r'href="static:pdf/([a-z_]+)\.css"', words)
    assert sheets[0] == "document"
    assert set(sheets[1:]) <= LIKE_ANOTHER.get(path.stem, {path.stem})
    body = words.partition("<body")[2]
    assert body.index("pdf/_masthead.html") < min(body.find(mark) % len(body) for mark in ("<h1", "<p", "<table"))


@pytest.mark.parametrize("sheet", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_letters_and_colours_are_said_once(sheet: Path) -> None:
    words = sheet.read_text("utf-8")
    if sheet.name != "document.css":
        assert "font-family" not in words
        assert "@font-face" not in words
