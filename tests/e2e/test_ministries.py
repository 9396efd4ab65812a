"""From the invitation of a ministry to the official answer: invited, sent, proposed, returned, adopted."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.responses.models import Answer, Proposal
from reviews.cases.models import Participation
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases
from tests.factories.accounts import UserFactory
from tests.utils import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = '[data-question="I.firearms.68"]'


def press(page: Page, selector: str = "main form button[type=submit]") -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def looked_at(page: Page, width: int) -> None:
    assert_accessible(page)
    assert_fits(page, width)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_a_ministry_proposes_and_the_focal_point_adopts(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = make_cast()
    give_passphrases(cast)
    official = UserFactory(organization="Customs Authority")
    review = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/"
    response = f"{review}response/"

    focal_point = sign_in(cast.focal_point, language=language, width=width)
    focal_point.goto(f"{review}participants/invite/")
    focal_point.fill("input[name=email]", official.email)
    focal_point.fill("input[name=full_name]", "Somebody")
    press(focal_point)
    participation = Participation.objects.get(user=official)

    focal_point.goto(f"{response}assignments/{participation.pk}/")
    looked_at(focal_point, width)
    focal_point.locator("input[name=firearms][value=article-3]").check()
    due = timezone.localdate() + dt.timedelta(7)
    focal_point.fill("input[name=due_on]", due.isoformat())
    focal_point.fill("textarea[name=remark]", "Please name the Act.")
    press(focal_point)

    ministry = sign_in(official, language=language, width=width)
    ministry.goto(response)
    expect(ministry.locator("main")).to_contain_text("Please name the Act.")
    looked_at(ministry, width)
    ministry.goto(f"{response}firearms/article-3/")
    ministry.locator(f"{QUESTION} input[type=radio]").first.check()
    ministry.locator(f"{QUESTION} details summary").first.click()
    ministry.locator(f"{QUESTION} textarea").first.fill("By the Firearms Act.")
    ministry.locator(f"{QUESTION} textarea").first.blur()
    expect(ministry.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)
    looked_at(ministry, width)

    focal_point.goto(f"{response}firearms/article-3/")
    looked_at(focal_point, width)
    press(focal_point, ".app-beside a")
    expect(focal_point.locator("main")).to_contain_text("By the Firearms Act.")
    looked_at(focal_point, width)
    proposal = Proposal.objects.get()
    focal_point.goto(f"{response}proposals/I.firearms.68/{proposal.pk}/return/")
    focal_point.fill("textarea[name=reason]", "Of which year?")
    press(focal_point)

    ministry.goto(f"{response}firearms/article-3/")
    expect(ministry.locator(".app-beside")).to_contain_text("Of which year?")
    press(ministry, ".app-beside a")
    looked_at(ministry, width)
    press(ministry)
    ministry.goto(response)
    press(ministry, 'a[href*="/ministries/parts/"]')
    looked_at(ministry, width)
    ministry.locator("input[name=said][value=done]").check()
    press(ministry)

    focal_point.goto(f"{response}ministries/")
    looked_at(focal_point, width)
    focal_point.goto(f"{response}proposals/I.firearms.68/")
    press(focal_point, ".app-proposal form button[type=submit]")
    answer = Answer.objects.get()
    assert (answer.text, answer.saved_by) == ("By the Firearms Act.", cast.focal_point)
