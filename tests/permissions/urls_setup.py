"""Who gets what where the portal is set up: the secretariat looks, administrators change."""

from tests.permissions.urls_base import AUDITOR, OFFICERS, Access, Page, once

_ADMINISTRATORS = frozenset({"administrator"})
_READERS = once(Access(OFFICERS | AUDITOR))
_WHO_CHANGES = once(Access(_ADMINISTRATORS, (OFFICERS | AUDITOR) - _ADMINISTRATORS))

TABLE = {
    "setup": [
        Page("portal:setup", _READERS),
        *(
            page
            for name in ("names", "looks", "languages")
            for page in (
                Page(f"portal:setup-{name}", _WHO_CHANGES),
                Page(f"portal:setup-{name}", _WHO_CHANGES, method="post", success=422),
            )
        ),
        Page("portal:setup-settings", _WHO_CHANGES),
        Page("portal:setup-mail", _WHO_CHANGES),
        Page("portal:setup-mail-test", _WHO_CHANGES, method="post", success=302),
        Page("portal:setup-end", _WHO_CHANGES, method="post", success=302),
    ]
}
