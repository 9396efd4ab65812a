"""Puts the parsed print and the settled cases together into the fixture of one questionnaire."""

import re
from collections.abc import Sequence
from typing import Any

from tools.questionnaires import overrides
from tools.questionnaires.citations import find_citations, heading_articles
from tools.questionnaires.condition_parser import ConditionParser, ItemOptions
from tools.questionnaires.lexer import DASH
from tools.questionnaires.parser import RawAnnex, RawItem, RawPart, RawSection

FORMAT_VERSION = 1
CLUSTER_OF_ANNEX = {"III": "I", "IV": "II", "V": "III", "VI": "IV"}
CLUSTERS = tuple(CLUSTER_OF_ANNEX.values())

_VOLUNTARY = re.compile(r"\b(?:(?:are|is) invited|are encouraged|may also wish|voluntary basis)\b")
_ASKS_FOR_WORDS = re.compile(r"please (?:specify|be specific)", re.IGNORECASE)

Json = dict[str, Any]


def item_code(cluster: str, instrument: str, number: Sequence[str]) -> str:
    """The stable code of an item: I.untoc.3.a.i; a dash is d1, d2 …"""
    return ".".join([cluster, instrument, *(token.replace(DASH, "d") for token in number)])


def assemble(annex: RawAnnex) -> Json:
    """The whole fixture of the questionnaire in an annex."""
    cluster = CLUSTER_OF_ANNEX[annex.annex]
    index = CLUSTERS.index(cluster) + 1
    return {
        "format_version": FORMAT_VERSION,
        "mechanism": "untoc",
        "cluster": cluster,
        "slug": f"untoc-cluster-{index}",
        "language": "en",
        "title": annex.title,
        "source": f"Conference of the Parties resolution 10/1, annex {annex.annex}",
        "guidance": annex.guidance,
        "parts": [_PartAssembler(cluster, part, annex.footnotes).assemble() for part in annex.parts],
    }


class _PartAssembler:
    """Makes the fixture of one part; knows the options as they are after the settled cases."""

    def __init__(self, cluster: str, part: RawPart, footnotes: dict[str, str]) -> None:
        self._cluster = cluster
        self._part = part
        self._footnotes = footnotes
        self._items = [item for section in part.sections for item in section.items]
        self._codes = {item.number: self._code(item) for item in self._items}
        self._options = {self._code(item): list(item.options) for item in self._items}
        self._move_options()
        self._parents = {item.number[:-1] for item in self._items}
        places = [ItemOptions(item.number, tuple(self._options[self._code(item)])) for item in self._items]
        self._conditions = ConditionParser(places, self._codes)
        self._voluntary: dict[tuple[str, ...], bool] = {}

    def assemble(self) -> Json:
        return {
            "instrument": self._part.instrument,
            "title": self._part.title,
            "cluster_title": self._part.cluster_title,
            "guidance": [],
            "sections": [self._section(section) for section in self._part.sections],
        }

    def _code(self, item: RawItem) -> str:
        return item_code(self._cluster, self._part.instrument, item.number)

    def _move_options(self) -> None:
        """Add the boxes that the print forgot and join the check-lists that it cuts in two."""
        for code in self._options:
            if code in overrides.FORGOTTEN_BOXES:
                self._options[code].extend(overrides.FORGOTTEN_BOXES[code])
            if head := overrides.SPLIT_CHECK_LISTS.get(code):
                self._options[head].extend(self._options[code])
                self._options[code] = []

    def _section(self, section: RawSection) -> Json:
        slug = section_slug(section.heading)
        only_outside_uncac = (self._cluster, self._part.instrument, slug) in overrides.NOT_PARTY_TO_UNCAC
        return {
            "slug": slug,
            "heading": section.heading,
            "parent_heading": None,
            "articles": heading_articles(section.heading),
            "guidance": section.guidance,
            "footnotes": self._notes(section.marks),
            "applicability": "not_party_to_uncac" if only_outside_uncac else None,
            "items": [self._item(item) for item in section.items],
        }

    def _notes(self, marks: Sequence[str]) -> list[Json]:
        return [{"mark": mark, "text": self._footnotes[mark]} for mark in marks]

    def _item(self, item: RawItem) -> Json:
        code = self._code(item)
        options = self._options[code]
        return {
            "number": list(item.number),
            "code": code,
            "articles": find_citations(item.text, self._part.instrument),
            "text": item.text,
            "kind": self._kind(item),
            "options": options,
            "free_text_options": [option for option in options if _ASKS_FOR_WORDS.search(option)],
            "footnotes": self._notes(item.marks),
            "voluntary": self._is_voluntary(item),
            "condition": self._condition(item),
            "self_assessed": code in overrides.SELF_ASSESSED,
            "deviation": _deviation(code, item),
        }

    def _kind(self, item: RawItem) -> str:
        code = self._code(item)
        options = self._options[code]
        if code in overrides.SINGLE_CHOICE:
            return "single"
        if {overrides.YES, overrides.NO} <= set(options):
            return "yes_part_no" if overrides.PART in options else "yes_no"
        if options:
            return "multiple"
        heads_sub_items = item.number in self._parents and code not in overrides.TEXT_WITH_SUB_ITEMS
        return "group" if heads_sub_items else "text"

    def _is_voluntary(self, item: RawItem) -> bool:
        """Parents are printed before their sub-items, so theirs is known already."""
        inherited = self._voluntary.get(item.number[:-1], False)
        self._voluntary[item.number] = inherited or bool(_VOLUNTARY.search(item.text))
        return self._voluntary[item.number]

    def _condition(self, item: RawItem) -> Json | None:
        code = self._code(item)
        if code in overrides.SELF_ASSESSED:
            return None
        return overrides.CONDITIONS.get(code) or self._conditions.parse(item.number, item.text)


def section_slug(heading: str) -> str:
    """The heading's address in its part: "article-5", "articles-3-5", "difficulties-encountered"."""
    articles = heading_articles(heading)
    if articles:
        return "-".join(["article" if len(articles) == 1 else "articles", *articles])
    return overrides.SHORT_SLUGS.get(heading) or "-".join(re.findall(r"[a-z]+", heading.lower()))


def _deviation(code: str, item: RawItem) -> str | None:
    notes = []
    if code in overrides.FORGOTTEN_BOXES:
        notes.append(overrides.FORGOTTEN_BOXES_NOTE)
    if code in overrides.SINGLE_CHOICE:
        notes.append(overrides.SINGLE_CHOICE_NOTE)
    if code in overrides.SPLIT_CHECK_LISTS.values():
        notes.append(overrides.SPLIT_HEAD_NOTE)
    if code in overrides.SPLIT_CHECK_LISTS:
        notes.append(overrides.SPLIT_TAIL_NOTE)
    if item.after_boxes:
        notes.append(overrides.LINE_BELOW_NOTE)
    if item.hyphen:
        notes.append(overrides.HYPHEN_NOTE)
    return " ".join(notes) or None
