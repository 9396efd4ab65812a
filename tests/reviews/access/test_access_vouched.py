"""A worker that carries out what two officers have asked believes the record of acts, and no row of a table alone."""

import pytest
from django.db import transaction
from django.utils import timezone

from core import audit
from core.database.identity import identified_as
from reviews.access.models import AccessRequest
from tests.factories.accounts import OfficerFactory
from tests.reviews.access.access import approve, asked_to_end, carry_out
from tests.reviews.access.test_access import is_there, later
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def test_a_worker_believes_no_row_that_makes_the_waiting_short(cast: Cast) -> None:
    """A statement that is slipped into an officer's page may write that a request is due now."""
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["expert"]))
    due = {"effective_at": timezone.now(), "status": "due"}
    for change in (due, {**due, "answered_by": cast.administrator}, {**due, "is_alone": True}):
        with transaction.atomic():
            point = transaction.savepoint()
            AccessRequest.objects.filter(pk=request.pk).update(**change)
            assert carry_out() == 0
            assert is_there(cast.participations["expert"])
            transaction.savepoint_rollback(point)
    with identified_as(third := OfficerFactory()), transaction.atomic():
        point = transaction.savepoint()
        audit.record(third, "reviews.access.confirmed", request)
        AccessRequest.objects.filter(pk=request.pk).update(**due)
        assert carry_out() == 0, "an officer confirms nothing for a State"
        transaction.savepoint_rollback(point)
    with later(25):
        AccessRequest.objects.filter(pk=request.pk).update(effective_at=timezone.now())
        assert carry_out() == 1, "no rule makes it less than a day"
