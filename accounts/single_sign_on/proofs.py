"""What the session keeps of an identity: one that waits for its person's proof, and a second factor shown elsewhere."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.sessions import circumstances
from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.selectors import forced_provider_of, links_of, open_providers, providers_of
from accounts.single_sign_on.services import make_link
from core.database.identity import identified_as
from core.errors import ServiceError

FACTOR, BY = "mfa", "single_sign_on"  # allauth's name for a second factor, and ours for where it was shown
_PENDING = "identity_to_connect"
_WAITS = 15 * 60  # seconds
_LONGEST_NAME = 150


def note_identity(
    request: HttpRequest, *, provider: IdentityProvider, subject: str, name: str, user: User, next_url: str
) -> None:
    """Let an identity wait until the owner of the account signs in as before, in this browser, or says to connect it.

    ``next_url``: where the person goes on to afterwards, an address of ours or empty.
    """
    request.session[_PENDING] = {
        "provider": str(provider.pk),
        "subject": subject,
        "name": name[:_LONGEST_NAME],
        "user": str(user.pk),
        "next": next_url,
        "until": time.time() + _WAITS,
    }


def waiting_provider(request: HttpRequest, user: User | None = None) -> IdentityProvider | None:
    """The provider whose word waits for a proof, of this person where one is given; None where none does."""
    kept = request.session.get(_PENDING)
    if kept is None or kept["until"] < time.time() or (user is not None and kept["user"] != str(user.pk)):
        return None
    return open_providers().filter(pk=kept["provider"]).first()


def waiting_name(request: HttpRequest) -> str:
    """How the provider names who is asked for a proof."""
    return str(request.session.get(_PENDING, {}).get("name", ""))


def waiting_next(request: HttpRequest) -> str:
    """Where the person goes on to after the identity is connected; empty where nothing was asked for."""
    return str(request.session.get(_PENDING, {}).get("next", ""))


def forget_identity(request: HttpRequest) -> None:
    """Connect nothing with the identity that waits, if one does."""
    request.session.pop(_PENDING, None)


def refuse_other_ways(request: HttpRequest, user: User) -> HttpResponse | None:
    """Where the person signs in by a provider alone and has come by another way: back, with the reason."""
    if getattr(request, "signs_on", False):
        return None
    forced = forced_provider_of(user)
    if forced is None or waiting_provider(request, user) is not None:
        return None
    forget_identity(request)  # it is that of somebody else
    message = _("You sign in by “%(provider)s” alone. Use its button below.")
    messages.error(request, message % {"provider": forced.name})
    return HttpResponseRedirect(reverse("accounts:sign-in"))


def connect_waiting(request: HttpRequest, user: User) -> None:
    """Connect the account with the identity that waited for this proof; of anybody else it is forgotten."""
    provider = waiting_provider(request, user)
    kept: dict[str, Any] | None = request.session.pop(_PENDING, None)
    if kept is None or provider is None:
        return
    try:
        with identified_as(user):
            make_link(user=user, provider=provider, subject=kept["subject"], circumstances=circumstances(request))
    except ServiceError as error:
        messages.error(request, str(error))
        return
    words = _("Your account is connected with “%(provider)s”. From now on you sign in by it.")
    messages.success(request, words % {"provider": provider.name})


def note_sign_on(request: HttpRequest, user: User, *, proven_at: float, has_shown_factor: bool) -> None:
    """Keep when the person proved it at the provider, and the second factor shown there where that is trusted."""
    record_authentication(request, user, method=BY, at=proven_at, reauthenticated=True)
    if has_shown_factor:
        record_authentication(request, user, method=FACTOR, type=BY, at=proven_at)


def has_just_shown_factor(request: HttpRequest, user: User) -> bool:
    """Whether the last proof in this session is a second factor that a trusted provider has asked for."""
    records = get_authentication_records(request, user)
    return bool(records) and (records[-1]["method"], records[-1].get("type")) == (FACTOR, BY)


def came_by_provider(request: HttpRequest) -> bool:
    """Whether a provider has signed in the person of this session, who may still be signed in there."""
    user: Any = request.user
    return any(each["method"] == BY for each in get_authentication_records(request, user))


def ways_to_ask_again(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """The providers that can ask the person once more: ``is_factor`` where that counts as a second factor."""
    issuers = set(links_of(user).values_list("issuer", flat=True))
    return [
        {
            "id": BY,
            "url": reverse("accounts:sign-on-again", args=[each.pk]),
            "description": _("Sign in at “%(provider)s” once more") % {"provider": each.name},
            "is_factor": each.trusts_factor,
        }
        for each in (providers_of(user) if issuers else [])
        if each.issuer in issuers
    ]
