"""What a program reads is opened, and recalled no more; what it does not read is not."""

from typing import Any

import pytest

from dialogue.exchange.models import WrittenFeedback
from questionnaires.responses.models import Response
from tests.accounts.tokens.making import program_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db
ANSWERS = ("desk/", "submission/", "submission/whole/", "submission/laws/", "submission/versions/1/")


def at(cast: Cast, more: str) -> str:
    return f"/api/v1/untoc/reviews/{cast.review.code}/{more}"


def opened(cast: Cast) -> Any:
    return Response.objects.get(review=cast.review).opened_sent_at


@pytest.mark.stage("written_feedback")
def test_the_answers_are_opened_by_who_reads_them(cast: Cast) -> None:
    client = program_of(cast.same_group_expert)
    assert opened(cast) is None
    assert {more: client.head(at(cast, more)).status_code for more in ANSWERS} == dict.fromkeys(ANSWERS, 200)
    assert client.get(at(cast, "submission/changes/1/9/")).status_code == 404
    assert client.get("/api/v1/work/").status_code == 200
    assert opened(cast) is None
    assert client.get(at(cast, "desk/")).status_code == 200
    assert opened(cast) is not None


@pytest.mark.stage("dialogue")
def test_feedback_is_opened_by_who_reads_it_and_the_answers_are_not(cast: Cast) -> None:
    Response.objects.filter(review=cast.review).update(opened_at=None, opened_by=None, opened_sent_at=None)
    client, place = program_of(cast.other_group_focal_point), at(cast, "feedback/XLE/")
    feedback = WrittenFeedback.objects.filter(review=cast.review, state_party__iso3="XLE")
    assert client.get(at(cast, "feedback/")).status_code == client.head(place).status_code == 200
    assert feedback.get().opened_by_id is None
    assert client.get(place).status_code == 200
    assert (feedback.get().opened_by_id is not None, opened(cast)) == (True, None)
