"""Text of people and official texts: Markdown made safe, direction and language marked."""

from django import template
from django.utils.safestring import SafeString

from core.language import i18n
from core.language.markdown import to_html_inline
from core.language.rendering import as_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Sanitised HTML of Markdown that a person wrote, as it is kept with the text."""
    return as_html(text)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """Sanitised HTML of one line of official text (emphasis only)."""
    return to_html_inline(text)


@register.filter
def direction_of(text: str) -> str:
    """The direction of a text, for what does not know ``dir="auto"`` (documents in print)."""
    return i18n.direction_of(text)


@register.filter
def isolated(text: object) -> str:
    """A name, a code or an official text in its own order, where no element can mark it (titles, options, lists)."""
    return i18n.isolated(str(text))


@register.filter
def language_of(text: str, language: str) -> str:
    """The language to mark a text with: ``language``, unless its script belongs to another direction."""
    return i18n.language_of(text, language)
