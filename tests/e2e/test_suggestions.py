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
from tests.observations.suggestions.wording import STANDS, words_at

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
