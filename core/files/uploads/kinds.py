"""The kinds of files that come in, and the words for those that do not."""

from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
CONTAINERS = {".docx", ".xlsx", ".odt"}


class UploadError(Exception):
    """A file stays out; ``message`` is for the person who chose it. ``check_upload`` adds the field."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)


def accepted_kinds() -> str:
    """The endings, for people: "docx, jpeg, …"."""
    return ", ".join(sorted(ending.lstrip(".") for ending in ACCEPTED))


def content_type_of(file_name: str) -> str:
    """That of a file whose content was checked when it came in, by its ending."""
    return ACCEPTED[PurePath(file_name).suffix.lower()]


def not_what_it_says() -> UploadError:
    return UploadError(_("The content of this file is not what its name says."))


def two_kinds_at_once() -> UploadError:
    return UploadError(
        _("This file holds something besides what its name says. Open it, save it anew, and choose it again.")
    )


def damaged() -> UploadError:
    return UploadError(
        _("This file is damaged, or was cut off on its way. Open it, save it anew, and choose it again.")
    )


def locked() -> UploadError:
    return UploadError(_("This file is protected by a password. Save it without one, and choose it again."))


def has_macros() -> UploadError:
    return UploadError(_("This file holds macros. Save it without them, and choose it again."))


def holds_files() -> UploadError:
    return UploadError(
        _("This file holds other files inside it. Take them out, or save it as PDF, and choose it again.")
    )


def fetches() -> UploadError:
    return UploadError(
        _(
            "This file fetches something from elsewhere when it is opened, such as a linked picture or a template. "
            "Save it as PDF, and choose it again."
        )
    )


def calculates_from_outside() -> UploadError:
    return UploadError(
        _(
            "This file holds a formula that fetches from elsewhere, leads out of the file or starts a program. Replace "
            "such formulas by their values, or save it as PDF, and choose it again."
        )
    )


def unpacks_too_large() -> UploadError:
    return UploadError(
        _("This file becomes too large when it is opened. Save it as PDF, or in parts, and choose it again.")
    )


def acts() -> UploadError:
    return UploadError(
        _(
            "This PDF holds a script, a form that sends, or something that starts or is fetched when it is opened. "
            "Print it to a new PDF, and choose that one."
        )
    )


def found_by_scanner() -> UploadError:
    return UploadError(
        _("The virus scanner of this portal does not let this file pass. Have it looked at before you use it anywhere.")
    )


def scanner_away() -> UploadError:
    return UploadError(
        _("Files cannot be checked for viruses at this moment, so that none is taken. Please try again later.")
    )


def too_many_dots() -> UploadError:
    return UploadError(_("This picture is too large to be opened safely. Save it smaller, and choose it again."))
