"""The editor and the keyboard: who goes through a page changes nothing, and nobody is held in a field."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.editor import FIELD, opened, surface, text_of, tool

LIST = "- one\n- two"
TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |"


@pytest.mark.parametrize("text", [LIST, TABLE, f"{TABLE}\n\nwords\n\n{LIST}"])
def test_who_only_goes_through_the_page_changes_nothing(page: Page, text: str) -> None:
    opened(page, text)
    page.locator("#before").focus()
    for key in ["Tab", "Tab", "Shift", "CapsLock", "Control+c", "F9", "Tab"]:
        page.keyboard.press(key)
    expect(page.locator("#after")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(surface(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Bold")).to_be_focused()
    assert text_of(page) == text


def test_after_escape_a_tab_leaves(page: Page) -> None:
    opened(page, LIST)
    surface(page).get_by_text("two").click()
    page.keyboard.press("Tab")
    assert text_of(page) == "- one\n  - two"
    page.keyboard.press("Shift+Tab")
    assert text_of(page) == LIST
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator("#after")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Bold")).to_be_focused()
    assert text_of(page) == LIST


def test_a_table_is_left_at_its_ends(page: Page) -> None:
    opened(page, TABLE)
    surface(page).get_by_text("1", exact=True).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#after")).to_be_focused()
    surface(page).get_by_text("b", exact=True).click()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Bold")).to_be_focused()
    assert text_of(page) == TABLE
    surface(page).get_by_text("2", exact=True).click()
    page.keyboard.press("Enter")
    page.keyboard.type("new")
    assert text_of(page) == f"{TABLE}\n| new |  |"


def test_a_tool_that_was_pressed_goes_on_with_tab(page: Page) -> None:
    opened(page)
    page.locator("#before").focus()
    page.keyboard.press("Tab")
    tool(page, "Table").focus()
    page.keyboard.press("Enter")
    for words in ["a", "b", "c"]:
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    assert text_of(page).startswith("| a | b | c |")
    expect(tool(page, "Table")).to_have_attribute("aria-disabled", "true")


def test_the_keys_are_described_and_the_tools_say_of_which_field(page: Page) -> None:
    opened(page, LIST)
    expect(surface(page)).to_have_accessible_description(
        "A hint. Escape and then Tab leaves the text. Alt-F10 goes to the tools."
    )
    expect(page.get_by_role("toolbar")).to_have_accessible_name("Formatting Explanation")


@pytest.mark.parametrize(
    ("attributes", "name"),
    [("", ""), ('aria-label="By itself"', "By itself"), ('aria-labelledby="hint before"', "A hint. Before")],
)
def test_a_field_is_named_as_it_was(page: Page, attributes: str, name: str) -> None:
    opened(page, field=FIELD.replace('for="words"', "").replace("data-editor", f"data-editor {attributes}"))
    expect(surface(page)).to_have_accessible_name(name)
    assert surface(page).get_attribute("aria-labelledby") != ""
    expect(page.get_by_role("toolbar")).to_have_accessible_name(f"Formatting {name}".strip())


def test_the_text_begins_at_its_start(page: Page) -> None:
    opened(page, "first\n\nlast")
    page.get_by_text("Explanation").click()
    page.keyboard.type("The ")
    assert text_of(page) == "The first\n\nlast"


def test_a_link_goes_to_the_words_that_are_chosen_when_it_is_set(page: Page) -> None:
    opened(page, "The Act.\n\nThe Code.")
    surface(page).get_by_text("The Code.").click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+k")
    page.evaluate(
        "document.querySelector('textarea').value = 'A long paragraph of a colleague.\\n\\nThe Act.\\n\\nThe Code.'"
    )
    page.keyboard.type("https://law.example/")
    page.keyboard.press("Enter")
    assert text_of(page) == "A long paragraph of a colleague.\n\nThe Act.\n\n[The Code.](https://law.example/)"
    page.evaluate("document.querySelector('textarea').value = 'x'")
    page.keyboard.press("Control+k")
    page.evaluate("document.querySelector('textarea').value = ''")
    page.keyboard.type("https://law.example/")
    page.keyboard.press("Enter")
    assert text_of(page) == "[https://law.example/](https://law.example/)"


def test_a_link_in_the_second_of_two_paragraphs_is_found_and_removed(page: Page) -> None:
    opened(page, "One.\n\n[Two](https://law.example/).")
    surface(page).click()
    page.keyboard.press("Control+a")
    expect(tool(page, "Link in the text")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Address of the link")).to_have_value("https://law.example/")
    page.get_by_role("button", name="Remove link").click()
    assert text_of(page) == "One.\n\nTwo."
