"""What the database itself keeps from being changed."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import QuerySet

from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, DrawEntry, DrawFile, Pairing, SeedPart
from tests.lots.making import taken_to

pytestmark = pytest.mark.django_db

_CHANGES: dict[str, Callable[[], QuerySet]] = {
    "a file": lambda: DrawFile.objects.filter(name="result.json"),
    "a pairing": lambda: Pairing.objects.all(),
    "an entry": lambda: DrawEntry.objects.all(),
    "a part of the seed": lambda: SeedPart.objects.all(),
    "a draw": lambda: Draw.objects.all(),
}


def is_refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except ProgrammingError:
        return True
    return False


@pytest.mark.parametrize(
    ("rows", "change"),
    [
        ("a file", {"content": b"{}"}),
        ("a pairing", {"is_extra": True}),
        ("an entry", {"instruments": ["untoc"]}),
        ("an entry", {"is_group_assigned": True}),
        ("a part of the seed", {"commitment": "b" * 64}),
        ("a part of the seed", {"value": "8"}),
        ("a part of the seed", {"announcement": "Another value."}),
        ("a draw", {"seed": "african=8/"}),
        ("a draw", {"input_sha256": "b" * 64}),
        ("a draw", {"commitment_sha256": "b" * 64}),
        ("a draw", {"switches": {}}),
        ("a draw", {"as_of": "2024-01-01"}),
        ("a draw", {"code": "3-T9"}),
        ("a draw", {"is_training": False}),
    ],
)
@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_what_was_frozen_or_drawn_stays_as_it_is(rows: str, change: dict[str, object]) -> None:
    assert _CHANGES[rows]().exists()
    assert is_refused(lambda: _CHANGES[rows]().update(**change))


@pytest.mark.parametrize("rows", _CHANGES)
@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_nothing_of_a_draw_is_deleted(rows: str) -> None:
    assert is_refused(lambda: _CHANGES[rows]()._raw_delete("default"))


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_what_is_not_frozen_goes_on(draw: Draw) -> None:
    assert not is_refused(lambda: Draw.objects.filter(pk=draw.pk).update(void_reason="A reason."))
