"""The questionnaires of a mechanism read from the folder of its files, and written as such.

Pure: no Django and no database. ``docs/questionnaires.md`` describes the files.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from questionnaires.definitions import (
    Citation,
    ConditionTree,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
)
from questionnaires.files.rules import flaws_of
from questionnaires.files.shape import misfits

FORMAT_VERSION = 1


class DefinitionError(ValueError):
    """A questionnaire file cannot be used; the message says why."""


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


def parse_definition(data: Any) -> QuestionnaireDefinition:
    """Build and check a questionnaire from the content of a file. Raises ``DefinitionError``."""
    version = data.get("format_version") if isinstance(data, Mapping) else None
    if version != FORMAT_VERSION:
        raise DefinitionError(f"format version {version!r} is not {FORMAT_VERSION}")
    for misfit in misfits(data):
        raise DefinitionError(str(misfit))
    definition = built(data)
    for flaw in flaws_of(definition):
        raise DefinitionError(str(flaw))
    return definition


def built(data: Mapping[str, Any]) -> QuestionnaireDefinition:
    """The questionnaire of a file that has the right shape (``shape.misfits``); its rules are not looked at."""
    return QuestionnaireDefinition(
        mechanism=data["mechanism"],
        cluster=data["cluster"],
        slug=data["slug"],
        language=data["language"],
        title=data["title"],
        source=data["source"],
        guidance=tuple(data["guidance"]),
        parts=tuple(_part(part) for part in data["parts"]),
        translations={code: dict(texts) for code, texts in data.get("translations", {}).items()},
    )


def as_data(definition: QuestionnaireDefinition) -> dict[str, Any]:
    """What a file holds of a questionnaire, with its keys in the order of the official files.

    ``parse_definition`` reads it back. Translations stand in the order of the texts, and only those of its texts.
    """
    rows = json.loads(json.dumps(asdict(definition)))  # lists in the place of tuples, as a file has them
    data: dict[str, Any] = {"format_version": FORMAT_VERSION, **rows}
    for part in data["parts"]:
        for section in part["sections"]:
            for item in section["items"]:
                item["condition"] = item["condition"] and _in_order(item["condition"])
    texts = dict.fromkeys(texts_of(definition))
    kept = {
        code: {text: of[text] for text in texts if of.get(text)} for code, of in sorted(definition.translations.items())
    }
    data["translations"] = {code: of for code, of in kept.items() if of}
    if not data["translations"]:
        del data["translations"]
    return data


def as_json(definition: QuestionnaireDefinition) -> str:
    """The content of a file; for an official questionnaire the bytes of its file in ``fixtures/mechanisms``."""
    return json.dumps(as_data(definition), ensure_ascii=False, indent=1) + "\n"


_KEYS_OF_TREE = ("op", "code", "values", "min", "of", "source")


def _in_order(tree: ConditionTree) -> dict[str, Any]:
    of = tree.get("of")
    below: Any = _in_order(of) if isinstance(of, Mapping) else [_in_order(branch) for branch in of or ()]
    return {key: below if key == "of" else tree[key] for key in _KEYS_OF_TREE if key in tree}


def texts_of(definition: QuestionnaireDefinition) -> Iterator[str]:
    """Every text that a reader sees, in printed order; the same text may come several times."""
    yield definition.title
    yield from definition.guidance
    for part in definition.parts:
        yield from (part.title, part.cluster_title, *part.guidance)
        for section in part.sections:
            yield from texts_of_section(section)


def texts_of_section(section: SectionDefinition) -> Iterator[str]:
    """The texts of one section: of its head, then of its items."""
    yield section.heading
    if section.parent_heading:
        yield section.parent_heading
    yield from section.guidance
    yield from (footnote.text for footnote in section.footnotes)
    for item in section.items:
        yield from (item.text, *item.options, *(footnote.text for footnote in item.footnotes))


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
        parent_heading=data["parent_heading"] or None,
        articles=tuple(data["articles"]),
        guidance=tuple(data["guidance"]),
        footnotes=_footnotes(data["footnotes"]),
        applicability=data["applicability"] or None,
        items=tuple(_item(item) for item in data["items"]),
    )


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        number=tuple(data["number"]),
        code=data["code"],
        articles=tuple(
            Citation(each["instrument"], each["article"], each["para"] or None) for each in data["articles"]
        ),
        text=data["text"],
        kind=data["kind"],
        options=tuple(data["options"]),
        free_text_options=tuple(data["free_text_options"]),
        footnotes=_footnotes(data["footnotes"]),
        voluntary=data["voluntary"],
        condition=data["condition"],
        self_assessed=data["self_assessed"],
        deviation=data["deviation"] or None,
    )


def _footnotes(data: list[Mapping[str, str]]) -> tuple[Footnote, ...]:
    return tuple(Footnote(mark=footnote["mark"], text=footnote["text"]) for footnote in data)
