"""Opening the ZIP file of a mechanism's folder without trusting it: which of its files there are, and their text."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.spreadsheet_reading import line_words

MOST_MEGABYTES = 10
_MEGABYTE = 1024 * 1024
_MOST_UNPACKED, _MOST_OF_ONE = 40 * _MEGABYTE, 10 * _MEGABYTE
_MOST_ENTRIES = 200
RULES, BLUEPRINTS, READING, ADHERENCES = "mechanism.json", "blueprints.json", "reading_list.json", "adherences.csv"
LINKS = "question_links.csv"
NEEDED = (RULES, BLUEPRINTS)
_KNOWN = frozenset({RULES, BLUEPRINTS, READING, ADHERENCES, LINKS})
_QUESTIONNAIRE = re.compile(r"questionnaires/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.json")
# What lies beside it in a folder, and nothing loads: words for readers, the demo, what programs leave behind.
_LEFT_OUT = re.compile(r"(.*/)?(README\.md|demo\.json|\.DS_Store|Thumbs\.db)|source/.*|__MACOSX/.*")


def open_folder(name: str, content: bytes) -> Mapping[str, str]:
    """The files that a mechanism is loaded from, by their names in the folder, in order.

    The folder itself may lie in the archive or be it. Raises ServiceError (field ``file``) for whatever is no such
    archive, is too large, or holds a file that no mechanism has.
    """
    if not name.lower().endswith(".zip"):
        raise _refused(_("This kind of file is not accepted. Use one of: %(kinds)s.") % {"kinds": "zip"})
    if not content:
        raise _refused(_("This file is empty."))
    if len(content) > MOST_MEGABYTES * _MEGABYTE:
        raise _refused(_("This file is larger than %(most)d megabytes.") % {"most": MOST_MEGABYTES})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _texts(archive, _wanted(archive))
    except ServiceError:
        raise
    except Exception as error:  # a damaged or hostile archive may fail in any way
        raise _refused(_("This is no ZIP file, or it is damaged.")) from error


def _wanted(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_ENTRIES:
        raise _refused(_("This archive holds more than %(most)d files.") % {"most": _MOST_ENTRIES})
    folder = _folder_of([entry.filename for entry in entries])
    wanted: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.removeprefix(folder)
        if _LEFT_OUT.fullmatch(name):
            continue
        if name not in _KNOWN and not _QUESTIONNAIRE.fullmatch(name):
            message = _("“%(name)s” is no file of a mechanism. Take it out of the archive.")
            raise _refused(message % {"name": ascii(entry.filename[:100])[1:-1]})
        if name in wanted:
            raise _refused(_("“%(name)s” is in the archive twice.") % {"name": name})
        wanted[name] = entry
    if missing := [name for name in NEEDED if name not in wanted]:
        raise _refused(_("“%(name)s” is missing in the archive.") % {"name": missing[0]})
    return dict(sorted(wanted.items()))


def _folder_of(names: list[str]) -> str:
    """The folder that all lies in, with its stroke; empty where the files lie in the archive itself."""
    tops = {PurePosixPath(name).parts[0] for name in names if name and not name.startswith("__MACOSX/")}
    top = next(iter(tops), "")
    return f"{top}/" if len(tops) == 1 and f"{top}/{RULES}" in names else ""


def _texts(archive: zipfile.ZipFile, wanted: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    texts: dict[str, str] = {}
    left = _MOST_UNPACKED
    for name, entry in wanted.items():
        if entry.flag_bits & 0x1:
            raise _refused(_("This archive is locked by a password."))
        with archive.open(entry) as file:  # what an entry says of its own size is not believed
            content = file.read(min(left, _MOST_OF_ONE) + 1)
        left -= len(content)
        if left < 0 or len(content) > _MOST_OF_ONE:
            raise _refused(_("What is in this archive unpacks to more than a mechanism ever holds."))
        try:
            texts[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            where = line_words(content[: error.start].decode("utf-8-sig", "ignore"))
            raise _refused(f"{_('“%(name)s” is not in UTF-8.') % {'name': name}} {where}") from error
    return texts


def _refused(message: str) -> ServiceError:
    return ServiceError(message, field="file")
