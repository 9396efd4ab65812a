"""The list of States: in which section and on which page each stands, before more is looked up of those on one page."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.states import order_of_name, regional_groups, states_named
from accounts.states.models import StateParty
from reviews.programme import with_adherences
from reviews.programme.models import Instrument

_NO_GROUP, _FICTIONAL = "none", "fictional"


@dataclass(frozen=True, slots=True)
class StateSection:
    """A regional group, or what is in none; ``page`` is the number of the page on which it begins."""

    key: str
    name: str
    count: int
    page: int

    @property
    def is_fictional(self) -> bool:
        return self.key == _FICTIONAL


@dataclass(frozen=True, slots=True)
class StateList:
    """``keys`` are those of all States that are listed, each with the key of its section, section after section."""

    sections: list[StateSection]
    keys: list[tuple[str, UUID]]

    @property
    def count(self) -> int:
        """The real ones: who exists only for demonstration is left out of all counts."""
        return sum(section.count for section in self.sections if not section.is_fictional)


def called(states: QuerySet[StateParty], text: str) -> QuerySet[StateParty]:
    """Those whose name in any language contains the text, or whose code it is."""
    return states.filter(pk__in=states_named(text).values("pk"))


def state_list(states: QuerySet[StateParty], per_page: int) -> StateList:
    """States by regional group and name, the fictional ones at the end. Two queries, which make no State of a row."""
    names = {str(each.slug): each.name for each in regional_groups()} | {
        _NO_GROUP: _("In no regional group"),
        _FICTIONAL: _("Fictional States, for demonstration and training"),
    }
    rows = states.order_by("iso3").values_list("name", "pk", "regional_group__slug", "is_fictional")
    found = [
        (_FICTIONAL if is_fictional else slug or _NO_GROUP, pk)
        for _name, pk, slug, is_fictional in sorted(rows, key=lambda row: order_of_name(row[0]))
    ]
    places = {key: place for place, key in enumerate(names)}
    found.sort(key=lambda row: places[row[0]])
    counts, sections, before = Counter(section for section, _pk in found), [], 0
    for key, name in names.items():
        if counts[key]:
            sections.append(StateSection(key, name, counts[key], before // per_page + 1))
        before += counts[key]
    return StateList(sections, found)


def sections_on_page(
    listed: StateList, keys: list[tuple[str, UUID]], columns: list[Instrument]
) -> list[tuple[StateSection, list[dict[str, Any]]]]:
    """The sections of one page with what each of their States has joined; ``keys`` is a page of ``listed.keys``."""
    states = with_adherences(StateParty.objects.all()).in_bulk([pk for _section, pk in keys])
    rows: dict[str, list[dict[str, Any]]] = {}
    for section, pk in keys:
        rows.setdefault(section, []).append(_row(states[pk], columns))
    return [(section, rows[section.key]) for section in listed.sections if section.key in rows]


def _row(state: StateParty, columns: list[Instrument]) -> dict[str, Any]:
    joined = {adherence.instrument_id: adherence for adherence in state.all_adherences}  # type: ignore[attr-defined]
    return {"state": state, "cells": [(column, joined.get(column.pk)) for column in columns]}
