"""Which questions of a mechanism's questionnaires may take the same answer: ``question_links.csv``, out of their words.

``python -m tools.questionnaires.links [SLUG]`` writes the file. Three ways to find a block, each said in its rows:

- ``text``: the official texts are the same once names of instruments, numbers of clusters, marks and capitals are gone.
  The text of a follow-up ("Please explain.") says nothing alone: it counts with those of the questions above it.
- ``heading``: the first question under a heading that several parts have and that is about no article.
- ``article``: both cite the same paragraph of an article, in another part or cluster. An article that is cited as a
  whole is none: it bears on too much.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from questionnaires.definitions.conditions import parent_code
from questionnaires.definitions.definition import Item, QuestionnaireDefinition
from questionnaires.files.content import load_definitions

MECHANISMS = Path(__file__).resolve().parents[2] / "fixtures" / "mechanisms"
FILE = "question_links.csv"
COLUMNS = ("block", "code", "method", "evidence", "evidence_note")
_LONGEST_BLOCK = 50
_STATED, _INFERRED = "S", "I"


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item with where it stands."""

    cluster: str
    instrument: str
    heading: str
    has_articles: bool
    item: Item

    @property
    def part(self) -> tuple[str, str]:
        return self.cluster, self.instrument


@dataclass(frozen=True, slots=True)
class LinkedBlock:
    """Questions that belong together; ``note``: why."""

    name: str
    method: str
    evidence: str
    note: str
    codes: tuple[str, ...]


def blocks_of(definitions: Iterable[QuestionnaireDefinition], instruments: Iterable[str]) -> list[LinkedBlock]:
    """All blocks, in the order of the print. ``instruments``: their names in the language of the questionnaires."""
    items = list(_placed(definitions))
    found = [*_by_text(items, list(instruments)), *_by_heading(items), *_by_article(items)]
    named: dict[str, int] = {}
    blocks = []
    for block in found:
        named[block.name] = named.get(block.name, 0) + 1
        name = block.name if named[block.name] == 1 else f"{block.name}-{named[block.name]}"
        blocks.append(LinkedBlock(name, block.method, block.evidence, block.note, block.codes))
    return blocks


def _placed(definitions: Iterable[QuestionnaireDefinition]) -> Iterator[PlacedItem]:
    for definition in definitions:
        for part in definition.parts:
            for section in part.sections:
                for item in section.items:
                    yield PlacedItem(definition.cluster, part.instrument, section.heading, bool(section.articles), item)


def normalized(text: str, instruments: Iterable[str]) -> str:
    """A text without what differs from part to part alone."""
    words = re.sub(r"[^a-z0-9 ]+", " ", text.lower().replace("’", " ").replace("'", " "))
    words = re.sub(r"\s+", " ", words).strip()
    names = sorted({normal for name in instruments if (normal := name.lower())}, key=len, reverse=True)
    for name in (*names, "convention", "protocol"):
        words = re.sub(rf"\b(?:the )?{re.escape(name)}\b", "the instrument", words)
    return re.sub(r"\bcluster [ivx]+\b", "the cluster", words)


def _by_text(items: list[PlacedItem], instruments: list[str]) -> Iterator[LinkedBlock]:
    texts = {each.item.code: normalized(each.item.text, instruments) for each in items}
    asked_alone = {texts[each.item.code] for each in items if each.item.is_question}
    keys: dict[str, tuple[str, ...]] = {}
    groups: dict[tuple[str, ...], list[PlacedItem]] = {}
    for each in items:
        code, text = each.item.code, texts[each.item.code]
        keys[code] = (text,) if text in asked_alone else (*keys.get(parent_code(code), ()), text)
        groups.setdefault(keys[code], []).append(each)
    for key, group in groups.items():
        answered = [each for each in group if each.item.kind != "group"]
        if len({each.part for each in answered}) > 1:
            note = f"Same words: “{_short(answered[0].item.text)}”"
            yield LinkedBlock(_slug(key[-1]), "text", _STATED, note, tuple(each.item.code for each in answered))


def _by_heading(items: list[PlacedItem]) -> Iterator[LinkedBlock]:
    first: dict[str, dict[tuple[str, str], PlacedItem]] = {}
    for each in items:
        if not each.has_articles and each.item.is_question and each.item.kind != "group":
            first.setdefault(each.heading, {}).setdefault(each.part, each)
    for heading, parts in first.items():
        if len(parts) > 1:
            note = f"The first question under “{heading}” of each part"
            codes = tuple(each.item.code for each in parts.values())
            yield LinkedBlock(_slug(f"heading {heading}"), "heading", _INFERRED, note, codes)


def _by_article(items: list[PlacedItem]) -> Iterator[LinkedBlock]:
    citing: dict[tuple[str, str, str], list[PlacedItem]] = {}
    for each in items:
        for cited in each.item.articles:
            if cited.para and each.item.kind != "group":
                citing.setdefault((cited.instrument, cited.article, cited.para), []).append(each)
    for (instrument, article, para), group in citing.items():
        if len({each.part for each in group}) > 1:
            note = f"Both cite {instrument}, article {article}, paragraph {para}"
            name = _slug(f"article {instrument} {article} {para}")
            yield LinkedBlock(name, "article", _INFERRED, note, tuple(each.item.code for each in group))


def _slug(words: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return slug if len(slug) <= _LONGEST_BLOCK else slug[:_LONGEST_BLOCK].rpartition("-")[0]


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rpartition(' ')[0]} …"


def links_file(folder: Path) -> str:
    """The content of the file for the questionnaires of a mechanism's folder, by block and code."""
    rules = json.loads((folder / "mechanism.json").read_text("utf-8"))
    names = [row["short_name"]["en"] for row in rules["instruments"]]
    blocks = blocks_of(load_definitions(folder), names)
    rows = [(each.name, code, each.method, each.evidence, each.note) for each in blocks for code in each.codes]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows))
    return text.getvalue()


def main(arguments: list[str]) -> int:
    folder = MECHANISMS / (arguments[0] if arguments else "untoc")
    (folder / FILE).write_text(links_file(folder), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
