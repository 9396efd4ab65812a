"""More attacks on what people write: mutations, nesting, sizes; and every filter that shows it."""

import pytest
from django.template import Context, Template

from core.language.markdown import to_html, to_html_inline, to_text
from core.language.text import MAXIMUM_TEXT_LENGTH
from core.language.unseen import NO_TEXT, unseen_places
from observations.templatetags.documents import web_address, written
from tests.core.language.test_markdown import ATTACKS, unsafe_parts

pytestmark = pytest.mark.unit

MUTATIONS = [
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<table><td><svg><desc><td><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!--><img src=x onerror=alert(1)>-->",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
    "[x](  javascript:alert(1) 'title')",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x]: <data:text/html,<script>>\n\n[x]",
    "[x](//evil.example)",
    "[x](https://law.example/\"onmouseover=alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "`` <script> `` <script>",
    "    <script>alert(1)</script>",
    "~~~<script>\nalert(1)\n~~~",
    "| <script> | <img onerror=x> |\n|---|---|\n| [x](javascript:1) | <style> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script\\>",
    "\u202e<script>\u2066",
    "<\u0000script>",
    "<ſcript>",
    "＜script＞",
]  # fmt: skip
# As deep, and as long, as a text may be; what a parser could take more than linear time for.
LONG = [
    "[" * MAXIMUM_TEXT_LENGTH, "](" * (MAXIMUM_TEXT_LENGTH // 2), ">" * MAXIMUM_TEXT_LENGTH, "*" * MAXIMUM_TEXT_LENGTH,
    "*a_ " * (MAXIMUM_TEXT_LENGTH // 4), "`" * MAXIMUM_TEXT_LENGTH, "<" * MAXIMUM_TEXT_LENGTH,
    "![" * (MAXIMUM_TEXT_LENGTH // 2), "- " * (MAXIMUM_TEXT_LENGTH // 2), "&" * MAXIMUM_TEXT_LENGTH,
    "| a " * (MAXIMUM_TEXT_LENGTH // 4) + "\n|---",
]  # fmt: skip


@pytest.mark.parametrize("attack", MUTATIONS)
def test_mutations_become_text_or_nothing(attack: str) -> None:
    for shown in (to_html(attack), to_html_inline(attack), written(attack)):
        assert unsafe_parts(shown.replace("<strong>", "").replace("</strong>", "")) == []


@pytest.mark.parametrize(
    "how", ["{{ t|markdown }}", "{{ t|markdown_inline }}", "{% load documents %}{{ t|written }}", "{{ t }}"]
)
def test_every_filter_that_shows_it_is_safe(how: str) -> None:
    template = Template(how)
    for attack in [*ATTACKS, *MUTATIONS]:
        assert unsafe_parts(template.render(Context({"t": attack}))) == []


@pytest.mark.parametrize(
    "link", ["/en/sign-in/", "//evil.example", "\\\\evil.example", "?next=x", "#main", "x.html", "&#106;a:1"]
)
def test_a_link_that_is_no_whole_address_is_none(link: str) -> None:
    """Found by this list: ``//evil.example`` and places of ours were links."""
    assert "href" not in to_html(f"[law]({link})")


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:4])
def test_the_longest_and_deepest_text_is_shown(text: str) -> None:
    assert unsafe_parts(to_html(text)) == []
    assert isinstance(to_text(text), str)


@pytest.mark.parametrize(
    "link", ["javascript:1", "data:x", "//evil.example", "file:///x", "http://", "https:/x", "http://["]
)
def test_a_link_that_leads_elsewhere_than_the_web_is_none(link: str) -> None:
    assert web_address(link) == ""


@pytest.mark.parametrize(
    "text", ['[a](http://x.y "t&#12;&#8238;u")', "<http://x.y/t%0c%E2%80%AEu>", "<http://x/%EF%BF%BE>"]
)
def test_nothing_that_nobody_sees_comes_out_of_a_link(text: str) -> None:
    """Word and Akoma Ntoso cannot hold some of it, and the rest turns what is read."""
    for shown in (to_html(text), to_html_inline(text), to_text(text)):
        assert not NO_TEXT.search(shown)
        assert list(unseen_places(shown)) == []
    assert "\ufffd" in to_text(text)


def test_marks_beyond_number_are_characters_so_that_no_partners_are_sought() -> None:
    """Fifty thousand brackets took half a minute a page view."""
    assert to_html("[a](https://law.example) " * 1_000).count("<a ") == 1_000
    assert "<a " not in to_html("[a](https://law.example) " * 1_001)
    assert to_html("[" * 1_001) == f"<p>{'[' * 1_001}</p>\n"
    assert to_html("*a* " * 2_000).count("<em>") == 2_000
    assert "<em>" not in to_html("*a* " * 2_001)
