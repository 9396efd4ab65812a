"""Conditions as an editor makes them: clauses about earlier items, of which all have to hold, or one is enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from questionnaires.definitions import ConditionTree, Item, SectionDefinition
from questionnaires.wording import condition_words, full_number

ALL, ANY = "all", "any"
_LEAVES = frozenset({"in", "selected", "answered"})


@dataclass(frozen=True, slots=True)
class Clauses:
    """``tree`` of each clause is a leaf, or a leaf under "not"."""

    op: str
    trees: tuple[ConditionTree, ...]


def clauses_of(condition: ConditionTree | None) -> Clauses | None:
    """The clauses of a condition; None where it is more deeply branched, and can only be replaced."""
    if condition is None:
        return Clauses(ALL, ())
    bare = {key: value for key, value in condition.items() if key != "source"}
    if bare["op"] in {ALL, ANY}:
        trees = tuple(bare["of"])
        return Clauses(bare["op"], trees) if all(map(_is_clause, trees)) else None
    return Clauses(ALL, (bare,)) if _is_clause(bare) else None


def _is_clause(tree: ConditionTree) -> bool:
    return tree["op"] in _LEAVES or (tree["op"] == "not" and tree["of"]["op"] in _LEAVES)


def clause(item: Item, *, values: Sequence[str], least: int, is_negated: bool) -> ConditionTree:
    """What is asked of an item: that it is answered (no ``values``), or that of these at least so many are chosen."""
    chosen = [option for option in item.options if option in values]
    leaf: dict[str, Any] = {"op": "answered", "code": item.code}
    if item.kind == "multiple" and chosen:
        leaf = {"op": "selected", "code": item.code, "values": chosen, "min": least}
        if len(chosen) == len(item.options):
            del leaf["values"]
    elif chosen:
        leaf = {"op": "in", "code": item.code, "values": chosen}
    return {"op": "not", "of": leaf} if is_negated else leaf


def condition_from(clauses: Clauses, section: SectionDefinition, language: str) -> ConditionTree | None:
    """The condition of these clauses, with its words in the language of the questionnaire; None without a clause."""
    if not clauses.trees:
        return None
    alone = len(clauses.trees) == 1
    tree: Mapping[str, Any] = clauses.trees[0] if alone else {"op": clauses.op, "of": list(clauses.trees)}
    return with_words(tree, section, language)


def with_words(tree: ConditionTree, section: SectionDefinition, language: str) -> ConditionTree:
    """A tree with its words anew; they stand in the place of those that it was made from."""
    numbers = {item.code: full_number(item) for item in section.items}
    with translation.override(language):
        words = condition_words(tree, lambda code: numbers.get(code, code))
    return {**tree, "source": words}


def candidates(section: SectionDefinition, code: str) -> list[Item]:
    """The items on which the condition of an item may depend: those before it in its section that are answered."""
    earlier = []
    for item in section.items:
        if item.code == code:
            break
        if item.kind != "group":
            earlier.append(item)
    return earlier
