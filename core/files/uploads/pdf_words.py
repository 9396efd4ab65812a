"""The words of a PDF as a viewer reads them (ISO 32000-2, 7.2 to 7.3): strings with their codes, whole dictionaries."""

import re
from collections.abc import Iterator

_SPACE = rb"\x00\t\n\f\r "
# What a dictionary is made of; strings within strings stand in parentheses, which are counted apart.
_WORD = re.compile(
    rb"(?P<space>[" + _SPACE + rb"]+|%[^\r\n]*)|(?P<open><<)|(?P<close>>>)|(?P<hex><[0-9A-Fa-f" + _SPACE + rb"]*>)"
    rb"|(?P<string>\()|(?P<other>[\[\]{}]|/?[^" + _SPACE + rb"<>()\[\]{}/%]+|/)"
)
_NUMBERS = re.compile(rb"\d[" + _SPACE + rb"]+\d+[" + _SPACE + rb"]+\Z")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
LONGEST_STRING = 4096  # bytes that are looked at


def decoded(text: bytes, place: int) -> str:
    """The string that begins at ``place`` with ``(`` or ``<``, as a viewer reads it."""
    if text[place : place + 1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", text[place : place + LONGEST_STRING].partition(b">")[0])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        raw = _ESCAPED.sub(_meant, text[place + 1 : _end_of_string(text, place) - 1])
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xff\xfe"):
        return raw[2:].decode("utf-16-le", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


class Reader:
    """Finds what describes the streams of one file; ``words`` is how many it looks at before it gives up."""

    def __init__(self, text: bytes, words: int = 1_000_000) -> None:
        self.text, self.left = text, words

    def dictionaries_before(self, end: int, start: int) -> Iterator[bytes]:
        """All that can be the dictionary of the stream that begins at ``end``, the nearest first, back to ``start``.

        A string may hold what looks like the beginning of an object, so that there can be several.
        """
        place, is_first = self.text.rfind(b"obj", start, end), True
        while place >= 0 and self.left > 0:
            left = self.left
            if _NUMBERS.search(self.text, max(start, place - 24), place) and self._is_dictionary(place + 3, end):
                if is_first:
                    self.left = left  # every honest file has it there: only what is looked at besides is counted
                yield self.text[place + 3 : end]
            place, is_first = self.text.rfind(b"obj", start, place), False

    def _is_dictionary(self, place: int, end: int) -> bool:
        depth = seen = 0
        text = self.text
        while place < end and self.left > 0:
            self.left -= 1
            word = _WORD.match(text, place, end)
            if word is None:
                return False
            place = word.end()
            if word.lastgroup == "string":
                place = _end_of_string(text, word.start())
            depth += (word.lastgroup == "open") - (word.lastgroup == "close")
            seen += word.lastgroup == "open"
            if depth < 0 or (depth == 0 and word.lastgroup not in {"space", "close"}):
                return False
        return depth == 0 and seen > 0 and place == end


def _end_of_string(text: bytes, place: int) -> int:
    """Behind the parenthesis that closes the one at ``place``; behind all that is looked at where none does."""
    depth, limit = 0, min(len(text), place + LONGEST_STRING)
    while place < limit:
        sign = text[place]
        place += 1
        if sign == 0x5C:  # a backslash takes the next sign with it
            place += 1
        elif sign == 0x28:
            depth += 1
        elif sign == 0x29:
            depth -= 1
            if depth == 0:
                return place
    return limit + 1


def _meant(code: "re.Match[bytes]") -> bytes:
    sign = code[1]
    if sign[:1].isdigit() and sign[:1] < b"8":
        return bytes([int(sign, 8) & 0xFF])
    return _MEANT.get(sign, sign)
