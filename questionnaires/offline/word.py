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
from questionnaires.bringing import CITATION, GivenRow, based_on, heads_others
from questionnaires.definitions import Item, PlacedSection, instrument_names
from questionnaires.offline.selectors import OfflinePart, words_for_reader
from questionnaires.progress import AnswerSnapshot
from questionnaires.wording import condition_words, full_number, own_number

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
        self.words = words_for_reader(part.asked)
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
        yield FormRow(self._label("base"), based_on(answer.revision, self.part.asked.mark))

    def _label(self, key: str) -> str:
        return str(LABELS[key])


_ASKED, _CONDITION = "asked", pgettext_lazy("of a question", "Asked")


@dataclass(slots=True)
class WordRow:
    """A row of a file, and its text as Word has it, where it has one."""

    row: GivenRow
    text: WordCell | None = None

    def take(self, key: str, label: WordCell, cell: WordCell) -> None:
        words, problem = cell.text if key == "text" else cell.words, cell.problem
        if key == "text":
            self.text = cell
        elif key == "answer" and (chosen := ticked(cell.words)) is not None:
            words = "\n".join(chosen.ticked)
            problem = problem or (
                _("Tick the boxes. Other words belong into the text of the answer.") if chosen.beside else ""
            )
        problems = dict(self.row.problems)
        if problem and (cell.words or not label.problem):  # of an empty cell, what is wrong with it alone
            problems[key] = problem
        self.row = replace(self.row, cells={**self.row.cells, key: words}, problems=problems)


def rows_of_answers(name: str, content: bytes) -> list[WordRow]:
    """The rows of a file. Raises ServiceError for the file as a whole.

    A row whose first cell is no label begins a question; its cell is the code, right, wrong or missing.
    """
    known = in_every_language({**LABELS, _ASKED: _CONDITION})
    rows: list[WordRow] = []
    first = 0  # place of the row with which the question begins
    for line, (label, *given) in read_table(name, content, most_rows=_MOST_ROWS):
        words, cell = " ".join(label.words.split()), given[-1] if given else WordCell()
        key = known.get(words.casefold()) if words else None
        if key is None:
            first = len(rows)
            problems = {"code": label.problem} if label.problem else {}
            rows.append(WordRow(GivenRow(line, {"code": words}, problems)))
        elif rows and key != _ASKED:
            rows[first if key == "base" else -1].take(key, label, cell)
            if key == "link":  # another one of the same question may follow
                rows.append(WordRow(GivenRow(line + 1, {"code": rows[first].row.cells["code"]})))
    return [each for each in rows if len(each.row.cells) > 1 or each.row.problems]


def untouched_restored(rows: Sequence[WordRow], *known: Mapping[str, AnswerSnapshot]) -> list[GivenRow]:
    """The rows, with the very text of the portal where Word shows it as it came out, or as it is now (``known``).

    Word keeps a text in ways of its own (a quotation, a table); one that nobody has touched is none that was written.
    """
    codes = {read.row.cells["code"] for read in rows if read.text is not None and read.text.words}
    texts = {code: [some[code].text for some in known if code in some] for code in codes}
    sent_out = read_back(text for some in texts.values() for text in some)

    def restored(read: WordRow) -> GivenRow:
        row, shown = read.row, read.text
        candidates = filter(None, texts.get(row.cells["code"], ())) if shown is not None else ()
        text = next((each for each in candidates if shown is not None and _same(sent_out[each], shown)), None)
        if text is None:
            return row
        problems = {key: words for key, words in row.problems.items() if key != "text"}
        return replace(row, cells={**row.cells, "text": text}, problems=problems)

    return [restored(read) for read in rows]


def _same(ours: WordCell, theirs: WordCell) -> bool:
    """By what is read; where it cannot be read as text, by its words."""
    if ours.problem or theirs.problem:
        return ours.words.split() == theirs.words.split()
    return ours.text == theirs.text
