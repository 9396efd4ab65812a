"""The value of a switch of a draw in the words of the active language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from core.language.i18n import in_own_order, isolated, list_of

_LOADS: Mapping[str, str | Promise] = {
    "hard": gettext_lazy("Each State reviews one to three States"),
    "soft": gettext_lazy("No limit"),
    "two": gettext_lazy("Exactly two duties for each State, extra ones aside"),
}
_ON_OFF: Mapping[str, str | Promise] = {
    "on": pgettext_lazy("a switch", "On"),
    "off": pgettext_lazy("a switch", "Off"),
}


def value_words(switch: str, value: Any, names: Mapping[str, str]) -> str:
    """``value`` is what ``Draw.switches`` holds for the switch.

    ``names`` are those of States by their codes and of regional groups by their English names.
    """
    if isinstance(value, list):
        return list_of([_listed(each, names) for each in value]) if value else pgettext("States of a switch", "None")
    if switch == "load":
        return str(_LOADS[value])
    return str(_ON_OFF.get(value, names.get(value, value)))


def _listed(entry: str, names: Mapping[str, str]) -> str:
    """A State, or a pair AAA>BBB in which the first does not review the second."""
    reviewer, divider, under_review = entry.partition(">")
    if not divider:
        return _name(reviewer, names)
    message = _("%(reviewer)s does not review %(state)s")
    return message % {"reviewer": _name(reviewer, names), "state": _name(under_review, names)}


def _name(code: str, names: Mapping[str, str]) -> str:
    return isolated(names[code]) if code in names else in_own_order(code)
