"""What has a revision is written on the one that was read: ``ETag`` names it, ``If-Match`` says it again (RFC 9110)."""

import re
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

# It names a revision and no bytes: whoever takes answers compressed reads it as a weak one, and says that again.
_ONE = re.compile(r'(?:W/)?"(\d{1,9})\.(\d{1,9})"')


class RevisionMissingError(APIException):
    """428: nobody writes over what he or she has not read."""

    status_code = 428
    default_code = "revision_missing"


class RevisionMovedError(APIException):
    """412: what was read has changed since. ``more`` stands in the problem."""

    status_code = 412
    default_code = "revision_moved"

    def __init__(self, message: str, **more: Any) -> None:
        super().__init__(message)
        self.more = more


class Revision(NamedTuple):
    """``version``: of what was asked, since the same words are something else where the question is another;
    ``number``: of the saves, 0 for what nobody has written yet.
    """

    version: int
    number: int

    def __str__(self) -> str:
        return f"{self.version}.{self.number}"

    @property
    def etag(self) -> str:
        return f'"{self}"'


def revision_read(request: Request) -> Revision:
    """The revision that ``If-Match`` names.

    Raises RevisionMissingError where it is not said, or said that any would do; ValidationError where it is none.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise RevisionMissingError(_("Say in If-Match on which revision this rests: the ETag of what you have read."))
    if (one := _ONE.fullmatch(given)) is None:
        raise ValidationError({"If-Match": [_("Give one ETag as you have read it.")]})
    return Revision(int(one[1]), int(one[2]))
