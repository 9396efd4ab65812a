"""Reading a JSON file that a person has chosen, whatever a database and a page are to hold of it."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from core.errors import ServiceError


def read_json(text: str) -> Any:
    """What a text in JSON says. Raises ServiceError (field ``file``) where it is none, with line and sign where these
    can be told, and where a text in it, a key too, holds characters that are not text.
    """
    try:
        data = json.loads(text, parse_constant=_refuse)
        is_text = all(map(is_readable, strings_in(data)))
    except json.JSONDecodeError as error:
        message = _("This is no JSON file: line %(line)s, sign %(column)s cannot be read.")
        raise _refused(message % {"line": error.lineno, "column": error.colno}) from error
    except (RecursionError, ValueError) as error:
        raise _refused(_("This is no JSON file.")) from error
    if not is_text:
        raise _refused(unreadable())
    return data


def strings_in(data: Any) -> Iterator[str]:
    """Every text of a file, also those that are keys."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from strings_in(each)
    elif isinstance(data, dict):
        yield from data
        for each in data.values():
            yield from strings_in(each)


def is_readable(text: str) -> bool:
    """Neither control characters nor halves of a sign, which no database and no page holds."""
    return not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text if sign not in "\n\t")


def unreadable() -> str:
    return _("This holds characters that are not text. Type it or paste it as plain text.")


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity, which are no JSON."""
    raise ValueError(constant)


def _refused(message: str) -> ServiceError:
    return ServiceError(message, field="file")
