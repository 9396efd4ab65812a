"""The database itself stands behind who sees a mechanism that was chosen, and who decides on it."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from accounts.people.models import User
from core.database.identity import identified_as
from portal.mechanisms.enums import ChoiceStatus, MechanismWay
from portal.mechanisms.models import MechanismChoice
from tests.core.database.test_row_security import keys
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def choosing(chosen_by: User, **about: Any) -> MechanismChoice:
    facts = {"way": MechanismWay.FILE, "slug": "tides", "short_name": "Tides", "status": ChoiceStatus.WAITING}
    return MechanismChoice(chosen_by=chosen_by, **{**facts, **about})


def test_a_mechanism_that_was_brought_in_is_shown_to_the_secretariat_and_decided_by_its_officers(cast: Cast) -> None:
    choice = choosing(cast.administrator)
    choice.save()
    readers = {name for name, user in cast.people.items() if keys(MechanismChoice, user) == {choice.pk}}
    assert readers == {"officer", "administrator", "auditor"}
    assert keys(MechanismChoice) == set()
    rows = MechanismChoice.objects.filter(pk=choice.pk)
    for name in ("auditor", "focal_point", "stranger"):
        with plain_role(), identified_as(cast.people[name]):
            assert rows.update(status=ChoiceStatus.WITHDRAWN) == 0, name
    with plain_role(), identified_as(cast.officer):
        with pytest.raises(ProgrammingError, match="in their own names"), transaction.atomic():
            rows.update(status=ChoiceStatus.CONFIRMED, decided_by=cast.administrator)
        with pytest.raises(ProgrammingError, match="in their own names"), transaction.atomic():
            rows.update(status=ChoiceStatus.LOADED, decided_by=cast.officer)
        assert rows.update(status=ChoiceStatus.CONFIRMED, decided_by=cast.officer) == 1


@pytest.mark.parametrize("status", [ChoiceStatus.WITHDRAWN, ChoiceStatus.WAITING, ChoiceStatus.LOADED])
def test_nobody_takes_the_word_of_another_for_a_step_that_the_other_has_not_taken(
    cast: Cast, status: ChoiceStatus
) -> None:
    """Whoever has brought in a file does not have loaded what an officer has withdrawn."""
    choice = choosing(cast.administrator, status=status, decided_by=cast.officer)
    choice.save()
    rows = MechanismChoice.objects.filter(pk=choice.pk)
    acts: list[tuple[User, dict[str, User]]] = [(cast.administrator, {})]
    if status != ChoiceStatus.WAITING:  # what is over stays over, for an officer too
        acts.append((cast.officer, {"decided_by": cast.officer}))
    for person, about in acts:
        refused = pytest.raises(ProgrammingError, match="in their own names")
        with plain_role(), identified_as(person), refused, transaction.atomic():
            rows.update(status=ChoiceStatus.CONFIRMED, **about)


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("stranger", {}),
        ("focal_point", {}),
        ("auditor", {}),
        ("officer", {}),
        ("administrator", {"status": ChoiceStatus.LOADED, "way": MechanismWay.EMPTY}),
        ("administrator", {"chosen_by": "officer"}),
        ("administrator", {"decided_by": "officer", "status": ChoiceStatus.CONFIRMED}),
    ],
)
def test_an_administrator_alone_chooses_a_mechanism_in_the_own_name(
    cast: Cast, name: str, about: dict[str, Any]
) -> None:
    people = {key: cast.people[value] for key, value in about.items() if value in cast.people}
    choice = choosing(**{"chosen_by": cast.people[name], **about, **people})
    with plain_role(), identified_as(cast.people[name]), pytest.raises(ProgrammingError), transaction.atomic():
        choice.save(force_insert=True)
    with plain_role(), identified_as(cast.administrator):
        choosing(cast.administrator).save(force_insert=True)
