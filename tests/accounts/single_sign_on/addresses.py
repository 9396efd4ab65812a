"""Who gets what at the addresses of identity providers."""

from typing import Any
from uuid import UUID

from accounts.single_sign_on.models import IdentityProvider
from tests.permissions.urls_base import ANYBODY, AUDITOR, OFFICERS, Access, Page, Scene, once, only

_SECRETARIAT = OFFICERS | AUDITOR
_OFFICERS, _ADMINISTRATORS = (once(only(may, of=_SECRETARIAT)) for may in (OFFICERS, frozenset({"administrator"})))
_SECOND = once(only(OFFICERS - {"administrator"}, of=_SECRETARIAT))
_NOBODYS = UUID(int=0)


def provider(scene: Scene) -> list[Any]:
    """One that the administrator has prepared, and that waits."""
    row, _is_new = IdentityProvider.objects.get_or_create(
        issuer="https://login.ministry.example",
        prepared_by=scene.cast.people["administrator"],
        defaults={"name": "The Ministry", "client_id": "portal", "domains": ["ministry.example"]},
    )
    return [row.pk]


def nobodys(scene: Scene) -> list[Any]:
    return [_NOBODYS]


TABLE = {
    "the way to a provider and back": [
        Page("accounts:sign-on-find", ANYBODY, anonymous=200),
        Page("accounts:sign-on", once(Access()), nobodys, anonymous=404),
        Page("accounts:sign-on-again", once(Access()), nobodys),
        Page("account_sign_on_callback", once(Access()), nobodys, anonymous=404),
        Page("accounts:sign-on-connect", ANYBODY, success=302),
        Page("accounts:sign-on-forget", ANYBODY, method="post", success=302, anonymous=302),
        Page("accounts:sign-on-link-end", once(Access()), nobodys, "post"),
    ],
    "identity providers": [
        Page("accounts:provider-list", _OFFICERS),
        Page("accounts:provider-add", _ADMINISTRATORS),
        Page("accounts:provider-detail", _OFFICERS, provider),
        Page("accounts:provider-change", _ADMINISTRATORS, provider),
        Page("accounts:provider-approve", _SECOND, provider),
        Page("accounts:provider-end", _OFFICERS, provider),
    ],
}
