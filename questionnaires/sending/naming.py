"""The questions that somebody names by their numbers."""

import re
import unicodedata

from django.utils.translation import gettext as _

from core.errors import ServiceError
from questionnaires.definitions import VersionIndex
from questionnaires.definitions.enums import QuestionKind
from questionnaires.wording import full_number

_BETWEEN = re.compile(r"[,;\u060c\u061b\n]")  # the Arabic comma and semicolon among them


def codes_named(index: VersionIndex, words: str) -> tuple[str, ...]:
    """The codes of "10, 46 (a)", each once. Raises ServiceError, with the field, for what is no question's number."""
    known = {_plain(full_number(item)): item.code for item in index.items.values() if item.kind != QuestionKind.GROUP}
    named = [each.strip() for each in _BETWEEN.split(words) if each.strip()]
    if wrong := next((each for each in named if _plain(each) not in known), None):
        message = _("“%(number)s” is no number of a question. Put commas between numbers, for example: 10, 46 (a).")
        raise ServiceError(message % {"number": wrong}, field="questions")
    return tuple(dict.fromkeys(known[_plain(each)] for each in named))


def _plain(number: str) -> str:
    """Without spaces, brackets and capitals, and with the digits of any script."""
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in number.lower())
    return re.sub(r"[^\w\u2013]", "", digits)
