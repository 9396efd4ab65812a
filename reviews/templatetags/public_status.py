"""The way to the public pages of steps, for pages that everybody may read."""

from django import template

from reviews.programme.models import Mechanism
from reviews.states import open_mechanisms

register = template.Library()


@register.simple_tag
def public_status_pages() -> list[Mechanism]:
    """The mechanisms whose page is open to the public; one query."""
    return list(open_mechanisms())
