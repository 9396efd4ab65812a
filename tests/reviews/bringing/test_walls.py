"""The database itself keeps files for officers, and marks for a worker and the State whose own they are."""

import datetime as dt

import pytest
from django.db import Error, connection, transaction

from accounts.people.models import User
from core.database.identity import identified_as, identified_as_system
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases.models import Review, ReviewMilestone, StepChange
from tests.factories.accounts import OfficerFactory
from tests.permissions.pieces_bringing import Bringing
from tests.plain_role import plain_role, system_role
from tests.sharing import shared
from tests.utils import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@shared
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


def test_an_officer_adds_files_in_the_own_name_and_no_page_brings_one_in(world: Cast, piece: BroughtPiece) -> None:
    other = OfficerFactory.create()
    waiting = Bringing(world).waiting
    copy = BroughtFile.objects.get(pk=waiting.pk)
    copy.pk = copy.id = None  # type: ignore[assignment]
    rows = BroughtFile.objects.filter(pk=waiting.pk)
    with plain_role(), identified_as(other):
        for act in (
            lambda: copy.save(force_insert=True),
            lambda: rows.update(status="brought_in", decided_by=other),
            lambda: rows.update(status="set_aside", decided_by=world.officer),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()
        assert rows.update(status="set_aside", decided_by=other) == 1
    with pytest.raises(Error), transaction.atomic():
        rows.update(status="waiting", decided_by=None)


def test_a_worker_brings_in_what_another_officer_has_confirmed(world: Cast, piece: BroughtPiece) -> None:
    waiting = Bringing(world).waiting
    with system_role(), identified_as_system():
        changed = BroughtFile.objects.filter(pk=waiting.pk).update(
            status="brought_in", decided_by=OfficerFactory.create()
        )
    assert changed == 1


def test_no_page_marks_a_review_or_keeps_its_reminders_back(world: Cast, piece: BroughtPiece) -> None:
    review, milestones = world.bystander_review, ReviewMilestone.objects.filter(review=world.review)
    for person in (world.officer, world.focal_point):
        with plain_role(), identified_as(person):
            change = StepChange(
                review=world.review, from_step=None, to_step=review.step, at=review.created_at, is_brought_in=True
            )
            for act in (
                lambda: Review.objects.filter(pk=review.pk).update(is_brought_in=True),
                lambda: Review.objects.filter(pk=world.review.pk).update(is_brought_in=False),
                lambda: milestones.update(quiet_through=dt.date(2030, 1, 1)),
                lambda change=change: change.save(force_insert=True),
            ):
                with pytest.raises(Error, match="a worker alone"), transaction.atomic():
                    act()


def test_moves_made_here_stay_and_a_page_takes_out_none_that_were_brought_in(world: Cast, piece: BroughtPiece) -> None:
    here = StepChange.objects.filter(review=world.review).exclude(from_step=None).first()
    assert here is not None
    with pytest.raises(Error), transaction.atomic():
        StepChange.objects.filter(pk=here.pk).delete()
    here.pk = here.id = None  # type: ignore[assignment]
    here.is_brought_in = True
    here.save(force_insert=True)

    def take_out() -> None:
        StepChange.objects.filter(pk=here.pk).delete()
        connection.check_constraints()

    with plain_role(), identified_as(world.officer), pytest.raises(Error), transaction.atomic():
        take_out()
    with system_role(), identified_as_system():
        assert StepChange.objects.filter(pk=here.pk).delete()[0] == 1


@pytest.mark.parametrize(
    ("name", "may"), [("focal_point", True), ("same_group_focal_point", False), ("officer", False)]
)
def test_only_the_state_whose_own_it_is_gives_its_word(world: Cast, piece: BroughtPiece, name: str, may: bool) -> None:
    person: User = world.people[name]
    with plain_role(), identified_as(person):
        changed = BroughtPiece.objects.filter(pk=piece.pk).update(word=StateWord.CONFIRMED, word_by=person)
    assert changed == may


def test_nobody_gives_the_word_of_a_state_in_the_name_of_another(world: Cast, piece: BroughtPiece) -> None:
    rows = BroughtPiece.objects.filter(pk=piece.pk)
    with plain_role(), identified_as(world.focal_point):
        for name in (world.expert, None):
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                rows.update(word=StateWord.CONFIRMED, word_by=name)


def test_an_objection_is_taken_back_and_a_confirmed_word_by_nobody(world: Cast, piece: BroughtPiece) -> None:
    rows, person = BroughtPiece.objects.filter(pk=piece.pk), world.focal_point
    with plain_role(), identified_as(person):
        for word in (StateWord.OBJECTED, StateWord.CONFIRMED):
            assert rows.update(word=word, word_by=person) == 1
        for word in (StateWord.OBJECTED, StateWord.NONE):
            with pytest.raises(Error, match="reviews_broughtpiece"), transaction.atomic():
                rows.update(word=word, word_by=person)
    with pytest.raises(Error, match="reviews_broughtpiece"), transaction.atomic():
        rows.update(word=StateWord.NONE, word_by=None)


def test_nobody_changes_out_of_which_file_a_piece_came(world: Cast, piece: BroughtPiece) -> None:
    with pytest.raises(Error), transaction.atomic():
        BroughtPiece.objects.filter(pk=piece.pk).update(checked_by=OfficerFactory.create())
    with pytest.raises(Error), transaction.atomic():
        BroughtFile.objects.filter(pk=piece.file_id).update(content={})


def test_one_officer_does_not_do_both(world: Cast, piece: BroughtPiece) -> None:
    file = BroughtFile.objects.get(pk=piece.file_id)
    with pytest.raises(Error, match="two_officers_bring_in"), transaction.atomic():
        BroughtFile.objects.filter(pk=file.pk).update(status="brought_in", decided_by=file.brought_by_id)
