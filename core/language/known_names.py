"""Words that people type into spreadsheets, known again in each language of the pages, and in whose words they are."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from core.language.i18n import OWN_NAMES, UN_LANGUAGES
from core.language.terminology import speaking, spoken


def in_every_language(words: Mapping[str, str | Promise]) -> dict[str, str]:
    """From the key itself, and from its words in each language of the pages, to the key; without regard to case.

    Those of the portal, and those that are spoken now (``terminology``).
    """
    found = {key.casefold(): key for key in words}
    for terminology in (None, spoken()):
        for code, _name in settings.LANGUAGES:
            with translation.override(code), speaking(terminology):
                found |= {str(label).casefold(): key for key, label in words.items()}
    return found


def un_language_named(cell: str) -> str:
    """The code of the language of the United Nations that somebody names by its code or name; empty for none."""
    return _languages().get(cell.casefold(), "")


@cache
def _languages() -> Mapping[str, str]:
    own = {name.casefold(): code for code, name in OWN_NAMES.items()}
    return {**in_every_language(dict(UN_LANGUAGES)), **own}
