"""Providers, whom each is for, and who has proven to be whom it names."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.affiliations import affiliations_of
from accounts.people import is_last_administrator
from accounts.people.models import User
from accounts.single_sign_on.models import IdentityLink, IdentityProvider
from core.errors import found


def domain_of(address: str) -> str:
    """What follows the last @, in small letters."""
    return address.rpartition("@")[2].strip().lower()


def all_providers() -> QuerySet[IdentityProvider]:
    return IdentityProvider.objects.select_related("state_party", "prepared_by", "approved_by", "replaces")


def get_provider(key: UUID) -> IdentityProvider:
    """Raises Http404 where there is none."""
    return found(all_providers().filter(pk=key).first())


def open_providers() -> QuerySet[IdentityProvider]:
    """Those by which somebody can sign in now; in the practice portal, where nobody signs in, none."""
    if settings.PRACTICE:
        return IdentityProvider.objects.none()
    now = timezone.now()
    return IdentityProvider.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now), starts_at__lte=now)


def get_open_provider(key: UUID) -> IdentityProvider:
    """Raises Http404 for one that is not in use."""
    return found(open_providers().filter(pk=key).first())


def get_provider_at(place: UUID) -> IdentityProvider:
    """The one in use that leads back there. Raises Http404 where there is none."""
    return found(open_providers().filter(place=place).first())


def providers_for_address(address: str) -> list[IdentityProvider]:
    """By the domain alone, so that the answer does not tell whether there is such an account."""
    return list(open_providers().filter(domains__contains=[domain_of(address)]))


def is_for(provider: IdentityProvider, user: User) -> bool:
    """Whether this person is one of the provider's: nobody's word counts for people of another State.

    Who belongs to several States, or to one and to the secretariat, is nobody's: one of them would let the person into
    the rooms of the others.
    """
    if domain_of(user.email) not in provider.domains:
        return False
    states = {each.state_party_id for each in affiliations_of(user)}
    if provider.state_party_id is None:
        return bool(user.secretariat_role) and not states
    return not user.secretariat_role and states == {provider.state_party_id}


def providers_of(user: User) -> list[IdentityProvider]:
    """By which this person may sign in now."""
    return [each for each in providers_for_address(user.email) if is_for(each, user)]


def forced_provider_of(user: User) -> IdentityProvider | None:
    """The one by which alone the person signs in, if any. Never of the last administrator, who could mend nothing."""
    forced = next((each for each in providers_of(user) if each.is_forced), None)
    return None if forced is None or is_last_administrator(user) else forced


def link_of(issuer: str, subject: str) -> IdentityLink | None:
    return IdentityLink.objects.filter(issuer=issuer, subject=subject, ended_at=None).select_related("user").first()


def links_of(user: User) -> QuerySet[IdentityLink]:
    return IdentityLink.objects.filter(user=user, ended_at=None)


def account_with(address: str) -> User | None:
    return User.objects.filter(email__iexact=address).first()


@dataclass(frozen=True, slots=True)
class Connection:
    """A provider that may sign a person in; ``link`` is None where the person has not connected the account yet."""

    provider: IdentityProvider
    link: IdentityLink | None
    is_forced: bool


def connections_of(user: User) -> list[Connection]:
    providers = providers_of(user)
    if not providers:
        return []
    links, forced = {link.issuer: link for link in links_of(user)}, forced_provider_of(user)
    return [Connection(each, links.get(each.issuer), each == forced) for each in providers]
