"""Articles of an instrument in words."""

from collections.abc import Iterable

from django import template

from core.language.i18n import in_own_order, list_of
from reviews.programme.models import Article

register = template.Library()


@register.filter
def article_numbers(articles: Iterable[Article]) -> str:
    """Their numbers in order, as running text ("5, 8 and 23")."""
    return list_of([in_own_order(str(number)) for number in sorted(article.number for article in articles)])
