"""The database itself keeps files for officers, and marks for a worker and the State whose own they are."""

import pytest
from django.db import Error, transaction

from accounts.people.models import User
from core.database.identity import identified_as
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from tests.factories.accounts import OfficerFactory
from tests.permissions.pieces_bringing import Bringing
from tests.plain_role import plain_role
from tests.utils import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def world() -> Cast:
    return make_cast()


@pytest.fixture
def piece(world: Cast) -> BroughtPiece:
    return Bringing(world).piece


def who_reads(world: Cast, model: type[BroughtFile | BroughtPiece]) -> set[str]:
    found = set()
    for name, person in world.people.items():
        with plain_role(), identified_as(person):
            if model.objects.exists():
                found.add(name)
    return found


def test_a_file_is_for_officers_alone(world: Cast, piece: BroughtPiece) -> None:
    assert who_reads(world, BroughtFile) == {"officer", "administrator"}


def test_a_piece_is_for_those_who_see_the_review(world: Cast, piece: BroughtPiece) -> None:
    assert who_reads(world, BroughtPiece) == world.people.keys() - {"bystander", "stranger"}


def test_no_page_says_of_something_that_it_was_brought_in(world: Cast, piece: BroughtPiece) -> None:
    copy = BroughtPiece.objects.get(pk=piece.pk)
    copy.pk = copy.id = None  # type: ignore[assignment]
    for person in (world.officer, world.focal_point):
        with plain_role(), identified_as(person), pytest.raises(Error), transaction.atomic():
            copy.save(force_insert=True)


@pytest.mark.parametrize(
    ("name", "may"), [("focal_point", True), ("same_group_focal_point", False), ("officer", False)]
)
def test_only_the_state_whose_own_it_is_gives_its_word(world: Cast, piece: BroughtPiece, name: str, may: bool) -> None:
    person: User = world.people[name]
    with plain_role(), identified_as(person):
        changed = BroughtPiece.objects.filter(pk=piece.pk).update(word=StateWord.CONFIRMED, word_by=person)
    assert changed == may


def test_nobody_changes_out_of_which_file_a_piece_came(world: Cast, piece: BroughtPiece) -> None:
    with pytest.raises(Error), transaction.atomic():
        BroughtPiece.objects.filter(pk=piece.pk).update(checked_by=OfficerFactory.create())
    with pytest.raises(Error), transaction.atomic():
        BroughtFile.objects.filter(pk=piece.file_id).update(content={})


def test_one_officer_does_not_do_both(world: Cast, piece: BroughtPiece) -> None:
    file = BroughtFile.objects.get(pk=piece.file_id)
    with pytest.raises(Error, match="two_officers_bring_in"), transaction.atomic():
        BroughtFile.objects.filter(pk=file.pk).update(status="brought_in", decided_by=file.brought_by_id)
