"""A person's own tokens, and the one behind a secret."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.people import account_rule
from accounts.people.enums import AccountRuleKey
from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.tokens.models import ApiToken
from accounts.tokens.secrets import PREFIX, hash_of

StatesOf = Callable[[User], list[StateParty]]
_states_of: list[StatesOf] = []


def register_states_acted_for(find: StatesOf) -> None:
    """Let ``find`` say for which States a person acts now; a feature above knows of participations."""
    _states_of.append(find)


def states_acted_for(user: User) -> list[StateParty]:
    """By name; each once."""
    found = {state.pk: state for find in _states_of for state in find(user)}
    return sorted(found.values(), key=lambda state: state.name)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's own that were not ended, those that have run out among them."""
    return ApiToken.objects.filter(user=user, ended_at=None).select_related("state_party")


def get_token_for(user: User, pk: UUID) -> ApiToken:
    """The person's own, also one that was ended since its list was shown. Raises Http404 for somebody else's."""
    token = ApiToken.objects.filter(user=user, pk=pk).select_related("state_party").first()
    if token is None:
        raise Http404
    return token


def longest_days() -> int:
    """For how many days a token is valid at most."""
    return account_rule(AccountRuleKey.API_TOKEN).days


def token_behind(words: str) -> ApiToken | None:
    """The token with this secret, and its person; None for one that is wrong, run out or ended, or a closed account.

    For the door: who it is for is not known yet.
    """
    if not words.startswith(PREFIX):
        return None
    works = ApiToken.objects.filter(ended_at=None, expires_at__gt=timezone.now(), user__is_active=True)
    return works.filter(sha256=hash_of(words)).select_related("user", "state_party").first()
