from babel.numbers import format_decimal
from django import template
from django.utils.translation import get_language

from core.language.i18n import babel_locale

register = template.Library()


@register.filter
def figure(number: int) -> str:
    """A number with its thousands grouped as the reader's language does it ("10,500")."""
    return format_decimal(number, locale=babel_locale(get_language() or "en"))
