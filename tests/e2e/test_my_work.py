"""My work leads to the act, and the consultations are held on one page."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.services import propose_consultation
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES, give_passphrases
from tests.e2e.travel import Traveller
from tests.utils import Cast, make_cast, make_review, register

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = 360


@pytest.fixture
def consulting(transactional_db: None) -> Cast:
    """A focal point of a reviewing State is an expert in the review of another one."""
    cast = make_cast("consultations")
    give_passphrases(cast)
    other = make_review("consultations", state="XHV")  # reviewed by XLE and XLV
    register(other, cast.same_group_focal_point, cast.same_group_state, ParticipationRole.GOVERNMENTAL_EXPERT)
    return cast


def fits(page: Page, width: int = NARROW) -> None:
    """Nothing stands out of a narrow screen."""
    page.set_viewport_size({"width": width, "height": 900})
    assert_fits(page, width)
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_leads_to_its_act_and_is_gone_when_it_is_done(
    consulting: Cast, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    cast = consulting
    propose_consultation(actor=cast.focal_point, review=cast.review, languages=["en"])
    page = sign_in(cast.same_group_focal_point, language=language)
    expect(page.locator(".app-task")).to_have_count(3)  # the focal point also names that of its State for 1-XHV
    own = page.locator(".app-task--own", has_text="1-XVE")
    expect(own).to_have_count(1)
    assert_accessible(page)

    page.locator("a[href='?show=all&hat=xle-governmental_expert']").click()
    expect(page.locator(".app-task")).to_have_count(1)
    expect(page.locator(".app-task")).to_contain_text("1-XHV")
    page.locator("a[href='?show=mine']").or_(page.locator("a[href^='?show=mine&']")).first.click()
    expect(page.locator(".app-task")).to_have_count(0)
    page.locator("a[href='?show=mine']").click()

    own.locator("a.govuk-button").click()
    page.wait_for_url("**/untoc/reviews/1-XVE/consultations/")
    page.locator("form[action$='/consultations/confirm/'] button").click()
    expect(page.locator(".govuk-notification-banner, .app-messages").first).to_be_visible()
    page.goto(f"{live_server.url}/{language}/")
    expect(own).to_have_count(0)
    expect(page.locator(".app-task", has_text="1-XVE")).to_have_count(1)
    fits(page)


def test_three_focal_points_agree_on_one_page_after_a_counter_proposal(
    consulting: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    cast = consulting
    root = f"{live_server.url}/en/untoc/reviews/{cast.review.code}"
    first, second, third = (
        Traveller(sign_in(user), root)
        for user in (cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point)
    )
    first.go("consultations/")
    assert_accessible(first.page)
    first.choose_languages()
    first.press("Propose to the other States")
    expect(first.page.locator("#propose")).to_have_attribute("open", "")
    first.sees("Choose at least one working language.", "Where this step stands")
    first.choose_languages("en", "fr")
    first.press("Propose to the other States")
    first.sees("English and French: proposed, not agreed yet", "Each focal point whose word is missing confirms")
    assert_accessible(first.page)

    second.go("consultations/")
    second.page.locator("#propose summary").click()
    expect(second.page.locator("input[name=languages][value=fr]")).to_be_checked()
    second.choose_languages("en")
    second.page.fill("input[name=date_answers_sent]", "2022-05-15")
    second.press("Propose to the other States")
    second.sees("In proposal 1: English and French", "14 days later", "In proposal 1: as in the plan")

    for each in (first, third):
        each.confirm()
    third.sees("All States have confirmed", "English: agreed", "1 date that differs from the plan is agreed")
    assert ConsultationProposal.objects.get(number=2).confirmations.count() == 3
    assert Review.objects.get(pk=cast.review.pk).working_languages == ["en"]

    officer = Traveller(sign_in(cast.officer), root)
    officer.go("consultations/")
    fits(officer.page)
    officer.press("Open the self-assessment")
    assert Review.objects.get(pk=cast.review.pk).step.slug == "self_assessment"
    third.go("consultations/")
    fits(third.page)
