"""Links of States: the secret is made and not stored, a link is found by its hash, renewed once and ended for good."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.links.selectors import followed_link
from accounts.links.services import ask_for_renewal, end_links, issue_link, note_use, renewals_asked_for
from accounts.links.tokens import hash_of, token_of
from accounts.states.models import StateParty
from tests.factories.accounts import OfficerFactory
from tests.guards import guards_off

pytestmark = pytest.mark.django_db
PURPOSE = LinkPurpose.NOMINATION


@pytest.fixture
def link(reference: None) -> StateLink:
    state = StateParty.objects.get(iso3="XVE")
    return issue_link(
        purpose=PURPOSE, about="untoc", state=state, address="a@x.example", language="en", issued_by=OfficerFactory()
    )


def run_out(*links: StateLink) -> None:
    keys = [link.pk for link in links]
    with guards_off(["accounts_statelink"]):
        long_ago = timezone.now() - dt.timedelta(days=1)
        StateLink.objects.filter(pk__in=keys).update(expires_at=long_ago, created_at=long_ago)


def test_a_secret_is_the_same_each_time_and_another_for_each_link(settings: Any) -> None:
    key = uuid.uuid4()
    token = token_of(key)
    assert (token_of(key), len(token)) == (token, 43)
    assert token_of(uuid.uuid4()) != token
    settings.SECRET_KEY = "another"
    assert token_of(key) != token


def test_a_link_is_found_by_its_secret_alone(link: StateLink) -> None:
    assert followed_link(PURPOSE, token_of(link.pk)) == link
    assert followed_link(PURPOSE, str(link.pk)) is None
    assert followed_link(PURPOSE, link.sha256) is None
    assert link.sha256 == hash_of(token_of(link.pk))


def test_use_is_noted_to_five_minutes(link: StateLink) -> None:
    note_use(link)
    link.refresh_from_db()
    first = link.last_used_at
    note_use(link)
    link.refresh_from_db()
    assert link.last_used_at == first is not None


def asked() -> list[StateLink]:
    with transaction.atomic():
        return renewals_asked_for(PURPOSE)


def test_a_link_that_has_run_out_is_renewed_once_for_each_asking(link: StateLink) -> None:
    ask_for_renewal(link)
    assert asked() == [], "it is good still"
    run_out(link)
    link.refresh_from_db()
    ask_for_renewal(link)
    assert (asked(), asked()) == ([link], [])
    ask_for_renewal(link)
    assert asked() == [], "not within ten minutes"
    for hours, given in ((1, []), (25, [link])):
        before = timezone.now() - dt.timedelta(hours=hours)
        StateLink.objects.update(renewal_asked_at=before, renewed_at=before)
        ask_for_renewal(link)
        assert asked() == given, f"after {hours} hours"


def test_an_address_gets_one_however_many_of_its_links_have_run_out(link: StateLink) -> None:
    other = issue_link(
        purpose=PURPOSE, about="untoc", state=link.state_party, address=link.address, language="en",
        issued_by=link.issued_by,
    )  # fmt: skip
    run_out(link, other)
    for each in StateLink.objects.all():
        ask_for_renewal(each)
    assert len(asked()) == 1
    StateLink.objects.update(renewal_asked_at=timezone.now() - dt.timedelta(minutes=11))
    for each in StateLink.objects.all():
        ask_for_renewal(each)
    assert asked() == [], "one a day, by whichever of its links it is asked for"


def test_an_office_that_was_just_sent_a_link_gets_no_other(link: StateLink) -> None:
    run_out(link)
    link.refresh_from_db()
    issue_link(
        purpose=PURPOSE, about="untoc", state=link.state_party, address=link.address, language="en",
        issued_by=link.issued_by,
    )  # fmt: skip
    ask_for_renewal(link)
    assert asked() == []
    StateLink.objects.filter(pk=link.pk).update(renewal_asked_at=timezone.now())
    assert asked() == [], "asked for just before the other one was made"


def test_what_is_ended_stays_ended_and_is_not_renewed(link: StateLink) -> None:
    assert (end_links(link.state_party, [link.address]), end_links(link.state_party, [link.address])) == (1, 0)
    run_out(link)
    link.refresh_from_db()
    ask_for_renewal(link)
    assert (asked(), link.is_open) == ([], False)
