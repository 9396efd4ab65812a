"""What a save reads of a response and its review are rows as any others; the rest is read when it is asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questionnaires.answers.selectors import get_response_to_write
from questionnaires.responses.models import Response
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def test_what_was_read_is_there_and_the_rest_is_read_when_it_is_asked_for(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        read = get_response_to_write(cast.expert, "untoc", cast.review.code)
        known = (read.status, read.version_id, read.review.step.kind, read.review.state_under_review.is_reio)
    assert len(queries) == 1
    usual = Response.objects.select_related("review__step", "review__state_under_review").get(pk=cast.response.pk)
    review = usual.review
    assert known == (usual.status, usual.version_id, review.step.kind, review.state_under_review.is_reio)
    assert (read, read.review, read.review.step) == (usual, review, review.step)
    for one, other in (
        (read, usual),
        (read.review, review),
        (read.review.step, review.step),
        (read.review.state_under_review, review.state_under_review),
    ):
        fields = [field.attname for field in one._meta.concrete_fields]
        assert [getattr(one, name) for name in fields] == [getattr(other, name) for name in fields]
        assert not one._state.adding


def test_it_can_be_written_as_any_other_row(cast: Cast) -> None:
    read = get_response_to_write(cast.expert, "untoc", cast.review.code)
    assert read.get_deferred_fields() >= {"opened_at", "language"}
    read.status = "in_clearance"
    read.save(update_fields=["status"])
    assert Response.objects.get(pk=read.pk).status == "in_clearance"
