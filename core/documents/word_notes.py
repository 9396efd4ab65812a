"""The footnotes of a Word file; pure."""

from collections.abc import Collection, Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_MARKS = "* \t\u00a0"


def known_notes(relations: Mapping[str, Any], notes: Collection[str]) -> frozenset[str]:
    """The keys of the footnotes whose words, without the mark before them, are among ``notes``."""
    known = {_joined(note) for note in notes if note}
    parts = [each for each in relations.values() if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if not known or not parts:
        return frozenset()
    footnotes = parse_xml(parts[0].target_part.blob).findall(qn("w:footnote"))
    return frozenset(
        each.get(qn("w:id")) or ""
        for each in footnotes
        if _joined("".join(words.text or "" for words in each.iter(qn("w:t")))) in known
    )


def without_notes(run: Any, known: Collection[str]) -> list[Any]:
    """What a run holds besides references to known footnotes, each with the mark of its own that follows it."""
    found, is_marked = list[Any](), False
    for child in run:
        is_mark = is_marked and child.tag == qn("w:t") and not (child.text or "").strip(_MARKS)
        is_known = child.tag == qn("w:footnoteReference") and child.get(qn("w:id")) in known
        is_marked = is_known and child.get(qn("w:customMarkFollows")) not in {None, "0", "false", "off"}
        if not (is_mark or is_known):
            found.append(child)
    return found


def _joined(words: str) -> str:
    return "".join(words.strip(_MARKS).split())
