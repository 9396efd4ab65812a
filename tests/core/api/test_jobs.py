"""Documents that programs have made: who starts one with a token for a State can follow it, and nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from core.api.addresses import NAMESPACE, api_addresses
from core.enums import JobStatus
from core.models import Job
from lots.draws.enums import DrawStatus
from reviews.cases.enums import ParticipationRole
from reviews.navigation import ReviewJobTwin
from tests.accounts.tokens.making import program_of
from tests.lots.making import Officers, make_draw
from tests.utils import Cast, make_review, register, take_cast_to

pytestmark = pytest.mark.django_db
KEYS = {"document": "feedback", "format": "pdf"}


def test_a_token_for_a_state_follows_what_it_has_started(cast: Cast) -> None:
    take_cast_to("observations", cast)
    mine = program_of(cast.expert, state=cast.state)
    other = make_review(state="XAL")
    register(other, cast.expert, other.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    elsewhere = program_of(cast.expert, state=other.state_under_review)
    starts = [each for each in api_addresses() if issubclass(each.view, ReviewJobTwin)]
    assert starts
    for each in starts:
        given = {"mechanism": "untoc", "code": cast.review.code} | KEYS
        kept = {name: value for name, value in given.items() if f"{{{name}}}" in each.url}
        address = reverse(f"{NAMESPACE}:{each.name}", kwargs=kept)
        assert elsewhere.post(address, "{}", "application/json").status_code == 404, each.name
        answer = mine.post(address, "{}", "application/json")
        assert answer.status_code == 202, (each.name, answer.content)
        job = f"/api/v1/jobs/{answer.json()['job']}/"
        assert mine.get(job).json()["status"] == JobStatus.QUEUED
        assert mine.get(f"{job}download/").status_code == 404  # not made yet
        assert [elsewhere.get(place).status_code for place in (job, f"{job}download/")] == [404, 404]


def test_a_document_belongs_to_the_scope_of_what_it_is_of() -> None:
    by = Officers()
    draw = make_draw(DrawStatus.PUBLISHED, officers=by)
    answer: Any = program_of(by.keeper, "office:read", "office:write").post(
        reverse("api:draw-protocol", args=[draw.mechanism.slug, draw.code, "html"]), "{}", "application/json"
    )
    assert answer.status_code == 202, answer.content
    job = f"/api/v1/jobs/{Job.objects.get(pk=answer.json()['job']).pk}/"
    found = {scope: program_of(by.keeper, scope).get(job).status_code for scope in ("office:read", "reviews:read")}
    assert found == {"office:read": 200, "reviews:read": 403}
