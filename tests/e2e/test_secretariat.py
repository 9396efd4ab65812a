"""An officer opens a review, a note names its people, opens the self-assessment and reminds; the mails really leave."""

import time

import pytest
from django.core import mail
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from accounts.affiliations.services import affiliate
from reviews.cases.models import Review
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import PASSPHRASE
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.reviews.nominations.notes import approve, named, submitted_by
from tests.utils import fictional_state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("worker")
def test_an_officer_starts_a_review(live_server: LiveServer, sign_in: SignIn) -> None:
    officer = OfficerFactory()
    officer.set_password(PASSPHRASE)
    officer.save()
    affiliate(UserFactory(), fictional_state("XHV"))  # fictional States are offered where one has people
    page = sign_in(officer)

    page.goto(f"{live_server.url}/en/untoc/reviews/open/")
    assert_accessible(page)
    page.get_by_role("button", name="Open the review").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.locator("[name=state_under_review]").select_option("XVE")
    page.locator("[name=same_group_1]").select_option("XLE")
    page.locator("[name=other_group_1]").select_option("XAL")
    page.locator("[name=period]").select_option(index=1)
    page.get_by_role("button", name="Open the review").click()
    expect(page.locator("main")).to_contain_text("What stands out")  # that its first day has passed
    assert_accessible(page)
    page.get_by_role("button", name="Open the review").click()
    expect(page.locator("h1")).to_contain_text("Veskaria")
    review = Review.objects.get(code__endswith="-XVE")

    colleague = OfficerFactory()
    person = {"full_name": "Oksana Marchenko", "email": "oksana@veskaria.example", "language": "en"}
    naming = named(review=review.code, role="focal_point", **person)
    approve(colleague, submitted_by(officer, review.state_under_review, naming))
    page.goto(f"{live_server.url}/en/untoc/reviews/{review.code}/participants/")
    expect(page.locator("main")).to_contain_text("Oksana Marchenko")
    assert_accessible(page)

    page.goto(f"{live_server.url}/en/untoc/reviews/{review.code}/")
    page.get_by_role("button", name="Open the self-assessment").first.click()
    expect(page.locator("main")).to_contain_text("Being drafted")
    page.get_by_role("button", name="Remind").first.click()
    subjects = _subjects_to("oksana@veskaria.example", 2)
    assert any(review.code in subject for subject in subjects), subjects


def _subjects_to(address: str, count: int) -> list[str]:
    """What the worker has sent to an address, once it is at least ``count`` mails."""
    subjects: list[str] = []
    for _attempt in range(100):
        subjects = [message.subject for message in mail.outbox if address in message.to]
        if len(subjects) >= count:
            break
        time.sleep(0.1)
    return subjects
