"""The six languages of the United Nations, and what a page needs to know of a language."""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_bidi, gettext_lazy as _

from core.institution.facts import offered_languages

# In the order of the English names, as the Organization lists them.
UN_LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
# Each language named in itself, for the language switch.
OWN_NAMES = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
_IN_FILES = {"zh-hans": "zh"}  # a file that people write names each of the six by two letters
_BETWEEN = re.compile("[,;\n،؛，；、]")
RIGHT_TO_LEFT = frozenset({"ar"})
DEFAULT_LANGUAGE = "en"  # of texts whose States have not agreed on a language


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    own_name: str
    direction: str


def language(code: str) -> Language:
    return Language(code, OWN_NAMES[code], "rtl" if code in RIGHT_TO_LEFT else "ltr")


def code_in_files(code: str) -> str:
    """A language as files call it that people write: mechanisms, States, XLSForms."""
    return _IN_FILES.get(code, code)


def code_out_of_files(code: str) -> str:
    """The code here of a language that a file names."""
    return next((own for own, short in _IN_FILES.items() if short == code), code)


def interface_language(code: str) -> str:
    """The language in which pages and mails address somebody whose profile names ``code``.

    A profile may name any of the six; where the interface does not speak it yet, it is the default language.
    """
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def interface_languages(own: str = "") -> list[tuple[str, str]]:
    """Choices for a form: the languages in which pages are offered, each named in itself, and whoever's ``own`` one."""
    offered = offered_languages()
    return [(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES if code in {*offered, own}]


def direction_of(text: str) -> str:
    """The direction of a text by its first letter, as ``dir="auto"`` works it out in a browser."""
    for sign in text:
        match unicodedata.bidirectional(sign):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def language_of(text: str, code: str) -> str:
    """The language to mark a text with: ``code``, unless its script belongs to another direction."""
    direction = direction_of(text)
    if direction == language(code).direction:
        return code
    return "ar" if direction == "rtl" else "en"


def in_own_order(text: str) -> str:
    """Numbers and codes keep their order within right-to-left words of the active language."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def isolated(text: str) -> str:
    """A name or an official text keeps its own order within words of the active language.

    Unchanged where both run the same way.
    """
    runs_as_the_page = (direction_of(text) == "rtl") == get_language_bidi()
    return text if runs_as_the_page else f"\u2068{text}\u2069"


def list_of(items: list[str]) -> str:
    """Join names for running text in the active language ("A, B and C")."""
    from babel.lists import format_list
    from django.utils.translation import get_language

    return format_list(items, locale=babel_locale(get_language() or "en"))


def listed_in(words: str) -> list[str]:
    """What somebody typed as a list, divided as in any of the languages: "A, B; C", "A، B", "A、B"."""
    return [part.strip() for part in _BETWEEN.split(words) if part.strip()]


_LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans"}


def babel_locale(code: str) -> str:
    """The locale for dates and lists; English is British ("1 December 2020")."""
    return _LOCALES.get(code, code)
