"""From one version of a questionnaire to another: where each item goes, and whether its answer can go with it. Pure.

An item goes to the one with the same code, unless an officer has said otherwise (docs/adr/0053).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaires.definitions.conditions import ConditionTree
from questionnaires.definitions.definition import WITHOUT_OPTIONS, Item, QuestionnaireDefinition
from questionnaires.definitions.enums import ItemFate

_WORDS = ("number", "text", "footnotes", "articles", "deviation", "voluntary", "self_assessed")


@dataclass(frozen=True, slots=True)
class ItemMove:
    """``new``: where the item goes, None for nowhere. ``changed``: of "words", "options", "kind" and "condition"."""

    old: Item
    new: Item | None
    is_said: bool
    changed: tuple[str, ...]
    fate: ItemFate

    def carries(self, choices: Sequence[str], *, is_outside: bool = False) -> bool:
        """Whether an answer with these choices can stand under the new item as it is.

        That it is not within the competence (``is_outside``, with a remark) can be said of whatever is asked.
        """
        if self.new is None or is_outside:
            return self.new is not None and self.new.kind != "group"
        return _carries(self.old, self.new, choices)


def moves_between(
    old: QuestionnaireDefinition, new: QuestionnaireDefinition, said: Mapping[str, str]
) -> dict[str, ItemMove]:
    """Every item of the old version by its code. ``said``: by code, where an officer has it go (empty: nowhere)."""
    items = {item.code: item for item in new.items()}
    taken = set(said.values())
    moves = {}
    for item in old.items():
        is_said = item.code in said
        goes_to = said[item.code] if is_said else "" if item.code in taken else item.code
        moves[item.code] = _move(item, items.get(goes_to), is_said=is_said)
    return moves


def said_over(first: Mapping[str, str], then: Mapping[str, str], direct: Mapping[str, str]) -> dict[str, str]:
    """What is said of items over two steps; ``direct``, said of the way as a whole, stands before it.

    An item of which nothing is said keeps its code, also over a version that lacks it, unless another one is said to
    take it. No two items go to one.
    """
    said = {}
    for code in {*first, *first.values(), *then, *then.values()} - {""}:
        place = _step(then, _step(first, code))
        if place != code or code in first or code in then:
            said[code] = "" if place in direct.values() else place
    return {**said, **direct}


def _step(said: Mapping[str, str], code: str) -> str:
    return said[code] if code in said else "" if code in said.values() else code


def new_items(new: QuestionnaireDefinition, moves: Mapping[str, ItemMove]) -> list[Item]:
    """The items of the new version to which none of the old one goes."""
    reached = {move.new.code for move in moves.values() if move.new}
    return [item for item in new.items() if item.code not in reached]


def _move(old: Item, new: Item | None, *, is_said: bool) -> ItemMove:
    if new is None:
        return ItemMove(old, None, is_said, (), ItemFate.GONE)
    differs = {
        "words": any(getattr(old, name) != getattr(new, name) for name in _WORDS),
        "options": (old.options, old.free_text_options) != (new.options, new.free_text_options),
        "kind": old.kind != new.kind,
        "condition": _bare(old.condition) != _bare(new.condition),
    }
    changed = tuple(name for name, is_so in differs.items() if is_so)
    if not changed:
        fate = ItemFate.EQUAL
    elif changed == ("words",):
        fate = ItemFate.WORDS
    elif old.kind == "group" or all(_carries(old, new, each) for each in _answers_of(old)):
        fate = ItemFate.CARRIED
    else:
        fate = ItemFate.PERSON
    return ItemMove(old, new, is_said, changed, fate)


def _bare(condition: ConditionTree | None) -> dict[str, object]:
    """Without the words that it came from."""
    return {key: value for key, value in (condition or {}).items() if key != "source"}


def _answers_of(item: Item) -> list[tuple[str, ...]]:
    """Choices of which one cannot go with the item where any answer to it cannot."""
    several = [item.options] if item.kind == "multiple" else []
    return [(), *several, *((option,) for option in item.options)]


def _carries(old: Item, new: Item, choices: Sequence[str]) -> bool:
    if new.kind == "group" or (old.kind == "text" and new.kind not in WITHOUT_OPTIONS):
        return False
    return set(choices) <= set(new.options) and (new.kind == "multiple" or len(choices) <= 1)
