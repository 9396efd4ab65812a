"""The second wall about people of a State: notes verbales and requests for access (docs/adr/0014)."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.people.models import Affiliation
from reviews.access.enums import AccessKind
from reviews.access.models import AccessRequest
from reviews.cases.enums import ParticipationRole
from reviews.nominations.models import Nomination, NoteVerbale
from tests.core.database.test_row_security import keys
from tests.plain_role import HAS_TWO_ROLES
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security"),
]


def test_a_note_verbale_is_shown_to_its_state_and_the_officers(cast: Cast, mechanism: Any) -> None:
    note = NoteVerbale.objects.create(
        mechanism=mechanism, state_party=cast.state, number="1", dated_on="2021-01-01", recorded_by=cast.officer
    )
    nomination = Nomination.objects.create(
        note=note, review=cast.review, role=ParticipationRole.OBSERVER, email="a@b.example", full_name="A"
    )
    readers = {name for name, user in cast.people.items() if keys(NoteVerbale, user)}
    assert readers == {*cast.own_side, "officer", "administrator"}  # all of the State: the policy is narrower
    assert readers == {name for name, user in cast.people.items() if keys(Nomination, user) == {nomination.pk}}


def test_who_belongs_to_a_state_does_so_at_once_and_no_longer_than_that(cast: Cast, mechanism: Any) -> None:
    """Whatever day it is where the database keeps its time."""
    note = NoteVerbale.objects.create(
        mechanism=mechanism, state_party=cast.state, number="1", dated_on="2021-01-01", recorded_by=cast.officer
    )
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    belongs = Affiliation.objects.create(user=cast.stranger, state_party=cast.state, starts_on=tomorrow)
    assert keys(NoteVerbale, cast.stranger) == {note.pk}
    belongs.ends_on = tomorrow
    belongs.save()
    assert keys(NoteVerbale, cast.stranger) == set()


def test_a_request_for_access_is_shown_to_its_state_and_the_officers(cast: Cast) -> None:
    request = AccessRequest.objects.create(
        kind=AccessKind.END, about="x", state_party=cast.state, person=cast.bystander, prepared_by=cast.officer
    )
    readers = {name for name, user in cast.people.items() if keys(AccessRequest, user) == {request.pk}}
    assert readers == {*cast.own_side, "bystander", "officer", "administrator"}, "and to whom it is about"
