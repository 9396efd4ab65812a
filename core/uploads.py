"""Files that people upload: a known kind, by name and by content, and not too big."""

import zipfile
from collections.abc import Sequence
from pathlib import PurePath

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import ServiceError

_OFFICE = "application/vnd.openxmlformats-officedocument"
# Kinds by ending. Nothing that a browser would run, and nothing with macros.
ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_ZIP = "application/zip"
# Which entry of a container tells its kind. An Office document with macros tells another kind.
_TELLING_ENTRIES = {".docx": "[Content_Types].xml", ".xlsx": "[Content_Types].xml", ".odt": "mimetype"}
_MOST_READ = 256 * 1024  # bytes of that entry, unpacked, whatever size it claims to have


def accepted_kinds() -> str:
    """The endings, for people: "docx, jpeg, …"."""
    return ", ".join(sorted(ending.lstrip(".") for ending in ACCEPTED))


def content_type_of(file_name: str) -> str:
    """That of a file whose content was checked when it came in, by its ending."""
    return ACCEPTED[PurePath(file_name).suffix.lower()]


def check_upload(file: UploadedFile, *, field: str = "file") -> str:
    """Give the content type of an acceptable file. Raises ServiceError for any other, with what is accepted.

    A container is not unpacked: its list of entries is read, and the beginning of the one that tells its kind.
    """
    most = settings.UPLOAD_MAXIMUM_MEGABYTES
    if (file.size or 0) > most * 1024 * 1024:
        message = ngettext(
            "This file is larger than %(most)d megabyte.", "This file is larger than %(most)d megabytes.", most
        )
        raise ServiceError(message % {"most": most}, field=field)
    if not file.size:
        raise ServiceError(_("This file is empty."), field=field)
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in ACCEPTED:
        message = _("This kind of file is not accepted. Use one of: %(kinds)s.")
        raise ServiceError(message % {"kinds": accepted_kinds()}, field=field)
    entries = _entries(file, ending) if ending in _TELLING_ENTRIES else ()
    if entries is None or (_ZIP if entries else ACCEPTED[ending]) not in _kinds_by_content(file):
        raise ServiceError(_("The content of this file is not what its name says."), field=field)
    if any(_is_macro(name.lower()) for name in entries):
        raise ServiceError(_("This file holds macros. Save it without them, and choose it again."), field=field)
    return ACCEPTED[ending]


def _kinds_by_content(file: UploadedFile) -> set[str]:
    """What the first and last bytes may be. The library also guesses by the ending alone; that does not count."""
    file.seek(0)
    try:
        return {match.mime_type for match in puremagic.magic_stream(file) if match.byte_match}
    except (puremagic.PureError, ValueError):
        return set()
    finally:
        file.seek(0)


def _entries(file: UploadedFile, ending: str) -> Sequence[str] | None:
    """The names of the entries of a container; None where it is none, or tells another kind."""
    try:
        with zipfile.ZipFile(file) as container:
            telling = container.getinfo(_TELLING_ENTRIES[ending])
            if telling.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                return None  # no program writes these kinds so, and the others cannot be read a little at a time
            with container.open(telling) as entry:
                return container.namelist() if _tells(ending, entry.read(_MOST_READ)) else None
    except Exception:  # damage, encryption, a hostile hand: a container may fail in any way, and then it is none
        return None
    finally:
        file.seek(0)


def _tells(ending: str, told: bytes) -> bool:
    kind = ACCEPTED[ending].encode()
    return told.strip() == kind if ending == ".odt" else kind + b".main+xml" in told


def _is_macro(entry: str) -> bool:
    return entry.endswith("vbaproject.bin") or entry.startswith(("basic/", "scripts/"))
