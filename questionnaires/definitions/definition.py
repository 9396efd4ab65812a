"""The questionnaires of a mechanism as frozen data, read from the folder of its files.

Pure: no Django and no database. The export prints these objects, the import service turns them into rows, and
tests compare them with the official text. ``docs/questionnaires.md`` describes the files.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaires.definitions.conditions import ConditionError, ConditionTree, check_conditions, parent_code

FORMAT_VERSION = 1
DASH = "–"


class DefinitionError(ValueError):
    """A questionnaire file cannot be used; the message says why."""


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

    def items(self) -> Iterator[Item]:
        """All items in printed order."""
        for part in self.parts:
            yield from part.items()


def item_code(cluster: str, instrument: str, number: tuple[str, ...]) -> str:
    """The stable code of an item: "I.main.3.a.i"; a dash "–1" is "d1"."""
    return ".".join((cluster, instrument, *(token.replace(DASH, "d") for token in number)))


def load_definitions(folder: Path) -> tuple[QuestionnaireDefinition, ...]:
    """The questionnaires of a mechanism's folder, one a cluster, in the order of the names of the files.

    Raises ``DefinitionError``, which names the file.
    """
    definitions = tuple(_read(path) for path in sorted((folder / "questionnaires").glob("*.json")))
    clusters = [definition.cluster for definition in definitions]
    if twice := sorted({cluster for cluster in clusters if clusters.count(cluster) > 1}):
        raise DefinitionError(f"there are several questionnaires of cluster {', '.join(twice)}")
    return definitions


def _read(path: Path) -> QuestionnaireDefinition:
    try:
        return parse_definition(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def parse_definition(data: Mapping[str, Any]) -> QuestionnaireDefinition:
    """Build and check a questionnaire from the content of a file. Raises ``DefinitionError``."""
    version = data.get("format_version")
    if version != FORMAT_VERSION:
        raise DefinitionError(f"format version {version!r} is not {FORMAT_VERSION}")
    try:
        definition = QuestionnaireDefinition(
            mechanism=data["mechanism"],
            cluster=data["cluster"],
            slug=data["slug"],
            language=data["language"],
            title=data["title"],
            source=data["source"],
            guidance=tuple(data["guidance"]),
            parts=tuple(_part(part) for part in data["parts"]),
        )
        _check(definition)
    except KeyError as error:
        raise DefinitionError(f"the key {error} is missing") from error
    except ConditionError as error:
        raise DefinitionError(str(error)) from error
    return definition


def _part(data: Mapping[str, Any]) -> PartDefinition:
    return PartDefinition(
        instrument=data["instrument"],
        title=data["title"],
        cluster_title=data["cluster_title"],
        guidance=tuple(data["guidance"]),
        sections=tuple(_section(section) for section in data["sections"]),
    )


def _section(data: Mapping[str, Any]) -> SectionDefinition:
    return SectionDefinition(
        slug=data["slug"],
        heading=data["heading"],
        parent_heading=data["parent_heading"],
        articles=tuple(data["articles"]),
        guidance=tuple(data["guidance"]),
        footnotes=_footnotes(data["footnotes"]),
        applicability=data["applicability"],
        items=tuple(_item(item) for item in data["items"]),
    )


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        number=tuple(data["number"]),
        code=data["code"],
        articles=tuple(Citation(**citation) for citation in data["articles"]),
        text=data["text"],
        kind=data["kind"],
        options=tuple(data["options"]),
        free_text_options=tuple(data["free_text_options"]),
        footnotes=_footnotes(data["footnotes"]),
        voluntary=data["voluntary"],
        condition=data["condition"],
        self_assessed=data["self_assessed"],
        deviation=data["deviation"],
    )


def _footnotes(data: list[Mapping[str, str]]) -> tuple[Footnote, ...]:
    return tuple(Footnote(mark=footnote["mark"], text=footnote["text"]) for footnote in data)


def _check(definition: QuestionnaireDefinition) -> None:
    """Codes follow from the place, are unique and stand after their parents; conditions hold together."""
    seen: set[str] = set()
    for part in definition.parts:
        for item in part.items():
            if item.code != item_code(definition.cluster, part.instrument, item.number):
                raise DefinitionError(f"{item.code} is not the code of number {' '.join(item.number)}")
            if item.code in seen:
                raise DefinitionError(f"{item.code} occurs twice")
            if not item.is_question and parent_code(item.code) not in seen:
                raise DefinitionError(f"{item.code} stands before its parent")
            seen.add(item.code)
    check_conditions(definition.items())
