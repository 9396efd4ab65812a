"""The questionnaires of a mechanism as frozen data.

Pure: no Django and no database. The import service turns these objects into rows, the export prints them, and tests
compare them with the official text. ``questionnaires.files`` reads them from files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.definitions.conditions import ConditionTree

WITHOUT_OPTIONS = frozenset({"text", "group"})
_AFFIRMATIVE = {"yes_no": 1, "yes_part_no": 2}  # options that say yes, at the beginning
DASH = "–"


@dataclass(frozen=True, slots=True)
class Citation:
    """An article cited in an item's own words. ``para`` is as printed ("1 (a) (i)"), or None."""

    instrument: str
    article: str
    para: str | None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with its printed mark in plain digits."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question or sub-item; the keys of the fixture, in its order."""

    number: tuple[str, ...]
    code: str
    articles: tuple[Citation, ...]
    text: str
    kind: str
    options: tuple[str, ...]
    free_text_options: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    voluntary: bool
    condition: ConditionTree | None
    self_assessed: bool
    deviation: str | None

    @property
    def is_question(self) -> bool:
        """Whether this is a numbered question and not a sub-item."""
        return len(self.number) == 1

    @property
    def affirmative(self) -> tuple[str, ...]:
        """By their place among the options, which are in the words of the questionnaire: "Yes" and "Yes, in part"."""
        return self.options[: _AFFIRMATIVE.get(self.kind, 0)]


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A printed heading with its items. ``footnotes`` are those whose mark stands at the heading itself."""

    slug: str
    heading: str
    parent_heading: str | None
    articles: tuple[str, ...]
    guidance: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    applicability: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PartDefinition:
    """One instrument's share of a questionnaire."""

    instrument: str
    title: str
    cluster_title: str
    guidance: tuple[str, ...]
    sections: tuple[SectionDefinition, ...]

    def items(self) -> Iterator[Item]:
        """The items of the part in printed order."""
        for section in self.sections:
            yield from section.items


@dataclass(frozen=True, slots=True)
class QuestionnaireDefinition:
    """The whole questionnaire of one cluster."""

    mechanism: str
    cluster: str
    slug: str
    language: str
    title: str
    source: str
    guidance: tuple[str, ...]
    parts: tuple[PartDefinition, ...]
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, what a text is there; no official text is replaced by it."""

    def items(self) -> Iterator[Item]:
        """All items in printed order."""
        for part in self.parts:
            yield from part.items()
