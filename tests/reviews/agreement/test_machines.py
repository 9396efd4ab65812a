"""One rule in four features: the same answers come to the same in any order, and none counts to what has passed."""

import itertools
from contextlib import suppress

import pytest
from django.db import transaction

from core.errors import ServiceError
from core.policy import PolicyRefusedError
from tests import utils
from tests.reviews.agreement.machines import Consultation, Machine, Meeting, Text, Time
from tests.utils import Cast

OTHERS = ("focal_point", "other_group_focal_point")
pytestmark = pytest.mark.django_db
machines = pytest.mark.parametrize(
    "kind",
    [
        Time,
        pytest.param(Meeting, marks=pytest.mark.stage("dialogue")),
        pytest.param(Text, marks=pytest.mark.stage("observations")),
    ],
)


def at_the_consultations() -> Cast:
    return utils.make_cast("consultations")


consultations = pytest.mark.kept.with_args(at_the_consultations)


def outcomes(machine: Machine, **words: bool) -> set[str]:
    """What these words come to, in each order; where it is decided already, a word is not heard."""
    found = set()
    for order in itertools.permutations(words):
        with transaction.atomic():
            machine.ask()
            assert machine.outcome() == "open"
            for name in order:
                with suppress(ServiceError, PolicyRefusedError), transaction.atomic():
                    machine.say(name, agrees=words[name])
            found.add(machine.outcome())
            transaction.set_rollback(True)
    return found


def words(*agree: bool) -> dict[str, bool]:
    return dict(zip(OTHERS, agree, strict=False))


def old_answers_are_refused(machine: Machine) -> None:
    machine.ask()
    machine.say(OTHERS[0], agrees=True)
    machine.replace()
    heard = machine.answers()
    with pytest.raises((ServiceError, PolicyRefusedError)), transaction.atomic():
        machine.say(OTHERS[1], agrees=True)
    assert machine.answers() == heard
    assert machine.outcome() != "agreed"


@machines
def test_all_have_to_say_yes_and_one_no_is_enough(kind: type[Machine], cast: Cast) -> None:
    machine = kind(cast)
    assert outcomes(machine, **words(True, True)) == {"agreed"}
    assert outcomes(machine, **words(True)) == {"open"}
    assert outcomes(machine, **words(True, False)) == {"refused"}
    assert outcomes(machine, **words(False, False)) == {"refused"}


@consultations
def test_all_have_to_confirm(kept: Cast) -> None:
    machine = Consultation(utils.fresh(kept))
    assert outcomes(machine, **words(True, True)) == {"agreed"}
    assert outcomes(machine, **words(True)) == {"open"}


@machines
def test_an_answer_to_what_has_passed_never_counts(kind: type[Machine], cast: Cast) -> None:
    old_answers_are_refused(kind(cast))


@consultations
def test_a_confirmation_of_what_has_passed_never_counts(kept: Cast) -> None:
    old_answers_are_refused(Consultation(utils.fresh(kept)))
