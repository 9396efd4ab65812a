"""Second factors of people, and until when somebody may work without one."""

import datetime as dt
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from accounts.people import account_rule
from accounts.people.enums import AccountRuleKey
from accounts.people.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factors_of(user: User) -> QuerySet[Authenticator]:
    """The apps and passkeys of a person. Recovery codes only stand in for one that is not at hand."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    return found.order_by("created_at")


def has_second_factor(user: User) -> bool:
    return second_factors_of(user).exists()


def recovery_codes_of(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()


def register_grace(rule: AccountRuleKey, holds: Callable[[User], bool]) -> None:
    """Let a rule of its own say how long those may work without a second factor of whom ``holds`` says yes."""
    _GRACES[rule] = holds


_GRACES: dict[AccountRuleKey, Callable[[User], bool]] = {
    AccountRuleKey.SECRETARIAT_GRACE: lambda user: bool(user.secretariat_role)
}


def second_factor_due(user: User) -> tuple[dt.datetime, bool]:
    """Until when this person may work without a second factor, and whether a rule for his or her role says so.

    Where several roles have rules the shortest holds; who has none of these roles has the days of everybody.
    """
    rules = [rule for rule, holds in _GRACES.items() if holds(user)]
    graces = [account_rule(rule) for rule in rules or [AccountRuleKey.SECOND_FACTOR_GRACE]]
    return (user.activated_at or user.created_at) + min(graces), bool(rules)
