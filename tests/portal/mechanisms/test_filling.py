"""Who has joined an instrument, a line each: many States are noted by as many queries as one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core.errors import ServiceError
from core.models import AuditEntry
from portal.mechanisms.services.filling import add_adherences
from reviews.programme.models import Adherence, Instrument
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db
SOURCE = "The depositary’s list"


@pytest.fixture
def administrator(reference: None) -> User:
    """With an open staff session; nobody has joined the Convention by now."""
    Adherence.objects.filter(instrument__slug="untoc").delete()
    person = AdministratorFactory.create()
    start_staff_session(actor=person, reason="States have joined the Convention.", state_party=None)
    return person


def note(actor: User, *acts: str) -> int:
    """Of each a State and the day."""
    lines = "\n".join(f"{act.replace(' ', '; ')}; accession" for act in acts)
    given: dict[str, Any] = {"source": SOURCE, "is_verified": True}
    return add_adherences(actor=actor, instrument=Instrument.objects.get(slug="untoc"), lines=lines, **given)


def test_three_states_are_noted_by_as_many_queries_as_one(administrator: User) -> None:
    taken = []
    for acts in (["KEN 2012-05-01"], ["CHN 2012-05-01", "FRA 2013-05-01", "PER 2014-05-01"]):
        with CaptureQueriesContext(connection) as captured:
            assert note(administrator, *acts) == len(acts)
        taken.append(len(captured))
    assert taken[0] == taken[1]
    assert Adherence.objects.filter(source=SOURCE).count() == 4


def test_each_that_is_noted_has_its_entry_in_the_record(administrator: User) -> None:
    note(administrator, "KEN 2012-05-01", "PER 2014-05-01")
    rows = Adherence.objects.filter(source=SOURCE).select_related("state_party")
    entries = AuditEntry.objects.filter(verb="reviews.adherence.added", after__source=SOURCE)
    assert {entry.target_id: (entry.after["state"], entry.actor) for entry in entries} == {
        str(row.pk): (row.state_party.iso3, administrator) for row in rows
    }
    assert len({entry.content_hash for entry in entries}) == 2


def test_a_day_that_cannot_be_is_named_with_its_line_and_nothing_is_noted(administrator: User) -> None:
    with pytest.raises(ServiceError, match=r"Line 2: This day is still to come\. Line 3: This day is before"):
        note(administrator, "KEN 2012-05-01", "PER 2199-01-01", "FRA 1912-01-01")
    assert not Adherence.objects.filter(source=SOURCE).exists()
