"""In what a draft differs from the published version: what came, went, moved and changed, word by word."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.language.differences import Run, word_differences
from questionnaires.definitions import (
    Citation,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
)
from questionnaires.definitions.enums import QuestionKind
from questionnaires.files import texts_of
from questionnaires.wording import condition_words, full_number


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as runs of words."""

    label: str
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """``item`` as the draft has it, or the published version where it went."""

    item: Item
    section: SectionDefinition
    instrument: str
    changes: Sequence[FieldChange] = ()


@dataclass(frozen=True, slots=True)
class TranslationChange:
    """A translation that came, went or changed, with its official text."""

    text: str
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a draft changes. ``head``: the questionnaire, its parts and sections, each under its name.

    ``same``: how many items stay where and as they are.
    """

    head: Sequence[tuple[str, Sequence[FieldChange]]] = ()
    added: Sequence[ItemDifference] = ()
    removed: Sequence[ItemDifference] = ()
    moved: Sequence[ItemDifference] = ()
    changed: Sequence[ItemDifference] = ()
    translated: Mapping[str, Sequence[TranslationChange]] = field(default_factory=dict)
    """By language, of texts that are still there."""
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not any((self.head, self.added, self.removed, self.moved, self.changed, self.translated))


def differences(old: QuestionnaireDefinition | None, new: QuestionnaireDefinition) -> Difference:
    """Items are the same by their codes, sections and parts by their addresses."""
    before, after = _places(old), _places(new)
    common = [code for code in after if code in before]
    moved = _moved([code for code in before if code in after], common) | {
        code for code in common if before[code][:2] != after[code][:2]
    }
    changes_of = {code: _changes(_fields(old, before[code]), _fields(new, after[code])) for code in common}
    return Difference(
        head=list(_head_changes(old, new)),
        added=[_difference(after[code], new) for code in after if code not in before],
        removed=[_difference(before[code], old) for code in before if code not in after],
        moved=[_difference(after[code], new) for code in common if code in moved],
        changed=[_difference(after[code], new, changes) for code, changes in changes_of.items() if changes],
        translated=_translated(old, new),
        same=sum(1 for code, changes in changes_of.items() if not changes and code not in moved),
    )


_Place = tuple[str, str, Item]


def _places(definition: QuestionnaireDefinition | None) -> dict[str, _Place]:
    if definition is None:
        return {}
    return {
        item.code: (part.instrument, section.slug, item)
        for part in definition.parts
        for section in part.sections
        for item in section.items
    }


def _difference(
    place: _Place, definition: QuestionnaireDefinition | None, changes: Sequence[FieldChange] = ()
) -> ItemDifference:
    instrument, slug, item = place
    assert definition is not None  # noqa: S101 - the place is one of its own
    part = next(part for part in definition.parts if part.instrument == instrument)
    section = next(section for section in part.sections if section.slug == slug)
    return ItemDifference(item, section, instrument, changes)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest that have to be moved to come from one order to the other: all but the longest that kept it."""
    rank = {code: place for place, code in enumerate(old)}
    tails: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for code in new:
        at = bisect_left(tails, rank[code])
        before[code] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [rank[code]], [code]
    kept: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(new) - kept


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[FieldChange]:
    return [
        FieldChange(label, word_differences(old.get(label, ""), text))
        for label, text in new.items()
        if old.get(label, "") != text
    ]


def _fields(definition: QuestionnaireDefinition | None, place: _Place) -> dict[str, str]:
    items = {item.code: item for item in definition.items()} if definition else {}
    return item_fields(place[2], lambda code: full_number(items[code]) if code in items else code)


def item_fields(item: Item, number_of: Callable[[str], str]) -> dict[str, str]:
    """An item in words, by the names of its fields; ``number_of`` gives the number of an item by its code."""
    asked_if = condition_words(item.condition, number_of) if item.condition else ""
    return {
        _("Text"): item.text,
        _("Kind"): str(QuestionKind(item.kind).label) if item.kind in QuestionKind.values else item.kind,
        _("Options"): "\n".join(item.options),
        _("Options that ask for words"): "\n".join(item.free_text_options),
        _("Asked if"): asked_if,
        _("Voluntary"): _yes(item.voluntary),
        _("Only if it applies"): _yes(item.self_assessed),
        _("Articles"): "\n".join(map(citation_words, item.articles)),
        _("Footnotes"): _footnotes(item.footnotes),
        _("Difference from the print"): item.deviation or "",
    }


def _yes(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def citation_words(cited: Citation) -> str:
    """A reference in one line: the instrument, the article and the paragraph as printed."""
    return " ".join(filter(None, [cited.instrument, cited.article, cited.para]))


def _footnotes(footnotes: Iterable[Footnote]) -> str:
    return "\n".join(f"{footnote.mark}. {footnote.text}" for footnote in footnotes)


def _head_changes(
    old: QuestionnaireDefinition | None, new: QuestionnaireDefinition
) -> Iterable[tuple[str, Sequence[FieldChange]]]:
    if changes := _changes(_head_fields(old), _head_fields(new)):
        yield _("The questionnaire"), changes
    yield from _rows(_parts(old), _parts(new), _part_fields)
    yield from _rows(_sections(old), _sections(new), section_fields)


def _rows(old: Mapping[Any, Any], new: Mapping[Any, Any], fields: Callable[[Any], dict[str, str]]) -> Iterable[Any]:
    """Rows that came, went, changed, or stand in another place."""
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, row in new.items():
        changes = _changes(fields(old[key]) if key in old else {}, fields(row))
        if key in moved:
            changes.append(FieldChange(_("Place"), word_differences("", _("moved"))))
        if changes:
            yield _named(row), changes
    for key, row in old.items():
        if key not in new:
            yield _named(row), [FieldChange(_("Removed"), word_differences(_named(row), ""))]


def _named(row: PartDefinition | SectionDefinition) -> str:
    return row.title if isinstance(row, PartDefinition) else row.heading


def _head_fields(definition: QuestionnaireDefinition | None) -> dict[str, str]:
    if definition is None:
        return {}
    guidance = "\n\n".join(definition.guidance)
    return {_("Title"): definition.title, _("Source"): definition.source, _("Guidance"): guidance}


def _parts(definition: QuestionnaireDefinition | None) -> dict[str, PartDefinition]:
    return {part.instrument: part for part in definition.parts} if definition else {}


def _sections(definition: QuestionnaireDefinition | None) -> dict[tuple[str, str], SectionDefinition]:
    parts = definition.parts if definition else ()
    return {(part.instrument, section.slug): section for part in parts for section in part.sections}


def _part_fields(part: PartDefinition) -> dict[str, str]:
    guidance = "\n\n".join(part.guidance)
    return {_("Title"): part.title, _("Title of the cluster"): part.cluster_title, _("Guidance"): guidance}


def section_fields(section: SectionDefinition) -> dict[str, str]:
    """The head of a section in words, by the names of its fields."""
    return {
        _("Heading"): section.heading,
        _("Heading above"): section.parent_heading or "",
        _("Articles"): ", ".join(section.articles),
        _("Asked of"): section.applicability or "",
        _("Guidance"): "\n\n".join(section.guidance),
        _("Footnotes"): _footnotes(section.footnotes),
    }


def _translated(
    old: QuestionnaireDefinition | None, new: QuestionnaireDefinition
) -> Mapping[str, Sequence[TranslationChange]]:
    before: Mapping[str, Mapping[str, str]] = old.translations if old else {}
    texts = dict.fromkeys(texts_of(new))
    found = {}
    for code in sorted({*new.translations, *before}):
        known, said = before.get(code, {}), new.translations.get(code, {})
        changes = [
            TranslationChange(text, word_differences(known.get(text, ""), said.get(text, "")))
            for text in texts
            if known.get(text, "") != said.get(text, "")
        ]
        if changes:
            found[code] = changes
    return found
