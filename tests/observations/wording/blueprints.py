"""The blueprint's fixed words from the reference files, and facts of an invented review to fill them with."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import Document, DocumentFacts, Heading, SupplementSource

MECHANISM = Path(__file__).resolve().parents[3] / "fixtures" / "mechanisms" / "untoc"
# Languages of the files, and the codes that Django knows them by.
LANGUAGES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-hans"}

FACTS = DocumentFacts(
    mechanism="untoc",
    review="1-XVE",
    instrument="tip",
    language="en",
    state="Veskaria",
    reviewing_states=("Lestovia", "Aldermark"),
    instrument_name=(
        "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, "
        "supplementing the United Nations Convention against Transnational Organized Crime"
    ),
    instrument_short_name="Trafficking in Persons Protocol",
    articles=(3, 5),
    cluster=1,
    phase=1,
    years=(2021, 2023),
    act="ratification",
    date="14 June 2004",
    experts=(("Mira Danel", "Veskaria"), ("Tomas Reuel", "Lestovia"), ("Ana Holt", "Aldermark")),
    means=("virtual_network", "conference_call", "videoconference"),
    sources=(
        SupplementSource("Annual report on trafficking in persons", "pp. 12–19", "https://example.org/report"),
        SupplementSource("Penal Code of Veskaria"),
    ),
)


@cache
def reference(name: str) -> Any:
    return json.loads((MECHANISM / name).read_text(encoding="utf-8"))


def fixed_texts(kind: TextKind, language: str = "en") -> dict[str, str]:
    rows = reference("blueprints.json")[kind]
    return {key: row["text"][language] for key, row in rows.items()}


def headings(language: str = "en") -> list[Heading]:
    return [
        Heading(ObservationKind(row["kind"]), row["letter"], row["text"][language], row["name"][language])
        for row in reference("mechanism.json")["observation_headings"]
    ]


def instruments(language: str) -> list[tuple[str, str]]:
    """Full and short names of the four instruments."""
    rows = reference("mechanism.json")["instruments"]
    return [(row["name"][language], row["short_name"][language]) for row in rows]


def lines(document: Document) -> list[str]:
    """A document as a reader sees it: title, note, and each block with its number."""
    return [document.title, document.note, *(_line(block) for block in document.blocks)]


def _line(block: Any) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * block.level} {block.text}"
        case "paragraph":
            return f"{block.number}. {block.text}"
        case "item":
            return f"- {block.text} {block.link}".rstrip()
        case _:
            return str(block.text)
