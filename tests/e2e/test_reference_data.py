"""Reference data in the portal's frame: a list, a form and a page that deletes, in both directions."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from accounts.staff_sessions.services import start_staff_session
from reviews.programme.models import Cluster
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import PASSPHRASE
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_administrator_looks_after_the_rows(live_server: LiveServer, sign_in: SignIn) -> None:
    administrator = AdministratorFactory()
    administrator.set_password(PASSPHRASE)
    administrator.save()
    page = sign_in(administrator)
    page.goto(f"{live_server.url}/en/reference-data/reviews/cluster/")
    expect(page.locator("main")).to_contain_text("This page needs a staff session.")
    assert_accessible(page)
    start_staff_session(actor=administrator, reason="A State has joined an instrument.", state_party=None)

    page.goto(f"{live_server.url}/en/reference-data/reviews/adherence/add/")
    page.select_option("#id_state_party", label="Veskaria")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Instrument")
    expect(page.locator("#id_state_party option:checked")).to_have_text("Veskaria")
    assert_accessible(page)

    cluster = Cluster.objects.order_by("number").first()
    assert cluster is not None
    page.goto(f"{live_server.url}/en/reference-data/reviews/clusterarticle/")
    page.locator("#changelist-filter summary").click()
    page.locator("#changelist-filter a", has_text=str(cluster)).first.click()
    expect(page.locator("#result_list tbody tr")).to_have_count(cluster.articles.count())
    assert_accessible(page)

    page.set_viewport_size({"width": 360, "height": 740})
    for address in (
        "reviews/clusterarticle/",
        f"reviews/cluster/{cluster.pk}/change/",
        f"reviews/cluster/{cluster.pk}/delete/",
    ):
        page.goto(f"{live_server.url}/ar/reference-data/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert_accessible(page)
