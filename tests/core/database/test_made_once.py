"""A query that is made once gives what the query itself would, each time for the values of that time."""

import datetime as dt
from unittest import mock
from uuid import uuid4

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone, translation

from accounts.people.models import User
from core.database.made_once import MadeOnce
from reviews.cases.models import Participation
from reviews.programme.models import Instrument
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def of_person() -> MadeOnce[Participation]:
    return MadeOnce(lambda person: Participation.objects.filter(user=person).select_related("review__mechanism"))


def test_rows_are_models_with_what_they_were_joined_to(cast: Cast, django_assert_num_queries: object) -> None:
    made = of_person()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = [(row, row.user_id, row.review.mechanism.slug) for row in made.rows(person=cast.expert.pk)]
    assert found == [(row, cast.expert.pk, "untoc") for row in Participation.objects.filter(user=cast.expert)]
    assert len(found) == 1


def test_each_time_it_is_asked_for_the_values_of_that_time(cast: Cast) -> None:
    made = of_person()
    people = [cast.expert, cast.focal_point, cast.expert]
    assert [[row.user_id for row in made.rows(person=user.pk)] for user in people] == [[user.pk] for user in people]
    assert made.rows(person=uuid4()) == []


def test_the_statement_is_made_once(cast: Cast) -> None:
    made: MadeOnce[tuple[str]] = MadeOnce(lambda person: User.objects.filter(pk=person).values_list("email"))
    with mock.patch.object(SQLCompiler, "as_sql", autospec=True, side_effect=SQLCompiler.as_sql) as making:
        found = [made.first(person=user.pk) for user in (cast.expert, cast.focal_point)]
    assert found == [(cast.expert.email,), (cast.focal_point.email,)]
    assert making.call_count == 1


def test_each_language_has_its_own(cast: Cast) -> None:
    made: MadeOnce[tuple[str]] = MadeOnce(lambda: Instrument.objects.filter(slug="tip").values_list("short_name"))
    found = {}
    for language in ("en", "ar", "en"):
        with translation.override(language):
            found[language] = (made.rows(), list(Instrument.objects.filter(slug="tip").values_list("short_name")))
    assert all(ours == usual for ours, usual in found.values())
    assert found["en"] != found["ar"]


def test_words_can_be_asked_for_as_well_as_keys(cast: Cast) -> None:
    def named(slug: str) -> object:
        return Instrument.objects.filter(slug=slug).values_list("slug", flat=True)

    made: MadeOnce[str] = MadeOnce(named)  # type: ignore[arg-type]
    assert [made.rows(slug=slug) for slug in ("tip", "untoc", "none")] == [["tip"], ["untoc"], []]


def test_a_moment_of_the_making_is_refused(cast: Cast) -> None:
    made: MadeOnce[User] = MadeOnce(lambda person: User.objects.filter(pk=person, created_at__lt=timezone.now()))
    day: MadeOnce[Participation] = MadeOnce(
        lambda person: Participation.objects.filter(user=person, started_at__date=dt.date(2026, 1, 1))
    )
    for each in (made, day):
        with pytest.raises(TypeError):
            each.rows(person=cast.expert.pk)


def test_a_value_that_would_change_nothing_is_refused(cast: Cast) -> None:
    made: MadeOnce[User] = MadeOnce(lambda person, review: User.objects.filter(pk=person))
    with pytest.raises(TypeError):
        made.rows(person=cast.expert.pk, review=cast.review.pk)
