"""What one link takes: forms that were made for it, and no more than its measure, however many come at once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.links.models import StateLink
from accounts.people.models import User
from reviews.outreach.models import ReceivedNomination
from reviews.outreach.services.received import MissionInput, receive_nomination
from tests.factories.accounts import OfficerFactory
from tests.forms import carried_by
from tests.lots.draws.test_races import at_once
from tests.reviews.outreach.missions import (
    PAGE,
    contact_of,
    follow,
    link_to,
    noor,
    pdf,
    received_by,
    typed,
    unnamed_review,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "own_files")]


def test_a_form_made_for_one_link_is_not_taken_by_another(
    client: Client, link: StateLink, review: Any, officer: User
) -> None:
    other = unnamed_review("XMB")
    follow(client, link)
    carried = carried_by(client.get(PAGE))
    follow(client, link_to(contact_of(other.state_under_review), officer))
    for typed_in in (carried | typed(review.code), carried | typed(other.code), typed(other.code)):
        page = client.post(PAGE, typed_in)
        assert (page.status_code, page["Cache-Control"]) == (422, "no-store")
        assert "Open the link in your mail again" in words(page)
        for hidden in ("Noor Haddad", other.code, str(other.state_under_review), str(review.state_under_review)):
            assert hidden not in words(page)
    assert not ReceivedNomination.objects.exists()


def test_a_review_that_is_chosen_twice_is_named_once(link: StateLink, review: Any) -> None:
    given = MissionInput("1/2026", dt.date(2026, 1, 12), pdf(), [review.code, review.code], [noor()])
    assert receive_nomination(link=link, given=given).people[0]["reviews"] == [review.code]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_by_one_link_stay_within_its_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    review = unnamed_review()
    link = link_to(contact_of(review.state_under_review), OfficerFactory())
    monkeypatch.setattr("reviews.outreach.services.received.MOST_BY_ONE_LINK", 1)
    acts = [lambda each=each: received_by(link, review.code, number=f"{each}/2026") for each in range(3)]
    assert sorted(each[:8] for each in at_once(*acts)) == ["Too much", "Too much", "done"]
    assert ReceivedNomination.objects.count() == 1
