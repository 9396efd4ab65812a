"""When is an item asked? Condition trees and their evaluation, without Django and without a database.

A tree is what a questionnaire's file holds under ``condition``:

- ``{"op": "in", "code": C, "values": [...]}``: the choice of item C is one of these;
- ``{"op": "selected", "code": C, "min": n}`` with optional ``"values"``: at least n boxes of C (among these);
- ``{"op": "answered", "code": C}``: C has any text or choice;
- ``{"op": "any" | "all", "of": [...]}`` and ``{"op": "not", "of": {...}}``.

The root also has ``source``, the words that the tree was made from. A tree holds the item's own words only:
an item is asked when every ancestor is asked and its own condition is absent or true. Answers of items that
are not asked count as unanswered, and a leaf on an unanswered item is false.

A regional economic integration organization may say that an item is not within its competence. What another party
would have chosen there is open, so that a leaf on it is neither true nor false, nor is anything that hangs on that
alone: an item is then asked only if it would be, whatever the answer (Kleene's logic of three values). The items under
such an item are not asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

ConditionTree = Mapping[str, Any]


class ConditionError(ValueError):
    """A condition is malformed, or refers to something that is not there.

    ``message`` has placeholders for ``facts``, in which an item stands by its code.
    """

    def __init__(self, message: str, **facts: str) -> None:
        super().__init__(message % facts)
        self.message, self.facts = message, facts


class ConditionCycleError(ConditionError):
    """Items depend on each other in a circle; the message names them in order."""


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """What conditions see of an answer: the chosen options, spelled as printed, and the words.

    With ``is_outside_competence`` there are no options, and the words are a remark.
    """

    choices: tuple[str, ...] = ()
    text: str = ""
    is_outside_competence: bool = False

    @property
    def is_given(self) -> bool:
        """Whether there is any choice or any word other than white space."""
        return bool(self.choices) or bool(self.text.strip())


_OPEN: Final = AnswerValue(is_outside_competence=True)


class ConditionalItem(Protocol):
    """What evaluation needs of an item. Its parent follows from its code."""

    @property
    def code(self) -> str: ...

    @property
    def condition(self) -> ConditionTree | None: ...


def parent_code(code: str) -> str:
    """The code one level up: "I.water.3" for "I.water.3.a". That of a question ("I.water") is no item's."""
    return code.rpartition(".")[0]


def evaluate(tree: ConditionTree, answers: Mapping[str, AnswerValue]) -> bool:
    """Whether the tree holds for these answers by code. Raises ``ConditionError`` on an unknown operator.

    All answers given count; use ``asked_codes`` to leave out those of items that are not asked.
    """
    return _holds(tree, answers.get) is True


def _holds(tree: ConditionTree, answer_of: Callable[[str], AnswerValue | None]) -> bool | None:
    """None where it hangs on what is not within the competence of who answers."""
    match tree["op"]:
        case "any":
            return _joined((_holds(branch, answer_of) for branch in tree["of"]), decided_by=True)
        case "all":
            return _joined((_holds(branch, answer_of) for branch in tree["of"]), decided_by=False)
        case "not":
            holds = _holds(tree["of"], answer_of)
            return None if holds is None else not holds
        case "in" | "selected" | "answered":
            answer = answer_of(tree["code"])
            return answer is not None and _leaf_holds(tree, answer)
        case other:
            raise ConditionError("unknown operator %(op)s", op=repr(other))


def _joined(parts: Iterable[bool | None], *, decided_by: bool) -> bool | None:
    """What one part decides alone, whatever is open; else open where any part is."""
    is_open = False
    for part in parts:
        if part is decided_by:
            return decided_by
        is_open = is_open or part is None
    return None if is_open else not decided_by


def _leaf_holds(leaf: ConditionTree, answer: AnswerValue) -> bool | None:
    if answer.is_outside_competence:
        return None
    if leaf["op"] == "answered":
        return answer.is_given
    values = leaf.get("values")
    chosen = len(answer.choices) if values is None else sum(choice in values for choice in answer.choices)
    return chosen >= (leaf["min"] if leaf["op"] == "selected" else 1)


def asked_codes(items: Iterable[ConditionalItem], answers: Mapping[str, AnswerValue]) -> frozenset[str]:
    """The codes of the items that are asked, given these answers.

    References to items outside ``items`` (a section that does not apply to the State) are unanswered. Each
    item is worked out once. Raises ``ConditionCycleError`` if items depend on each other in a circle.
    """
    by_code = {item.code: item for item in items}
    known: dict[str, bool | None] = {}
    in_progress: dict[str, None] = {}
    outside = {code for code, answer in answers.items() if answer.is_outside_competence}

    def answer_of(code: str) -> AnswerValue | None:
        answer = answers.get(code)
        if answer is None and not outside:
            return None
        asked = is_asked(code)
        return _OPEN if asked is None else answer if asked else None

    def is_asked(code: str) -> bool | None:
        if code in known:
            return known[code]
        item = by_code.get(code)
        if item is None:
            return False
        if code in in_progress:
            raise _cycle([*in_progress, code])
        in_progress[code] = None
        asked = _joined(terms_of(item), decided_by=False)
        del in_progress[code]
        known[code] = asked
        return asked

    def terms_of(item: ConditionalItem) -> Iterator[bool | None]:
        parent = parent_code(item.code)
        if parent in by_code:
            above = is_asked(parent)
            yield None if above and parent in outside else above
        if item.condition is not None:
            yield _holds(item.condition, answer_of)

    return frozenset(code for code in by_code if is_asked(code))


def leaves(tree: ConditionTree) -> Iterator[ConditionTree]:
    """The leaves of a tree, from left to right."""
    match tree["op"]:
        case "any" | "all":
            for branch in tree["of"]:
                yield from leaves(branch)
        case "not":
            yield from leaves(tree["of"])
        case _:
            yield tree


def dependencies(tree: ConditionTree | None) -> frozenset[str]:
    """The codes of the items that the tree refers to; none where there is no condition."""
    return frozenset() if tree is None else frozenset(leaf["code"] for leaf in leaves(tree))


def _cycle(codes: Sequence[str]) -> ConditionCycleError:
    circle = codes[codes.index(codes[-1]) :]
    return ConditionCycleError("items depend on each other in a circle: %(items)s", items=" -> ".join(circle))
