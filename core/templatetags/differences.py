"""Two texts against each other, for ``components/_difference.html``."""

from collections.abc import Sequence

from django import template

from core.language.differences import Run, word_differences

register = template.Library()


@register.filter
def differences_to(old: str, new: str | None) -> Sequence[Run]:
    """What came and went between ``old`` and ``new``, word by word."""
    return word_differences(old, (new or "").replace("\r\n", "\n"))
