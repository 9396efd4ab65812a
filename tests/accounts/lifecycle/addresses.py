"""Who gets what at the addresses of accounts, staff sessions and the directory. Nobody has a staff session open."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    ANYBODY,
    AUDITOR,
    EVERYBODY,
    NOBODY,
    OFFICERS,
    OWN,
    Access,
    Page,
    Scene,
    once,
    only,
)

_SECRETARIAT = OFFICERS | AUDITOR
_OFFICERS_ONLY, _WITHOUT_SESSION = (once(only(may, of=_SECRETARIAT)) for may in (OFFICERS, NOBODY))
_ADMINISTRATORS_ONLY = once(only(frozenset({"administrator"}), of=_SECRETARIAT))


def account(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [scene.cast.people[name].pk]


def damaged(scene: Scene) -> list[Any]:
    return ["no-such-token"]


LINKS = [
    Page("accounts:set-password", ANYBODY, anonymous=200),
    Page("accounts:password-link", ANYBODY, damaged, success=404, anonymous=404),
    Page("accounts:activate", ANYBODY, damaged, success=404, anonymous=404),
    Page("accounts:activation", ANYBODY, success=404, anonymous=404),
    Page("accounts:invitation-renew", ANYBODY, method="post", success=302, anonymous=302),
]
ACCOUNTS = [
    Page("accounts:terms", ANYBODY),
    Page("accounts:account-list", _OFFICERS_ONLY),
    Page("accounts:member-list", _OFFICERS_ONLY),
    Page("accounts:account-detail", _OFFICERS_ONLY, account("stranger")),
    Page("accounts:account-detail", _OFFICERS_ONLY, account("officer"), note="of the secretariat"),
    Page("accounts:account-invite", _OFFICERS_ONLY, account("stranger"), "post", success=302),
    *(
        Page(f"reviews:account-{act}", _WITHOUT_SESSION, account("expert"), method)
        for act in ("address", "close", "factors", "reopen", "role")
        for method in ("get", "post")
    ),
    Page("reviews:member-add", _ADMINISTRATORS_ONLY),
    Page("reviews:member-add", _ADMINISTRATORS_ONLY, method="post", success=422),
    Page("accounts:staff-session-list", _OFFICERS_ONLY),
    Page("accounts:staff-session-start", _OFFICERS_ONLY),
    Page("accounts:staff-session-start", _OFFICERS_ONLY, method="post", success=422),
    Page("accounts:staff-session-end", _WITHOUT_SESSION, method="post"),
]
_STRANGER = frozenset({"stranger"})
_IN_MECHANISM = once(Access(EVERYBODY - _STRANGER, _STRANGER))
_OF_STATE = once(Access(frozenset({"focal_point"}) | _SECRETARIAT, OWN - {"focal_point"}))
DIRECTORY = [
    Page("reviews:directory", _IN_MECHANISM),
    Page("reviews:directory-experts", _IN_MECHANISM),
    Page("portal:state-staff-sessions", _OF_STATE, lambda scene: [scene.cast.state.iso3]),
]
TABLE = {"links": LINKS, "accounts": ACCOUNTS, "directory": DIRECTORY}
