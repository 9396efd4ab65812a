"""Can an item ever be asked, and does its condition ever hold it back? Decided over all answers; pure.

Of an item's answer a formula sees no more than which of its leaves hold, so that answers fall into a few kinds. What
remains is a formula over the kinds of answers of the items referred to. It is decided by trying these one item after
the other, and what is left of a formula is decided once (Shannon's expansion with memory). What is decided is exact;
where it would take too many steps, that is told (``undecided``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, Protocol

from questionnaires.definitions import ConditionalItem, ConditionTree, leaves, parent_code


class AnswerableItem(ConditionalItem, Protocol):
    """What has to be known of an item to say which answers it can have."""

    @property
    def options(self) -> Sequence[str]: ...

    @property
    def kind(self) -> str: ...


# A formula: True, False, or a tuple ("leaf", code, number of the leaf), ("not", f), ("and" | "or", frozenset of them).
Formula = Any
_MANY, _NO_ANSWER = "multiple", "group"


STEPS_OF_ONE, STEPS_OF_ALL = 50_000, 300_000  # parts of formulas looked at: some 0.1 and 0.5 seconds


class _TooManyStepsError(Exception):
    """A question that is not decided in the steps that there are for it."""


class Reach:
    """What can be said of the items of a questionnaire before anybody answers it.

    References to items that are not among ``items`` are unanswered, as in ``conditions.asked_codes``.
    """

    def __init__(self, items: Iterable[AnswerableItem]) -> None:
        self._items = {item.code: item for item in items}
        self._order = {code: place for place, code in enumerate(self._items)}
        self._leaves: dict[str, list[ConditionTree]] = {}
        for item in self._items.values():
            for leaf in leaves(item.condition) if item.condition else ():
                known = self._leaves.setdefault(leaf["code"], [])
                if _key(leaf) not in map(_key, known):
                    known.append(leaf)
        self._nodes: dict[Formula, Formula] = {}
        self._asked: dict[str, Formula] = {}
        self._decided: dict[tuple[Formula, bool], bool] = {}
        self._seen: dict[Formula, frozenset[Formula]] = {}
        self._undecided: set[str] = set()
        self._steps_left, self.steps_taken = 0, 0

    @cached_property
    def never_asked(self) -> frozenset[str]:
        """Items that no answers bring about."""
        return frozenset(
            code for code in self._items if self._decide(code, lambda code: not self._can_hold(self._is_asked(code)))
        )

    @cached_property
    def always_met(self) -> frozenset[str]:
        """Items whose own condition holds whatever is answered, also nothing: it decides nothing."""
        return frozenset(code for code in self._conditional if self._decide(code, self._holds_always))

    @cached_property
    def met_once_answered(self) -> frozenset[str]:
        """Items whose own condition holds whichever answer is given to each question that is asked."""
        return frozenset(code for code in self._conditional if self._decide(code, self._holds_once_answered))

    @property
    def undecided(self) -> frozenset[str]:
        """Items of which one of the three would take too many steps to say; they are in none of these."""
        self.always_met, self.met_once_answered  # noqa: B018 - each is decided
        return frozenset(self._undecided)

    @property
    def _conditional(self) -> list[str]:
        return [code for code, item in self._items.items() if item.condition and code not in self.never_asked]

    def _decide(self, code: str, question: Callable[[str], bool]) -> bool:
        """The answer, or False where it takes too many steps."""
        if code not in self._undecided:
            self._steps_left = min(STEPS_OF_ONE, STEPS_OF_ALL - self.steps_taken)
            try:
                return question(code)
            except (_TooManyStepsError, RecursionError):
                self._undecided.add(code)
        return False

    def _take(self, steps: int) -> None:
        self._steps_left -= steps
        self.steps_taken += steps
        if self._steps_left < 0:
            raise _TooManyStepsError

    def _holds_always(self, code: str) -> bool:
        return not self._can_fail(code, is_answered=False)

    def _holds_once_answered(self, code: str) -> bool:
        return not self._can_fail(code, is_answered=True)

    def _can_fail(self, code: str, *, is_answered: bool) -> bool:
        condition = self._items[code].condition
        assert condition is not None  # noqa: S101 - asked of conditional items alone
        fails = self._negated(self._formula(condition))
        return self._can_hold(self._joined("and", [self._above(code), fails]), is_answered=is_answered)

    def _joined(self, op: str, formulas: Iterable[Formula]) -> Formula:
        neutral = op == "and"
        found: set[Formula] = set()
        for formula in formulas:
            if formula is (not neutral):
                return not neutral
            if formula is neutral:
                continue
            found |= formula[1] if formula[0] == op else {formula}
        if not found:
            return neutral
        return next(iter(found)) if len(found) == 1 else self._node((op, frozenset(found)))

    def _negated(self, formula: Formula) -> Formula:
        if isinstance(formula, bool):
            return not formula
        return formula[1] if formula[0] == "not" else self._node(("not", formula))

    def _node(self, formula: Formula) -> Formula:
        """The same formula is the same object, so that comparing two does not go down to their leaves."""
        return self._nodes.setdefault(formula, formula)

    def _above(self, code: str) -> Formula:
        parent = parent_code(code)
        return self._is_asked(parent) if parent in self._items else True

    def _is_asked(self, code: str) -> Formula:
        if code not in self._items:
            return False
        if code not in self._asked:
            condition = self._items[code].condition
            own = self._formula(condition) if condition else True
            self._asked[code] = self._joined("and", [self._above(code), own])
        return self._asked[code]

    def _formula(self, tree: ConditionTree) -> Formula:
        match tree["op"]:
            case "any":
                return self._joined("or", map(self._formula, tree["of"]))
            case "all":
                return self._joined("and", map(self._formula, tree["of"]))
            case "not":
                return self._negated(self._formula(tree["of"]))
        code = tree["code"]
        if code not in self._items:
            return False
        number = [_key(leaf) for leaf in self._leaves[code]].index(_key(tree))
        return self._joined("and", [self._is_asked(code), ("leaf", code, number)])

    def _can_hold(self, formula: Formula, *, is_answered: bool = False) -> bool:
        if isinstance(formula, bool):
            return formula
        key = (formula, is_answered)
        if key not in self._decided:
            seen = self._leaves_in(formula)
            code = min({leaf[1] for leaf in seen}, key=self._order.__getitem__)
            numbers = sorted(leaf[2] for leaf in seen if leaf[1] == code)
            self._decided[key] = any(
                self._can_hold(self._given(formula, kind, {}), is_answered=is_answered)
                for kind in self._answers_to(code, numbers, is_answered=is_answered)
            )
        return self._decided[key]

    def _answers_to(self, code: str, numbers: Sequence[int], *, is_answered: bool) -> Iterator[Mapping[Formula, bool]]:
        """The kinds of answers to an item, each once: which of these leaves on it hold together."""
        of = [self._leaves[code][number] for number in numbers]
        known = set()
        for kind in _kinds(self._items[code], of, is_answered):
            self._take(len(of))
            if kind not in known:
                known.add(kind)
                yield {("leaf", code, number): holds for number, holds in zip(numbers, kind, strict=True)}

    def _leaves_in(self, formula: Formula) -> frozenset[Formula]:
        if isinstance(formula, bool):
            return frozenset()
        if formula not in self._seen:
            if formula[0] == "leaf":
                self._seen[formula] = frozenset({formula})
            else:
                below = [formula[1]] if formula[0] == "not" else formula[1]
                self._seen[formula] = frozenset().union(*map(self._leaves_in, below))
        return self._seen[formula]

    def _given(self, formula: Formula, kind: Mapping[Formula, bool], known: dict[Formula, Formula]) -> Formula:
        """What is left of a formula when an item is answered so."""
        if isinstance(formula, bool):
            return formula
        if formula not in known:
            self._take(1)
            match formula[0]:
                case "leaf":
                    known[formula] = kind.get(formula, formula)
                case "not":
                    known[formula] = self._negated(self._given(formula[1], kind, known))
                case op:
                    known[formula] = self._joined(op, [self._given(each, kind, known) for each in formula[1]])
        return known[formula]


def _key(leaf: ConditionTree) -> tuple[Any, ...]:
    values = leaf.get("values")
    return leaf["op"], leaf["code"], leaf.get("min"), None if values is None else frozenset(values)


def _kinds(item: AnswerableItem, of: Sequence[ConditionTree], is_answered: bool) -> Iterable[tuple[bool, ...]]:
    """Options that no leaf tells apart are counted together: a check-list of fifteen has few kinds of answers."""
    if item.kind == _NO_ANSWER:
        yield tuple(False for _leaf in of)
        return
    cells: dict[tuple[bool, ...], int] = {}
    for option in item.options:
        named = tuple(option in leaf.get("values", item.options) for leaf in of)
        cells[named] = cells.get(named, 0) + 1
    for counts in _counts(list(cells.values()), is_one=item.kind != _MANY):
        chosen = sum(counts)
        for has_words in (False, True):
            if is_answered and not (chosen if item.options else has_words):
                continue
            yield tuple(
                _holds(leaf, number, cells, counts, is_given=chosen > 0 or has_words) for number, leaf in enumerate(of)
            )


def _counts(sizes: Sequence[int], *, is_one: bool) -> Iterable[tuple[int, ...]]:
    """How many options of each cell can be chosen together."""
    if not is_one:
        return product(*(range(size + 1) for size in sizes))
    none = (0,) * len(sizes)
    return [none, *((*none[:at], 1, *none[at + 1 :]) for at in range(len(sizes)))]


def _holds(
    leaf: ConditionTree,
    number: int,
    cells: Mapping[tuple[bool, ...], int],
    counts: Sequence[int],
    *,
    is_given: bool,
) -> bool:
    if leaf["op"] == "answered":
        return is_given
    among = sum(count for named, count in zip(cells, counts, strict=True) if named[number])
    return among >= (leaf["min"] if leaf["op"] == "selected" else 1)
