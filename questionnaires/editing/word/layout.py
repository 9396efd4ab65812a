"""How a document of a questionnaire is laid out: what its writer puts there, and its reader looks for; pure.

Each table has a column of codes, one of settings and one or two of languages. A row is the head of the questionnaire
(its code is the cluster: "I"), of a part ("I.main"), of a section ("I.main/article-5"), a paragraph of guidance of
one of these, or an item ("I.main.3.a"). A setting is a line: its name, a colon and its value. A cell of a language
holds the text, then options by their names ("o1 Yes", "o2* Other" where words are asked for) and footnotes by their
marks ("[1] As amended"). All of that is typed text, which every program for such documents keeps.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.language.text import one_line
from core.language.unseen import without_unseen
from questionnaires.definitions import Item, PartDefinition, SectionDefinition

COLUMNS: Mapping[str, str | Promise] = {"code": gettext_lazy("Code"), "settings": gettext_lazy("Settings")}
# What a row is, where its code does not say it.
ROWS: Mapping[str, str | Promise] = {
    "questionnaire": gettext_lazy("Questionnaire"),
    "part": gettext_lazy("Part"),
    "section": gettext_lazy("Section"),
    "cluster_title": gettext_lazy("Title of the cluster"),
    "parent_heading": gettext_lazy("Heading above"),
    "guidance": gettext_lazy("Guidance"),
}
SETTINGS: Mapping[str, str | Promise] = {
    "mechanism": gettext_lazy("Mechanism"),
    "slug": gettext_lazy("Short name"),
    "language": gettext_lazy("Language of the official text"),
    "source": gettext_lazy("Source"),
    "stand": gettext_lazy("Made from"),
    "articles": gettext_lazy("Articles"),
    "applicability": gettext_lazy("Asked of"),
    "kind": gettext_lazy("Kind"),
    "voluntary": gettext_lazy("Voluntary"),
    "self_assessed": gettext_lazy("Only if it applies"),
    "citation": pgettext_lazy("an article cited by an item", "Reference"),
    "condition": gettext_lazy("Asked if"),
    "words": gettext_lazy("In words"),
    "deviation": gettext_lazy("Difference from the print"),
}
ANSWERS: Mapping[str, str | Promise] = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
NOTES: Mapping[str, str | Promise] = {
    "rows": gettext_lazy(
        "A row holds one item: its code, its settings, and its words in the columns of languages. A code never "
        "changes; a new item is a new row with a code of its own, and its kind: yes_no, yes_part_no, single, multiple, "
        "text or group."
    ),
    "options": gettext_lazy(
        "Options begin with the names by which conditions know them: o1, o2, and so on. A new option gets a name that "
        "is free; a star behind the name (o3*) asks for words. Footnotes begin with their mark: [1]."
    ),
    "conditions": gettext_lazy(
        "“Asked if” is the exact form of a condition, by codes of items and names of options. What stands below it in "
        "words follows from it, and is not read."
    ),
    "outside": gettext_lazy(
        "Accept or reject all changes that are tracked before the document is brought in. Comments may stay; they are "
        "not carried over. What stands outside of the tables is not read."
    ),
}
_OPTION = re.compile(r"[oO](\d{1,3})(\*?)(?:\s+(.*))?", re.DOTALL)
_FOOTNOTE = re.compile(r"\[([^\[\]]{1,20})\](?:\s*(.*))?", re.DOTALL)


def normal(text: str) -> str:
    """What a text reads as: two that differ in spaces or in signs that nobody sees are the same."""
    return one_line(without_unseen(text))


def code_of_part(cluster: str, part: PartDefinition) -> str:
    return f"{cluster}.{part.instrument}"


def code_of_section(cluster: str, part: PartDefinition, section: SectionDefinition) -> str:
    return f"{cluster}.{part.instrument}/{section.slug}"


def names_of_options(item: Item) -> dict[str, str]:
    """Options by their names, in their order."""
    return {f"o{number}": option for number, option in enumerate(item.options, start=1)}


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell of a language says. ``starred``: names of the options that ask for words."""

    text: str
    options: Mapping[str, str]
    starred: frozenset[str]
    footnotes: Mapping[str, str]


class LineError(ValueError):
    """A line of a cell that is neither a text nor an option or a footnote, or that comes twice; it is the message."""


def words_of_cell(lines: Sequence[str], marks: Sequence[str], standing: str) -> CellWords:
    """Raises LineError. ``marks``: of the footnotes that stand; ``standing``: the text that stands, which may begin
    as a footnote does.
    """
    text: list[str] = []
    options: dict[str, str] = {}
    footnotes: dict[str, str] = {}
    starred: set[str] = set()
    for place, line in enumerate(lines):
        option, footnote = _OPTION.fullmatch(line), _FOOTNOTE.fullmatch(line)
        if footnote and not place and (footnote[1] not in marks or normal(line) == normal(standing)):
            footnote = None
        found = f"o{int(option[1])}" if option else footnote[1] if footnote else ""
        if found in options or found in footnotes:
            raise LineError(line)
        if option:
            options[found] = option[3] or ""
            starred |= {found} if option[2] else set()
        elif footnote:
            footnotes[found] = footnote[2] or ""
        elif options or footnotes:
            raise LineError(line)
        else:
            text.append(line)
    return CellWords(one_line(" ".join(text)), options, frozenset(starred), footnotes)


def words_in_every_language(words: Mapping[str, str | Promise], languages: Sequence[str]) -> set[str]:
    """How words may stand in a document, whoever has made it."""
    found = set()
    for code in languages:
        with translation.override(code):
            found |= {normal(str(each)) for each in words.values()}
    return found
