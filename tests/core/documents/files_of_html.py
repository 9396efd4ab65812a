"""What a reader sees of a document that is a file of HTML, for the tests of those who make one."""

import base64
import hashlib
import re
from html import unescape

from lxml.html import document_fromstring


def shown_in(html: str) -> str:
    """The words of its body."""
    return unescape(re.sub(r"<[^>]*>", "", html.split("<body>", 1)[1]))


def assert_whole_and_inert(html: str, *, language: str, direction: str) -> None:
    """It says its language, needs nothing, and its policy lets nothing in but the style sheet that it holds."""
    root = document_fromstring(html)
    assert (root.get("lang"), root.get("dir")) == (language, direction)
    assert root.xpath("//script | //link | //img | //form | //iframe | //*[@style]") == []
    [style] = root.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "url(" not in style
    assert "@import" not in style
