"""A questionnaire as an XLSForm (xlsform.org): survey, choices and settings, in all its languages; pure.

The same items, options and conditions, for programs that ask questions from such a file. An item keeps its code as its
name. What is asked only where the item above it is asked stands in a group with the condition of that item.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from core.files.spreadsheets import safe_cell
from core.language.i18n import UN_LANGUAGES, code_in_files
from questionnaires.definitions import (
    ConditionTree,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
    parent_code,
)
from questionnaires.wording import own_number

_Row = dict[str, str]
_TYPES = {"text": "text", "group": "note", "multiple": "select_multiple"}


def xlsform_of(definition: QuestionnaireDefinition, version: str) -> bytes:
    """The workbook. ``version``: a number, or a word for a draft."""
    languages = [definition.language, *(code for code in definition.translations if code != definition.language)]
    forms = XlsformRows(definition, languages)
    book = Workbook()
    survey: Any = book.active
    survey.title = "survey"
    columns = ["type", "name", *forms.columns("label"), *forms.columns("hint"), "relevant"]
    _fill(survey, columns, forms.survey())
    _fill(book.create_sheet("choices"), ["list_name", "name", *forms.columns("label")], forms.choices())
    settings = {
        "form_title": definition.title,
        "form_id": definition.slug,
        "version": version,
        "default_language": forms.languages[definition.language],
    }
    _fill(book.create_sheet("settings"), list(settings), [settings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, columns: Sequence[str], rows: Any) -> None:
    sheet.append(list(columns))
    for row in rows:
        sheet.append([safe_cell(row.get(column, "")) for column in columns])
    sheet.freeze_panes = "A2"


class XlsformRows:
    """The rows of one questionnaire, by the names of their columns."""

    def __init__(self, definition: QuestionnaireDefinition, languages: Sequence[str]) -> None:
        self.definition = definition
        names = {code: str(name) for code, name in UN_LANGUAGES}
        self.languages = {code: f"{names[code]} ({code_in_files(code)})" for code in languages}
        self.items = {item.code: item for item in definition.items()}
        self.lists: dict[tuple[str, ...], str] = {}
        for item in self.items.values():
            if item.options:
                self.lists.setdefault(item.options, f"list_{len(self.lists) + 1}")

    def columns(self, name: str) -> list[str]:
        return [f"{name}::{language}" for language in self.languages.values()]

    def said(self, name: str, texts: Sequence[str], before: str = "") -> _Row:
        """Texts in each language; official words stand where one is not translated."""
        row = {}
        for code, language in self.languages.items():
            known: Mapping[str, str] = self.definition.translations.get(code, {})
            row[f"{name}::{language}"] = before + "\n".join(known.get(text) or text for text in texts)
        return row

    def hint(self, footnotes: Sequence[Footnote]) -> _Row:
        return self.said("hint", [f"{each.mark}. {each.text}" for each in footnotes])

    def survey(self) -> Iterator[_Row]:
        yield from self._notes("guidance", self.definition.guidance)
        for part in self.definition.parts:
            yield {"type": "begin_group", "name": part.instrument, **self.said("label", [part.title])}
            yield from self._notes(f"{part.instrument}_guidance", part.guidance)
            for section in part.sections:
                yield from self._section(part, section)
            yield {"type": "end_group"}

    def _section(self, part: PartDefinition, section: SectionDefinition) -> Iterator[_Row]:
        name = f"{part.instrument}_{section.slug}"
        hint = self.hint(section.footnotes)
        yield {"type": "begin_group", "name": name, **self.said("label", [section.heading]), **hint}
        yield from self._notes(f"{name}_guidance", section.guidance)
        heads = {parent_code(item.code) for item in section.items}
        open_groups: list[str] = []
        for item in section.items:
            while open_groups and not item.code.startswith(f"{open_groups[-1]}."):
                open_groups.pop()
                yield {"type": "end_group"}
            row = self._item(item)
            yield row
            if item.code in heads and item.condition is not None:
                open_groups.append(item.code)
                group = {"type": "begin_group", "name": f"{item.code}.below", "relevant": row["relevant"]}
                yield {**group, **self.said("label", [item.text], f"{own_number(item)} ")}
        yield from ({"type": "end_group"} for _code in open_groups)
        yield {"type": "end_group"}

    def _item(self, item: Item) -> _Row:
        kind = _TYPES.get(item.kind, "select_one")
        return {
            "type": f"{kind} {self.lists[item.options]}" if item.options else kind,
            "name": item.code,
            **self.said("label", [item.text], f"{own_number(item)} "),
            **self.hint(item.footnotes),
            "relevant": self.relevant(item.condition) if item.condition else "",
        }

    def _notes(self, name: str, paragraphs: Sequence[str]) -> Iterator[_Row]:
        for number, paragraph in enumerate(paragraphs, start=1):
            yield {"type": "note", "name": f"{name}_{number}", **self.said("label", [paragraph])}

    def choices(self) -> Iterator[_Row]:
        for options, name in self.lists.items():
            for number, option in enumerate(options, start=1):
                yield {"list_name": name, "name": f"o{number}", **self.said("label", [option])}

    def relevant(self, tree: ConditionTree) -> str:
        """A condition in the words of XPath."""
        match tree["op"]:
            case "any" | "all":
                word = " or " if tree["op"] == "any" else " and "
                return word.join(f"({self.relevant(branch)})" for branch in tree["of"])
            case "not":
                return f"not({self.relevant(tree['of'])})"
            case "answered":
                return f"${{{tree['code']}}} != ''"
        if "values" not in tree:
            return f"count-selected(${{{tree['code']}}}) >= {tree['min']}"
        item = self.items[tree["code"]]
        chosen = [f"o{1 + item.options.index(value)}" for value in tree["values"]]
        if tree["op"] == "selected" and tree["min"] > 1:
            counted = " + ".join(f"if(selected(${{{item.code}}}, '{name}'), 1, 0)" for name in chosen)
            return f"({counted}) >= {tree['min']}"
        return " or ".join(f"selected(${{{item.code}}}, '{name}')" for name in chosen)
