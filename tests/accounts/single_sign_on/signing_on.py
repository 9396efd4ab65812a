"""What tests of single sign-on share: a provider of the State Xaland, one of its people, and the way there and back."""

from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.affiliations import affiliate
from accounts.people.models import User
from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.secrets import sealed
from accounts.states.models import StateParty
from tests.accounts.signing import sign_in, url
from tests.accounts.single_sign_on.provider import CLIENT, SECRET, Provider
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory

DOMAIN = "ministry.example"


def state(iso3: str = "ALB") -> StateParty:
    return StateParty.objects.get(iso3=iso3)


def provider_row(provider: Provider, **given: Any) -> IdentityProvider:
    """In use, as two members have set it up."""
    now = timezone.now()
    values = {
        "name": "The Ministry",
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "sealed_secret": sealed(SECRET),
        "state_party": state(),
        "domains": [DOMAIN],
        "prepared_by": AdministratorFactory(),
        "approved_by": OfficerFactory(),
        "approved_at": now,
        "starts_at": now,
    }
    return IdentityProvider.objects.create(**{**values, **given})


def person(name: str = "ana", iso3: str = "ALB", domain: str = DOMAIN, **given: Any) -> User:
    user = UserFactory(email=f"{name}@{domain}", **given)
    affiliate(user, state(iso3))
    return user


def way_out(page: Any) -> str:
    """Where the page leads by itself: to the provider, and by no redirect, which no form could be followed by."""
    assert page.status_code == 200, page.content
    delay, _, way = page.headers["Refresh"].partition(";url=")
    assert (delay, f'href="{escape(way)}"' in page.content.decode()) == ("0", True)
    return str(way)


def sign_on(client: Client, row: IdentityProvider, provider: Provider, way: str = "sign-on", **asked: str) -> Any:
    """To the provider and back, with what it says."""
    kept = provider.note_question(way_out(client.get(url(f"accounts:{way}", row.pk), asked)))
    return client.get(url("account_sign_on_callback", row.place), {"state": kept, "code": "good"})


def connect(client: Client, row: IdentityProvider, provider: Provider, user: User) -> HttpResponseBase:
    """The first time: the provider names the person, who then signs in as before."""
    provider.says.setdefault("email", user.email)
    sign_on(client, row, provider)
    return sign_in(client, user)


def is_signed_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)
