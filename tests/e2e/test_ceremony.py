"""The ceremony of a draw in the meeting room: step by step, by button and by key, in both directions of writing."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from lots.ceremony.services.drawing import run_draw
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.results.selectors import DrawnState, drawn_states
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES, PASSPHRASE
from tests.lots.making import Officers, commit, make_draw, reveal

pytestmark = pytest.mark.django_db(transaction=True)
STATES = 25
PLAY, PAUSE = "[data-says-play]", "[data-says-pause]"
NAME, WHERE, STATUS, FOUND = "[data-name]", "[data-where]", "[data-status]", "[data-found]"


@pytest.fixture
def officers(transactional_db: None) -> Officers:
    people = Officers()
    for user in (people.keeper, people.runner):
        user.set_password(PASSPHRASE)
    User.objects.bulk_update([people.keeper, people.runner], ["password"])
    return people


def open_ceremony(page: Page, live_server: LiveServer, draw: Draw, language: str = "en", query: str = "") -> None:
    with translation.override(language):
        page.goto(f"{live_server.url}{reverse('lots:draw-ceremony', args=[draw.mechanism.slug, draw.code])}{query}")


def states_in(draw: Draw, language: str = "en") -> list[DrawnState]:
    with translation.override(language):
        return drawn_states(draw)


def names_in(drawn: DrawnState, language: str = "en") -> list[str]:
    with translation.override(language):
        return [str(reviewer.state) for reviewer in drawn.reviewers]


def name_of(drawn: DrawnState, language: str = "en") -> str:
    with translation.override(language):
        return str(drawn.state)


def act(page: Page, name: str) -> None:
    page.click(f"[data-act={name}]")


def seen_lines(page: Page) -> int:
    return page.locator(".app-arc:not(.app-unseen)").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_state_after_the_other_is_revealed(
    officers: Officers, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    states = states_in(draw, language)
    page = sign_in(officers.runner, language=language)
    open_ceremony(page, live_server, draw, language)
    expect(page.locator("[data-turn]:visible, .app-group__state:visible")).to_have_count(0)
    assert seen_lines(page) == 0
    assert_accessible(page)
    for drawn in states[:2]:
        act(page, "next")
        expect(page.locator(NAME)).to_have_text(name_of(drawn, language))
        expect(page.locator(STATUS)).to_contain_text(name_of(drawn, language))
    expect(page.locator(".app-group__state:visible")).to_have_count(2)
    for _state in range(STATES - 1):
        act(page, "next")
    first = states[0]
    expect(page.locator(NAME)).to_have_text(name_of(first, language))
    expect(page.locator("[data-details] .app-link__name")).to_have_text(names_in(first, language))
    assert seen_lines(page) == len(first.reviewers)
    expect(page.locator("[data-turn]:visible")).to_have_count(1)
    assert_accessible(page)
    act(page, "previous")
    expect(page.locator(NAME)).to_have_text(name_of(states[-1], language))
    assert seen_lines(page) == 0
    act(page, "all")
    expect(page.locator("[data-final]")).to_be_visible()
    expect(page.locator("[data-turn]:visible")).to_have_count(STATES)
    assert seen_lines(page) == sum(len(drawn.reviewers) for drawn in states)
    assert_accessible(page)
    act(page, "start")
    expect(page.locator("[data-idle]")).to_be_visible()


def test_it_plays_by_itself_until_it_is_paused(officers: Officers, sign_in: SignIn, live_server: LiveServer) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    page.select_option("[data-speed]", label="Fast")
    act(page, "play")
    expect(page.locator(PAUSE)).to_be_visible()
    expect(page.locator(WHERE)).to_have_text(re.compile(r"Groups: [2-9]\d* of 25 States"))
    assert page.locator(STATUS).text_content() == ""  # too fast to be read out
    act(page, "play")
    expect(page.locator(PLAY)).to_be_visible()
    stopped = page.locator(WHERE).text_content()
    expect(page.locator(STATUS)).to_contain_text("is in group 1.")
    page.wait_for_timeout(1000)
    assert page.locator(WHERE).text_content() == stopped
    page.select_option("[data-speed]", label="Very fast")
    act(page, "play")
    expect(page.locator("[data-final]")).to_be_visible(timeout=30_000)
    expect(page.locator(PLAY)).to_be_visible()
    expect(page.locator(STATUS)).to_have_text("Everything is revealed.")


@pytest.mark.parametrize(
    ("language", "on", "back"), [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")]
)
def test_keys_do_what_the_buttons_do(
    officers: Officers, sign_in: SignIn, live_server: LiveServer, language: str, on: str, back: str
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    states = states_in(draw, language)
    page = sign_in(officers.runner, language=language)
    open_ceremony(page, live_server, draw, language)
    page.keyboard.press(on)
    page.keyboard.press(on)
    expect(page.locator(NAME)).to_have_text(name_of(states[1], language))
    page.keyboard.press(back)
    expect(page.locator(NAME)).to_have_text(name_of(states[0], language))
    page.keyboard.press("Space")
    expect(page.locator(PAUSE)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(PLAY)).to_be_visible()
    # Who types a name types a name.
    page.focus("#find-state")
    before = page.locator(NAME).text_content()
    page.keyboard.type("a b")
    page.keyboard.press(on)
    assert page.input_value("#find-state") == "a b"
    assert page.locator(NAME).text_content() == before


def test_a_button_with_the_focus_is_pressed_once_by_the_space_bar(
    officers: Officers, sign_in: SignIn, live_server: LiveServer
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    page.focus("[data-act=next]")
    page.keyboard.press("Space")
    expect(page.locator(NAME)).to_have_text(name_of(states_in(draw)[0]))
    expect(page.locator(PLAY)).to_be_visible()


def test_a_state_is_looked_for_as_far_as_revealed(officers: Officers, sign_in: SignIn, live_server: LiveServer) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    last = states_in(draw)[-1]
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    page.fill("#find-state", name_of(last))
    expect(page.locator(FOUND)).to_contain_text("The rest is not revealed yet.")
    expect(page.locator(f"{FOUND} .app-link:visible")).to_have_count(0)
    expect(page.locator(f"{FOUND} [data-found-group]")).to_be_hidden()
    act(page, "all")
    expect(page.locator(f"{FOUND} [data-found-reviewers] .app-link__name")).to_have_text(names_in(last))
    expect(page.locator(f"{FOUND} [data-found-group]")).to_have_text(re.compile(f"Group {last.group_number}"))
    expect(page.locator(f"{FOUND} [data-more]")).to_be_hidden()
    expect(page.locator(".app-arc--selected")).to_have_count(len(last.reviewers) + len(last.duties))
    assert_accessible(page)
    page.fill("#find-state", "Atlantis")
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_text("No State in this draw has this name or code.")
    first = states_in(draw)[0]
    page.locator(f".app-node[data-code={first.state.iso3}] use").click()
    expect(page.locator(FOUND)).to_contain_text(name_of(first))
    assert page.input_value("#find-state") == name_of(first)


def test_the_ceremony_goes_on_where_it_was_when_the_page_is_loaded_anew(
    officers: Officers, sign_in: SignIn, live_server: LiveServer
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    for _step in range(3):
        act(page, "next")
    page.reload()
    expect(page.locator(NAME)).to_have_text(name_of(states_in(draw)[2]))


def test_the_seed_comes_in_by_itself_and_then_the_result(
    officers: Officers, sign_in: SignIn, live_server: LiveServer
) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    assert_accessible(page)
    expect(page.locator(".app-before__standing")).to_contain_text("Commitments recorded: 0 of 5.")
    for part in draw.seed_parts.all():
        commit(part, officers.keeper, value="4711")
    expect(page.locator(".app-before__standing")).to_contain_text("All delegates have committed.")
    reveal(draw.seed_parts.get(source="african"), officers.keeper, value="4711")
    expect(page.locator(".app-seed__value")).to_have_text("4711")
    for part in draw.seed_parts.exclude(source="african"):
        reveal(part, officers.keeper, value="4711")
    expect(page.locator(".app-before__standing")).to_contain_text("The seed is complete.")
    assert_accessible(page)
    draw.refresh_from_db()
    run_draw(actor=officers.runner, draw=draw)
    expect(page.locator("[data-idle]")).to_contain_text("25 States")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_all_is_there_at_once_and_fits_a_narrow_screen(
    officers: Officers, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    first = states_in(draw, language)[0]
    page = sign_in(officers.runner, language=language, width=320, javascript=False)
    open_ceremony(page, live_server, draw, language)
    assert page.locator("[data-turn]:visible").count() == STATES
    assert page.locator("[data-show]:visible").count() == 0
    page.fill("#find-state", first.state.iso3)
    page.press("#find-state", "Enter")
    expect(page.locator(f"{FOUND} h3")).to_contain_text(name_of(first, language))
    assert_fits(page, 320)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_scripts_nothing_is_wider_than_a_narrow_screen(
    officers: Officers, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    page = sign_in(officers.runner, language=language, width=320)
    open_ceremony(page, live_server, draw, language)
    for name in ("next", "all"):
        act(page, name)
        assert_fits(page, 320)


def test_paper_shows_all_whatever_is_revealed(officers: Officers, sign_in: SignIn, live_server: LiveServer) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers)
    page = sign_in(officers.runner)
    open_ceremony(page, live_server, draw)
    act(page, "next")
    page.emulate_media(media="print")
    expect(page.locator("[data-turn]:visible")).to_have_count(STATES)
    pairings = sum(len(drawn.reviewers) for drawn in states_in(draw))
    expect(page.locator("[data-reviewers] .app-link:visible")).to_have_count(pairings)
    expect(page.locator("[data-show]")).to_be_hidden()
