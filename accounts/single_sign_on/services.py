"""A provider is prepared by one member, approved by another and ended by any; a person connects the own account."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor, account_rule
from accounts.people.enums import AccountAction, AccountRuleKey
from accounts.people.models import User
from accounts.sessions import end_sessions_of
from accounts.single_sign_on.enums import ProviderStatus
from accounts.single_sign_on.models import IdentityLink, IdentityProvider
from accounts.single_sign_on.secrets import sealed
from accounts.single_sign_on.selectors import forced_provider_of, is_for
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.mail import notifications
from core.policy import require


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderInput:
    """``state_party``: whose people they are; None for those of the secretariat. ``secret``: None keeps the one of the
    provider that is replaced.
    """

    name: str
    issuer: str
    client_id: str
    secret: str | None
    state_party: StateParty | None
    domains: Sequence[str]
    address_claim: str
    name_claim: str
    trusts_factor: bool
    is_forced: bool


@transaction.atomic
def prepare_provider(
    *, actor: User, given: ProviderInput, replaces: IdentityProvider | None = None
) -> IdentityProvider:
    """Write down a provider; nobody signs in by it until another member has approved it.

    Raises ServiceError where it would replace one that has ended, or that another one is to replace already; by the
    field where a secret is missing: that of another issuer goes to none.
    """
    require(actor, AccountAction.PREPARE_PROVIDER)
    if replaces is not None:
        _check_replaceable(replaces)
    if given.secret is None and (replaces is None or replaces.issuer != given.issuer):
        raise ServiceError(_("Enter the secret of this client."), field="secret")
    secret = replaces.sealed_secret if replaces is not None and given.secret is None else sealed(given.secret or "")
    provider = IdentityProvider.objects.create(
        name=given.name,
        issuer=given.issuer,
        client_id=given.client_id,
        sealed_secret=secret,
        state_party=given.state_party,
        domains=list(given.domains),
        address_claim=given.address_claim,
        name_claim=given.name_claim,
        trusts_factor=given.trusts_factor,
        is_forced=given.is_forced,
        replaces=replaces,
        place=replaces.place if replaces else uuid.uuid4(),
        prepared_by=actor,
    )
    audit.record(actor, "accounts.provider.prepared", provider, after=_facts(provider))
    return provider


def _check_replaceable(provider: IdentityProvider) -> None:
    locked = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
    if locked.ended_at is not None:
        raise ServiceError(_("This provider has ended, or another one takes its place already."))
    if IdentityProvider.objects.filter(replaces=locked, ended_at=None).exists():
        raise ServiceError(_("A change of this provider waits already: approve it or discard it first."))


@transaction.atomic
def approve_provider(*, actor: User, provider: IdentityProvider) -> IdentityProvider:
    """Stand behind it as the second member. Its people are told; those of a State some time before it is in use.

    Pressing twice changes nothing more. Raises ServiceError where it was discarded meanwhile.
    """
    locked = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
    if locked.approved_by_id == actor.pk:
        return locked
    require(actor, AccountAction.APPROVE_PROVIDER, locked.prepared_by)
    if locked.status != ProviderStatus.WAITS:
        raise ServiceError(_("This provider does not wait for anybody any more."))
    now = timezone.now()
    wait = account_rule(AccountRuleKey.ACCESS_WAIT) if locked.state_party_id else None
    locked.approved_by, locked.approved_at, locked.starts_at = actor, now, now + wait if wait else now
    locked.save(update_fields=["approved_by", "approved_at", "starts_at", "updated_at"])
    if locked.replaces_id:
        former = IdentityProvider.objects.filter(pk=locked.replaces_id, ended_at=None)
        former.update(ended_at=locked.starts_at, updated_at=now)
    audit.record(actor, "accounts.provider.approved", locked, after={"starts_at": locked.starts_at.isoformat()})
    _announce(locked)
    return locked


@transaction.atomic
def end_provider(*, actor: Actor, provider: IdentityProvider) -> IdentityProvider:
    """End it at once, or discard one that waits: it gives nobody anything, so that one member is enough.

    Sessions of whom its issuer names end, unless it was never in use. What it was announced to replace stays in use.
    """
    require(actor, AccountAction.END_PROVIDER)
    locked = IdentityProvider.objects.select_for_update().get(pk=provider.pk)
    if locked.ended_at is not None and locked.ended_at <= timezone.now():
        return locked
    was_open = locked.status == ProviderStatus.OPEN
    if locked.status == ProviderStatus.ANNOUNCED and locked.replaces_id:
        former = IdentityProvider.objects.filter(pk=locked.replaces_id, ended_at=locked.starts_at)
        former.update(ended_at=None, updated_at=timezone.now())
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at", "updated_at"])
    if was_open:
        for link in IdentityLink.objects.filter(issuer=locked.issuer, ended_at=None).select_related("user"):
            if is_for(locked, link.user):
                end_sessions_of(link.user)
    audit.record(actor, "accounts.provider.ended", locked)
    return locked


def make_link(*, user: User, provider: IdentityProvider, subject: str, circumstances: dict[str, Any]) -> IdentityLink:
    """Connect the account of a person, who has just proven to be its owner here and to be ``subject`` there.

    The person is told by mail. Whom the issuer named otherwise until now, as before it renewed its names, is connected
    no longer by that. Raises ServiceError where the subject is connected with another account.
    """
    require(user, AccountAction.VIEW_OWN_PROFILE)
    there = IdentityLink.objects.filter(user=user, issuer=provider.issuer, ended_at=None).first()
    if there is not None and there.subject == subject:
        return there
    try:
        with transaction.atomic():
            if there is not None:
                _end_link(there, actor=user)
            link = IdentityLink.objects.create(user=user, issuer=provider.issuer, subject=subject)
            audit.record(user, "accounts.link.made", link, after={"provider": str(provider.pk)})
            context = {**circumstances, "provider": provider.name}
            notifications.queue(user, "accounts/link_made", context, key=f"link:{link.pk}")
    except IntegrityError as error:
        message = _("Your identity at “%(provider)s” is connected with another account already.")
        raise ServiceError(message % {"provider": provider.name}) from error
    return link


@transaction.atomic
def end_link(*, actor: User, link: IdentityLink) -> None:
    """Disconnect the own account. Raises ServiceError where the person may sign in by that provider alone."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    locked = IdentityLink.objects.select_for_update().filter(pk=link.pk, user=actor, ended_at=None).first()
    if locked is None:
        return
    forced = forced_provider_of(actor)
    if forced is not None and forced.issuer == locked.issuer:
        raise ServiceError(_("You sign in by this provider alone, so that your account stays connected with it."))
    _end_link(locked, actor=actor)


@transaction.atomic
def end_links_of(user: User, *, actor: Actor) -> None:
    """Disconnect an account that is closed, or goes to another address. The caller asks the policy."""
    for link in IdentityLink.objects.select_for_update().filter(user=user, ended_at=None):
        _end_link(link, actor=actor)


def _end_link(link: IdentityLink, *, actor: Actor) -> None:
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at", "updated_at"])
    audit.record(actor, "accounts.link.ended", link)


def _facts(provider: IdentityProvider) -> dict[str, Any]:
    """What the record keeps of it: all but the secret."""
    state = provider.state_party.iso3 if provider.state_party else ""
    names = ("name", "issuer", "client_id", "domains", "address_claim", "name_claim", "trusts_factor", "is_forced")
    return {**{name: getattr(provider, name) for name in names}, "state": state}


def _announce(provider: IdentityProvider) -> None:
    """Tell all people of the State, or of the secretariat: whom it is for, and those with other addresses too."""
    users = User.objects.filter(is_active=True)
    if provider.state_party_id:
        users = users.filter(affiliations__state_party=provider.state_party_id, affiliations__ends_on=None)
    else:
        users = users.exclude(secretariat_role="")
    starts_at = provider.starts_at.isoformat() if provider.starts_at else ""
    context = {"provider": provider.name, "is_forced": provider.is_forced, "at": starts_at}
    for user in users.distinct():
        told = {**context, "is_theirs": is_for(provider, user), "domains": ", ".join(provider.domains)}
        notifications.queue(user, "accounts/provider_announced", told, key=f"provider:{provider.pk}:{user.pk}")
