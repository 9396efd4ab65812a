"""A rule says why not by its first condition that does not hold, and who may not know learns nothing."""

from dataclasses import dataclass, replace
from itertools import product

import pytest
from django.db.models import TextChoices

from core.policy import ALLOWED, INVISIBLE, Predicate, Rule, Table, at, during, everybody, may, refused, unless

pytestmark = pytest.mark.unit


class Act(TextChoices):
    READ = "read"
    WRITE = "write"
    SEND = "send"


@dataclass(frozen=True)
class Facts:
    is_guest: bool = False
    is_writer: bool = False
    is_sealed: bool = False
    status: str = "draft"
    kind: str = "dialogue"


guest: Predicate[Facts] = Predicate(lambda facts: facts.is_guest)
writer: Predicate[Facts] = Predicate(lambda facts: facts.is_writer)
seal: Predicate[Facts] = Predicate(lambda facts: facts.is_sealed)
RULES = {
    Act.READ: Rule[Facts](sees=everybody),
    Act.WRITE: Rule(
        may(writer, else_="Only writers."),
        during({"draft"}, else_="It is sent."),
        at({"dialogue"}, else_="Not at this step."),
        unless(seal, else_="It is sealed."),
    ),
    Act.SEND: Rule(
        may(writer, else_=lambda facts: f"Not for a guest: {facts.is_guest}."),
        during({"draft"}, else_={"sent": "It is sent.", "lost": "It is lost."}),
        binds=True,
    ),
}
TABLE = Table(Act, RULES, sees=guest | writer)
WRITER = Facts(is_writer=True)


@pytest.mark.parametrize(
    ("act", "facts", "decision"),
    [
        (Act.WRITE, Facts(), INVISIBLE),
        (Act.READ, Facts(), ALLOWED),
        (Act.WRITE, WRITER, ALLOWED),
        (Act.WRITE, Facts(is_guest=True), refused("Only writers.")),
        (Act.WRITE, Facts(is_guest=True, status="sent", kind="closing", is_sealed=True), refused("Only writers.")),
        (Act.WRITE, replace(WRITER, status="sent", kind="closing", is_sealed=True), refused("It is sent.")),
        (Act.WRITE, replace(WRITER, kind="closing", is_sealed=True), refused("Not at this step.")),
        (Act.WRITE, replace(WRITER, is_sealed=True), refused("It is sealed.")),
        (Act.SEND, Facts(is_guest=True), refused("Not for a guest: True.")),
        (Act.SEND, replace(WRITER, status="sent"), refused("It is sent.")),
        (Act.SEND, replace(WRITER, status="lost"), refused("It is lost.")),
        (Act.SEND, WRITER, ALLOWED),
    ],
)
def test_the_first_condition_that_does_not_hold_says_why(act: Act, facts: Facts, decision: object) -> None:
    assert TABLE.decide(act, facts) == decision


def test_a_status_without_a_reason_is_a_mistake_of_the_table() -> None:
    with pytest.raises(ValueError, match="No reason is given for the status 'burnt'"):
        TABLE.decide(Act.SEND, replace(WRITER, status="burnt"))


def test_a_table_says_something_of_every_act() -> None:
    with pytest.raises(ValueError, match="No rule is given for write, send"):
        Table(Act, {Act.READ: Rule[Facts]()}, sees=everybody)


@pytest.mark.parametrize(("left", "right"), list(product([True, False], repeat=2)))
def test_predicates_compose_as_words_do(left: bool, right: bool) -> None:
    facts = Facts(is_guest=left, is_writer=right)
    assert (guest & writer)(facts) is (left and right)
    assert (guest | writer)(facts) is (left or right)
    assert (~guest)(facts) is not left
    assert everybody(facts)


def test_only_a_rule_that_says_so_binds() -> None:
    assert {act: rule.binds for act, rule in RULES.items()} == {Act.READ: False, Act.WRITE: False, Act.SEND: True}
