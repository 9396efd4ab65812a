"""What experts wrote (Markdown) in a Word file: paragraphs, emphasis, links, lists, quotations and simple tables.

The same dialect as on the pages: HTML is words, links lead to the web or to an address for mail, pictures are left
out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.shared import Length
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode

from core.documents.blocks import web_or_mail
from core.documents.word import WordFile
from core.documents.word_styles import COLUMN, TEXT_WIDTH
from core.documents.word_xml import set_data_table, set_table
from core.language.i18n import direction_of, language as describe_language
from core.language.markdown import inline_tokens, tokens

_DEEPEST_LIST = 3
_MONOSPACED = "Courier New"


@dataclass(frozen=True, slots=True)
class _Marks:
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""
    font: str = ""


def write_line(word: WordFile, paragraph: Paragraph, text: str, *, language: str) -> None:
    """Add one line of official text in ``language``, with its emphasis."""
    is_rtl = describe_language(language).direction == "rtl"

    def write(node: SyntaxTreeNode, marks: _Marks) -> None:
        for part in node.children:
            bold, italic = marks.is_bold or part.type == "strong", marks.is_italic or part.type == "em"
            if part.children:
                write(part, _Marks(bold, italic))
            elif part.content:
                word.text(paragraph, part.content, is_rtl=is_rtl, language=language, bold=bold, italic=italic)

    write(SyntaxTreeNode(inline_tokens(text)), _Marks())


class PassageWriter:
    """Adds one passage; its number stands before its first paragraph, or alone before a list or a table."""

    def __init__(self, word: WordFile, text: str, number: str) -> None:
        self.word = word
        self.number = number
        self.is_rtl = direction_of(text) == "rtl"
        tree = SyntaxTreeNode(tokens(text))
        if not tree.children or tree.children[0].type != "paragraph":
            self._paragraph("Written Text").paragraph_format.keep_with_next = True
        self._blocks(tree.children, "Written Text", 0)

    def _paragraph(self, style: str, marker: str = "") -> Paragraph:
        """A paragraph with the number of the passage, a typed one of a list or none before its words."""
        if self.number:
            number, self.number = self.number, ""
            return self.word.numbered("Numbered Paragraph", number, is_rtl=self.is_rtl)
        paragraph = self.word.paragraph(style, is_rtl=self.is_rtl)
        if marker:
            if self.is_rtl and not self.word.is_rtl:
                self.word.figures(paragraph, marker, is_rtl=True)
            else:
                self.word.text(paragraph, marker, is_rtl=self.is_rtl)
            self.word.text(paragraph, "\t", is_rtl=self.is_rtl)
        return paragraph

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], style: str, depth: int) -> None:
        for node in nodes:
            match node.type:
                case "paragraph":
                    self._inline(self._paragraph(style), node, _Marks())
                case "heading":  # headings belong to the blueprint
                    self._inline(self._paragraph(style), node, _Marks(is_bold=True))
                case "bullet_list" | "ordered_list":
                    self._list(node, depth + 1)
                case "blockquote":
                    self._blocks(node.children, "Quote", depth)
                case "fence" | "code_block":
                    self._words(self._paragraph(style), node.content.rstrip("\n"), _Marks(font=_MONOSPACED))
                case "table":
                    self._table(node)

    def _list(self, node: SyntaxTreeNode, depth: int) -> None:
        suffix = f" {min(depth, _DEEPEST_LIST)}" if depth > 1 else ""
        first = int(node.attrs.get("start", 1))
        for place, item in enumerate(node.children, start=first):
            blocks = list(item.children)
            is_ordered = node.type == "ordered_list"
            style = "List Number" if is_ordered else "List Bullet"
            paragraph = self._paragraph(style + suffix, f"{place}." if is_ordered else "")
            if blocks and blocks[0].type == "paragraph":
                self._inline(paragraph, blocks.pop(0), _Marks())
            self._blocks(blocks, "List Continue" + suffix, depth)

    def _table(self, node: SyntaxTreeNode) -> None:
        rows = [row for part in node.children for row in part.children]
        columns = len(rows[0].children)
        table = self.word.docx.add_table(len(rows), columns)
        set_table(table, [Length((TEXT_WIDTH - COLUMN) // columns)] * columns, is_rtl=self.is_rtl)
        set_data_table(table, COLUMN)
        for row, cells in zip(rows, table.rows, strict=True):
            for content, cell in zip(row.children, cells.cells, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Text"
                self.word.turn(paragraph, self.is_rtl)
                self._inline(paragraph, content, _Marks(is_bold=content.type == "th"))
        self.word.paragraph("Table Text")  # without it, two tables would be one

    def _inline(self, paragraph: Paragraph, node: SyntaxTreeNode, marks: _Marks) -> None:
        for part in node.children:
            match part.type:
                case "text":
                    self._words(paragraph, part.content, marks)
                case "softbreak":
                    self._words(paragraph, " ", marks)
                case "hardbreak":
                    self._words(paragraph, "\n", marks)
                case "code_inline":
                    self._words(paragraph, part.content, replace(marks, font=_MONOSPACED))
                case "strong":
                    self._inline(paragraph, part, replace(marks, is_bold=True))
                case "em":
                    self._inline(paragraph, part, replace(marks, is_italic=True))
                case "link":
                    self._inline(paragraph, part, replace(marks, link=web_or_mail(str(part.attrs["href"]))))
                case "inline":
                    self._inline(paragraph, part, marks)

    def _words(self, paragraph: Paragraph, text: str, marks: _Marks) -> None:
        self.word.text(
            paragraph, text, is_rtl=self.is_rtl, link=marks.link, bold=marks.is_bold, italic=marks.is_italic,
            font=marks.font,
        )  # fmt: skip
