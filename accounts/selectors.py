"""States and people, as lists show them."""

import datetime as dt
import unicodedata

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404

from accounts.enums import AccountRuleKey, SecretariatRole
from accounts.models import AccountRule, RegionalGroup, StateParty, User

_RULES_FOR = 60  # seconds that a changed rule may take to hold everywhere


def states_parties() -> QuerySet[StateParty]:
    """The real States and organizations, with their regional group."""
    return StateParty.objects.filter(is_fictional=False).select_related("regional_group")


def fictional_states() -> QuerySet[StateParty]:
    return StateParty.objects.filter(is_fictional=True).select_related("regional_group")


def all_states() -> QuerySet[StateParty]:
    return StateParty.objects.select_related("regional_group")


def name_order(state: StateParty) -> str:
    """Sorts by name in the reader's language. PostgreSQL's ICU collations are not everywhere, so Python sorts."""
    decomposed = unicodedata.normalize("NFKD", state.name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def sorted_by_name(states: QuerySet[StateParty]) -> list[StateParty]:
    return sorted(states, key=name_order)


def get_state(iso3: str) -> StateParty:
    """A State by its code. Raises Http404 when there is none."""
    state = all_states().filter(iso3=iso3).first()
    if state is None:
        raise Http404
    return state


def regional_groups() -> QuerySet[RegionalGroup]:
    return RegionalGroup.objects.all()


def officers() -> QuerySet[User]:
    """Members of the secretariat who can be in charge of a review."""
    return User.objects.filter(
        secretariat_role__in=[SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR], is_active=True
    )


def account_rule(key: AccountRuleKey) -> dt.timedelta:
    """How long the rule says. Raises AccountRule.DoesNotExist where the reference data has not been loaded."""

    def look() -> dt.timedelta:
        rule = AccountRule.objects.get(key=key)
        return dt.timedelta(**{rule.unit: rule.value})

    duration = cache.get_or_set(f"account-rule:{key}", look, _RULES_FOR)
    return duration or look()
