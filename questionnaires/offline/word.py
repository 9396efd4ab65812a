"""Answers as a Word file: a small table a question, its code in the first line, lines and boxes in content controls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from core.documents.reading import read_table
from core.documents.word import WordFile
from core.documents.word_forms import FormRow, add_form, read_back, ticked
from core.documents.word_reading import WordCell
from core.language.i18n import language
from core.language.known_names import in_every_language
from questionnaires.bringing import BAR, CITATION, GivenRow, heads_others
from questionnaires.definitions import Item, PlacedSection, condition_words, full_number, instrument_names, own_number
from questionnaires.offline.selectors import OfflinePart, words_for_reader
from questionnaires.responses import AnswerSnapshot

LABELS: Mapping[str, str | Promise] = {
    "answer": gettext_lazy("Answer"),
    "text": gettext_lazy("Text of the answer"),
    "law": gettext_lazy("Law"),
    "provision": gettext_lazy("Provision"),
    "link": gettext_lazy("Link"),
    "base": pgettext_lazy("of an answer", "Version"),
}
_MOST_ROWS = 15_000  # ten for each question of the longest questionnaire


@dataclass(frozen=True, slots=True)
class AnswersHeading:
    """What stands above the questions: whose answers these are, and how the file is filled in."""

    title: str
    lines: Sequence[str]


def answers_as_word(part: OfflinePart, heading: AnswersHeading) -> bytes:
    return _AnswersFile(part).written(heading)


class _AnswersFile:
    def __init__(self, part: OfflinePart) -> None:
        self.part = part
        self.index = part.asked.index
        self.words = words_for_reader(part)
        self.official = self.index.definition.language
        self.word = WordFile(get_language() or "en")

    def written(self, heading: AnswersHeading) -> bytes:
        word = self.word
        word.describe(title=heading.title, author="", subject="", keywords="")
        word.paragraph("Title", heading.title)
        for line in heading.lines:
            word.paragraph("Normal", line)
        names = instrument_names(part.instrument for part in self.index.definition.parts)
        instrument = ""
        for place in self.part.asked.places:
            if place.part.instrument != instrument:
                instrument = place.part.instrument
                word.paragraph("Heading 1", names[instrument])
            self._section(place)
        return word.as_bytes()

    def _section(self, place: PlacedSection) -> None:
        self._official("Heading 2", place.section.heading)
        for item in place.section.items:
            if heads_others(item):
                self._official("Heading 3", f"{own_number(item)} {self._said(item.text)}", item.text)
            else:
                add_form(self.word, list(self._rows(item)))

    def _official(self, style: str, words: str, text: str = "") -> None:
        code = self._language(text or words)
        is_rtl = language(code).direction == "rtl"
        self.word.text(self.word.paragraph(style, is_rtl=is_rtl), self._said(words), is_rtl=is_rtl, language=code)

    def _said(self, text: str) -> str:
        return self.words.get(text, text)

    def _language(self, text: str) -> str:
        """Of what is said of it."""
        return self.word.language if text in self.words else self.official

    def _rows(self, item: Item) -> Iterator[FormRow]:
        answer = self.part.answer(item.code)
        asked = f"{own_number(item)} {self._said(item.text)}"
        yield FormRow(item.code, asked, language=self._language(item.text), is_head=True)
        if item.condition:
            words = condition_words(item.condition, lambda code: full_number(self.index.items[code]))
            yield FormRow(str(_CONDITION), _("Asked if %(words)s.") % {"words": words})
        if item.options:
            boxes = [(self._said(option), option in answer.choices) for option in item.options]
            own = self._language(item.options[0])
            yield FormRow(self._label("answer"), boxes=boxes, language=own)
        yield FormRow(self._label("text"), text=answer.text)
        for number, citation in enumerate([*answer.citations, {}], start=1):
            if not citation and answer.citations:
                continue  # there is a place for one where there is none yet
            for key in CITATION:
                yield FormRow(self._label(key), citation.get(key, ""), tag=f"{item.code}:{key}-{number}")
        yield FormRow(self._label("base"), str(answer.revision or ""))

    def _label(self, key: str) -> str:
        return str(LABELS[key])


_CONDITION = pgettext_lazy("of a question", "Asked")


def rows_of_answers(name: str, content: bytes) -> tuple[list[GivenRow], dict[str, WordCell]]:
    """The rows of a file, and by code the text as Word has it. Raises ServiceError for the file as a whole.

    A row whose first cell is no label begins a question; its cell is the code, right or wrong.
    """
    known = in_every_language({**LABELS, "": _CONDITION})
    rows: list[GivenRow] = []
    texts: dict[str, WordCell] = {}
    first = 0  # place of the row with which the question begins
    for line, (label, *given) in read_table(name, content, most_rows=_MOST_ROWS):
        words, cell = " ".join(label.words.split()), given[-1] if given else WordCell()
        key = known.get(words.casefold())
        if key is None:
            first = len(rows)
            rows.append(GivenRow(line, {"code": words}, {"code": label.problem} if label.problem else {}))
        elif key and rows:
            place = first if key == "base" else -1
            rows[place] = _with(rows[place], key, cell)
            code = rows[place].cells["code"]
            if key == "text":
                texts[code] = cell
            elif key == "link":  # another one of the same question may follow
                rows.append(GivenRow(line + 1, {"code": code}))
    return [row for row in rows if len(row.cells) > 1 or row.problems], texts


def _with(row: GivenRow, key: str, cell: WordCell) -> GivenRow:
    words = cell.text if key == "text" else cell.words
    if key == "answer":
        chosen = ticked(cell.words)
        words = BAR.join(cell.words.split("\n") if chosen is None else chosen)
    problems = {**row.problems, key: cell.problem} if cell.problem and cell.words else row.problems
    return replace(row, cells={**row.cells, key: words}, problems=problems)


def untouched_restored(
    rows: Sequence[GivenRow], texts: Mapping[str, WordCell], was: Mapping[str, AnswerSnapshot]
) -> list[GivenRow]:
    """The rows, with the very text of the portal where Word shows it as it came out.

    Word keeps a text in ways of its own (a quotation, a table); one that nobody has touched is none that was written.
    """
    sent_out = read_back(answer.text for answer in was.values())

    def restored(row: GivenRow) -> GivenRow:
        answer = was.get(row.cells["code"])
        if answer is None or not answer.text or "text" not in row.cells:
            return row
        if not _same(sent_out[answer.text], texts[row.cells["code"]]):
            return row
        problems = {key: words for key, words in row.problems.items() if key != "text"}
        return replace(row, cells={**row.cells, "text": answer.text}, problems=problems)

    return [restored(row) for row in rows]


def _same(ours: WordCell, theirs: WordCell) -> bool:
    """By what is read; where it cannot be read as text, by its words."""
    if ours.problem or theirs.problem:
        return ours.words.split() == theirs.words.split()
    return ours.text == theirs.text
