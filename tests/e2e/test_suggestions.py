"""The State under review suggests wording, a reviewing State accepts, and the difference is read in Arabic."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from observations.texts.models import Observation
from tests import journey, utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.editor import surface
from tests.e2e.people import give_passphrases
from tests.observations.clearance.texts import table
from tests.observations.suggestions.wording import STANDS, suggest_now, words_at

pytestmark = pytest.mark.django_db(transaction=True)
ENDING = " This includes members of the legislature."


def test_one_state_suggests_and_another_accepts(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    utils.take_cast_to("observations", cast)
    table(cast, journey.list_of(cast.review), STANDS)
    first = Observation.objects.get()
    observations = f"{live_server.url}/en/untoc/reviews/{cast.review.code}/observations/"
    suggestions = f"{observations.removesuffix('observations/')}texts/untoc/list_of_observations/suggestions/"

    own = sign_in(cast.focal_point)
    own.goto(observations)
    own.get_by_role("link", name="Suggest wording").click()
    surface(own).press("Control+End")
    own.keyboard.insert_text(ENDING)
    own.fill("#id_why", "The answers name them.")
    assert_accessible(own)
    own.get_by_role("button", name="Save").click()
    expect(own.locator("ins")).to_contain_text(ENDING.strip())
    assert_accessible(own)

    other = sign_in(cast.same_group_focal_point, javascript=False)
    other.goto(f"{live_server.url}/en/")
    other.locator('a[href*="/suggestions/"]').first.click()  # in My work
    other.get_by_role("link", name="Accept, whole or in parts").click()
    expect(other.locator("#id_text")).to_have_value(f"{STANDS}{ENDING}")
    other.get_by_role("button", name="Accept, and save the text").click()
    other.wait_for_url(f"{suggestions}#at-{first.pk}")
    assert words_at(first) == f"{STANDS}{ENDING}"

    own.set_viewport_size({"width": 360, "height": 780})
    own.goto(suggestions.replace("/en/", "/ar/"))
    expect(own.locator("html")).to_have_attribute("dir", "rtl")
    own.locator("details.app-disclosure summary").click()
    expect(own.locator("details.app-disclosure ins")).to_contain_text(ENDING.strip())
    expect(own.locator("details.app-disclosure")).to_contain_text("مقبول")
    expect(own.locator("details.app-disclosure .app-changes__text")).to_have_css("direction", "ltr")
    assert_fits(own, 360)
    assert_accessible(own)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_what_is_typed_is_compared_in_each_pause_and_stays_whatever_comes_back(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = utils.make_cast()
    utils.take_cast_to("observations", cast)
    table(cast, journey.list_of(cast.review), STANDS)
    address = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/texts/untoc/list_of_observations/"
    page = sign_in(cast.focal_point, language=language, width=width)
    page.goto(f"{address}suggestions/add/{Observation.objects.get().pk}/")
    compared, behind = page.locator("[data-compared]"), page.locator("[data-behind]")
    expect(compared.locator("ins")).to_have_count(0)
    surface(page).press("Control+End")
    save = page.locator("main form .govuk-button").first
    place = save.evaluate("each => each.getBoundingClientRect().top + scrollY")
    page.keyboard.insert_text(ENDING)
    expect(compared.locator("ins")).to_contain_text(ENDING.strip())
    expect(compared.locator(".app-changes__text")).to_have_css("direction", "ltr")
    expect(page.locator("[data-said]")).to_have_text(compared.locator("[data-summary]").inner_text())
    assert abs(save.evaluate("each => each.getBoundingClientRect().top + scrollY") - place) <= 60, "but for the box"
    assert_accessible(page)
    assert_fits(page, width)
    page.route("**/suggestions/add/**", lambda route: route.abort())
    page.keyboard.insert_text(" Typed on a train.")
    expect(behind).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(f"{STANDS}{ENDING} Typed on a train.")
    page.unroute("**/suggestions/add/**")
    page.keyboard.insert_text(" And off it.")
    expect(compared.locator("ins")).to_contain_text("And off it.")
    expect(behind).to_be_hidden()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_colleagues_talk_below_a_suggestion(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = utils.make_cast()
    utils.take_cast_to("observations", cast)
    table(cast, journey.list_of(cast.review), STANDS)
    row = suggest_now(cast.focal_point, Observation.objects.get(), f"{STANDS}{ENDING}")
    address = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/texts/untoc/list_of_observations/"
    notes = f"{address}suggestions/{row.pk}/notes/"
    expert = sign_in(cast.same_group_expert, language=language, width=width)
    expert.goto(notes)
    assert_accessible(expert)
    expert.locator(f'a[href$="{row.pk}/notes/add/"]').click()
    expert.fill("textarea[name=text]", "Which law is meant?")
    expert.select_option("select[name=mention]", str(cast.same_group_focal_point.pk))
    assert_accessible(expert)
    assert_fits(expert, width)
    expert.locator("main form .govuk-button").first.click()
    expect(expert.locator(".app-thread__text")).to_contain_text("Which law is meant?")
    focal_point = sign_in(cast.same_group_focal_point, language=language, width=width, javascript=False)
    focal_point.goto(notes)
    focal_point.locator('a[href*="reply/?from="]').click()
    focal_point.locator("main form .govuk-button").first.click()
    focal_point.locator('form[action$="reply/resolve/"] button').click()
    assert_fits(focal_point, width)
    other = sign_in(cast.focal_point, language=language, width=width)
    other.goto(notes)
    expect(other.locator(".app-thread--resolved .app-thread__text")).to_contain_text("Which law is meant?")
    expect(other.locator(".app-thread__text")).to_have_count(1)
    assert_accessible(other)
    assert_fits(other, width)
