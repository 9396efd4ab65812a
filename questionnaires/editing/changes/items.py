"""Items are added, changed, moved and removed; an item's code never changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _, ngettext

from core.errors import ServiceError
from core.language.i18n import in_own_order, list_of
from questionnaires.definitions import (
    Citation,
    ConditionTree,
    Footnote,
    Item,
    QuestionnaireDefinition,
    SectionDefinition,
    dependencies,
    leaves,
    parent_code,
)
from questionnaires.editing.changes.base import (
    GoneError,
    part_of,
    place_of,
    section_of,
    settled,
    with_part,
    with_section,
)
from questionnaires.editing.changes.conditions import with_words
from questionnaires.files import item_code
from questionnaires.wording import full_number


@dataclass(frozen=True, slots=True)
class ItemInput:
    """What a person gives of an item; its number and its condition are given apart."""

    text: str
    kind: str
    options: tuple[str, ...] = ()
    free_text_options: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    articles: tuple[Citation, ...] = ()
    voluntary: bool = False
    self_assessed: bool = False
    deviation: str = ""

    def columns(self) -> dict[str, Any]:
        names = (
            "text", "kind", "options", "free_text_options", "footnotes", "articles", "voluntary", "self_assessed",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names} | {"deviation": self.deviation or None}


def below(items: Iterable[Item], code: str) -> list[Item]:
    """An item and all its sub-items, in order."""
    return [item for item in items if item.code == code or item.code.startswith(f"{code}.")]


def add_item(
    definition: QuestionnaireDefinition,
    instrument: str,
    slug: str,
    *,
    number: tuple[str, ...],
    given: ItemInput,
    after: str,
    taken: Mapping[str, int],
) -> QuestionnaireDefinition:
    """Put a new item behind ``after`` and its sub-items, or first under its parent where that is empty.

    ``taken``: codes of published versions, with the number of one that has it: they keep their meaning for good.
    """
    section = section_of(definition, instrument, slug)
    code = item_code(definition.cluster, instrument, number)
    if code in taken:
        message = _(
            "Version %(version)s has another item under this number. A number keeps its meaning for good: choose "
            "another one, or bring the old item back on the page of differences."
        )
        raise ServiceError(message % {"version": taken[code]}, field="number")
    item = Item(number=number, code=code, condition=None, **given.columns())
    parent = parent_code(code)
    ahead = after or (parent if len(number) > 1 else "")
    group = below(section.items, after) if after else [each for each in section.items if each.code == parent]
    if ahead and not group:
        raise GoneError
    at = section.items.index(group[-1]) + 1 if group else 0
    items = (*section.items[:at], item, *section.items[at:])
    return settled(definition, _with_items(definition, instrument, slug, items))


def change_item(definition: QuestionnaireDefinition, code: str, given: ItemInput) -> QuestionnaireDefinition:
    """Set all of an item but its number and condition.

    An option that keeps its place and gets other words is the same option: conditions on it follow. Where the item
    becomes voluntary its sub-items do so too.
    """
    part, section, item = place_of(definition, code)
    renamed = _renamed(item.options, given.options)
    _refuse_lost_options(section, item, renamed, given.options)

    def changed(each: Item) -> Item:
        columns: dict[str, Any] = {}
        if each.code == code:
            columns = given.columns()
        elif given.voluntary and each.code.startswith(f"{code}."):
            columns["voluntary"] = True
        if each.condition is not None and renamed:
            tree = _with_renamed(each.condition, code, renamed)
            if tree != each.condition:
                columns["condition"] = with_words(tree, section, definition.language)
        return replace(each, **columns)

    items = tuple(map(changed, section.items))
    return settled(definition, _with_items(definition, part.instrument, section.slug, items))


def _renamed(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    if len(old) != len(new):
        return {}
    pairs = {was: now for was, now in zip(old, new, strict=True) if was != now}
    return pairs if not set(old) & set(pairs.values()) else {}


def _refuse_lost_options(
    section: SectionDefinition, item: Item, renamed: Mapping[str, str], options: Sequence[str]
) -> None:
    lost = set(item.options) - set(options) - renamed.keys()
    for each in section.items:
        for leaf in leaves(each.condition) if each.condition else ():
            named = lost.intersection(leaf.get("values", ()))
            if leaf["code"] == item.code and named:
                message = _(
                    "Question %(number)s is asked if “%(option)s” is chosen here. Change its condition first, or give "
                    "the option other words in the same line."
                )
                facts = {"number": in_own_order(full_number(each)), "option": min(named)}
                raise ServiceError(message % facts, field="options")


def _with_renamed(tree: ConditionTree, code: str, renamed: Mapping[str, str]) -> ConditionTree:
    changed = dict(tree)
    if isinstance(tree.get("of"), Mapping):
        changed["of"] = _with_renamed(tree["of"], code, renamed)
    elif "of" in tree:
        changed["of"] = [_with_renamed(branch, code, renamed) for branch in tree["of"]]
    elif tree["code"] == code and "values" in tree:
        changed["values"] = [renamed.get(value, value) for value in tree["values"]]
    return changed


def move_item(definition: QuestionnaireDefinition, code: str, *, up: bool) -> QuestionnaireDefinition:
    """Change places with the item of the same level before or after it; both with their sub-items."""
    part, section, item = place_of(definition, code)
    siblings = [each for each in section.items if parent_code(each.code) == parent_code(code)]
    at = siblings.index(item)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(siblings):
        return definition
    first, second = sorted((siblings[at], siblings[other]), key=section.items.index)
    pair = [*below(section.items, first.code), *below(section.items, second.code)]
    turned = [*below(section.items, second.code), *below(section.items, first.code)]
    start = section.items.index(first)
    items = (*section.items[:start], *turned, *section.items[start + len(pair) :])
    return settled(definition, _with_items(definition, part.instrument, section.slug, items))


def move_to_section(definition: QuestionnaireDefinition, code: str, slug: str) -> QuestionnaireDefinition:
    """Put a numbered question with its sub-items at the end of another section of its part."""
    part, section, item = place_of(definition, code)
    if not item.is_question:
        raise ServiceError(_("A sub-item stays under its question."), field="section")
    target = section_of(definition, part.instrument, slug)
    moved = below(section.items, code)
    if slug != section.slug:
        _refuse_to_part(section, moved)
    left = tuple(each for each in section.items if each not in moved)
    moved_away = _with_items(definition, part.instrument, section.slug, left)
    after = _with_items(moved_away, part.instrument, slug, (*target.items, *moved))
    return settled(definition, definition if slug == section.slug else after)


def dependents_of(section: SectionDefinition, codes: Iterable[str]) -> list[Item]:
    """Items that are not among ``codes``, and whose conditions look at one of them."""
    among = set(codes)
    return [item for item in section.items if item.code not in among and dependencies(item.condition) & among]


def _refuse_dependents(waiting: Sequence[Item]) -> None:
    if waiting:
        message = ngettext(
            "The condition of question %(numbers)s looks at it. Change that condition first.",
            "The conditions of questions %(numbers)s look at it. Change these conditions first.",
            len(waiting),
        )
        raise ServiceError(message % {"numbers": _numbers(waiting)})


def _refuse_to_part(section: SectionDefinition, moved: Sequence[Item]) -> None:
    """A condition stays in one section with all that it looks at, whichever of both is moved."""
    _refuse_dependents(dependents_of(section, [each.code for each in moved]))
    needed = frozenset().union(*(dependencies(each.condition) for each in moved)) - {each.code for each in moved}
    staying = [each for each in section.items if each.code in needed]
    if staying:
        message = ngettext(
            "Its condition, or that of a sub-item, looks at question %(numbers)s. Change that condition first.",
            "Its condition, or that of a sub-item, looks at questions %(numbers)s. Change that condition first.",
            len(staying),
        )
        raise ServiceError(message % {"numbers": _numbers(staying)})


def _numbers(items: Iterable[Item]) -> str:
    return list_of([in_own_order(full_number(each)) for each in items])


def remove_item(definition: QuestionnaireDefinition, code: str) -> QuestionnaireDefinition:
    """Take an item out with its sub-items. Raises ServiceError where a condition of another item looks at it."""
    part, section, _item = place_of(definition, code)
    gone = below(section.items, code)
    _refuse_dependents(dependents_of(section, [each.code for each in gone]))
    left = tuple(each for each in section.items if each not in gone)
    return settled(definition, _with_items(definition, part.instrument, section.slug, left))


def bring_back(
    definition: QuestionnaireDefinition, published: QuestionnaireDefinition, code: str
) -> QuestionnaireDefinition:
    """Put an item of a published version back, with its sub-items, behind what stood before it there.

    A sub-item comes to where the item above it stands by now; a section that has gone comes back with its question.
    """
    part, section, item = place_of(published, code)
    present = {each.code for each in definition.items()}
    parent = parent_code(code)
    if item.is_question:
        with_home = _with_section(definition, part.instrument, section)
        here, above = section_of(with_home, part.instrument, section.slug), None
    elif parent in present:
        with_home = definition
        _part, here, above = place_of(definition, parent)
    else:
        raise ServiceError(_("Bring the question above it back first."))
    back = [each for each in below(section.items, code) if each.code not in present]
    before = {each.code for each in section.items[: section.items.index(item)] if parent_code(each.code) == parent}
    siblings = [each for each in here.items if each.code in before]
    ahead = below(here.items, siblings[-1].code)[-1] if siblings else above
    behind = here.items.index(ahead) + 1 if ahead else 0
    items = (*here.items[:behind], *back, *here.items[behind:])
    return settled(definition, _with_items(with_home, part.instrument, here.slug, items))


def _with_section(
    definition: QuestionnaireDefinition, instrument: str, section: SectionDefinition
) -> QuestionnaireDefinition:
    """With a section, empty at the end of its part where it is not there. Raises GoneError without the part."""
    if any(each.slug == section.slug for each in part_of(definition, instrument).sections):
        return definition
    empty = replace(section, items=())
    return with_part(definition, instrument, lambda part: replace(part, sections=(*part.sections, empty)))


def set_condition(
    definition: QuestionnaireDefinition, code: str, condition: ConditionTree | None
) -> QuestionnaireDefinition:
    """When an item is asked besides; None for always."""
    part, section, item = place_of(definition, code)
    items = tuple(replace(each, condition=condition) if each is item else each for each in section.items)
    return settled(definition, _with_items(definition, part.instrument, section.slug, items))


def _with_items(
    definition: QuestionnaireDefinition, instrument: str, slug: str, items: tuple[Item, ...]
) -> QuestionnaireDefinition:
    return with_section(definition, instrument, slug, lambda section: replace(section, items=items))
