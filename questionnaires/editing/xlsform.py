"""An XLSForm read as a questionnaire, beside the one that stands: what the format cannot say is taken from there.

Items are known by their names, which are their codes; a part is a group of the name of its instrument, a section one
in it. What the file says and a questionnaire cannot is named by its row, and so is what a new item still lacks.
"""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.spreadsheet_reading import Line, read_sheets
from core.files.spreadsheets import own_text
from core.language.i18n import UN_LANGUAGES, code_out_of_files
from core.language.text import one_line
from questionnaires.definitions import (
    DASH,
    ConditionTree,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
)
from questionnaires.editing.changes.conditions import with_words
from questionnaires.editing.exports import XlsformRows
from questionnaires.editing.relevance import RelevanceError, tree_of
from questionnaires.wording import own_number

MOST_ROWS = 5_000
_READ = frozenset({"type", "name", "label", "hint", "relevant"})
_SHEETS = ("survey", "choices", "settings")
_HEADING = re.compile(r"(label|hint)\s*::?(.*)")
_CODE_SIGNS = f"{string.ascii_letters}-"
_KINDS = {"text": "text", "note": "group", "select_multiple": "multiple"}
_ONE_OF_SEVERAL = frozenset({"yes_no", "yes_part_no", "single"})


@dataclass
class XlsformReading:
    """``definition`` is None where there are ``problems``; ``unsaid``: what was not taken, and what is lacking."""

    definition: QuestionnaireDefinition | None = None
    problems: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


_Sheet = tuple[list[str], list[_Row]]  # the names of the columns, and the rows


def read_xlsform(name: str, content: bytes, base: QuestionnaireDefinition) -> XlsformReading:
    """Raises ServiceError (field ``file``) where it is no such workbook."""
    return _XlsformReader(name, content, base).read()


def _sheets(name: str, content: bytes) -> dict[str, _Sheet]:
    """Those of a form; one without settings is a form too."""
    there = read_sheets(name, content, sheets=_SHEETS, headers=1, most_rows=MOST_ROWS, keeps_lines=True)
    for title in ("survey", "choices"):
        if title not in there:
            raise ServiceError(_("This workbook has no sheet “%(name)s”.") % {"name": title}, field="file")
        if not there[title]:
            raise ServiceError(_("The sheet “%(name)s” is empty.") % {"name": title}, field="file")
    return {title: _with_columns(lines) for title, lines in there.items() if lines}


def _with_columns(lines: list[Line]) -> _Sheet:
    (_line, head), *rest = lines
    keys = [_key(cell) for cell in head]
    lacking = [""] * len(keys)  # a row ends with its last cell that holds anything
    return keys, [_Row(line, dict(zip(keys, [*map(own_text, cells), *lacking], strict=False))) for line, cells in rest]


def _key(cell: str) -> str:
    """The name of a column; that of a language by its code, which may stand behind its name: "label::fr"."""
    text = cell.strip()
    match = _HEADING.match(text)
    if match:
        words = match[2].removesuffix(")")
        code = words[len(words.rstrip(_CODE_SIGNS)) :].lower()
        if code:
            return f"{match[1]}::{code_out_of_files(code)}"
    return text.lower()


class _XlsformReader:
    def __init__(self, name: str, content: bytes, base: QuestionnaireDefinition) -> None:
        self.base, self.found = base, XlsformReading()
        sheets = _sheets(name, content)
        self.columns, self.rows = sheets["survey"]
        if not {"label", f"label::{base.language}"} & set(self.columns):
            words = _("The sheet “survey” has no column with labels in the official language of the questionnaire.")
            raise ServiceError(words, field="file")
        _columns, choices = sheets["choices"]
        _columns, settings = sheets.get("settings", ([], []))
        self.title = (one_line(settings[0]["form_title"]) if settings else "") or base.title
        self.known = {item.code: item for item in base.items()}
        self.before = XlsformRows(base, [base.language, *(code for code in base.translations if code != base.language)])
        label = f"label::{self.before.languages[base.language]}"
        rows = (each for each in (*self.before.survey(), *self.before.choices()) if label in each)
        self.standing = {(each.get("list_name", ""), each["name"]): one_line(each[label]) for each in rows}
        self.translations = {code: dict(texts) for code, texts in base.translations.items()}
        self.changed: dict[str, dict[str, str]] = {}
        self.lists: dict[str, dict[str, str]] = {}
        for row in choices:
            option = self.said(row)
            if row["list_name"] and row["name"]:
                self.lists.setdefault(row["list_name"], {})[row["name"]] = option
        self.parts: list[PartDefinition] = []
        self.guidance: list[str] = []
        self.groups: list[str] = []
        self.options: dict[str, dict[str, str]] = {}
        self.relevant: list[tuple[_Row, Item]] = []

    def read(self) -> XlsformReading:
        self._look_at_columns()
        for row in self.rows:
            self._row(row)
        if self.groups:
            self.problem(self.rows[-1], _("A group is not closed."))
        parts = tuple(
            replace(part, sections=tuple(self._with_conditions(section) for section in part.sections))
            for part in self.parts
        )
        if not self.found.problems:
            self.found.definition = replace(
                self.base,
                title=self.title,
                guidance=tuple(self.guidance),
                parts=parts,
                translations=self.translations,
            )
        return self.found

    def problem(self, row: _Row, words: str) -> None:
        self.found.problems.append(_("Row %(row)s: %(words)s") % {"row": row.line, "words": words})

    def unsaid(self, row: _Row, words: str) -> None:
        self.found.unsaid.append(_("Row %(row)s: %(words)s") % {"row": row.line, "words": words})

    def _look_at_columns(self) -> None:
        languages = {code for code, _name in UN_LANGUAGES}
        for column in filter(None, self.columns):
            name, _colons, code = column.partition("::")
            if name not in _READ or (code and code not in languages):
                words = _("The column “%(name)s” says nothing that a questionnaire can hold: it is not read.")
                self.found.unsaid.append(words % {"name": column})

    def said(self, row: _Row, number: str = "") -> str:
        """The official words of a row; what stands there in other languages is noted as their translation."""
        official = one_line(row[f"label::{self.base.language}"] or row["label"]).removeprefix(number)
        standing = self.standing.get((row["list_name"], row["name"]), "").removeprefix(number)
        for code, _name in UN_LANGUAGES:
            if code != self.base.language and f"label::{code}" in row.cells:
                other = one_line(row[f"label::{code}"]).removeprefix(number)
                self._translated(row, code, official, other, standing)
        return official

    def _translated(self, row: _Row, code: str, official: str, other: str, standing: str) -> None:
        """The same words in several rows are one text: a row that says what stands leaves what another has changed.
        ``standing``: the official words before, of which a translation that stayed would be one."""
        texts = self.base.translations.get(code, {})
        known, old = texts.get(official, ""), texts.get(standing, "") if standing != official else ""
        changed = self.changed.setdefault(code, {})
        words = ""
        if other and other == old != known:
            words = _("The official words changed and the translation beside them did not: it is not taken.")
        elif other in {"", official, standing}:
            if known not in {"", official}:
                words = _("“%(text)s” has no translation here: that which stands stays.")
        elif other != known:
            if changed.setdefault(official, other) == other:
                self.translations.setdefault(code, {})[official] = other
            else:
                words = _("“%(text)s” is translated in another way above: that stays.")
        if words:
            self.unsaid(row, words % {"text": official[:60]})

    def _row(self, row: _Row) -> None:
        kind, _space, name = row["type"].partition(" ")
        if row["type"].replace(" ", "_") == "begin_group":
            self._begin(row)
        elif row["type"].replace(" ", "_") == "end_group":
            if not self.groups:
                self.problem(row, _("No group is open that could be closed."))
            else:
                self.groups.pop()
        elif kind == "note" and not row["name"].startswith(f"{self.base.cluster}."):
            self._note(row)
        elif kind in {"text", "note", "select_one", "select_multiple"}:
            self._item(row, kind, name.strip())
        else:
            self.problem(row, _("“%(type)s” is no kind of item of a questionnaire.") % {"type": row["type"][:60]})

    def _begin(self, row: _Row) -> None:
        name = row["name"]
        self.groups.append(name)
        if len(self.groups) == 1:
            known = next((part for part in self.base.parts if part.instrument == name), None)
            title = self.said(row)
            self._look_at_hint(row)
            if known is None:
                self.unsaid(row, _("A new part: give the title of its cluster on its page."))
                known = PartDefinition(name, title, title, (), ())
            self.parts.append(replace(known, title=title, guidance=(), sections=()))
        elif len(self.groups) == 2:
            self._section(row, name.removeprefix(f"{self.groups[0]}_").replace("_", "-").lower())
        elif row["relevant"] != self._relevant_of(name.removesuffix(".below")):
            self.unsaid(row, _("When this group is asked is not taken: a condition belongs to an item."))

    def _section(self, row: _Row, slug: str) -> None:
        part = self.parts[-1]
        there = [each for each in self.base.parts if each.instrument == part.instrument]
        known = next((section for each in there for section in each.sections if section.slug == slug), None)
        if known is None:
            self.unsaid(row, _("A new section: give its articles on its page, and of whom it is asked."))
            known = SectionDefinition(slug, "", None, (), (), (), None, ())
        self._look_at_hint(row, known.footnotes)
        section = replace(known, heading=self.said(row), guidance=(), items=())
        self.parts[-1] = replace(part, sections=(*part.sections, section))

    def _look_at_hint(self, row: _Row, footnotes: Sequence[Footnote] = ()) -> None:
        """Footnotes are changed where they stand: a hint that says something else than the export is named."""
        stands = {_key(name): one_line(words) for name, words in self.before.hint(footnotes).items()}
        official = stands[f"hint::{self.base.language}"]
        for column in self.columns:
            if column.partition("::")[0] != "hint":
                continue
            words = one_line(row[column])
            known = {stands[column]} if column in stands else {official, "" if "::" in column else official}
            if words not in known:
                self.unsaid(
                    row, _("The hint is not taken: footnotes are changed on the page of their item or section.")
                )
                return

    def _note(self, row: _Row) -> None:
        text = self.said(row)
        self._look_at_hint(row)
        if not self.groups:
            self.guidance.append(text)
        elif len(self.groups) == 1:
            self.parts[-1] = replace(self.parts[-1], guidance=(*self.parts[-1].guidance, text))
        else:
            section = self.parts[-1].sections[-1]
            self._put(replace(section, guidance=(*section.guidance, text)))

    def _put(self, section: SectionDefinition) -> None:
        part = self.parts[-1]
        self.parts[-1] = replace(part, sections=(*part.sections[:-1], section))

    def _item(self, row: _Row, kind: str, choices: str) -> None:
        if len(self.groups) < 2:
            self.problem(row, _("An item stands in a section, which is a group in a group."))
            return
        code = row["name"]
        prefix = f"{self.base.cluster}.{self.groups[0]}."
        if not code.startswith(prefix):
            self.problem(row, _("The name of an item here begins with “%(prefix)s”.") % {"prefix": prefix})
            return
        tokens = [re.sub(r"^d(?=\d)", DASH, token) for token in code.removeprefix(prefix).split(".")]
        item = self._known(row, code, tuple(tokens), kind)
        listed = self.lists.get(choices, {}) if choices else {}
        if choices and not listed:
            self.problem(row, _("There is no list of choices “%(name)s”.") % {"name": choices})
        options = tuple(listed.values())
        keeps_kind = item.kind in _ONE_OF_SEVERAL and item.options == options
        own_kind = _KINDS.get(kind) or (item.kind if keeps_kind else "single")
        starred = tuple(option for option in options if option in item.free_text_options)
        item = replace(
            item,
            text=self.said(row, f"{own_number(item)} "),
            kind=own_kind,
            options=options,
            free_text_options=starred,
        )
        self.options[code] = listed
        self.relevant.append((row, item))
        section = self.parts[-1].sections[-1]
        self._put(replace(section, items=(*section.items, item)))

    def _known(self, row: _Row, code: str, number: tuple[str, ...], kind: str) -> Item:
        if code in self.known:
            self._look_at_hint(row, self.known[code].footnotes)
            return self.known[code]
        words = _("A new item: whether it is voluntary, its articles and footnotes are given on its page.")
        self.unsaid(row, words)
        return Item(number, code, (), "", kind, (), (), (), False, None, False, None)

    def _relevant_of(self, code: str) -> str:
        known = self.known.get(code)
        standing = self.before.relevant(known.condition) if known and known.condition else ""
        return next((row["relevant"] for row, item in self.relevant if item.code == code), standing)

    def _with_conditions(self, section: SectionDefinition) -> SectionDefinition:
        rows = {item.code: row for row, item in self.relevant}
        multiple = [item.code for item in section.items if item.kind == "multiple"]
        items = []
        for item in section.items:
            items.append(replace(item, condition=self._condition(rows[item.code], item, section, multiple)))
        return replace(section, items=tuple(items))

    def _condition(
        self, row: _Row, item: Item, section: SectionDefinition, multiple: Sequence[str]
    ) -> ConditionTree | None:
        expression = row["relevant"].strip()
        if not expression:
            return None
        try:
            tree: Any = tree_of(expression, self.options, multiple)
        except (RelevanceError, ValueError):
            self.problem(row, _("“%(condition)s” is no condition of a questionnaire.") % {"condition": expression[:80]})
            return None
        known = self.known.get(item.code)
        if known and known.condition and {k: v for k, v in known.condition.items() if k != "source"} == tree:
            return known.condition
        return with_words(tree, section, self.base.language)
