"""People as lists show them, what is known of each, and the rules of accounts."""

import datetime as dt
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db.models import Case, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from accounts.people.enums import LEAST, AccountRuleKey, SecretariatRole
from accounts.people.models import AccountRule, Affiliation, StaffSession, User
from accounts.states.models import StateParty
from core.errors import found
from core.models import AuditEntry, Notification

_RULES_FOR = 60  # seconds that a changed rule may take to hold everywhere


INVITATION = "accounts/invitation"  # the template of the mail
_ROLES = (SecretariatRole.ADMINISTRATOR, SecretariatRole.OFFICER, SecretariatRole.AUDITOR)


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


def staff_session_key(user: User) -> str:
    """Where the cache keeps what every page shows of an open staff session."""
    return f"staff-session:{user.pk}"


def affiliations_of(user: User) -> QuerySet[Affiliation]:
    """The States to which a person belongs now."""
    return user.affiliations.filter(ends_on=None).select_related("state_party").order_by("starts_on")


def accounts_for_list() -> QuerySet[User]:
    """People, those who wait longest first; with States and mails of invitation.

    Adds ``invited_at`` and ``reminded_at`` (the first and the last link sent) and ``open_affiliations``.
    """
    invitations = Notification.objects.filter(recipient=OuterRef("pk"), template=INVITATION).order_by()
    of_one = invitations.values("recipient")
    affiliations = Affiliation.objects.filter(ends_on=None).select_related("state_party")
    people = User.objects.annotate(
        invited_at=Subquery(of_one.annotate(at=Min("created_at")).values("at")),
        reminded_at=Subquery(of_one.annotate(at=Max("created_at")).values("at")),
    ).prefetch_related(Prefetch("affiliations", affiliations, to_attr="open_affiliations"))
    return people.order_by("invited_at", "full_name", "pk")


def people_named(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or address contains the text."""
    return people.filter(Q(full_name__icontains=text) | Q(email__icontains=text))


def secretariat_members() -> QuerySet[User]:
    """Everybody who has a role in the secretariat: administrators first, who has been ended last."""
    is_over = Case(When(is_active=False, then=1), default=0)
    place = Case(*(When(secretariat_role=role, then=number) for number, role in enumerate(_ROLES)))
    return User.objects.exclude(secretariat_role="").order_by(is_over, place, "full_name", "pk")


def get_account(account_id: str) -> User:
    """A person by key. Raises Http404 when there is none."""
    return found(User.objects.filter(pk=account_id).first())


def staff_sessions_of_state(state: StateParty) -> QuerySet[StaffSession]:
    return StaffSession.objects.filter(state_party=state).select_related("user").order_by("-started_at")


def staff_sessions_of(user: User) -> QuerySet[StaffSession]:
    """A person's own, the latest first."""
    return StaffSession.objects.filter(user=user).select_related("user", "state_party").order_by("-started_at")


def acts_within(sessions: list[StaffSession]) -> dict[str, list[AuditEntry]]:
    """What was done under each of these sessions, by its key: the entries that carry it, without its own two."""
    keys = [str(session.pk) for session in sessions]
    people = {session.user_id for session in sessions}
    entries = AuditEntry.objects.filter(actor__in=people, after__staff_session__in=keys)
    found: dict[str, list[AuditEntry]] = {key: [] for key in keys}
    for entry in entries.exclude(verb__startswith="accounts.staff_session.").order_by("id"):
        found[(entry.after or {})["staff_session"]].append(entry)
    return found


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
