"""A need in one line, in the words of the page: for the history of an observation and for files."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _, ngettext

from core.language.i18n import list_of
from observations.needs.enums import NeedPriority, Received


def kept_words(needs: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """What a revision keeps (``services.as_kept``), a need after the other; ``names``: of the types by their keys."""
    return "\n\n".join(_one(need, names) for need in needs)


def _one(need: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = [names.get(need["type"], need["type"])]
    if need["articles"]:
        words = ngettext("article %(numbers)s", "articles %(numbers)s", len(need["articles"]))
        said.append(words % {"numbers": list_of([str(number) for number in need["articles"]])})
    if need["priority"]:
        said.append(_("priority: %(priority)s") % {"priority": NeedPriority(need["priority"]).label})
    if need["received_from"]:
        said.append(_("already received from: %(source)s") % {"source": need["received_from"]})
    elif need["received"]:
        said.append(_("received: %(answer)s") % {"answer": Received(need["received"]).label})
    words = " · ".join(said)
    return f"{words}\n{need['description']}" if need["description"] else words
