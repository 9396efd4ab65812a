"""What is pasted into the editor says what it said where it was copied."""

import pytest
from playwright.sync_api import Page

from core.language.markdown import to_html
from tests.e2e.editor import bare, copied, opened, paste, surface, text_of


def listed(*items: tuple[int, str, str], font: str = "Calibri", tag: str = "p") -> str:
    """Paragraphs as Word writes those of a list: the level, the mark, the words."""
    return "".join(
        f"<{tag} style='margin-left:36.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='font-family:{font}'><span style='mso-list:Ignore'>{mark}"
        f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>{words}</{tag}>"
        for level, mark, words in items
    )


def assert_pasted(page: Page, text: str) -> None:
    """It is written so, and what is shown is what the server makes of it."""
    assert text_of(page) == text
    assert bare(surface(page).inner_html()) == bare(to_html(text))


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([(1, "1.", "a"), (1, "2.", "b")], "1. a\n2. b"),
        ([(1, "1)", "a"), (1, "2)", "b")], "1. a\n2. b"),
        ([(1, "(a)", "x"), (1, "(b)", "y")], "(a) x\n\n(b) y"),
        ([(1, "iv)", "x"), (1, "v)", "y")], "iv) x\n\nv) y"),
        ([(1, "12.", "x"), (1, "13.", "y")], "12. x\n\n13. y"),
        ([(1, "1.1.", "x"), (1, "1.2.", "y")], "1.1. x\n\n1.2. y"),
        ([(1, "1.", "a"), (2, "(a)", "x"), (2, "(b)", "y"), (1, "2.", "b")], "1. a\n\n   (a) x\n\n   (b) y\n\n2. b"),
        ([(1, "(a)", "x"), (2, "1.", "y"), (2, "2.", "z"), (1, "(b)", "w")], "(a) x\n\n1. y\n2. z\n\n(b) w"),
        ([(1, "1.", "a"), (1, "2.", "b"), (1, "2bis.", "c"), (1, "3.", "d")], "1. a\n2. b\n\n2bis. c\n\n3. d"),
        ([(1, "•", "a"), (2, "-", "b"), (1, "•", "c")], "- a\n  - b\n- c"),
        ([(1, "", "a")], "- a"),
        ([(1, "a", "x"), (1, "b", "y")], "a x\n\nb y"),
    ],
)
def test_marks_of_word_are_cited_as_they_stand(page: Page, items: list[tuple[int, str, str]], text: str) -> None:
    opened(page)
    paste(page, listed(*items))
    assert text_of(page) == text


def test_bullets_of_word_are_letters_of_a_typeface(page: Page) -> None:
    opened(page)
    paste(page, listed((1, "v", "a"), (1, "v", "b"), font="Wingdings"))
    assert text_of(page) == "- a\n- b"


def test_a_heading_of_word_keeps_its_number(page: Page) -> None:
    opened(page)
    paste(page, listed((1, "1.", "Title"), tag="h1") + "<p>words</p>" + listed((1, "2.", "More"), tag="h2"))
    assert text_of(page) == "# 1. Title\n\nwords\n\n## 2. More"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=5 type=a><li>a<li>b</ol>", "e. a\n\nf. b"),
        ("<ol type=I><li><p>a</p><p>more</p><li>b</ol>", "I. a\n\nmore\n\nII. b"),
        ("<ol start=12><li>a<li>b</ol>", "12. a\n\n13. b"),
        ("<ol><li>a<li value=4>b</ol>", "1\\. a\n\n4. b"),
        ("<ol><li>a<ol type=i start=9><li>x<li>y</ol><li>b</ol>", "1. a\n\n   ix. x\n\n   x. y\n\n2. b"),
        ("<ol><li style='list-style-type:upper-alpha'>a<li>b</ol>", "A. a\n\nB. b"),
        ("<ol><li>a</li><ol type=a><li>x</li></ol><li>b</li></ol>", "1. a\n\n   a. x\n\n2. b"),
        (
            "<div class=ListContainerWrapper><ol start=1><li data-leveltext='%1.'><p>a</p></ol></div>"
            "<div class=ListContainerWrapper><ol start=2><li data-leveltext='%1.'><p>b</p></ol></div>",
            "1. a\n2. b",
        ),
        ("<ol type=a><li data-leveltext='(%1)'><p>a</p></ol><ol start=2 type=a><li><p>b</p></ol>", "(a) a\n\n(b) b"),
        ("<ol style='list-style:none'><li>(a) one<li>(b) two</ol>", "(a) one\n\n(b) two"),
        ("<ol type=i start=-1><li>a<li>b</ol>", "-1. a\n\n0. b"),
        ("<ol type=a start=27><li>a<ul><li>x</ul></ol>", "aa. a\n\n- x"),
    ],
)
def test_lists_of_pages_count_as_they_counted(page: Page, html: str, text: str) -> None:
    opened(page)
    paste(page, html)
    assert_pasted(page, text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<table><caption>Table 1. Laws</caption><tr><th>State<th>Law<th>Year<tr><td rowspan=2>X<td>a<td>1"
            "<tr><td>b<td>2<tr><td colspan=2>c<td>3</table>",
            "Table 1. Laws\n\n| State | Law | Year |\n| --- | --- | --- |\n| X | a | 1 |\n|  | b | 2 |\n| c |  | 3 |",
        ),
        ("<p>see <table><tr><td>one cell</table>", "see\n\none cell"),
        ("<table><tr><td><p>a box</p><p>of words</p></table>", "a box\n\nof words"),
        ("<table><tr><td>a<tr><td><ol><li>x<li>y</ol></table>", "| a |\n| --- |\n| 1. x 2. y |"),
        ("<table><tr><td>a<td>b<tr height=0><td><td></table>", "| a | b |\n| --- | --- |"),
    ],
)
def test_tables_keep_their_columns(page: Page, html: str, text: str) -> None:
    opened(page)
    paste(page, html)
    assert_pasted(page, text)


@pytest.mark.parametrize(
    "gone",
    [
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[JD1]</a></span>",
        "<span style='display:none;mso-hide:all'>hidden</span>",
        "<del cite='mailto:x'>struck</del><s>out</s><strike>old</strike>",
        "<span style='text-decoration:line-through'>struck</span>",
    ],
)
def test_what_is_no_part_of_a_text_stays_behind(page: Page, gone: str) -> None:
    opened(page)
    paste(
        page,
        f"<p>The <a style='mso-comment-reference:JD_1'>Act</a>{gone}.</p><div style='mso-element:comment-list'>"
        "<hr class=msocomoff><div style='mso-element:comment'><p class=MsoCommentText>A remark</p></div></div>",
    )
    assert text_of(page) == "The Act."


def test_looks_of_word_are_read_without_a_complaint_of_the_browser(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    opened(page)
    head = "<html><head><style>\n p.MsoNormal {margin:0cm}\n</style></head><body>"
    paste(page, f"{head}<p class=MsoNormal\nstyle='margin:0cm'>The <span STYLE='font-weight:700'>Act</span></p></body>")
    assert text_of(page) == "The **Act**"
    assert complaints == []


@pytest.mark.parametrize("html", ["", "<p>one\u2028two\vthree\u2029four</p>"])
def test_line_ends_of_word_processors_are_line_ends(page: Page, html: str) -> None:
    opened(page)
    paste(page, html, "one\u2028two\vthree\u2029four")
    assert text_of(page) == ("one\\\ntwo\\\nthree\\\nfour" if html else "one\n\ntwo\n\nthree\n\nfour")


def test_line_ends_in_a_program_are_line_ends(page: Page) -> None:
    opened(page, "```\ncode\n```")
    surface(page).get_by_text("code").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    paste(page, "", "one\u2028two ")
    assert text_of(page) == "```\none\ntwo code\n```"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><b>می</b>\u200cخواهم</p>", "می\u200cخواهم"),
        ("<p>👩\u200d<b>🚀</b></p>", "👩\u200d🚀"),
        ("<p>a\u200c<b>b</b>\u00adc</p>", "abc"),
    ],
)
def test_a_joiner_is_seen_with_the_letter_before_it(page: Page, html: str, text: str) -> None:
    opened(page)
    paste(page, html)
    assert text_of(page).replace("*", "") == text
    assert (surface(page).text_content() or "").replace("\ufeff", "") == text


def test_one_word_of_a_cell_is_a_word_elsewhere(page: Page) -> None:
    opened(page, "| a | word |\n| --- | --- |\n\nThe")
    surface(page).get_by_text("word").dblclick()
    clipboard = copied(page)
    surface(page).get_by_text("The").click()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    paste(page, **clipboard)
    assert text_of(page) == "| a | word |\n| --- | --- |\n\nThe word"


def test_one_cell_of_a_spreadsheet_is_words_of_the_paragraph(page: Page) -> None:
    opened(page, "The")
    surface(page).get_by_text("The").click()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    paste(page, "<html><body><table><col width=64><tr height=20><td class=xl65>Act</td></tr></table></body></html>")
    assert text_of(page) == "The Act"


def test_a_program_and_a_heading_are_cut_and_pasted_as_they_are(page: Page) -> None:
    text = "# Title\n\n```\none\n  two\n```\n\nlast"
    opened(page, text)
    surface(page).click()
    page.keyboard.press("Control+a")
    clipboard = copied(page, cut=True)
    assert text_of(page) == ""
    paste(page, **clipboard)
    assert text_of(page) == text


def test_lines_of_a_cell_and_of_a_heading_keep_their_words_apart(page: Page) -> None:
    opened(page, "# x")
    surface(page).get_by_text("x").click()
    page.keyboard.press("End")
    paste(page, "<p>one<br>two</p>")
    assert text_of(page) == "# xone two"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://law.example/(a)", "relative"])
def test_an_address_that_no_text_can_hold_is_no_link(page: Page, address: str) -> None:
    opened(page)
    surface(page).evaluate(
        "(element, address) => { element.innerHTML = `<p><a href='${address}'>words</a></p>`; }", address
    )
    page.wait_for_timeout(100)
    assert surface(page).locator("a").count() == 0
    assert text_of(page) == "words"


def test_nothing_that_is_copied_is_nothing(page: Page) -> None:
    opened(page)
    surface(page).focus()
    page.keyboard.press("Control+a")
    assert copied(page)["plain"] == ""
