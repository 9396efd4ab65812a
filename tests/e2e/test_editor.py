"""The editor over the field of an answer: what is typed, pasted and pressed becomes Markdown that says the same."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.language.markdown import to_html
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.editor import bare
from tests.e2e.questionnaire import all_saved
from tests.utils import Cast

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "I.untoc.3"
PASTED = Path(__file__).parent / "pasted"


def opened(page: Page, live_server: LiveServer, committed_cast: Cast, language: str = "en") -> Page:
    page.goto(f"{live_server.url}/{language}/untoc/reviews/{committed_cast.review.code}/response/untoc/article-5/")
    page.evaluate("for (const each of document.querySelectorAll('[data-words]')) each.open = true")
    return page


def question(page: Page) -> Locator:
    return page.locator(f'[data-question="{CODE}"]')


def surface(page: Page) -> Locator:
    return question(page).locator(".app-editor__text")


def enter(page: Page) -> None:
    """Click into the text and look at it: a jump to its start that comes at once is taken for the browser's own."""
    surface(page).click()
    page.wait_for_timeout(250)


def tool(page: Page, name: str) -> Locator:
    return question(page).get_by_role("button", name=name, exact=True)


def text_of(committed_cast: Cast) -> str:
    assert committed_cast.response is not None
    question_id = index_of(committed_cast.response.version_id).question_ids[CODE]
    return str(Answer.objects.get(response=committed_cast.response, question_id=question_id).text)


def paste(page: Page, name: str) -> None:
    html = (PASTED / name).read_text()
    surface(page).evaluate(
        """(element, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def assert_seen_as_stored(page: Page, committed_cast: Cast) -> None:
    assert bare(surface(page).inner_html()) == bare(to_html(text_of(committed_cast)))


def test_what_is_typed_is_saved_as_markdown_and_read_as_it_looked(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    page.keyboard.type("The ")
    page.keyboard.press("Control+b")
    expect(tool(page, "Bold")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("Act")
    page.keyboard.press("Control+b")
    page.keyboard.type(" of 2021, 5 * 3, [1].")
    page.keyboard.press("Enter")
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("below two")
    all_saved(page)
    assert text_of(committed_cast) == "The **Act** of 2021, 5 * 3, [1].\n\n- one\n- two\n  - below two"
    assert_seen_as_stored(page, committed_cast)
    assert_accessible(page)
    page.keyboard.press("Control+z")
    all_saved(page)
    assert text_of(committed_cast) != "The **Act** of 2021, 5 * 3, [1].\n\n- one\n- two\n  - below two"


def test_a_table_is_made_and_changed(committed_cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    tool(page, "Table").click()
    for words in ["Law", "Year", "Note", "Code", "2021", "a | b"]:
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    tool(page, "Remove row").click()
    tool(page, "Add column").click()
    page.keyboard.type("new")
    all_saved(page)
    assert text_of(committed_cast) == (
        "| Law |  | Year | Note |\n| --- | --- | --- | --- |\n| Code | new | 2021 | a \\| b |"
    )
    tool(page, "Remove column").click()
    all_saved(page)
    assert text_of(committed_cast) == "| Law | Year | Note |\n| --- | --- | --- |\n| Code | 2021 | a \\| b |"
    assert_seen_as_stored(page, committed_cast)
    assert_accessible(page)


def test_word_is_pasted_as_what_it_says(committed_cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    paste(page, "word.html")
    all_saved(page)
    assert text_of(committed_cast) == (
        "**Article 5** is in section *112* of the [Code](https://law.example/112).\n\n"
        "- first\n  - within\n- second\n\n1. numbered\n\n"
        "| **Law** | Year |\n| --- | --- |\n| Penal Code | 2021 |\n\n**Bold by its look**\u00a0[1]"
    )
    assert_seen_as_stored(page, committed_cast)


def test_libreoffice_is_pasted_as_what_it_says(committed_cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    paste(page, "libreoffice.html")
    all_saved(page)
    assert text_of(committed_cast) == (
        "**Bold** and *italic*.\n\n1. one\n2. two\n   - below two\n\n| Wide |  |\n| --- | --- |\n|  | a \\| b |"
    )


def test_the_keyboard_alone_reaches_every_tool(committed_cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).focus()
    page.keyboard.type("law")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+F10")
    expect(tool(page, "Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Italics")).to_be_focused()
    page.keyboard.press("Enter")
    expect(surface(page)).to_be_focused()
    page.keyboard.press("Control+k")
    address = question(page).get_by_label("Address of the link")
    expect(address).to_be_focused()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(question(page)).to_contain_text("Give an address that begins with")
    assert_accessible(page)
    address.fill("law.example/a b")
    page.keyboard.press("Enter")
    expect(surface(page)).to_be_focused()
    all_saved(page)
    assert text_of(committed_cast) == "[*law*](https://law.example/a%20b)"


def test_what_nobody_touches_is_not_changed(committed_cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    odd = "one\ntwo\n\n\n*  three\n* four\n\n```\ncode\n```\n12. The __Act__\n---"
    question(page).locator("textarea").fill(odd)
    all_saved(page)
    page = opened(page, live_server, committed_cast)
    expect(surface(page)).to_contain_text("The __Act__")
    enter(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.type("!")
    all_saved(page)
    assert text_of(committed_cast) == odd.replace("one", "one!", 1)
    page.keyboard.press("Backspace")
    all_saved(page)
    assert text_of(committed_cast) == odd


def test_the_plain_field_is_one_press_away_and_stays(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    tool(page, "Plain text").click()
    field = question(page).locator("textarea")
    expect(field).to_be_focused()
    page.keyboard.type("**Act**")
    all_saved(page)
    assert surface(page).text_content() == ""  # what is hidden is not read again with each key
    page = opened(page, live_server, committed_cast)
    expect(question(page).locator("textarea")).to_have_value("**Act**")
    expect(surface(page)).to_be_hidden()
    tool(page, "Plain text").click()
    expect(surface(page).locator("strong")).to_have_text("Act")
    assert text_of(committed_cast) == "**Act**"


def test_a_colleagues_words_come_into_the_editor(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    first = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    start = "The first words of all stand here.\n\nThe last words of all stand here."
    question(first).locator("textarea").fill(start)
    all_saved(first)
    second = opened(sign_in(committed_cast.second_expert), live_server, committed_cast)
    expect(surface(second)).to_contain_text("The last words")
    surface(first).click()
    first.keyboard.press("Control+End")
    first.keyboard.type(" Mine.")
    all_saved(first)
    enter(second)
    second.keyboard.press("Control+Home")
    second.keyboard.type("Yours. ")
    all_saved(second)
    whole = "Yours. The first words of all stand here.The last words of all stand here. Mine."
    expect(surface(second)).to_have_text(whole)
    assert text_of(committed_cast) == f"Yours. {start} Mine."
    first.keyboard.press("Control+Home")
    first.keyboard.press("Control+Shift+End")
    first.keyboard.type("Quite another text.")
    conflict = first.locator("[data-conflict]")
    conflict.locator("button[name=keep]").click()
    expect(surface(first)).to_contain_text("Yours. The first words")


def test_words_of_a_page_that_is_gone_come_back_into_the_editor(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    page.context.set_offline(True)
    page.keyboard.type("Typed ")
    page.keyboard.press("Control+b")
    page.keyboard.type("offline")
    expect(question(page).locator("[data-status]")).to_contain_text("no connection")
    expect(question(page).locator("[data-status]")).to_contain_text("kept in this browser")
    address = page.url
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    offer = question(page).get_by_role("button", name="Put it into the form")
    expect(offer.or_(surface(page).locator("strong"))).to_be_visible()  # what a page sends at its end may arrive still
    if offer.is_visible():
        offer.click()
    expect(surface(page).locator("strong")).to_have_text("offline")
    all_saved(page)
    assert text_of(committed_cast) == "Typed **offline**"


def test_the_label_names_what_is_seen_and_that_alone(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    label = question(page).get_by_role("textbox", name="Explanation 3", exact=True)
    expect(label).to_have_class(re.compile("app-editor__text"))
    label.fill("Words")
    all_saved(page)
    assert text_of(committed_cast) == "Words"
    tool(page, "Plain text").click()
    expect(question(page).get_by_role("textbox", name="Explanation 3", exact=True)).to_have_value("Words")


def test_marks_of_markdown_are_read_as_they_are_typed_and_inserted(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    surface(page).click()
    page.keyboard.type("The **Act of 2021** holds, 5 ** 3 ** 2")
    all_saved(page)
    assert text_of(committed_cast) == "The **Act of 2021** holds, 5 \\*\\* 3 \\*\\* 2"
    expect(surface(page).locator("strong")).to_have_text("Act of 2021")
    page.keyboard.press("Control+a")
    inserted = "Section **112**.\n\n- first point\n- second point, 5 < 6 & so on"
    page.keyboard.insert_text(inserted)
    all_saved(page)
    assert text_of(committed_cast) == inserted
    assert_seen_as_stored(page, committed_cast)


def test_what_is_composed_in_bold_or_behind_a_link_is_kept(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    """As Chinese and Japanese are typed: an input method writes, and changes what it has written."""
    page = opened(sign_in(committed_cast.expert), live_server, committed_cast)
    input_method = page.context.new_cdp_session(page)
    surface(page).click()
    page.keyboard.type("The law ")
    page.keyboard.press("Control+b")
    for words in ["f", "fa", "法"]:
        input_method.send("Input.imeSetComposition", {"text": words, "selectionStart": 1, "selectionEnd": 1})
    input_method.send("Input.insertText", {"text": "法"})
    expect(surface(page).locator("strong")).to_have_text("法")
    page.keyboard.press("Control+k")
    page.keyboard.type("law.example")
    page.keyboard.press("Enter")
    for words in ["l", "律"]:
        input_method.send("Input.imeSetComposition", {"text": words, "selectionStart": 1, "selectionEnd": 1})
    input_method.send("Input.insertText", {"text": "律"})
    all_saved(page)
    assert text_of(committed_cast) == "The law **法[https://law.example](https://law.example)律**"


def test_a_file_that_does_not_come_leaves_the_field(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.expert)
    page.route("**/vendor/editor*.js", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: "vendor/editor" in request.url):
        opened(page, live_server, committed_cast)
    field = question(page).locator("textarea")
    field.click()
    page.keyboard.type("**Typed**")
    all_saved(page)
    assert text_of(committed_cast) == "**Typed**"
    assert_accessible(page)


def test_arabic_is_written_from_right_to_left_on_a_phone(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = opened(sign_in(committed_cast.expert, language="ar", width=360), live_server, committed_cast, "ar")
    surface(page).click()
    page.keyboard.type("المادة ")
    page.keyboard.press("Control+b")
    page.keyboard.type("الثالثة")
    page.keyboard.press("Enter")
    page.keyboard.type("Latin words")
    page.keyboard.press("Enter")
    page.keyboard.type("- نقطة")
    assert surface(page).locator("ul").evaluate("list => getComputedStyle(list).direction") == "rtl"
    expect(page.locator("[data-status]").nth(0)).to_be_attached()
    paragraphs = surface(page).locator("p")
    assert [paragraphs.nth(n).evaluate("p => getComputedStyle(p).direction") for n in range(2)] == ["rtl", "ltr"]
    page.wait_for_timeout(2500)
    assert text_of(committed_cast) == "المادة **الثالثة**\n\nLatin words\n\n- نقطة"
    assert_fits(page, 360)
    assert_accessible(page)


def test_without_scripts_there_is_the_field_alone(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.expert, javascript=False)
    page.goto(f"{live_server.url}/en/untoc/reviews/{committed_cast.review.code}/response/untoc/article-5/")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(page.locator("textarea[data-editor]").first).to_be_attached()
