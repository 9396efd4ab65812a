"""The lists to choose from of the reference data work under the portal's own policy of contents."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from accounts.staff_sessions.services import start_staff_session
from reviews.programme.models import Cluster
from tests.e2e.conftest import SignIn
from tests.e2e.people import PASSPHRASE
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_administrator_chooses_from_lists(live_server: LiveServer, sign_in: SignIn) -> None:
    administrator = AdministratorFactory()
    administrator.set_password(PASSPHRASE)
    administrator.save()
    page = sign_in(administrator)
    start_staff_session(actor=administrator, reason="A State has joined an instrument.", state_party=None)

    page.goto(f"{live_server.url}/en/reference-data/reviews/adherence/add/")
    page.locator(".field-state_party .select2-selection").click()
    page.locator(".select2-search__field").fill("Veskaria")
    page.locator(".select2-results__option", has_text="Veskaria").click()
    expect(page.locator(".field-state_party .select2-selection__rendered")).to_contain_text("Veskaria")

    cluster = Cluster.objects.order_by("number").first()
    assert cluster is not None
    page.goto(f"{live_server.url}/en/reference-data/reviews/clusterarticle/")
    page.locator("#changelist-filter a", has_text=str(cluster)).first.click()
    expect(page.locator("#result_list tbody tr")).to_have_count(cluster.articles.count())
