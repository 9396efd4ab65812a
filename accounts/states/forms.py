"""Choices of States, for the forms of all features."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from accounts.states.selectors import offered_states, regional_groups, sorted_by_name


def grouped_states() -> list[Any]:
    """The States by regional group, each group by name; fictional ones, if any, last, under a heading that says so."""
    states = sorted_by_name(offered_states())
    real = [state for state in states if not state.is_fictional]
    groups: list[Any] = [
        (group.name, [(state.iso3, state.name) for state in real if state.regional_group_id == group.pk])
        for group in regional_groups()
    ]
    groups += [
        (_("In no regional group"), [(state.iso3, state.name) for state in real if state.regional_group_id is None]),
        (
            _("Fictional States, for demonstration and training"),
            [(state.iso3, _with_group(state)) for state in states if state.is_fictional],
        ),
    ]
    return [("", _("Choose…")), *(group for group in groups if group[1])]


def _with_group(state: StateParty) -> str:
    return f"{state.name} ({state.regional_group})" if state.regional_group else state.name


class StateField(forms.ChoiceField):
    """One State by its code; gives the StateParty. The choices are read once by the form for all its fields."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.states: dict[str, StateParty] = {}

    def clean(self, value: Any) -> StateParty | None:
        code = super().clean(value)
        return self.states[code] if code else None
