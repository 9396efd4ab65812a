"""What the editor shows is what the server shows: both read the same texts, known ones and ones made at random."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.language.markdown import TooMuchError, parse, to_html
from tools.build_static import ROOT, find_node

pytestmark = pytest.mark.unit

KNOWN = [
    "One.\nTwo.\n\nThree.",
    "The **Act** of *2021*, see [the law](https://law.example/1?a=1&b=2).",
    "- one\n- two\n  - three\n- four\n\nAfter.",
    "1. one\n2. two\n   more of two\n\n   and a paragraph\n3. three",
    "• Word's bullet\n• another\no\twithin it\n§\tand deeper\n• first again",
    "1.\tone\n2.\ttwo\n12. The Act\n(a)\tlettered",
    "| a | b |\n|---|---|\n| 1 | **2** |\n| x \\| y |\n\nAfter the table.",
    "> quoted\n> twice\n>\n> - a list\n\nnot quoted",
    "# One\nwords\n\n#### Four\n#no heading",
    "a line\\\nbroken  \nagain\nand not",
    "5 * 3 * 2, a_b_c, [1], a < b & c > d, \\*as typed\\*",
    "***both*** **a*b*c** *a**b**c* **a**b *(a)* **第三条：**缔约国",
    "المادة **الثالثة**:\n- أولا\n- ثانيا",
    "```\nprogram\n```\nafter",
    "Title\n---\nwords\n\n---\n\nmore",
    "    indented\n\nwords",
    "<https://law.example/> `code` ``a ` b``",
    "[x](javascript:alert(1)) [y](relative) [z](https://law.example 'title')",
    "1. a\n\n1. b\n\n1) c",
    "- a\n* b\n+ c",
    "- a\n\n- b\n\nc\n- d",
    "1. a\n  b\n2. c",
    "words  ",
    "- a\n# b\nc",
    "words\n* ",
    "١. الأول\n٢. الثاني",
    "٣. المادة",
    "१) एक\n२) दो\n\n४) चार",
    "007. words",
    "1. one\n٢. two\n𝟛. three",
]
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
PIECES = [
    "words",
    "two words",
    "(a)",
    "**bold**",
    "*it*",
    "**",
    "*",
    "_",
    "__",
    "_it_",
    "a",
    " ",
    "  ",
    ".",
    "，",
    "ب",
    "\\",
    "`",
    "[",
    "]",
    "[l](https://a.example/b)",
    "[l](x)",
    "<",
    ">",
    "|",
    "-",
    "\t",
    "1",
    "😀",
    "é",
    "![p](https://a.example)",
    "&amp;",
    "€",
]
STARTS = [
    "",
    "",
    "",
    "- ",
    "- ",
    "* ",
    "+ ",
    "  - ",
    "    - ",
    "1. ",
    "2. ",
    "   1. ",
    "1) ",
    "3. ",
    "• ",
    "o\t",
    "(a)\t",
    "> ",
    "> - ",
    "# ",
    "## ",
    "  ",
    "   ",
    "    ",
    "\t",
    "---",
    "===",
    "```",
    "| ",
    "|---|---|",
    "---|---",
    "-",
    "#",
    ">",
    "***",
    "12. ",
    "\u00a0",
    "> > ",
    "١. ",
    "٢. ",
    "٣) ",
    "१. ",
]
WORDS = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
LINE = st.tuples(st.sampled_from(STARTS), WORDS, st.sampled_from(["", "", "", "", "\\", "  "])).map("".join)
TEXT = st.lists(st.one_of(LINE, LINE, LINE, st.just(""), st.just(TABLE), st.just("- a\n- b")), max_size=8).map(
    "\n".join
)

Ask = Callable[[str, str], Any]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    node = find_node()
    assert node is not None
    script = ROOT / "tests" / "scripts" / "editor.mjs"
    with subprocess.Popen([node.node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        stdin, stdout = process.stdin, process.stdout

        def question(what: str, text: str) -> Any:
            stdin.write(f"{json.dumps([what, text])}\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield question
        stdin.close()


class _Shown(HTMLParser):
    """What is seen of HTML: elements, addresses and words; blanks at the edges of blocks are not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        self.parts.append(f"<{tag} {address}>".replace(" >", ">"))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("<", "‹"))


def shown(html: str) -> str:
    whole = "".join(_Shown(html).parts)
    whole = re.sub(r"</?t(head|body)>", "", whole)
    whole = re.sub(r"[ \t\n\r\f]+", " ", whole)
    block = r"(?:</?(?:p|ul|ol|li|blockquote|table|tr|th|td|h4|h5|h6|hr|pre|br)>)"
    whole = re.sub(rf" ?({block}) ?", r"\1", whole)
    whole = whole.replace("<p></p>", "").replace("<li><p>", "<li>")
    whole = re.sub(r"</p>(</li>|<ul>|<ol>)", r"\1", whole)
    # The same words in one mark twice are marked once.
    for _ in range(3):
        whole = re.sub(r"</(strong|em|code)><\1>", "", whole)
        whole = re.sub(r"<(strong|em)><\1>(.*?)</\1></\1>", r"<\1>\2</\1>", whole)
    return re.sub(r"\s*</code></pre>", "</code></pre>", whole).strip()


_TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "table_head": "tr",
    "table_row": "tr",
    "table_header": "th",
    "table_cell": "td",
}


def html_of(node: dict[str, Any]) -> str:
    within = "".join(html_of(each) for each in node.get("content", []))
    match node["type"]:
        case "text":
            words = escape(node["text"])
            for mark in reversed(node.get("marks", [])):
                if mark["type"] == "link":
                    words = f'<a href="{escape(mark["attrs"]["href"])}">{words}</a>'
                else:
                    words = f"<{mark['type']}>{words}</{mark['type']}>"
            return words
        case "hard_break":
            return "<br>"
        case "heading":
            level = node["attrs"]["level"]
            return f"<h{level + 3 if level < 4 else level}>{within}</h{level + 3 if level < 4 else level}>"
        case kind:
            return f"<{_TAGS[kind]}>{within}</{_TAGS[kind]}>"


def marks_of(html: str) -> str:
    """In which marks each letter stands: one link around two marks, or a link in each, is the same."""
    out, open_marks = [], []
    for part in re.split(r"(<[^>]*>)", html):
        tag = re.fullmatch(r"<(/?)(strong|em|code|a)( [^>]*)?>", part)
        if tag and tag[1]:
            open_marks.remove(next(each for each in reversed(open_marks) if each.split()[0] == tag[2]))
        elif tag:
            open_marks.append(part[1:-1])
        elif part.startswith("<"):
            out.append(part)
        else:
            marks = " ".join(sorted(set(open_marks)))
            out += [f"{letter}{{{marks}}}" if marks and letter != " " else letter for letter in part]
    return "".join(out)


def assert_same(ask: Ask, text: str) -> None:
    read = ask("read", text)
    pieces = [part for block in read["blocks"] for part in (block["before"], block["source"])]
    assert "".join([*pieces, read["after"]]) == text
    blocks = read["blocks"]
    # What stays as it was typed to the end of the text may hang on what stands before it: it says nothing of its look,
    # nor of the end of the paragraph before it, which is not looked at before a list.
    is_open = bool(blocks) and blocks[-1]["node"]["type"] == "source"
    known = blocks[:-1] if is_open else blocks
    ours = marks_of(shown("".join(html_alone(block) for block in known)))
    theirs = marks_of(shown(to_html(text)))
    ours = ours.removesuffix("</p>") if is_open else ours
    assert (theirs[: len(ours)] if is_open else theirs) == ours


def html_alone(block: dict[str, Any]) -> str:
    return str(to_html(block["source"])) if block["node"]["type"] == "source" else html_of(block["node"])


def assert_written(ask: Ask, text: str) -> None:
    """What is written of a block is read as the block, and written the same once more."""
    wanted = ask("normal", text)
    if any(node["type"] == "source" for node in wanted):
        return
    written = ask("write", text)
    assert ask("write", written) == written
    assert ask("normal", written) == wanted, written


@pytest.mark.parametrize("text", KNOWN)
def test_a_known_text_is_shown_as_the_server_shows_it(ask: Ask, text: str) -> None:
    assert_same(ask, text)
    assert_written(ask, text)


@settings(max_examples=400, deadline=None)
@given(text=TEXT)
def test_any_text_is_shown_as_the_server_shows_it(ask: Ask, text: str) -> None:
    try:
        parse(text)
    except TooMuchError:
        return
    assert_same(ask, text)
    assert_written(ask, text)


def assert_apart(ask: Ask, rest: str) -> None:
    """A first paragraph is made a list: what stands behind it is read by the server as it was."""
    text = f"n\n\n{rest}"
    blocks = ask("read", text)["blocks"]
    if any(block["node"]["type"] == "source" and not block["source"].startswith("    ") for block in blocks):
        return
    behind = marks_of(shown(to_html(text))).removeprefix("<p>n").removeprefix("</p>")
    for how, tag in (("bulleted", "ul"), ("numbered", "ol")):
        written = ask(how, text)
        seen = marks_of(shown(to_html(written)))
        assert seen == f"<{tag}><li>n</li></{tag}>{behind}", written


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n\nAfter (see [1]) a_b.",
        "* a\n\n- b\n\n+ c",
        "1. a\n2. b\n\n1) c",
        "2. a",
        "٢. a",
        "(b)\ttwo",
        "• a\n• b",
        "o\tx",
        "    a program\n      of `two` lines\n\nafter",
        "    a\n```\nb",
        "  words that stand in",
    ],
)
def test_what_stands_behind_a_new_list_is_no_part_of_it(ask: Ask, text: str) -> None:
    assert_apart(ask, text)


@settings(max_examples=200, deadline=None)
@given(text=TEXT)
def test_any_text_behind_a_new_list_is_no_part_of_it(ask: Ask, text: str) -> None:
    try:
        parse(text)
    except TooMuchError:
        return
    assert_apart(ask, text)
