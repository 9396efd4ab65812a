"""Hints in the words of their reader: one line each, with the place that it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from core.language.i18n import in_own_order, isolated, list_of
from core.language.rendering import as_words
from observations.hints.enums import HintKind
from observations.hints.rules import Entry, Hint
from reviews.programme import question_number

_LONGEST = 60  # signs of an observation by which it is known again


@dataclass(frozen=True, slots=True)
class HintLine:
    """``url`` leads to what ``name`` names; a form that is about one text names nothing."""

    url: str
    name: str
    says: str


def lines_of(hints: Iterable[Hint], entries: Iterable[Entry]) -> list[HintLine]:
    """By kind, and of a kind in the order of the text. ``entries``: those that the hints are about or name."""
    names, order = _told_apart(entries), list(HintKind)
    ordered = sorted(hints, key=lambda hint: order.index(hint.kind))
    return [HintLine(hint.place, _name_of(hint, names), _said(hint, names)) for hint in ordered]


def opening_of(text: str) -> str:
    """How a text (Markdown) begins, in one line."""
    words = " ".join(as_words(text).split())
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _told_apart(entries: Iterable[Entry]) -> dict[str, str]:
    """Names by place; of several that are the same the later ones bear a number."""
    counted: dict[str, int] = {}
    given = {}
    for entry in entries:
        counted[entry.name] = number = counted.get(entry.name, 0) + 1
        given[entry.place] = f"{entry.name} ({number})" if number > 1 else entry.name
    return given


def _name_of(hint: Hint, names: Mapping[str, str]) -> str:
    if hint.kind == HintKind.NO_OBSERVATION:
        return _("Article %(number)s") % {"number": hint.about[0]}
    if hint.kind == HintKind.EMPTY_HEADING:
        return hint.about[0]
    if hint.kind == HintKind.LEFT_OUT:
        return _("Observation No. %(number)s") % {"number": hint.about[0]}
    return names.get(hint.place, "")


def _said(hint: Hint, names: Mapping[str, str]) -> str:
    words = {"words": list_of([_("“%(word)s”") % {"word": isolated(word)} for word in hint.about])}
    match hint.kind:
        case HintKind.NO_OBSERVATION:
            return _("no observation is about it yet.")
        case HintKind.EMPTY_HEADING:
            return _("nothing stands under this heading yet.")
        case HintKind.LEFT_OUT:
            return _("is left out of the summary: no passage draws on it.")
        case HintKind.NO_GROUND:
            return _("rests on no answer.")
        case HintKind.SHARED_GROUND:
            message = ngettext(
                "under the same heading, “%(other)s” rests on question %(codes)s as well.",
                "under the same heading, “%(other)s” rests on questions %(codes)s as well.",
                len(hint.about),
            )
            codes = list_of([in_own_order(question_number(code)) for code in hint.about])
            return message % {"other": isolated(names.get(hint.other, "")), "codes": codes}
        case HintKind.ABBREVIATION:
            message = ngettext(
                "%(words)s is not defined where it is used first.",
                "%(words)s are not defined where they are used first.",
                len(hint.about),
            )
            return message % words
        case HintKind.PERSONAL:
            return _("may read as personal: %(words)s.") % words
        case HintKind.JUDGING:
            return _("may read as a judgement: %(words)s.") % words
