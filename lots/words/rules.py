"""The rules of a draw as they were set for it, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.states import regional_groups
from accounts.states.models import StateParty
from lots.draws import rules_of
from lots.draws.models import DrawRule
from lots.words.switches import value_words
from reviews.programme.models import Mechanism


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule with its evidence; ``value`` is how its switch is set, in words, and empty where it has none.

    ``is_changed``: the switch is not as a draw begins with it.
    """

    rule: DrawRule
    value: str
    is_changed: bool


def rules_set(mechanism: Mechanism, switches: Mapping[str, Any], states: Iterable[StateParty]) -> list[RuleSet]:
    """``switches`` as ``Switches.to_json`` gives them; ``states`` are those that they may name."""
    names = {state.iso3: state.name for state in states}
    names |= {group.name_en: group.name for group in regional_groups()}  # type: ignore[attr-defined]
    rows = []
    for rule in rules_of(mechanism):
        chosen = switches.get(rule.switch)
        words = value_words(rule.switch, chosen, names) if rule.switch else ""
        rows.append(RuleSet(rule, words, bool(rule.switch) and chosen != (rule.default or [])))
    return rows
