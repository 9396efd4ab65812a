"""States and people, as lists show them."""

import unicodedata

from django.db.models import QuerySet

from accounts.models import StateParty


def states_parties() -> QuerySet[StateParty]:
    """The real States and organizations, with their regional group."""
    return StateParty.objects.filter(is_fictional=False).select_related("regional_group")


def fictional_states() -> QuerySet[StateParty]:
    return StateParty.objects.filter(is_fictional=True).select_related("regional_group")


def all_states() -> QuerySet[StateParty]:
    return StateParty.objects.select_related("regional_group")


def sorted_by_name(states: QuerySet[StateParty]) -> list[StateParty]:
    """By name in the reader's language. PostgreSQL's ICU collations are not everywhere, so Python sorts."""

    def key(state: StateParty) -> str:
        decomposed = unicodedata.normalize("NFKD", state.name)
        return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()

    return sorted(states, key=key)
