"""What a job says that was given up: a document is not there, and of an act nothing was done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext


@dataclass(frozen=True, slots=True)
class WordsOfFailure:
    """``fault``: the work broke off. ``lost``: workers died of it, so many. ``hang``: it took longer, in seconds."""

    fault: Callable[[], str]
    lost: Callable[[int], str]
    hang: Callable[[int], str]


def _document_lost(count: int) -> str:
    return ngettext(
        "The work on the document was interrupted %(count)d time, so it was given up. Please try again.",
        "The work on the document was interrupted %(count)d times, so it was given up. Please try again.",
        count,
    ) % {"count": count}


def _document_hang(count: int) -> str:
    return ngettext(
        "The document was not ready after %(count)d second, so the work was ended. Please try again.",
        "The document was not ready after %(count)d seconds, so the work was ended. Please try again.",
        count,
    ) % {"count": count}


def _act_lost(count: int) -> str:
    return ngettext(
        "The work was interrupted %(count)d time, so it was given up. Nothing was changed. Please try again.",
        "The work was interrupted %(count)d times, so it was given up. Nothing was changed. Please try again.",
        count,
    ) % {"count": count}


def _act_hang(count: int) -> str:
    return ngettext(
        "The work was not done after %(count)d second, so it was ended. Nothing was changed. Please try again.",
        "The work was not done after %(count)d seconds, so it was ended. Nothing was changed. Please try again.",
        count,
    ) % {"count": count}


OF_DOCUMENT = WordsOfFailure(
    lambda: _("Something went wrong while the document was being made. Please try again."),
    _document_lost,
    _document_hang,
)
OF_ACT = WordsOfFailure(
    lambda: _("Something went wrong, and nothing was changed. Please try again."), _act_lost, _act_hang
)
