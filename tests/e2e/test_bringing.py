"""A review that runs is brought in: one officer brings steps and answers, another confirms, and the State is heard."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES
from tests.factories.accounts import OfficerFactory
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
HEADING = "review,step,step:self_assessment,step:written_feedback"
PRESS = "main form button[type=submit]"


def choose(page: Page, path: Path, lines: Sequence[str], **more: str) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")
    for name, value in more.items():
        page.fill(f"[name={name}]", value)
    page.set_input_files("[name=file]", path)
    page.locator(PRESS).click()


def confirmed(page: Page, address: str) -> None:
    """The other officer looks at the same, and confirms it; a worker does the rest."""
    page.goto(address)
    assert_accessible(page)
    page.locator("form[action$='/confirm/'] button").click()
    expect(page.locator("form[action$='/confirm/']")).to_have_count(0)
    expect(page.locator("main ul.govuk-list a[href*='/brought-in/']").first).to_be_visible()


def laid_before(page: Page) -> str:
    """The address of the file that was read; it waits for another officer from here on."""
    assert_accessible(page)
    address = page.url
    page.locator("form[action$='/lay-before/'] button").click()
    expect(page.locator("form[action$='/withdraw/'] button")).to_be_visible()
    return address


def said_by_state(page: Page, root: str, cast: Cast) -> None:
    page.goto(root)
    page.locator(f"main a[href$='/{cast.review.code}/brought-in/']").first.click()
    assert_accessible(page)
    asked = page.locator("main .govuk-summary-card a.govuk-button")
    for left in (1, 0):  # the answers, and steps and dates
        asked.first.click()
        assert_accessible(page)
        page.locator("[name=word]").first.check()
        page.locator(PRESS).click()
        expect(asked).to_have_count(left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_running_review_comes_with_its_step_and_answers_and_its_state_confirms_them(
    live_server: LiveServer, sign_in: SignIn, worker: None, language: str, tmp_path: Path
) -> None:
    cast = make_cast("consultations")
    root, code = f"{live_server.url}/{language}/", cast.review.code
    first, second = (sign_in(OfficerFactory(), language=language) for _number in range(2))
    steps = f"{root}untoc/bringing-in/steps/"
    first.goto(f"{root}untoc/bringing-in/")
    assert_accessible(first)
    first.goto(steps)
    choose(first, tmp_path / "wrong.csv", [HEADING, f"{code},halfway,2022-01-10,soon"])
    expect(first.locator("main table")).to_contain_text("halfway")
    assert_accessible(first)
    choose(first, tmp_path / "steps.csv", [HEADING, f"{code},written_feedback,2022-01-10,2022-09-15"])
    expect(first.locator("main table")).to_contain_text(code)
    confirmed(second, laid_before(first))

    first.goto(f"{root}untoc/bringing-in/answers/{code}/")
    assert_accessible(first)
    answers = ["code,answer,text", "I.untoc.1.a,,In the Criminal Code.", "I.untoc.24,Yes,"]
    choose(first, tmp_path / "answers.csv", answers, sent_on="2022-09-15")
    expect(first.locator("form[action$='/lay-before/']")).to_be_visible()
    confirmed(second, laid_before(first))

    focal_point = sign_in(cast.focal_point, language=language)
    said_by_state(focal_point, root, cast)
    focal_point.goto(f"{root}untoc/reviews/{code}/submission/")
    expect(focal_point.locator(".app-brought")).to_be_visible()
    assert_accessible(focal_point)
