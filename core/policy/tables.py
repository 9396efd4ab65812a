"""Tables of permissions: for each act of a feature a rule, and for each rule conditions with the reason of a refusal.

A rule is data, and reads like a sentence::

    Table(TextAction, sees=sees_review & in_its_room, rules={
        TextAction.CLEAR: Rule(
            may(focal_point & party, else_=_("Only the focal points of …")),
            during({TextStatus.PROPOSED}, else_=_("No version is proposed.")),
            at({StepKind.AGREED_TEXT}, else_=_("Versions are cleared at their step.")),
            unless(has_cleared, else_=_("Your State has cleared this version.")),
            binds=True,
        ),
    })

A table is asked with facts, and asks nothing itself: it can be printed whole (tests/permissions/*_matrix.csv).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from django.db.models import TextChoices

from core.policy.decisions import ALLOWED, INVISIBLE, Decision, Reason, refused

F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)


class Predicate(Generic[F_contra]):
    """A question about facts, answered by yes or no; ``&``, ``|`` and ``~`` make another one of it."""

    __slots__ = ("_holds",)

    def __init__(self, holds: Callable[[F_contra], bool]) -> None:
        self._holds = holds

    def __call__(self, facts: F_contra) -> bool:
        return self._holds(facts)

    # The result asks for the facts of the one that asks for more.
    @overload
    def __and__(self: "Predicate[F]", other: "Predicate[F]") -> "Predicate[F]": ...
    @overload
    def __and__(self, other: "Predicate[F]") -> "Predicate[F]": ...
    def __and__(self, other: "Predicate[Any]") -> "Predicate[Any]":
        return Predicate(lambda facts: self(facts) and other(facts))

    @overload
    def __or__(self: "Predicate[F]", other: "Predicate[F]") -> "Predicate[F]": ...
    @overload
    def __or__(self, other: "Predicate[F]") -> "Predicate[F]": ...
    def __or__(self, other: "Predicate[Any]") -> "Predicate[Any]":
        return Predicate(lambda facts: self(facts) or other(facts))

    def __invert__(self: "Predicate[F]") -> "Predicate[F]":
        return Predicate(lambda facts: not self(facts))


everybody: Predicate[object] = Predicate(lambda _facts: True)


@dataclass(frozen=True, slots=True)
class PolicyCondition(Generic[F_contra]):
    """What has to hold, and what somebody is told where it does not."""

    holds: Callable[[F_contra], bool]
    else_: Callable[[F_contra], Reason]


def may(who: Predicate[F], *, else_: Reason | Callable[[F], Reason]) -> PolicyCondition[F]:
    """Only for ``who``."""
    return PolicyCondition(who, else_ if callable(else_) else lambda _facts: else_)


def unless(stands_in_the_way: Predicate[F], *, else_: Reason | Callable[[F], Reason]) -> PolicyCondition[F]:
    """Not where something stands in the way."""
    return may(~stands_in_the_way, else_=else_)


def during(statuses: Collection[Any], *, else_: Reason | Mapping[Any, Reason]) -> PolicyCondition[Any]:
    """Only while the thing that is acted on has one of these statuses (``facts.status``).

    A reason for each of the others may be given. Raises ValueError for a status that is neither.
    """

    def reason(facts: Any) -> Reason:
        if not isinstance(else_, Mapping):
            return else_
        if facts.status not in else_:
            raise ValueError(f"No reason is given for the status {facts.status!r}")
        return else_[facts.status]

    return PolicyCondition(lambda facts: facts.status in statuses, reason)


def at(kinds: Collection[Any], *, else_: Reason) -> PolicyCondition[Any]:
    """Only while the review is at a step of one of these kinds (``facts.kind``)."""
    return PolicyCondition(lambda facts: facts.kind in kinds, lambda _facts: else_)


class Rule(Generic[F]):
    """Who may do one act, when, and what else has to hold; the first condition that does not hold says why not.

    ``sees``: who learns at all that there is such a thing, where that is not what the table says. ``binds``: the act
    binds a State or gives access, and asks for a recent sign-in besides.
    """

    __slots__ = ("binds", "conditions", "sees")

    def __init__(self, *conditions: PolicyCondition[F], sees: Predicate[F] | None = None, binds: bool = False) -> None:
        self.conditions = conditions
        self.sees = sees
        self.binds = binds


class Table(Generic[F]):
    """The rules of all acts of a feature. Raises ValueError where an act has none."""

    def __init__(self, actions: type[TextChoices], rules: Mapping[Any, Rule[F]], *, sees: Predicate[F]) -> None:
        if missing := [str(action) for action in actions if action not in rules]:
            raise ValueError(f"No rule is given for {', '.join(missing)}")
        self.actions = actions
        self.rules = rules
        self._sees = sees

    def decide(self, action: Any, facts: F) -> Decision:
        rule = self.rules[action]
        if not (rule.sees or self._sees)(facts):
            return INVISIBLE
        for condition in rule.conditions:
            if not condition.holds(facts):
                return refused(condition.else_(facts))
        return ALLOWED
