"""Drafts by a machine: a place for a provider of the institution's own. None is built in, so that nothing leaves.

``TRANSLATION_DRAFTS`` names a function by its dotted path (docs/operations/configuration.md)::

    def draft(texts: list[str], source: str, target: str) -> list[str]

It is given the segments that have no translation (Markdown where people wrote it) and two languages by their codes, and
gives as many texts back, an empty one where it has none. What it raises is told as a failure; nothing is saved then.
"""

import logging
from collections.abc import Callable, Sequence
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.errors import ServiceError

logger = logging.getLogger(__name__)
Provider = Callable[[list[str], str, str], Sequence[str]]


def has_machine() -> bool:
    """Whether the institution has named a provider."""
    return bool(settings.TRANSLATION_DRAFTS)


def drafts_of(texts: list[str], source: str, target: str) -> list[str]:
    """What the provider makes of these texts. Raises ServiceError where there is none, or it fails."""
    if not has_machine():
        raise ServiceError(_("This portal has no machine that drafts translations."))
    try:
        provider = cast(Provider, import_string(settings.TRANSLATION_DRAFTS))
        drafts = [str(each) for each in provider(texts, source, target)]
    except Exception as error:  # whatever a program of others raises
        logger.exception("the provider of machine drafts failed")
        raise ServiceError(_("The machine that drafts translations does not answer. Nothing was changed.")) from error
    if len(drafts) != len(texts):
        raise ServiceError(_("The machine that drafts translations does not answer. Nothing was changed."))
    return drafts
