"""The certificate of a draw in words: which rules hold, how many extra reviewers there are, how even the load is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _, ngettext

from core.language.i18n import list_of
from lots.words.sentences import rule_words


def checks_of(certificate: Mapping[str, Any], roles: Sequence[str]) -> list[tuple[str, bool]]:
    """What each rule says of a draw of these roles, and whether it holds."""
    return [(rule_words(rule["rule"], roles), rule["holds"]) for rule in certificate["rules"]]


def findings_of(certificate: Mapping[str, Any]) -> Iterator[str]:
    """The number of extra reviewers and the balance of the load, each with its bound where one is claimed."""
    extras, load = certificate["extra_reviewers"], certificate["load"]
    message = ngettext(
        "%(number)d extra reviewing State was drawn.",
        "%(number)d extra reviewing States were drawn.",
        extras["number"],
    )
    yield message % {"number": extras["number"]}
    if "bound" in extras:
        yield _bound_words(
            extras, _("No draw under these rules has fewer (proved)."), _("No draw has fewer than %(bound)s.")
        )
    spread = next(rule["evidence"]["states_by_load"] for rule in certificate["rules"] if rule["rule"] == "load")
    yield list_of([_load_words(int(states), int(duties)) for duties, states in sorted(spread.items())])
    if "bound" in load:
        yield _bound_words(
            load,
            _("No draw with as few extra reviewing States spreads the reviews more evenly (proved)."),
            _("The squares of the numbers of reviews add up to %(sum)s; no draw of this kind has less than %(bound)s."),
        )


def _load_words(states: int, duties: int) -> str:
    message = ngettext("%(states)d State reviews %(duties)d", "%(states)d States review %(duties)d each", states)
    return message % {"states": states, "duties": duties}


def _bound_words(found: Mapping[str, Any], proved: str, bounded: str) -> str:
    return proved if found["proved"] else bounded % {"bound": found["bound"], "sum": found.get("sum_of_squares", "")}
