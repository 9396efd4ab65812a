"""People, what is known of each, and the rules of accounts."""

import datetime as dt

from django.core.cache import cache
from django.db.models import QuerySet

from accounts.people.enums import LEAST, AccountRuleKey, AccountStatus, SecretariatRole
from accounts.people.models import AccountRule, User
from accounts.people.policy import SECRETARIAT, Actor, secretariat_role
from core.errors import found
from core.policy import SystemActor

_RULES_FOR = 60  # seconds that a changed rule may take to hold everywhere


def officers() -> QuerySet[User]:
    """Members of the secretariat who can be in charge of a review."""
    return User.objects.filter(
        secretariat_role__in=[SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR], is_active=True
    )


def account_rule(key: AccountRuleKey) -> dt.timedelta:
    """How long the rule says, and never less than ``LEAST``.

    Raises AccountRule.DoesNotExist where the reference data has not been loaded.
    """

    def look() -> float:
        return AccountRule.objects.get(key=key).length.total_seconds()

    seconds = cache.get_or_set(f"account-rule:{key}", look, _RULES_FOR)
    length = dt.timedelta(seconds=look() if seconds is None else seconds)
    return max(length, LEAST.get(key, length))


def forget_account_rule(key: AccountRuleKey) -> None:
    """Make the next question look anew (after a rule has changed); otherwise that takes up to a minute."""
    cache.delete(f"account-rule:{key}")


def get_account(account_id: str) -> User:
    """A person by key. Raises Http404 when there is none."""
    return found(User.objects.filter(pk=account_id).first())


def is_sole_officer(actor: Actor) -> bool:
    """Whether nobody else of the secretariat could approve what this officer has prepared."""
    if isinstance(actor, SystemActor) or secretariat_role(actor) not in SECRETARIAT:
        return False
    roles = [role.value for role in SECRETARIAT]
    able = User.objects.filter(secretariat_role__in=roles, is_active=True, status=AccountStatus.ACTIVE)
    return not able.exclude(pk=actor.pk).exists()
