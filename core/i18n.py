"""The six languages of the United Nations, and what a page needs to know of a language."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    own_name: str
    direction: str


def language(code: str) -> Language:
    return Language(code, OWN_NAMES[code], "rtl" if code in RIGHT_TO_LEFT else "ltr")


def list_of(items: list[str]) -> str:
    """Join names for running text in the active language ("A, B and C")."""
    from babel.lists import format_list
    from django.utils.translation import get_language

    return format_list(items, locale=babel_locale(get_language() or "en"))


def babel_locale(code: str) -> str:
    return {"zh-hans": "zh_Hans"}.get(code, code)


NO_VALUE = pgettext_lazy("in place of a missing value", "none")
