"""The words of a Word file as Markdown: headings, paragraphs, lists, bold, italics, links and plain tables.

Whatever else changes what is read (footnotes, pictures, changes that nobody has accepted, …) is named by its paragraph,
and never left out in silence. What only changes the looks is left: fonts, colours, heads and feet of pages.
"""

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import docx
from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from core.documents.blocks import WrittenBlock, joined, typed_first, typed_within
from core.documents.word_counting import Counting, Label
from core.documents.word_notes import known_notes, without_notes
from core.documents.word_pieces import Paragraph, WordPiece, as_item, written
from core.documents.word_refusals import no_joined_cells, no_link, no_such_rows, why_not
from core.language.markdown import to_text

_HEADING = re.compile(r"(?:heading|title) ?(\d?)", re.IGNORECASE)
_BOLD = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")
_BULLET = re.compile(r"^(?:[•●▪■◦‣⁃]\s+|[o§·–—Øü][ ]*\t\s*)")
_SCHEMES = {"http", "https", "mailto"}
_OFF = {"0", "false", "off", "none"}
_WITHIN = {qn(f"w:{name}") for name in ("smartTag", "sdt", "sdtContent", "fldSimple", "bdo", "dir", "customXml")}
CHANGES = {qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")}
_SILENT = {
    qn(f"w:{name}")
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak", "softHyphen", "instrText", "ptab", "smartTagPr", "customXmlPr", "sectPr",
    )
}  # fmt: skip
JOINED = ("w:gridSpan", "w:vMerge")
LEFT_OUT = ("w:gridBefore", "w:gridAfter")  # of cells at the ends of a row
_BETWEEN_WORDS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}


def blocks_of_word(content: bytes, notes: Collection[str] = ()) -> list[WrittenBlock]:
    """Raises whatever the library does for a file that it cannot read; the caller has checked the container.

    ``notes``: the words of footnotes that are known and need not be carried over.
    """
    return list(WordReader(docx.Document(io.BytesIO(content)), notes).blocks())


@dataclass(frozen=True, slots=True)
class WordCell:
    """``words`` as they stand, a line a paragraph; ``text`` the same as Markdown; ``problem``: why it is not that."""

    words: str = ""
    text: str = ""
    problem: str = ""


def rows_of_word(content: bytes) -> list[tuple[WordCell, ...]]:
    """The rows of all tables of a file, one after the other. Raises as ``blocks_of_word``."""
    return list(WordReader(docx.Document(io.BytesIO(content))).rows())


class WordReader:
    def __init__(self, file: Any, notes: Collection[str] = ()) -> None:
        self.file = file
        self.relations = file.part.rels
        numbering = [each for each in self.relations.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING]
        counted = numbering[0].target_part.element if numbering else None
        self.counting = Counting(counted, file.styles.element)
        self.styles = self.counting.styles
        self.known_notes = known_notes(self.relations, notes)
        self.line = 0
        self.indents: list[int] = []  # of the open lists, outermost first
        self.fields: list[bool] = []  # of the open fields, whether their result has begun

    def blocks(self) -> Iterator[WrittenBlock]:
        for element in self.blocks_in(self.file.element.body):
            block = self._table(element) if element.tag == qn("w:tbl") else self._paragraph(element)
            if block is not None:
                yield block if block.style else replace(block, style=self._style(element))

    def rows(self) -> Iterator[tuple[WordCell, ...]]:
        """A row that has other cells than the first one with words is not read by columns: each cell says so."""
        head = 0
        for table in found_in(self.file.element.body, "w:tbl"):
            changes = any(each.tag in CHANGES for each in (*table.iter(), *table.iterancestors()))
            for row in found_in(table, "w:tr"):
                problem = why_not(qn("w:ins")) if changes else no_joined_cells() if has_within(row, *JOINED) else ""
                cells = tuple(self._cell_of_row(cell, problem) for cell in found_in(row, "w:tc"))
                if not head and any(cell.words for cell in cells):
                    head = len(cells)
                if len(cells) != head or has_within(row, *LEFT_OUT):
                    missing = (WordCell(),) * (head - len(cells))
                    cells = tuple(replace(each, problem=each.problem or no_such_rows()) for each in (*cells, *missing))
                yield cells

    def _cell_of_row(self, cell: Any, problem: str) -> WordCell:
        """A cell that may hold several paragraphs and lists."""
        blocks, words = [], []
        self.indents = []
        for element in self.blocks_in(cell):
            if element.tag == qn("w:tbl"):
                problem = problem or _("A table within a cell cannot be carried over. Write it as paragraphs.")
                words.append(" ".join("".join(element.itertext()).split()))
                continue
            label, read = self.counting.label(element), self.read(element)
            if not read.words and not read.problem:
                self.indents = []
                continue
            block = self._said(*as_item(read, label, self._style(element)))
            problem = problem or block.problem
            blocks.append(block)
            words.append(read.words)
        return WordCell("\n".join(words), joined(blocks), problem)

    def blocks_in(self, parent: Any) -> Iterator[Any]:
        return found_in(parent, "w:p", "w:tbl")

    def _paragraph(self, element: Any) -> WrittenBlock | None:
        label, read = self.counting.label(element), self.read(element)
        if not read.words and not read.problem:
            self.indents = []
            return None
        self.line += 1
        if level := self._level(element):
            self.indents = []
            words = " ".join(read.words.split())
            return WrittenBlock(self.line, level, words, problem=read.problem, style=self._style(element))
        style = self._style(element)
        return replace(self._said(*as_item(read, label, style)), style=style)

    def _style(self, element: Any) -> str:
        """The name of the style of a paragraph, or of the first one in a table."""
        style = next(element.iter(qn("w:pStyle")), None)
        named = self.styles.get(_value(style))
        return "" if named is None else _value(named.find(qn("w:name")))

    def _said(self, read: Paragraph, label: Label | None) -> WrittenBlock:
        """A paragraph of text, with what Word counts before it."""
        text, problem = written(read.pieces), read.problem
        plain = _BULLET.sub("", read.words)
        if label is not None and not label.is_known:
            problem = problem or _("The number before this paragraph cannot be carried over. Type it as words.")
        is_item = label is not None and (label.is_bullet or label.is_plain)
        before = _before_words(label.printed) if label is not None else ""
        if is_item and label is not None:
            mark = "- " if label.is_bullet else before
            goes_on = bool(self.indents)
            indent = " " * sum(self.indents[: label.depth])
            text = f"{indent}{mark}{text}".replace("\n", f"\n{indent}{' ' * len(mark)}")
            self.indents = [*self.indents[: label.depth], len(mark)]
        else:
            text, goes_on, self.indents = f"{typed_first(typed_within(before))}{text}", False, []
        shown = to_text(text)
        if not problem and not any(_same(shown, each) for each in (plain, before + plain, before + read.words)):
            problem = _("This cannot be carried over as it stands. Take bold, italics and links out of it.")
        return WrittenBlock(self.line, 0, text, goes_on, problem)

    def _level(self, element: Any) -> int:
        """That of a heading; 0 for text."""
        properties = element.find(qn("w:pPr"))
        if properties is None:
            return 0
        key, seen = _value(properties.find(qn("w:pStyle"))), set[str]()
        outline = properties.find(qn("w:outlineLvl"))
        while outline is None and key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            if found := _HEADING.fullmatch(_value(style.find(qn("w:name")))):
                return int(found[1] or 1)
            outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            key = _value(style.find(qn("w:basedOn")))
        level = _value(outline)
        return int(level) + 1 if level.isascii() and level.isdigit() and int(level) < 9 else 0

    # --- Within a paragraph

    def read(self, element: Any) -> Paragraph:
        found = Paragraph()
        for child in element:
            self._take(child, found, "")
        if not all(self.fields):  # what follows would be taken for what the field asks for
            self.fields.clear()
            found.problem = found.problem or _(
                "A field of Word begins here and gives nothing. Write its words plainly."
            )
        return found

    def _take(self, element: Any, found: Paragraph, link: str) -> None:
        tag = element.tag
        if tag == qn("w:r"):
            self._run(element, found, link)
        elif tag == qn("w:hyperlink"):
            address = self._address(element)
            if address is None:
                found.problem = found.problem or no_link()
            for child in element:
                self._take(child, found, address or "")
        elif tag in _WITHIN:
            if has_within(element, "w:showingPlcHdr"):
                return  # what a program asks for where nothing was given
            for child in element:
                self._take(child, found, link)
        elif tag not in _SILENT and isinstance(tag, str):
            found.problem = found.problem or why_not(tag)

    def _run(self, element: Any, found: Paragraph, link: str) -> None:
        children = without_notes(element, self.known_notes)
        marks = self._marks(element, children, found, link)
        for child in children:
            tag = child.tag
            if tag == qn("w:t"):
                words = child.text or ""
            elif tag == qn("w:br"):
                words = "" if _attribute(child, "type") in {"page", "column"} else "\n"
            elif tag == qn("w:fldChar"):
                self._field(_attribute(child, "fldCharType"))
                continue
            elif tag in _BETWEEN_WORDS:
                words = _BETWEEN_WORDS[tag]
            else:
                if tag == qn("w:instrText") and "HYPERLINK" in (child.text or ""):
                    found.problem = found.problem or no_link()
                elif tag not in _SILENT and isinstance(tag, str):
                    found.problem = found.problem or why_not(tag)
                continue
            if all(self.fields):
                found.pieces.append(replace(marks, words=words, link=link))

    def _field(self, kind: str) -> None:
        """Of a field only the result is read, not what it asks for."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _marks(self, element: Any, children: list[Any], found: Paragraph, link: str) -> WordPiece:
        own = element.find(qn("w:rPr"))
        if own is None or not any(map(_says, children)):
            return WordPiece("")
        sources = [own]
        style = self.styles.get(_value(own.find(qn("w:rStyle"))))
        if style is not None and style.find(qn("w:rPr")) is not None:
            sources.append(style.find(qn("w:rPr")))

        def has(*names: str) -> bool:
            given = [each.find(qn(f"w:{name}")) for each in sources for name in names]
            first = next((each for each in given if each is not None), None)
            return first is not None and (_attribute(first, "val") or "1") not in _OFF

        if has("vanish"):
            found.problem = found.problem or _("Hidden text cannot be carried over. Show it, or take it out.")
        elif has("strike") or has("dstrike"):
            found.problem = found.problem or _("Words that are struck out cannot be carried over. Take them out.")
        elif has("vertAlign") and _value(own.find(qn("w:vertAlign"))) != "baseline":
            found.problem = found.problem or _("Raised or lowered signs cannot be carried over. Write them plainly.")
        return WordPiece("", has("b", "bCs"), has("i", "iCs") or (has("u") and not link))

    def _address(self, element: Any) -> str | None:
        """Where a link leads; empty for one to a place in the file, None for one that cannot be carried over."""
        key = element.get(qn("r:id"))
        if key is None:
            return ""
        address = str(self.relations[key].target_ref) if key in self.relations else ""
        try:
            is_fine = urlsplit(address).scheme in _SCHEMES
        except ValueError:
            is_fine = False
        return address if is_fine and not re.search(r"[\s<>\\]", address) else None

    # --- Tables

    def _table(self, element: Any) -> WrittenBlock | None:
        self.line += 1
        self.indents = []
        problem, rows = "", []
        for row in element.iter(qn("w:tr")):
            cells = []
            for cell in row.iter(qn("w:tc")):
                words, wrong = self._cell(cell)
                problem = problem or wrong
                cells.append(words)
            rows.append(cells)
        tags = {each.tag for each in element.iter()}
        if tags & CHANGES:
            problem = problem or why_not(qn("w:ins"))
        elif tags & {qn(name) for name in JOINED}:
            problem = problem or no_joined_cells()
        elif (
            len({len(cells) for cells in rows}) > 1
            or tags & {qn(name) for name in LEFT_OUT}
            or any(each is not element for each in element.iter(element.tag))
        ):
            problem = problem or no_such_rows()
        if not any(any(cells) for cells in rows):
            return WrittenBlock(self.line, 0, "", problem=problem) if problem else None
        rows[0] = _not_bold(rows[0])
        lines = [f"| {' | '.join(cells)} |" for cells in rows]
        return WrittenBlock(
            self.line, 0, "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]]), problem=problem
        )

    def _cell(self, cell: Any) -> tuple[str, str]:
        read = [(self.read(each), self.counting.label(each)) for each in cell.iter(qn("w:p"))]
        problem = next((each.problem for each, _label in read if each.problem), "")
        said = [(each, label) for each, label in read if each.words]
        if len(said) > 1 or any("\n" in each.words or label is not None for each, label in said):
            problem = problem or _("A cell with several lines cannot be carried over. Make them one, or several rows.")
        return written([piece for each, _label in said for piece in each.pieces]).replace("|", "\\|"), problem


def _not_bold(head: list[str]) -> list[str]:
    """The cells of a head that is bold as a whole, as every head is shown."""
    bold = [_BOLD.fullmatch(cell) for cell in head]
    if all(found or not cell for found, cell in zip(bold, head, strict=True)):
        return [found[1] if found else "" for found in bold]
    return head


def found_in(parent: Any, *names: str) -> Iterator[Any]:
    """The elements of these names in a parent, also those that a content control or a tracked change wraps."""
    tags = {qn(name) for name in names}
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag in _WITHIN or element.tag in CHANGES:
            yield from found_in(element, *names)


def has_within(element: Any, *names: str) -> bool:
    return next(element.iter(*(qn(name) for name in names)), None) is not None


def _before_words(printed: str) -> str:
    """A number with the blank behind it, which that of Chinese ("1、") does not have."""
    return printed if not printed or printed.endswith("、") else f"{printed} "


def _same(shown: str, words: str) -> bool:
    return "".join(shown.split()) == "".join(words.split())


def _says(element: Any) -> bool:
    return element.tag == qn("w:t") and bool((element.text or "").strip())


def _value(element: Any | None) -> str:
    return "" if element is None else _attribute(element, "val")


def _attribute(element: Any, name: str) -> str:
    return element.get(qn(f"w:{name}")) or ""
