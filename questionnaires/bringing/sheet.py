"""Answers as a spreadsheet or a table of Word: one row a question, by its code, and what is wrong with its cells; pure.

Two ways lead here: answers that were sent elsewhere (this feature), and a draft that is worked on away from the portal
(``questionnaires.offline``), whose files say also on which save of each answer they rest. A further row of the same
code holds a further legal reference and nothing else. Options are given by their words, also those of a translation,
or by their number, several with a bar between them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from core.documents.reading import read_table
from core.documents.word_reading import WordCell
from core.errors import ServiceError
from core.files.spreadsheet_columns import cells_by_key, columns_of, formulas_in
from core.files.spreadsheet_reading import read_lines
from core.files.spreadsheets import own_text
from core.language.i18n import isolated, list_of
from questionnaires.answers import AnswerInput, clean
from questionnaires.definitions import AnswerValue, Item, PlacedSection, VersionIndex, asked_codes
from questionnaires.definitions.enums import QuestionKind

Columns = Mapping[str, str | Promise]
COLUMNS: Columns = {
    "code": gettext_lazy("Code"),
    "part": gettext_lazy("Part"),
    "question": gettext_lazy("Question"),
    "options": gettext_lazy("Options"),
    "answer": gettext_lazy("Answer"),
    "text": gettext_lazy("Text of the answer"),
    "law": gettext_lazy("Law"),
    "provision": gettext_lazy("Provision"),
    "link": gettext_lazy("Link"),
}
OFFLINE_COLUMNS: Columns = {**COLUMNS, "base": pgettext_lazy("of an answer", "Version")}
CITATION = ("law", "provision", "link")
BAR = "|"
MOST_ANSWERS = 3_000
_GIVEN = ("answer", "text", *CITATION)
_REQUIRED = ("code", "answer", "text")
WORD = ".docx"
_BASE = re.compile(r"([0-9]{1,9})-([0-9a-f]{6})([0-9a-f]{4})")
_LONGEST = 60  # characters of a cell that are said again


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer of the file; ``cell`` is its code as it stands there. ``problems`` by column.

    ``lines``: that of each of its citations, which may be in rows below. ``base``: the save that the file was made of,
    0 where it does not say. ``is_of_another``: it was made of another self-assessment, or of another version of this.
    """

    line: int
    cell: str
    code: str = ""
    choices: Sequence[str] = ()
    text: str = ""
    citations: Sequence[Mapping[str, str]] = ()
    lines: Sequence[int] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    base: int = 0
    is_of_another: bool = False


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row as it was read: its cells by column, and what of them could not be read as it stands."""

    line: int
    cells: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedQuestionnaire:
    """A version of a questionnaire as it is asked of one State: what applies to it, in printed order.

    ``sent``: the sections of which a ministry was sent something, with what that is; all where it is None.
    ``mark``: ten signs by which a file is known again: six of the self-assessment, and four of whose answers it holds.
    """

    index: VersionIndex
    party_to: Sequence[str]
    sent: Sequence[PlacedSection] | None = None
    mark: str = ""

    @property
    def places(self) -> Sequence[PlacedSection]:
        return self.index.applicable_sections(self.party_to) if self.sent is None else self.sent

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for place in self.places for item in place.section.items)


def read_answers(name: str, content: bytes, asked: AskedQuestionnaire) -> list[AnswerRow]:
    """The answers of a file, each with what is wrong with its cells. Raises ServiceError for the file as a whole."""
    given = (_of_word if name.lower().endswith(WORD) else of_sheet)(name, content)
    return checked(answers_from(given, asked), asked)


def answers_from(given: Iterable[GivenRow], asked: AskedQuestionnaire) -> list[AnswerRow]:
    """One for each question that the rows give an answer to. Raises ServiceError where there is none."""
    rows = [_row(each, asked) for each in given if each.problems or any(each.cells.get(key) for key in _GIVEN)]
    if not rows:
        raise ServiceError(_empty(), field="file")
    return list(_one_a_question(rows))


def of_sheet(name: str, content: bytes, columns: Columns = COLUMNS) -> list[GivenRow]:
    """The rows of a spreadsheet. Raises ServiceError for the file as a whole."""
    lines = read_lines(name, content, headers=1, shows_formulas=True, most_rows=MOST_ANSWERS, keeps_lines=True)
    places = columns_of(lines, columns, required=_REQUIRED, empty=_empty())
    rows = []
    for line, row in lines[1:]:
        cells = cells_by_key(row, places)
        wrong = formulas_in({key: cells.get(key, "") for key in _GIVEN})
        rows.append(GivenRow(line, cells | {key: own_text(cells.get(key, "")) for key in _GIVEN}, wrong))
    return rows


def _empty() -> str:
    return _("There is no answer in this file.")


def _of_word(name: str, content: bytes) -> list[GivenRow]:
    """The text of an answer with the marks that it has in Word; other cells as mere words."""
    table = read_table(name, content, most_rows=MOST_ANSWERS)
    heads = [(line, _words(cells)) for line, cells in table[:1]]
    places = columns_of(heads, COLUMNS, required=_REQUIRED, empty=_empty())
    given = []
    for line, cells in table[1:]:
        if _words(cells) == _words(table[0][1]):
            continue  # the head of a further table
        by_key = {key: cells[place] for place, key in places.items() if place < len(cells)}
        words = {key: by_key[key].words if key in by_key else "" for key in places.values()}
        if "text" in by_key:
            words["text"] = by_key["text"].text
        problems = {key: by_key[key].problem for key in ("code", *_GIVEN) if key in by_key and by_key[key].problem}
        given.append(GivenRow(line, words, problems))
    return given


def _words(cells: Sequence[WordCell]) -> tuple[str, ...]:
    return tuple(cell.words for cell in cells)


def checked(rows: Sequence[AnswerRow], asked: AskedQuestionnaire) -> list[AnswerRow]:
    """The rows with what stands against them in the questionnaire: content, lengths, and whether they are asked."""
    return _only_asked(cleaned(rows, asked), asked)


def cleaned(rows: Sequence[AnswerRow], asked: AskedQuestionnaire) -> list[AnswerRow]:
    """The rows as a save would store them, or with what is wrong with their content."""
    return [each for row in rows for each in _cleaned(row, asked)]


def _row(read: GivenRow, asked: AskedQuestionnaire) -> AnswerRow:
    line, given, problems = read.line, read.cells, dict(read.problems)
    cell = given["code"]
    code = cell.strip()
    item = asked.index.items.get(code)
    if not code:
        problems["code"] = _("Enter the code of the question.")
    elif item is None:
        message = _("“%(cell)s” is no code of this questionnaire.")
        problems["code"] = message % {"cell": isolated(cell[:_LONGEST])}
    choices: Sequence[str] = ()
    answer = given.get("answer", "")
    if item is not None and answer and "answer" not in problems:
        choices, wrong = _choices_of(answer, item, asked.index)
        problems |= {"answer": wrong} if wrong else {}
    citation = {key: given.get(key, "") for key in CITATION}
    cites = any(citation.values())
    return AnswerRow(
        line,
        cell,
        code if item else "",
        choices,
        given.get("text", ""),
        (citation,) if cites else (),
        (line,) if cites else (),
        problems,
        *_base_of(given.get("base", ""), asked.mark, problems),
    )


def based_on(number: int, mark: str) -> str:
    """On which save an answer of a file rests, and of what it is one."""
    return f"{number}-{mark}"


def base_in(cell: str, mark: str) -> int:
    """The number of a save of that; 0 where there is none, or one of something else."""
    said = _BASE.fullmatch(cell)
    return int(said[1]) if said and said[2] + said[3] == mark else 0


def _base_of(cell: str, mark: str, problems: dict[str, str]) -> tuple[int, bool]:
    """The number of a save, 0 where the file has none of these; and whether it is one of another self-assessment."""
    if not cell:
        return 0, False
    if (said := _BASE.fullmatch(cell)) is None:
        problems["base"] = _("Leave this as it came out of the portal, or leave it empty.")
        return 0, False
    return base_in(cell, mark), said[2] != mark[: len(said[2])]


def _choices_of(cell: str, item: Item, index: VersionIndex) -> tuple[list[str], str]:
    """The options that a cell names, and what is wrong with it."""
    if not item.options:
        return [], _("This question has no options. Write the answer into the column for its text.")
    by_word = {str(number): option for number, option in enumerate(item.options, start=1)}
    for words in index.definition.translations.values():
        by_word |= {_folded(words[option]): option for option in item.options if option in words}
    by_word |= {_folded(option): option for option in item.options}
    parts = [cell] if _folded(cell) in by_word else cell.split("\n" if "\n" in cell else BAR)
    given = [_folded(word) for word in parts]
    found = [by_word.get(word, "") for word in given if word]
    if all(found):
        return list(dict.fromkeys(found)), ""
    message = _("“%(cell)s” is none of the options: %(options)s.")
    options = list_of([isolated(option) for option in item.options[:12]])
    return [], message % {"cell": isolated(cell[:_LONGEST]), "options": options}


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def _one_a_question(rows: Sequence[AnswerRow]) -> Iterator[AnswerRow]:
    """Further legal references come to the row that they belong to."""
    first: dict[str, AnswerRow] = {}
    doubles: list[AnswerRow] = []
    for row in rows:
        before = first.get(row.code) if row.code else None
        if before is None:
            first[row.code or f"row {row.line}"] = row
        elif row.choices or row.text or "answer" in row.problems:
            message = _("The same question as in row %(line)d. A further row may hold a legal reference alone.")
            doubles.append(replace(row, problems={**row.problems, "code": message % {"line": before.line}}))
        elif row.problems:
            doubles.append(row)
        else:
            citations, lines = [*before.citations, *row.citations], [*before.lines, *row.lines]
            first[row.code] = replace(before, citations=citations, lines=lines)
    yield from sorted([*first.values(), *doubles], key=lambda row: row.line)


def _cleaned(row: AnswerRow, asked: AskedQuestionnaire) -> list[AnswerRow]:
    """What a save in the portal would refuse is refused here too; of a citation in a row below, by that row."""
    item = asked.index.items.get(row.code)
    if item is None or row.problems:
        return [row]
    citations = [dict(citation) for citation in row.citations]
    try:
        draft, wrong = clean(item, AnswerInput(row.code, row.choices, row.text, citations))
    except ServiceError as error:
        column = {"choices": "answer", "citations": "law"}.get(error.field or "", error.field or "")
        return [replace(row, problems={column if column in COLUMNS else "code": str(error)})]
    problems: dict[int, dict[str, str]] = {}
    for name, words in wrong.items():
        column, _dash, place = name.partition("-")
        problems.setdefault(row.lines[int(place) - 1], {})[column] = words
    own = problems.pop(row.line, {})
    below = [AnswerRow(line, row.cell, row.code, problems=each) for line, each in problems.items()]
    if below:
        return [replace(row, problems=own), *below]
    return [replace(row, choices=draft.choices, text=str(draft.text), citations=draft.citations, problems=own)]


def _only_asked(rows: Sequence[AnswerRow], asked: AskedQuestionnaire) -> list[AnswerRow]:
    """An answer to a question that is not asked is named; not where a wrong row decides whether it is."""
    items = asked.items
    applicable, wrong = {item.code for item in items}, {row.code for row in rows if row.problems}
    codes = asked_codes(items, values_of(rows))
    checked_rows = []
    for row in rows:
        problem = ""
        if row.code and row.code not in applicable:
            problem = _("This section does not apply to this State.")
        elif row.code and row.code not in codes and not asked.index.needed_for[row.code] & wrong:
            problem = _("This question is not asked, given the answers above it.")
        checked_rows.append(replace(row, problems={**row.problems, "code": problem}) if problem else row)
    return checked_rows


def values_of(rows: Sequence[AnswerRow]) -> dict[str, AnswerValue]:
    return {row.code: AnswerValue(tuple(row.choices), row.text) for row in rows if row.code and not row.problems}


def heads_others(item: Item) -> bool:
    """Whether there is nothing to answer in its row."""
    return item.kind == QuestionKind.GROUP


def packed(rows: Sequence[AnswerRow]) -> list[dict[str, Any]]:
    """Rows without fault, as a file of the portal keeps them."""
    names = ("line", "cell", "code", "choices", "text", "citations", "lines")
    return [{name: getattr(row, name) for name in names} for row in rows]


def unpacked(rows: Sequence[Mapping[str, Any]]) -> list[AnswerRow]:
    return [AnswerRow(**row) for row in rows]
