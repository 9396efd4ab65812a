"""The questionnaires as a JSON list, one object an item: a stable format that other institutions read.

A change of keys or meanings is a new ``format_version`` of the fixtures.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from questionnaires.definitions import Footnote, Item, QuestionnaireDefinition, SectionDefinition
from questionnaires.files import DefinitionError, load_definitions


def export_items(folder: Path, cluster: str | None = None) -> list[dict[str, Any]]:
    """All items of a mechanism's folder in printed order, of one cluster (such as "II") or of all.

    Raises ``DefinitionError`` for an unknown cluster.
    """
    definitions = load_definitions(folder)
    if cluster is not None and cluster not in (known := [definition.cluster for definition in definitions]):
        raise DefinitionError(f"unknown cluster {cluster!r}; choose from {', '.join(known)}")
    chosen = [definition for definition in definitions if cluster in (None, definition.cluster)]
    return [record for definition in chosen for record in records_of(definition)]


def export_json(folder: Path, cluster: str | None = None) -> str:
    """``export_items`` as JSON text, indented, with all characters as they are."""
    return json.dumps(export_items(folder, cluster), ensure_ascii=False, indent=2)


def records_of(definition: QuestionnaireDefinition) -> Iterator[dict[str, Any]]:
    """The items of one questionnaire in printed order."""
    for part in definition.parts:
        for section in part.sections:
            for item in section.items:
                yield _record(definition.cluster, part.instrument, section, item)


def _record(cluster: str, instrument: str, section: SectionDefinition, item: Item) -> dict[str, Any]:
    return {
        "cluster": cluster,
        "instrument": instrument,
        "number": list(item.number),
        "code": item.code,
        "heading": section.heading,
        "articles": [asdict(citation) for citation in item.articles],
        "text": item.text,
        "kind": item.kind,
        "options": list(item.options),
        "free_text_options": list(item.free_text_options),
        "footnotes": [asdict(footnote) for footnote in _footnotes(section, item)],
        "voluntary": item.voluntary,
        "condition": item.condition,
        "self_assessed": item.self_assessed,
        "deviation": item.deviation,
    }


def _footnotes(section: SectionDefinition, item: Item) -> tuple[Footnote, ...]:
    """The item's footnotes. Headings have no object here, so theirs come with the first item under them."""
    is_first = item is section.items[0]
    return section.footnotes + item.footnotes if is_first else item.footnotes
