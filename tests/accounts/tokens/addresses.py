"""Who gets what at the addresses of access tokens."""

from uuid import UUID

from tests.permissions.urls_base import ANYBODY, Access, Page, once

_NONE = UUID(int=0)
TABLE = {
    "access tokens": [
        Page("accounts:token-list", ANYBODY),
        Page("accounts:token-make", ANYBODY),
        Page("accounts:token-end", once(Access()), lambda scene: [_NONE], "post", note="nobody's"),
    ]
}
