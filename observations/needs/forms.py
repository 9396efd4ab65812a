"""Needs as fields of the form of an observation: as many as there are, and two empty ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from observations.needs.enums import NeedPriority, Received
from observations.needs.models import AssistanceType
from observations.needs.services import LONGEST_DESCRIPTION, LONGEST_SOURCE, MOST, NeedInput

ROWS = "needs_shown"  # how many were shown; a form without it shows none, and changes none
_EMPTY = 2
_COLUMNS = ("type", "articles", "priority", "received", "received_from", "description")
_NOT_SAID = ("", _("Not said"))


def need_fields(
    types: Sequence[AssistanceType], articles: Sequence[tuple[str, str]], rows: int
) -> dict[str, forms.Field]:
    """The fields of this many needs, and the one that says how many; none where there are no types."""
    if not types:
        return {}
    fields: dict[str, forms.Field] = {
        ROWS: forms.IntegerField(required=False, min_value=0, max_value=MOST, widget=forms.HiddenInput, initial=rows),
    }
    for number in range(1, rows + 1):
        fields |= {f"need-{number}-{name}": field for name, field in _fields(types, articles).items()}
    return fields


def _fields(types: Sequence[AssistanceType], articles: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "type": forms.ChoiceField(
            label=_("Type of assistance"),
            required=False,
            choices=[("", _("Choose a type")), *((each.key, each.name) for each in types)],
        ),
        "articles": forms.MultipleChoiceField(
            label=_("For which provisions"),
            help_text=_("None ticked: for all articles of the observation."),
            required=False,
            choices=articles,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        ),
        "priority": forms.ChoiceField(label=_("Priority"), required=False, choices=[_NOT_SAID, *NeedPriority.choices]),
        "received": forms.ChoiceField(
            label=_("Is it received already?"), required=False, choices=[_NOT_SAID, *Received.choices]
        ),
        "received_from": forms.CharField(
            label=_("From whom"),
            required=False,
            max_length=LONGEST_SOURCE,
            widget=forms.TextInput(attrs={"dir": "auto"}),
        ),
        "description": forms.CharField(
            label=_("What is needed"),
            required=False,
            max_length=LONGEST_DESCRIPTION,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        ),
        "remove": forms.BooleanField(label=_("Take this need out"), required=False),
    }


def rows_shown(posted: Mapping[str, Any] | None, needs: int) -> int:
    """How many needs the form has: what was posted says so, else those that stand and two more."""
    if posted is None:
        return min(needs + _EMPTY, MOST)
    number = str(posted.get(ROWS, ""))
    return min(int(number), MOST) if number.isascii() and number.isdigit() and len(number) < 3 else 0


def initial_needs(needs: Sequence[NeedInput]) -> dict[str, Any]:
    return {
        f"need-{number}-{name}": value
        for number, need in enumerate(needs, start=1)
        for name, value in zip(
            _COLUMNS,
            (
                need.type.key, [str(each) for each in need.articles], need.priority, need.received,
                need.received_from, need.description,
            ),
            strict=True,
        )
    }  # fmt: skip


def put_needs(posted: Any, needs: Sequence[NeedInput]) -> Any:
    """What was posted, with these needs in the place of its own."""
    data = posted.copy()
    for name in [name for name in data if name.startswith("need-")]:
        del data[name]
    for name, value in initial_needs(needs).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data[ROWS] = str(rows_shown(None, len(needs)))
    return data


def needs_in(given: Mapping[str, Any], types: Mapping[str, AssistanceType]) -> list[tuple[int, NeedInput | None]]:
    """What was filled in, with the number of its row; None for one that says something and has no type."""
    found: list[tuple[int, NeedInput | None]] = []
    for number in range(1, (given.get(ROWS) or 0) + 1):
        values = [given.get(f"need-{number}-{name}") or "" for name in _COLUMNS]
        if not any(values) or given.get(f"need-{number}-remove"):
            continue
        key, articles, *rest = values
        found.append((number, NeedInput(types[key], tuple(map(int, articles)), *rest) if key else None))
    return found


@dataclass(frozen=True, slots=True)
class NeedFieldset:
    """The fields of one need on a page. ``is_open``: something is filled in, or wrong."""

    number: int
    fields: Sequence[BoundField]
    remove: BoundField
    is_open: bool


def need_rows(form: forms.Form, rows: int) -> list[NeedFieldset]:
    if ROWS not in form.fields:
        return []
    return [_row(form, number) for number in range(1, rows + 1)]


def _row(form: forms.Form, number: int) -> NeedFieldset:
    fields = [form[f"need-{number}-{name}"] for name in _COLUMNS]
    is_open = any(field.value() or field.errors for field in fields)
    return NeedFieldset(number, fields, form[f"need-{number}-remove"], is_open)
