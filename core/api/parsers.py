"""What programs send is read within bounds, before anything is made of it."""

import json
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class TooLargeError(APIException):
    """413. The library reads a stream past the limit that Django sets to what it reads itself."""

    status_code = 413
    default_code = "too_large"

    def __init__(self) -> None:
        super().__init__(_("This is more than one request may hold."))


class BoundedJSONParser(JSONParser):
    """JSON as RFC 8259 has it for those who exchange it: UTF-8, whatever charset is named. Refuses what is larger than
    a form may be, nested deeper than can be read, or holds half a character, which no answer could repeat.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLargeError
        try:
            data = super().parse(BytesIO(body), media_type, {**(parser_context or {}), "encoding": "utf-8"})
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError(_("This is nested too deeply.")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("There is half a character in it: a surrogate without the other.")) from error
        return data
