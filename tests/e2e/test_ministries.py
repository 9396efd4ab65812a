"""From the invitation of a ministry to the official answer: invited, sent, proposed, returned, adopted."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from questionnaires.responses.models import Answer, Proposal
from reviews.cases.models import Participation
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES_AND_WIDTHS, give_passphrases
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


def invited(page: Page, official: User, review: str) -> Participation:
    """The focal point invites somebody of a ministry."""
    page.goto(f"{review}participants/invite/")
    page.fill("input[name=email]", official.email)
    page.fill("input[name=full_name]", "Somebody")
    press(page)
    return Participation.objects.get(user=official)


def sent(page: Page, url: str, width: int) -> None:
    """One section, with a date and a remark."""
    page.goto(url)
    looked_at(page, width)
    page.locator("input[name=firearms][value=article-3]").check()
    page.fill("input[name=due_on]", (timezone.localdate() + dt.timedelta(7)).isoformat())
    page.fill("textarea[name=remark]", "Please name the Act.")
    press(page)


def proposed(page: Page, response: str, width: int) -> None:
    page.goto(response)
    expect(page.locator("main")).to_contain_text("Please name the Act.")
    looked_at(page, width)
    page.goto(f"{response}firearms/article-3/")
    page.locator(f"{QUESTION} input[type=radio]").first.check()
    expect(page.locator(f"{QUESTION} [name$='-law']").first).to_be_visible()  # a "Yes" asks for the law
    page.locator(f"{QUESTION} textarea").first.fill("By the Firearms Act.")
    page.locator(f"{QUESTION} textarea").first.blur()
    expect(page.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)
    looked_at(page, width)


def returned(page: Page, response: str, width: int) -> None:
    """The focal point finds the proposal at its question, and gives it back."""
    page.goto(f"{response}firearms/article-3/")
    looked_at(page, width)
    press(page, ".app-beside a")
    expect(page.locator("main")).to_contain_text("By the Firearms Act.")
    looked_at(page, width)
    page.goto(f"{response}proposals/I.firearms.68/{Proposal.objects.get().pk}/return/")
    page.fill("textarea[name=reason]", "Of which year?")
    press(page)


def answered(page: Page, response: str, width: int) -> None:
    """The ministry finds why at the question, answers it, and says that it is done."""
    page.goto(f"{response}firearms/article-3/")
    expect(page.locator(".app-beside")).to_contain_text("Of which year?")
    press(page, ".app-beside a")
    looked_at(page, width)
    press(page)
    page.goto(response)
    press(page, 'a[href*="/ministries/parts/"]')
    looked_at(page, width)
    page.locator("input[name=said][value=done]").check()
    press(page)


def overseen(page: Page, response: str, width: int) -> None:
    """On the overview the count of proposals leads to the question, and the question is one click further."""
    page.goto(response)
    expect(page.locator(".app-standings tfoot")).to_be_visible()
    looked_at(page, width)
    press(page, "#n-proposed")
    expect(page.locator(".app-missing__item")).to_have_count(1)
    looked_at(page, width)
    press(page, ".app-missing__link")
    expect(page.locator(QUESTION)).to_be_in_viewport()


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_a_ministry_proposes_and_the_focal_point_adopts(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = make_cast()
    give_passphrases(cast)
    official = UserFactory(organization="Customs Authority")
    review = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/"
    response = f"{review}response/"
    focal_point = sign_in(cast.focal_point, language=language, width=width)
    participation = invited(focal_point, official, review)
    sent(focal_point, f"{response}assignments/{participation.pk}/", width)
    ministry = sign_in(official, language=language, width=width)
    proposed(ministry, response, width)
    returned(focal_point, response, width)
    answered(ministry, response, width)

    overseen(focal_point, response, width)
    focal_point.goto(f"{response}ministries/")
    looked_at(focal_point, width)
    focal_point.goto(f"{response}proposals/I.firearms.68/")
    press(focal_point, ".app-proposal form button[type=submit]")
    answer = Answer.objects.get()
    assert (answer.text, answer.saved_by) == ("By the Firearms Act.", cast.focal_point)
