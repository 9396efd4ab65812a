"""Text of people and official texts: Markdown made safe, direction and language marked."""

from django import template
from django.utils.safestring import SafeString

from core.markdown import to_html, to_html_inline

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Sanitised HTML of Markdown that a person wrote."""
    return to_html(text)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """Sanitised HTML of one line of official text (emphasis only)."""
    return to_html_inline(text)
