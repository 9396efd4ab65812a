"""What people write becomes safe HTML: formatting stays, everything that could act does not."""

import re

import pytest
from hypothesis import given, strategies as st

from core.language.markdown import to_html, to_html_inline, to_text

pytestmark = pytest.mark.unit

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<a href='javascript:alert(1)'>law</a>",
    "[law](javascript:alert(1))",
    "[law](JaVaScRiPt:alert(1))",
    "[law](java\nscript:alert(1))",
    "[law](&#106;avascript:alert(1))",
    "[law](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[law](vbscript:msgbox(1))",
    "[law](file:///etc/passwd)",
    "![picture](https://tracker.example/pixel.png)",
    '![x](x"onerror="alert(1))',
    '[law](https://law.example "title\\" onmouseover=\\"alert(1)")',
    "<style>body{display:none}</style>",
    "<p style='position:fixed;inset:0'>over everything</p>",
    "<form action='https://evil.example'><input name=password></form>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<object data='https://evil.example'></object>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "<<script>script>alert(1)<</script>/script>",
    "<div id='content' class='govuk-button' name='csrfmiddlewaretoken'>x</div>",
    "[a]: javascript:alert(1)\n\n[a]",
    '<https://law.example/" onclick="alert(1)>',
    "| a |\n|---|\n| <script>alert(1)</script> |",
]
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z0-9]+)([^>]*)>")
_SAFE_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "code", "pre", "hr", "table",
    "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SAFE_ATTRIBUTES = re.compile(
    r'(\s(href="(https?:|mailto:)[^"]*"|rel="noopener noreferrer nofollow"|start="\d+"))*\s*/?'
)


def unsafe_parts(html: str) -> list[str]:
    return [
        match.group()
        for match in _TAG.finditer(html)
        if match[1].lower() not in _SAFE_TAGS or not _SAFE_ATTRIBUTES.fullmatch(match[2])
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_become_text_or_nothing(attack: str) -> None:
    assert unsafe_parts(to_html(attack)) == []
    assert unsafe_parts(to_html_inline(attack)) == []


def test_the_check_would_see_an_attack() -> None:
    assert unsafe_parts('<p onclick="x">') == ['<p onclick="x">']
    assert unsafe_parts("<script>") == ["<script>"]
    assert unsafe_parts('<a href="javascript:x">') == ['<a href="javascript:x">']


@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    assert unsafe_parts(to_html(text)) == []
    assert unsafe_parts(to_html_inline(text)) == []


@given(st.text(alphabet="<>[]()!`*_#\"'=:/ aeijnorscptlx\n", max_size=60))
def test_any_punctuation_is_safe(text: str) -> None:
    assert unsafe_parts(to_html(text)) == []


def test_formatting_stays() -> None:
    text = "First *one* and **two**.\n\n- a\n- b\n\n1. three\n2. four\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    html = to_html(text)
    for part in ("<em>one</em>", "<strong>two</strong>", "<ul>", "<ol>", "<blockquote>", "<td>2</td>"):
        assert part in html


def test_headings_begin_below_those_of_the_page() -> None:
    assert to_html("# One\n\n## Two\n\n### Three") == "<h4>One</h4>\n<h5>Two</h5>\n<h6>Three</h6>\n"


def test_a_link_is_kept_and_marked() -> None:
    link = '<a href="https://law.example/1?a=1&amp;b=2" rel="noopener noreferrer nofollow">the law</a>'
    assert to_html("[the law](https://law.example/1?a=1&b=2)") == f"<p>{link}</p>\n"


def test_text_that_looks_like_html_is_shown_as_it_was_typed() -> None:
    assert to_html("a < b & c > d") == "<p>a &lt; b &amp; c &gt; d</p>\n"


def test_one_line_has_emphasis_only() -> None:
    assert to_html_inline("see *Treaty Series* **1** [x](https://law.example)") == (
        "see <em>Treaty Series</em> <strong>1</strong> x"
    )


def test_as_text_it_is_what_a_reader_sees() -> None:
    text = "# One\n\nSee *the* [law](https://law.example)\\\nand ![p](x)`code`.\n\n1. three\n\n"
    text += "| a | b |\n|---|---|\n| 1 | |"
    assert to_text(text) == "One\nSee the law\nand !pcode.\nthree\na\nb\n1"
