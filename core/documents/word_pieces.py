"""What stands within one paragraph of a Word file: pieces with their marks, and the Markdown that they make; pure."""

import re
from dataclasses import dataclass, field, replace

from core.documents.blocks import typed_first, typed_within
from core.documents.word_counting import Label

_LIST = re.compile(r"List (Bullet|Number)(?: (\d))?")
_TYPED_NUMBER = re.compile(r"(\d{1,4})\.\t")


@dataclass(frozen=True, slots=True)
class WordPiece:
    words: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


@dataclass(slots=True)
class Paragraph:
    pieces: list[WordPiece] = field(default_factory=list)
    problem: str = ""

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces).strip()


def as_item(read: Paragraph, label: Label | None, style: str) -> tuple[Paragraph, Label | None]:
    """What Word's styles of lists say besides: how deep an item lies, and that a typed number is one of the list."""
    listed = _LIST.fullmatch(style)
    if listed is None:
        return read, label
    depth = int(listed[2] or 1) - 1
    if label is not None:
        return read, replace(label, depth=max(depth, label.depth))
    typed = _TYPED_NUMBER.match(read.words) if listed[1] == "Number" and not read.problem else None
    if typed is None:
        return read, None
    return Paragraph(_without(read.pieces, typed[0])), Label(depth, int(typed[1]), f"{typed[1]}.")


def _without(pieces: list[WordPiece], first: str) -> list[WordPiece]:
    """The pieces without the words with which they begin."""
    left, rest = len(first), list[WordPiece]()
    for piece in pieces:
        words = piece.words if rest else piece.words.lstrip()
        rest.append(replace(piece, words=words[left:]))
        left = max(0, left - len(words))
    return rest


def written(pieces: list[WordPiece]) -> str:
    """Pieces as Markdown, with their marks; blanks at their ends stand outside of these."""
    merged: list[WordPiece] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        if before is not None and replace(before, words="") == replace(piece, words=""):
            merged[-1] = replace(before, words=before.words + piece.words)
        elif piece.words:
            merged.append(piece)
    text = "".join(_marked(piece) for piece in merged).strip()
    lines = [typed_first(line.strip()) for line in text.split("\n")]
    return "\\\n".join(line for line in lines if line)


def _marked(piece: WordPiece) -> str:
    core = piece.words.strip()
    if not core:
        return piece.words
    start = piece.words.index(core)
    marks = "**" * piece.is_bold + "*" * piece.is_italic
    words = f"{marks}{typed_within(core)}{marks[::-1]}"
    if piece.link:
        words = f"[{words}](<{piece.link}>)"
    return f"{piece.words[:start]}{words}{piece.words[start + len(core) :]}"
