"""Who gets what where the portal is set up: the secretariat looks, administrators change."""

from typing import Any

from tests.permissions.urls_base import AUDITOR, EVERYBODY, NOBODY, OFFICERS, Access, Page, Scene, once, only

_ADMINISTRATORS = frozenset({"administrator"})
_READERS = once(Access(OFFICERS | AUDITOR))
_WHO_CHANGES = once(Access(_ADMINISTRATORS, (OFFICERS | AUDITOR) - _ADMINISTRATORS))
# Nobody of the walk has a staff session (what an administrator does in one: tests/portal/reference).
_DECIDES = once(Access(OFFICERS, AUDITOR))
_NOT_YET = once(Access(frozenset(), OFFICERS | AUDITOR))  # it waits, and has not failed
_IN_SESSION = once(only(NOBODY, of=EVERYBODY))


def _no_proposal(scene: Scene) -> list[Any]:
    return ["7f3c1f0e-0000-4000-8000-000000000000"]


def _mechanism(scene: Scene) -> list[Any]:
    return ["untoc"]


def _choice(scene: Scene) -> list[Any]:
    return [scene.choices.waiting.pk]


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
        Page("portal:proposal-list", _IN_SESSION),
        Page("portal:proposal-take", _IN_SESSION, _no_proposal, "post"),
        Page("portal:proposal-decline", _IN_SESSION, _no_proposal, "post"),
        Page("portal:setup-mail", _WHO_CHANGES),
        Page("portal:setup-mail-test", _WHO_CHANGES, method="post", success=302),
        Page("portal:mechanism-list", _READERS),
        Page("portal:mechanism-contents", _READERS, _mechanism),
        Page("portal:mechanism-download", _READERS, _mechanism),
        Page("portal:mechanism-load", _WHO_CHANGES, _mechanism),
        Page("portal:mechanism-load", _WHO_CHANGES, lambda scene: ["no-such"], "post", success=404),
        Page("portal:mechanism-file", _WHO_CHANGES),
        Page("portal:mechanism-file", _WHO_CHANGES, method="post", success=422),
        Page("portal:mechanism-empty", _WHO_CHANGES),
        Page("portal:mechanism-empty", _WHO_CHANGES, method="post", success=422),
        Page("portal:mechanism-choice", _READERS, _choice),
        Page("portal:mechanism-choice-download", _READERS, _choice),
        Page("portal:mechanism-confirm", _DECIDES, _choice, "post", success=302),
        Page("portal:mechanism-again", _NOT_YET, _choice, "post"),
        Page("portal:mechanism-withdraw", _DECIDES, _choice, "post", success=302),
        Page("portal:mechanism-articles", _IN_SESSION, _mechanism),
        Page("portal:mechanism-articles", _IN_SESSION, _mechanism, "post"),
        Page("portal:mechanism-parties", _IN_SESSION, _mechanism),
        Page("portal:mechanism-parties", _IN_SESSION, _mechanism, "post"),
        Page("portal:setup-end", _WHO_CHANGES, method="post", success=302),
    ]
}
