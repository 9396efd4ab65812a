"""States and regional groups, as lists show them, in the order of the reader's language."""

import functools
import unicodedata
import zoneinfo
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from accounts.states.models import RegionalGroup, StateParty
from core.institution.facts import home_zone
from core.time.time_zones import is_zone


def all_states() -> QuerySet[StateParty]:
    return StateParty.objects.select_related("regional_group")


def offered_states() -> QuerySet[StateParty]:
    """Among whom an act chooses: without fictional States, unless somebody speaks for one here, as in the demo."""
    are_at_work = StateParty.objects.filter(is_fictional=True, affiliations__isnull=False).exists()
    return all_states() if are_at_work else all_states().filter(is_fictional=False)


def states_named(text: str) -> QuerySet[StateParty]:
    """Those whose code is the text, or whose name in any language contains it."""
    named = Q(iso3__iexact=text)
    for language in AVAILABLE_LANGUAGES:
        named |= Q(**{f"{build_localized_fieldname('name', language)}__icontains": text})
    return StateParty.objects.filter(named)


def codes_by_name() -> dict[str, str]:
    """From each code, and each name in any language (``order_of_name``), to the code of the State. One query.

    What two States are called leads to neither.
    """
    names = [build_localized_fieldname("name", language) for language in AVAILABLE_LANGUAGES]
    found: dict[str, str] = {}
    for iso3, *called in StateParty.objects.values_list("iso3", "iso2", *names):
        for name in {order_of_name(each) for each in (iso3, *called) if each}:
            found[name] = "" if found.get(name, iso3) != iso3 else iso3
    return found


def name_order(state: StateParty) -> str:
    """Sorts States by their names in the reader's language."""
    return order_of_name(state.name)


@functools.lru_cache(maxsize=4096)
def order_of_name(name: str) -> str:
    """Sorts by names. PostgreSQL's ICU collations are not everywhere, so Python sorts."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def sorted_by_name(states: QuerySet[StateParty]) -> list[StateParty]:
    return sorted(states, key=name_order)


def states_among(rows: QuerySet[Any], column: str) -> list[tuple[str, str]]:
    """Codes and names of the States that stand in a ``column`` of the rows, by name; for a filter."""
    found = StateParty.objects.filter(pk__in=rows.order_by().values(column))
    return [(state.iso3, state.name) for state in sorted_by_name(found)]


def keys_by_name() -> list[UUID]:
    """The keys of all States, by name in the reader's language; without making a State of each row."""
    rows = StateParty.objects.order_by("iso3").values_list("pk", "name")
    return [pk for pk, _name in sorted(rows, key=lambda row: order_of_name(row[1]))]


def in_order_of_names(column: str) -> Case:
    """By what rows with a State in ``column`` are ordered as its name is in the reader's language. One query."""
    places = [When(**{column: pk}, then=Value(place)) for place, pk in enumerate(keys_by_name())]
    return Case(*places, default=Value(0), output_field=IntegerField())


def get_state(iso3: str) -> StateParty:
    """A State by its code. Raises Http404 when there is none."""
    state = all_states().filter(iso3=iso3).first()
    if state is None:
        raise Http404
    return state


def zone_of_state(state: StateParty) -> zoneinfo.ZoneInfo:
    """Where a State's dates end at midnight: the zone of its capital, or the portal's where none is known."""
    return zoneinfo.ZoneInfo(state.time_zone) if is_zone(state.time_zone) else home_zone()


def regional_groups() -> QuerySet[RegionalGroup]:
    return RegionalGroup.objects.all()
