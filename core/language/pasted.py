"""Text as officials type and paste it, read as Markdown: a line is a paragraph, Word's bullets and numbers are lists.

Only the reading changes; what is stored, hashed and cleared is what was typed. Pages, PDF and Word all read through
here (``core.language.markdown``), so that a text looks the same on each. Pure, and linear in the length of the text.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

# What word processors put before a tab. The letters are dingbats pasted without their font (Symbol, Wingdings).
_BULLET = re.compile(r"[ \t\u00a0]*(?:([•●▪■◦‣⁃\uf0b7\uf0a7\uf0d8\uf0fc])[ \t\u00a0]+|([o§·–—Øü])\t\s*)(?=\S)")
_FIRST_BULLETS = "•●\uf0b7"
_NUMBER = re.compile(r"[ \t\u00a0]*(\d{1,9})([.)])[ \t\u00a0]+(?=\S)")
_LETTER = re.compile(r"[ \t\u00a0]*(\([^\W_]{1,5}\)|[^\W\d_]{1,5}\)|[^\W\d_]\.)\t\s*(?=\S)")
_OWN_BULLET = re.compile(r"[ \t]*([-*+])[ \t]+(?=\S)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_DEEPEST = 10
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+|\*{3,}|_{3,})[ \t]*")
_TABLE_LINE = re.compile(r"[ \t|:>-]*-[ \t|:-]*")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_CODE = 4  # columns; what stands farther in and in no list is printed as it stands


@dataclass(frozen=True, slots=True)
class _Level:
    """An open list: its mark, the last number (0 for bullets), how far it and how far its words stand in."""

    mark: str
    number: int
    indent: int
    width: int


def as_markdown(text: str) -> str:
    """The text with blank lines between its lines, and with Markdown's marks for those of word processors.

    A number begins a list where it is 1, and goes on with it where it is the next; any other ("12. The Act") is a word
    of its paragraph, so that no number is shown but the one that was typed.
    """
    return "\n".join(_Reader(_DEEPEST).read(text.split("\n")))


class _Reader:
    def __init__(self, depth: int) -> None:
        self.depth = depth  # how many quotations within one another are still read so
        self.lines: list[str] = []
        self.levels: list[_Level] = []
        self.fence = ""
        self.is_in_list = False
        self.may_join = False  # whether Markdown would run the next line into the last one

    def read(self, lines: list[str]) -> list[str]:
        tables, quoted = _lines_of_tables(lines), list[str]()
        for place, line in enumerate([*lines, ""]):
            if not self.fence and self.depth and (quote := _QUOTE.match(line)):
                quoted.append(line[quote.end() :])
                continue
            if quoted:
                self._quoted(quoted)
                quoted = []
            if place == len(lines):
                break
            if self.fence or _FENCE.match(line):
                self._fenced(line)
            elif not line.strip():
                self._add(line, may_join=False)
            elif place in tables:
                self._table(line, is_first=place - 1 not in tables)
            else:
                self._line(line)
        return self.lines

    def _quoted(self, lines: list[str]) -> None:
        self._apart()
        self._leave_list()
        self.lines += [
            f"> {line}".rstrip(" ") if not line else f"> {line}" for line in _Reader(self.depth - 1).read(lines)
        ]
        self.may_join = True

    def _add(self, line: str, *, may_join: bool) -> None:
        self.lines.append(line)
        self.may_join = may_join

    def _apart(self) -> None:
        """A blank line, unless the writer asked for a mere line break (two spaces or a backslash at the end)."""
        if self.may_join and not self.lines[-1].endswith(("  ", "\\")):
            self.lines.append("")

    def _fenced(self, line: str) -> None:
        mark = _FENCE.match(line)
        if not self.fence and mark:
            self.fence = mark[1]
        elif mark and mark[1].startswith(self.fence) and not line[mark.end() :].strip():
            self.fence = ""
        self._add(line, may_join=False)

    def _table(self, line: str, *, is_first: bool) -> None:
        if is_first:
            self._apart()
            self._leave_list()
        self._add(line, may_join=False)

    def _line(self, line: str) -> None:
        indent = _indent_of(line)
        if found := _BULLET.match(line):
            mark = found[1] or found[2]
            self._item(mark, 0, "- ", line[found.end() :], self._above_bullet(mark))
        elif found := _NUMBER.match(line):
            self._numbered(found[1], found[2], line[found.end() :], indent if self.is_in_list else 0)
        elif found := _LETTER.match(line):
            self._lettered(f"{found[1]} {line[found.end() :]}")
        elif _UNDERLINE.fullmatch(line) or line.lstrip(" ").startswith((">", "#")):
            self._leave_list()
            self._add(line, may_join=line.lstrip(" ").startswith(">"))
        elif (found := _OWN_BULLET.match(line)) and (self.is_in_list or indent < _CODE):
            self._item(f"{found[1]}{indent}", 0, f"{found[1]} ", line[found.end() :], self._above(indent), indent)
        elif self.is_in_list and indent > 1:
            self._add(line, may_join=True)
        else:
            self._plain(line)

    def _leave_list(self) -> None:
        self.levels, self.is_in_list = [], False

    def _plain(self, line: str) -> None:
        self._leave_list()
        self._apart()
        # A first line set in by a tab is a paragraph and no program.
        self._add(line.lstrip("\t") if line.startswith("\t") else line, may_join=True)

    def _above(self, indent: int) -> list[_Level]:
        """The open lists within which a line that stands so far in begins another."""
        return list(takewhile(lambda level: level.indent < indent, self.levels))

    def _above_bullet(self, mark: str) -> list[_Level]:
        """Word's second and third bullet stand within what is open; its first one at most within a numbered list."""
        marks = [level.mark for level in self.levels]
        if mark in marks:
            return self.levels[: marks.index(mark)]
        return [level for level in self.levels if level.number][:1] if mark in _FIRST_BULLETS else self.levels

    def _item(self, mark: str, number: int, shown: str, words: str, above: list[_Level], indent: int = 0) -> None:
        if not above and not self.is_in_list:
            self._apart()
        self.levels = [*above, _Level(mark, number, indent, len(shown))]
        self.is_in_list = True
        self._add(f"{' ' * sum(level.width for level in above)}{shown}{words}", may_join=True)

    def _numbered(self, typed: str, mark: str, words: str, indent: int) -> None:
        number = int(typed)  # of the digits of any script
        mark_here = f"{mark}{indent}"
        marks = [level.mark for level in self.levels]
        above = self.levels[: marks.index(mark_here)] if mark_here in marks else self._above(indent)
        last = self.levels[len(above)].number if mark_here in marks else 0
        if number == last + 1:
            self._item(mark_here, number, f"{number}{mark} ", words, above, indent)
        else:
            self._plain(f"{typed}\\{mark} {words}")

    def _lettered(self, words: str) -> None:
        """A paragraph that keeps its letter, below the item that it belongs to: "(b)" is cited as it stands."""
        self._apart()
        self._add(f"{' ' * sum(level.width for level in self.levels)}{words}", may_join=True)


def _indent_of(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(_CODE))


def _lines_of_tables(lines: list[str]) -> set[int]:
    """The places of lines that belong to a table: its head, the line of dashes below, and all to the next blank one.

    A table with a row that has more cells than its head is none: Markdown would leave out the words in them.
    """
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        head = next((place for place in range(start, end - 1) if _begins_table(lines, place)), None)
        if head is not None and max(map(_cells, lines[head:end])) <= _cells(lines[head]):
            found.update(range(head, end))
        start = end + 1
    return found


def _begins_table(lines: list[str], head: int) -> bool:
    return "|" in lines[head] and _TABLE_LINE.fullmatch(lines[head + 1]) is not None


def _cells(line: str) -> int:
    words = line.strip().removeprefix("|")
    return len(_BETWEEN_CELLS.findall(words.removesuffix("|") if not words.endswith("\\|") else words)) + 1
