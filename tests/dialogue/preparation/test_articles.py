"""Each article under review leads to what the questionnaire asks about it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


@pytest.mark.stage("consultations")
def test_each_article_leads_to_what_the_questionnaire_asks_about_it(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    client = login_as(cast_at("consultations").contributor)
    for row in client.get("/en/untoc/reviews/1-XVE/preparation/").context["instruments"]:
        for article, asked in row.articles:
            page, _hash, place = asked.partition("#")
            assert f'id="{place}"' in client.get(page).content.decode(), article
    assert asked.endswith("#p-firearms"), "that article has no section of its own"
