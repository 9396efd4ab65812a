"""Can an item ever be asked, and does its condition ever hold it back? Decided exactly, over all answers; pure.

Of an item's answer a condition sees no more than which of its leaves hold, so that answers fall into a few kinds. What
remains is a formula over the kinds of answers of the items referred to. It is decided by trying these one item after
the other, and what is left of a formula is decided once (Shannon's expansion with memory).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, Protocol

from questionnaires.definitions.conditions import ConditionalItem, ConditionTree, leaves, parent_code


class AnswerableItem(ConditionalItem, Protocol):
    """What has to be known of an item to say which answers it can have."""

    @property
    def options(self) -> Sequence[str]: ...

    @property
    def kind(self) -> str: ...


# A formula: True, False, or a tuple ("leaf", code, number of the leaf), ("not", f), ("and" | "or", frozenset of them).
Formula = Any
_MANY, _NO_ANSWER = "multiple", "group"


def _joined(op: str, formulas: Iterable[Formula]) -> Formula:
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
    return next(iter(found)) if len(found) == 1 else (op, frozenset(found))


def _negated(formula: Formula) -> Formula:
    if isinstance(formula, bool):
        return not formula
    return formula[1] if formula[0] == "not" else ("not", formula)


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
        self._asked: dict[str, Formula] = {}
        self._decided: dict[tuple[Formula, bool], bool] = {}
        self._kinds: dict[tuple[str, bool], tuple[tuple[bool, ...], ...]] = {}

    @cached_property
    def never_asked(self) -> frozenset[str]:
        """Items that no answers bring about."""
        return frozenset(code for code in self._items if not self._can_hold(self._is_asked(code)))

    @cached_property
    def always_met(self) -> frozenset[str]:
        """Items whose own condition holds whatever is answered, also nothing: it decides nothing."""
        return frozenset(code for code in self._conditional if not self._can_fail(code, is_answered=False))

    @cached_property
    def met_once_answered(self) -> frozenset[str]:
        """Items whose own condition holds whichever answer is given to each question that is asked."""
        return frozenset(code for code in self._conditional if not self._can_fail(code, is_answered=True))

    @property
    def _conditional(self) -> list[str]:
        return [code for code, item in self._items.items() if item.condition and code not in self.never_asked]

    def _can_fail(self, code: str, *, is_answered: bool) -> bool:
        condition = self._items[code].condition
        assert condition is not None  # noqa: S101 - asked of conditional items alone
        fails = _negated(self._formula(condition))
        return self._can_hold(_joined("and", [self._above(code), fails]), is_answered=is_answered)

    def _above(self, code: str) -> Formula:
        parent = parent_code(code)
        return self._is_asked(parent) if parent in self._items else True

    def _is_asked(self, code: str) -> Formula:
        if code not in self._items:
            return False
        if code not in self._asked:
            condition = self._items[code].condition
            own = self._formula(condition) if condition else True
            self._asked[code] = _joined("and", [self._above(code), own])
        return self._asked[code]

    def _formula(self, tree: ConditionTree) -> Formula:
        match tree["op"]:
            case "any":
                return _joined("or", map(self._formula, tree["of"]))
            case "all":
                return _joined("and", map(self._formula, tree["of"]))
            case "not":
                return _negated(self._formula(tree["of"]))
        code = tree["code"]
        if code not in self._items:
            return False
        number = [_key(leaf) for leaf in self._leaves[code]].index(_key(tree))
        return _joined("and", [self._is_asked(code), ("leaf", code, number)])

    def _can_hold(self, formula: Formula, *, is_answered: bool = False) -> bool:
        if isinstance(formula, bool):
            return formula
        key = (formula, is_answered)
        if key not in self._decided:
            code = min(_codes(formula), key=self._order.__getitem__)
            self._decided[key] = any(
                self._can_hold(_given(formula, code, kind, {}), is_answered=is_answered)
                for kind in self._answers_to(code, is_answered=is_answered)
            )
        return self._decided[key]

    def _answers_to(self, code: str, *, is_answered: bool) -> tuple[tuple[bool, ...], ...]:
        """The kinds of answers to an item: which of the leaves on it hold together."""
        key = (code, is_answered)
        if key not in self._kinds:
            self._kinds[key] = tuple(dict.fromkeys(_kinds(self._items[code], self._leaves[code], is_answered)))
        return self._kinds[key]


def _key(leaf: ConditionTree) -> tuple[Any, ...]:
    values = leaf.get("values")
    return leaf["op"], leaf["code"], leaf.get("min"), None if values is None else frozenset(values)


def _codes(formula: Formula) -> set[str]:
    if isinstance(formula, bool):
        return set()
    if formula[0] == "leaf":
        return {formula[1]}
    below = [formula[1]] if formula[0] == "not" else formula[1]
    return set().union(*map(_codes, below))


def _given(formula: Formula, code: str, kind: tuple[bool, ...], known: dict[Formula, Formula]) -> Formula:
    """What is left of a formula when an item is answered so."""
    if isinstance(formula, bool):
        return formula
    if formula not in known:
        match formula[0]:
            case "leaf":
                known[formula] = kind[formula[2]] if formula[1] == code else formula
            case "not":
                known[formula] = _negated(_given(formula[1], code, kind, known))
            case op:
                known[formula] = _joined(op, [_given(each, code, kind, known) for each in formula[1]])
    return known[formula]


def _kinds(item: AnswerableItem, of: Sequence[ConditionTree], is_answered: bool) -> Iterable[tuple[bool, ...]]:
    """Options that no leaf tells apart are counted together: a check-list of fifteen has few kinds of answers."""
    if item.kind == _NO_ANSWER:
        yield tuple(False for _leaf in of)
        return
    cells: dict[tuple[bool, ...], int] = {}
    for option in item.options:
        named = tuple(option in leaf.get("values", item.options) for leaf in of)
        cells[named] = cells.get(named, 0) + 1
    sizes = [range(size + 1) for size in cells.values()]
    most = len(item.options) if item.kind == _MANY else 1
    for counts in product(*sizes):
        chosen = sum(counts)
        if chosen > most:
            continue
        for has_words in (False, True):
            if is_answered and not (chosen if item.options else has_words):
                continue
            yield tuple(
                _holds(leaf, number, cells, counts, is_given=chosen > 0 or has_words) for number, leaf in enumerate(of)
            )


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
