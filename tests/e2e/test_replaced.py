"""Somebody is replaced while he or she types: the open page locks, the text is handed out, the successor goes on."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.registration.services.participation import register_participant
from reviews.registration.services.replacement import replace_participant
from tests.dialogue.exchange.exchange import comment
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES, PASSPHRASE
from tests.e2e.questionnaire import all_saved
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast, fictional_state, make_review, take_cast_to

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {
    "en": "Section 112 of the Criminal Code.\n\n- first point\n- “second” point, 5 < 6 & so on",
    "ar": "المادة ١١٢ من قانون العقوبات.\n\n- النقطة الأولى\n- «النقطة الثانية» (Art. 5)",
}


@pytest.fixture
def successor(committed_cast: Cast) -> User:
    user = UserFactory(full_name="Nadia Successor", email="successor@example.org")
    user.set_password(PASSPHRASE)
    user.save()
    return user


def section(live_server: LiveServer, cast: Cast, language: str = "en") -> str:
    return f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/response/untoc/article-5/"


def box(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("form[data-autosave] textarea:visible").first


def replace(cast: Cast, old: str, new: User) -> None:
    """What the portal does once officers and State stand behind it (tests/reviews/access/test_access_pages.py)."""
    participation = Participation.objects.get(review=cast.review, user=cast.people[old])
    replace_participant(actor=SYSTEM, participation=participation, user=new)


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.locator("[data-download]").click()
    assert download.value.suggested_filename == "untoc-reviews-1-XVE-response-untoc-article-5.txt"
    return Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_page_locks_and_hands_out_what_was_typed(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    cast = committed_cast
    old = sign_in(cast.focal_point, language=language)
    old.goto(section(live_server, cast, language))
    old.locator("details[data-words] summary:visible").first.click()
    box(old).fill("Saved before.")
    expect(old.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)
    replace(cast, "focal_point", successor)

    box(old).press_sequentially("x")  # the next key
    panel = old.locator("section.app-lock-out")
    expect(panel).to_be_visible(timeout=5000)
    expect(panel).to_be_focused()
    expect(box(old)).not_to_be_editable()
    old.keyboard.type("o")  # who types on does not leave the page by its keys
    expect(old.locator("main form[data-autosave] button:enabled")).to_have_count(0)
    assert_accessible(old)
    assert "Saved before.x" in downloaded(old)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_download_holds_exactly_what_was_typed(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    cast = committed_cast
    old = sign_in(cast.focal_point, language=language)
    old.goto(section(live_server, cast, language))
    code = old.locator("[data-question]:has(textarea)").first.get_attribute("data-question")
    old.locator("details[data-words] summary:visible").first.click()
    replace(cast, "focal_point", successor)
    sent: list[str] = []
    old.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    box(old).fill(TYPED[language])
    expect(old.locator("section.app-lock-out")).to_be_visible()
    text = downloaded(old)
    assert f"\n\n=== {code} · " in text
    assert text.endswith(f" ===\n{TYPED[language]}\n")
    assert len(sent) == 1, "nothing more was sent"
    assert_no_access(old, live_server, cast)


def assert_no_access(page: Page, live_server: LiveServer, cast: Cast) -> None:
    """Every page of the review is as if it were not there."""
    page.on("dialog", lambda dialog: dialog.accept())
    for path in ("", "participants/", "consultations/", "response/", "response/untoc/article-5/", "handover/"):
        answer = page.goto(f"{live_server.url}/en/untoc/reviews/{cast.review.code}/{path}")
        assert answer is not None
        assert answer.status == 404, path


def test_the_successor_finds_the_drafts_and_the_handover_page(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = committed_cast
    old = sign_in(cast.focal_point)
    old.goto(section(live_server, cast))
    old.locator("details[data-words] summary:visible").first.click()
    box(old).fill("Written by the one before.")
    all_saved(old)
    replace(cast, "focal_point", successor)
    for language in ("en", "ar"):
        new = sign_in(successor, language=language)
        new.locator('main a[href$="/handover/"]').first.click()
        new.wait_for_url(f"{live_server.url}/{language}/untoc/reviews/1-XVE/handover/")
        expect(new.locator("main")).to_contain_text("Focal Point")
        assert_accessible(new)
        new.locator('main a[href*="/response/untoc/article-5/"]').first.click()
        expect(new.locator("form[data-autosave] textarea").first).to_have_value("Written by the one before.")


def test_whoever_comes_back_to_a_form_learns_that_it_is_closed(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = committed_cast
    take_cast_to("written_feedback", cast)
    page = sign_in(cast.same_group_expert)
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XVE/clarifications/ask/I.untoc.5/")
    page.get_by_role("textbox", name="What do you ask?").fill("Typed, not sent.")
    participation = Participation.objects.get(review=cast.review, user=cast.same_group_expert)
    replace_participant(actor=SYSTEM, participation=participation, user=successor)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("section.app-lock-out")).to_contain_text("Your access to this review has ended")
    page.get_by_text("Show what you typed").click()
    assert page.locator("section.app-lock-out textarea").input_value().endswith("=\nTyped, not sent.\n")


def test_a_box_on_the_desk_locks_too(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = committed_cast
    take_cast_to("written_feedback", cast)
    page = sign_in(cast.same_group_focal_point)
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XVE/desk/untoc/article-5/")
    participation = Participation.objects.get(review=cast.review, user=cast.same_group_focal_point)
    replace_participant(actor=SYSTEM, participation=participation, user=successor)
    page.locator("details[data-tool=draft] summary").first.click()
    page.locator("form[data-comment] textarea:visible").first.fill("A remark that comes too late.")
    panel = page.locator("section.app-lock-out")
    expect(panel).to_contain_text("Your access to this review has ended")
    panel.get_by_text("Show what you typed").click()
    assert panel.locator("textarea").input_value().endswith("=\nA remark that comes too late.\n")


def test_a_form_without_scripts_gives_back_what_was_typed(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = committed_cast
    page = sign_in(cast.focal_point, javascript=False)
    page.goto(section(live_server, cast))
    page.locator("details[data-words] summary:visible").first.click()
    box(page).fill(TYPED["ar"])
    participation = Participation.objects.get(review=cast.review, user=cast.focal_point)
    replace_participant(actor=SYSTEM, participation=participation, user=successor)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("There is no such page")
    expect(page.locator("main textarea")).to_have_value(TYPED["ar"])


def test_a_form_that_is_sent_too_late_gives_back_what_was_typed(
    committed_cast: Cast, successor: User, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = committed_cast
    take_cast_to("written_feedback", cast)
    page = sign_in(cast.same_group_expert)
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XVE/clarifications/ask/I.untoc.5/")
    page.get_by_role("textbox", name="What do you ask?").fill(TYPED["en"])
    participation = Participation.objects.get(review=cast.review, user=cast.same_group_expert)
    replace_participant(actor=SYSTEM, participation=participation, user=successor)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("There is no such page")
    expect(page.get_by_label("Text")).to_have_value(TYPED["en"])
    assert_accessible(page)


def test_a_person_with_two_capacities_acts_for_the_right_state_in_each_review(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    """An expert of Veskaria answers in the review of Veskaria and reviews another State."""
    cast = committed_cast
    other = make_review("written_feedback", state="XAL")  # reviewed by XSK and XVE
    register_participant(
        actor=SYSTEM,
        review=other,
        user=cast.expert,
        state_party=fictional_state("XVE"),
        role=ParticipationRole.GOVERNMENTAL_EXPERT,
    )
    comment(other, fictional_state("XVE"), cast.expert, "Only on the review of XAL.")
    page = sign_in(cast.expert)
    own = page.locator(".app-task", has_text="1-XVE")
    expect(own).to_contain_text("You write for Veskaria, which owes the answers.")
    expect(page.locator(".app-task", has_text="1-XAL")).to_contain_text("Waiting for Secretariat")
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XVE/handover/")
    expect(page.locator(".app-capacity")).to_contain_text("You act for Veskaria (Governmental expert).")
    expect(page.locator("main")).to_contain_text("Answers to the questionnaire")
    expect(page.locator("main")).not_to_contain_text("Written feedback, comments")
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XAL/handover/")
    expect(page.locator(".app-capacity")).to_contain_text("You act for Veskaria (Governmental expert).")
    expect(page.locator("main")).to_contain_text("Written feedback, comments: 1")
    expect(page.locator("main")).not_to_contain_text("Answers to the questionnaire")
    answer = page.goto(f"{live_server.url}/en/untoc/reviews/1-XAL/response/")
    assert answer is not None
    assert answer.status == 403, "the drafts of the State that one reviews stay closed"
    page.goto(f"{live_server.url}/en/untoc/reviews/1-XAL/desk/untoc/article-5/")
    expect(page.locator("main")).to_contain_text("Only on the review of XAL.")
