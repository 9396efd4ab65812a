"""What has a revision is written on the one that was read: ``ETag`` names it, ``If-Match`` says it again (RFC 9110)."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

# It names a revision and no bytes: whoever takes answers compressed reads it as a weak one, and says that again.
_ONE = re.compile(r'(?:W/)?"(\d{1,9})"')


class RevisionMissingError(APIException):
    """428: nobody writes over what he or she has not read."""

    status_code = 428
    default_code = "revision_missing"


class RevisionMovedError(APIException):
    """412: somebody has saved since. ``more`` stands in the problem: both texts."""

    status_code = 412
    default_code = "revision_moved"

    def __init__(self, message: str, **more: Any) -> None:
        super().__init__(message)
        self.more = more


def etag_of(revision: int) -> str:
    return f'"{revision}"'


def revision_read(request: Request) -> int:
    """The revision that ``If-Match`` names; 0 is that of what nobody has written yet.

    Raises RevisionMissingError where it is not said, or said that any would do.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise RevisionMissingError(_("Say in If-Match on which revision this rests: the ETag of what you have read."))
    if (one := _ONE.fullmatch(given)) is None:
        raise ValidationError({"If-Match": [_("Give one ETag as you have read it.")]})
    return int(one[1])
