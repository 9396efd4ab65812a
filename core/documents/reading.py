"""A file of words that somebody uploads, Word or Markdown, as headings and pieces of text; never trusted.

The container of a Word file is looked at as any upload is (``core.files.uploads``): no macros, nothing that is fetched,
nothing besides. What cannot be carried over is named by its paragraph and never left out in silence.
"""

import io
import zipfile
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _, ngettext

from core.documents.blocks import WrittenBlock
from core.documents.markdown_reading import blocks_of_markdown
from core.documents.word_plain import PlainWords, plain_words_of
from core.documents.word_reading import WordCell, blocks_of_word, rows_of_word
from core.errors import ServiceError
from core.files.spreadsheet_reading import decoded
from core.files.uploads import check_upload
from core.language.text import clean_text

Read = TypeVar("Read")
ENDINGS = (".docx", ".md")
MOST_MEGABYTES = 5
_MOST_UNPACKED = 20 * 1024 * 1024  # bytes of XML, which takes ten times as much in memory
_MOST_BLOCKS = 5_000
_MOST_CHARACTERS = 500_000
_MOST_CHARACTERS_OF_TABLES = 2 * _MOST_CHARACTERS  # the longest questionnaire in six languages has half of them
_MOST_LINES = 50_000  # of Markdown, in which an empty one parts two blocks
_MACROS = frozenset({".docm", ".dotm", ".doc", ".dot", ".rtf"})


def read_written(name: str, content: bytes, notes: Collection[str] = ()) -> list[WrittenBlock]:
    """The blocks of a file in their order. Raises ServiceError (field ``file``) for what cannot be read at all.

    ``notes``: the words of footnotes of a Word file that are known and need not be carried over.
    """
    ending = PurePath(name).suffix.lower()
    if ending in _MACROS:
        raise _refused(_("This kind of file can hold macros. Save it as .docx or .md, and choose it again."))
    if ending not in ENDINGS:
        raise _refused(_("This kind of file is not accepted. Use one of: %(kinds)s.") % {"kinds": "docx, md"})
    if not content:
        raise _refused(_("This file is empty."))
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise _refused(_too_large())
    blocks = (
        _read_word(name, content, partial(blocks_of_word, notes=notes)) if ending == ".docx" else _of_markdown(content)
    )
    if len(blocks) > _MOST_BLOCKS or sum(len(block.text) for block in blocks) > _MOST_CHARACTERS:
        raise _refused(_("This file holds far more text than such a document. Divide it into several."))
    if not blocks:
        raise _refused(_("There are no words in this file."))
    return [_cleaned(block) for block in blocks]


def _of_markdown(content: bytes) -> list[WrittenBlock]:
    text = decoded(content, _("The letters of this file cannot be read. Save it in UTF-8, and choose it again."))
    if len(text) > 2 * _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise _refused(_("This file holds far more text than such a document. Divide it into several."))
    return blocks_of_markdown(text)


def read_table(name: str, content: bytes, *, most_rows: int) -> list[tuple[int, tuple[WordCell, ...]]]:
    """The rows that hold anything of the tables of a Word file, each with its number among all of them.

    Raises ServiceError (field ``file``) for what cannot be read at all.
    """
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise _refused(_too_large())
    rows = _read_word(name, content, rows_of_word)
    numbered = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cell.words for cell in cells)]
    if not numbered:
        raise _refused(_("There is no table in this file."))
    if len(numbered) > most_rows + 1:
        raise _too_many_rows(most_rows)
    return numbered


def read_plain_words(name: str, content: bytes, *, most_rows: int) -> PlainWords:
    """The tables of a Word file, read by the words of their cells alone, and what stands beside them.

    Raises ServiceError (field ``file``) for what cannot be read at all, and where changes are tracked in it.
    """
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise _refused(_too_large())
    found = _read_word(name, content, partial(plain_words_of, most_rows=most_rows))
    if found.is_tracked:
        raise _refused(_("Changes that were tracked cannot be carried over. Accept or reject them in Word."))
    if found.count > most_rows:
        raise _too_many_rows(most_rows)
    lines = [line for row in found.rows for cell in row.cells for line in cell.lines]
    characters = sum(map(len, lines)) + sum(len(words) for _number, words in found.outside)
    if found.is_too_long or characters > _MOST_CHARACTERS_OF_TABLES:
        raise _refused(_("This file holds far more text than such a document. Divide it into several."))
    if not found.rows:
        raise _refused(_("There is no table in this file."))
    return found


def _too_many_rows(most: int) -> ServiceError:
    message = ngettext(
        "This file has more than %(most)d row. Divide it into several.",
        "This file has more than %(most)d rows. Divide it into several.",
        most,
    )
    return _refused(message % {"most": most})


def _read_word(name: str, content: bytes, read: Callable[[bytes], Read]) -> Read:
    check_upload(SimpleUploadedFile(PurePath(name).name, content), field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = [entry for entry in container.infolist() if entry.filename.endswith((".xml", ".rels"))]
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise _refused(_("This file becomes too large when it is opened. Save it in parts, and choose it again."))
        return read(content)
    except ServiceError:
        raise
    except Exception as error:  # damage or a hostile hand: a file may fail in any way, and then it is none
        raise _refused(_("This Word file cannot be read. Save it once more as .docx, and choose it again.")) from error


def _too_large() -> str:
    message = ngettext(
        "This file is larger than %(most)d megabyte.", "This file is larger than %(most)d megabytes.", MOST_MEGABYTES
    )
    return message % {"most": MOST_MEGABYTES}


def _cleaned(block: WrittenBlock) -> WrittenBlock:
    """What no text of the portal may hold is named where it stands."""
    try:
        return replace(block, text=clean_text(block.text, maximum=_MOST_CHARACTERS))
    except ServiceError as error:
        return replace(block, problem=block.problem or str(error))


def _refused(message: str) -> ServiceError:
    return ServiceError(message, field="file")
