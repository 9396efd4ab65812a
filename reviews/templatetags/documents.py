"""What the HTML of a document needs beside its words."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from core.rendering import as_html
from core.text import is_web_address

register = template.Library()
_HEADING = re.compile(r"<(/?)h[1-6]>")


@register.filter
def written(text: str) -> SafeString:
    """The experts' words as safe HTML. Headings belong to the blueprint: one in these words is a paragraph in bold."""
    html = _HEADING.sub(lambda match: "</strong></p>" if match[1] else "<p><strong>", as_html(text))
    return mark_safe(html)  # noqa: S308 - cleaned by core.markdown; only headings were replaced


@register.filter
def web_address(link: str) -> str:
    """The link where it leads to the web; empty for anything else that a person gave as one."""
    return link if is_web_address(link) else ""
