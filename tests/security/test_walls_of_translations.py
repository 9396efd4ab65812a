"""A translator reads and writes the own order and nothing else; a State orders and ends its own (record 92)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from core.database.identity import identified_as
from core.database.row_security import protected_tables
from observations.texts.models import AgreedText
from observations.translations.models import TranslationOrder
from tests import journey
from tests.observations.clearance.texts import propose, table
from tests.observations.translations.orders import ordered, translator
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import change_of, copy_of, run
from tests.security.test_walls_of_names import refused_to
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("observations"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]
# What somebody reads who takes part in nothing: who there is, the rules, the own account.
OF_EVERYBODY = {"accounts_", "core_", "django_", "mfa_", "portal_", "questionnaires_questionnaire", "usersessions_"}


@pytest.fixture
def order(cast: Cast, cast_at: Callable[[str], Cast]) -> TranslationOrder:
    cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, "The State should consider it.")
    propose(cast, text)
    translator()
    return ordered(cast.focal_point, AgreedText.objects.get(pk=text.pk))


def rows_shown(person: Any) -> dict[str, int]:
    """How many rows of each table behind the wall the database shows to somebody."""
    with plain_role(), connection.cursor() as cursor, identified_as(person):
        found = {}
        for name in sorted(protected_tables()):
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 - a table of ours
            found[name] = cursor.fetchone()[0]
    return found


def test_a_translator_is_shown_what_a_stranger_is_and_the_own_order(cast: Cast, order: TranslationOrder) -> None:
    own, stranger = rows_shown(order.translator), rows_shown(cast.stranger)
    more = {name for name in own if own[name] > stranger[name]}
    assert {name for name in more if not name.startswith(tuple(OF_EVERYBODY))} == {"observations_translationorder"}
    assert (own["observations_translationorder"], own["reviews_textversion"], own["reviews_agreedtext"]) == (1, 0, 0)


def test_a_translator_writes_and_neither_confirms_nor_orders(cast: Cast, order: TranslationOrder) -> None:
    person = order.translator
    with identified_as(person):
        assert run(*change_of(order, revision=2)) == 1
    for statement in (
        change_of(order, ended_at=timezone.now(), ended_by_id=person.pk),
        change_of(order, remark="Another."),
        change_of(order, document='{"a": 1}'),
        copy_of(order, language="es"),
        ("DELETE FROM observations_translationorder WHERE id = %s", order.pk),
    ):
        with identified_as(person), pytest.raises(DatabaseError), transaction.atomic():
            run(*statement)
    others = "expert same_group_focal_point officer stranger"
    for name in others.split():
        with identified_as(cast.people[name]):
            try:
                with transaction.atomic():
                    assert run(*change_of(order, revision=3)) == 0, name
            except DatabaseError:
                continue


def test_what_is_ordered_is_the_version_word_for_word_in_the_own_name(cast: Cast, order: TranslationOrder) -> None:
    fitting = {"language": "es"}
    refused_to(cast, "focal_point", copy_of(order, **fitting, document='{"a": 1}'), "word for word")
    refused_to(cast, "focal_point", copy_of(order, **fitting, sha256="0" * 64), "word for word")
    refused_to(cast, "expert same_group_focal_point officer", copy_of(order, **fitting))
    with identified_as(cast.focal_point):
        assert run(*copy_of(order, **fitting)) == 1
