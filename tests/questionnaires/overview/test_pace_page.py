"""The forecast of a State's own answers on the page on which it runs its self-assessment, after weeks of work."""

import datetime as dt
from collections.abc import Callable, Collection

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.overview import selectors
from questionnaires.overview.pace import AnswerPace, pace_of
from tests.questionnaires.ministries.ministries import RESPONSE
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("self_assessment")]
OF_WEEKS = [dt.timedelta(days=days) for days in range(40, 0, -2) for _question in range(3)]


@pytest.fixture
def after_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves cannot be dated back, not even by a test: it says itself when the first answers came."""

    def pace(_first_answers: Collection[dt.date], *, missing: int, today: dt.date) -> AnswerPace:
        return pace_of([today - age for age in OF_WEEKS], missing=missing, today=today)

    monkeypatch.setattr(selectors, "pace_of", pace)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "eight times in ten between "), ("ar", "وفي ثماني مرات من كل عشر بين ")]
)
def test_the_state_reads_by_when_its_last_answer_comes_with_a_range_and_nobody_else_does(
    cast_at: Callable[[str], Cast],
    login_as: Callable[[User], Client],
    after_weeks: None,
    language: str,
    words: str,
) -> None:
    cast = cast_at("self_assessment")
    address = f"/{language}/{RESPONSE.removeprefix('/en/')}"
    page = login_as(cast.focal_point).get(address)
    pace = page.context["pace"]
    assert None not in (pace.soonest_on, pace.expected_on, pace.latest_on)
    assert page.content.decode().count(words) == 1
    for name in ("contributor", "same_group_expert", "officer"):
        assert words not in login_as(cast.people[name]).get(address).content.decode(), name
