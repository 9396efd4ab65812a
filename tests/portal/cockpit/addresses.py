"""Who gets what at the addresses of the secretariat's cockpit; views and act are the officer's."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import AUDITOR, OFFICERS, Access, Page, Scene, once

_READERS = once(Access(OFFICERS | AUDITOR))
_WHO_ACTS = once(Access(OFFICERS, AUDITOR))
_OWNER = frozenset({"officer"})
_OF_OWNER = once(Access(_OWNER, frozenset({"administrator"}) | AUDITOR))
_PRIVATE = once(Access(_OWNER))


def here(scene: Scene) -> list[Any]:
    return ["untoc"]


def view(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: ["untoc", getattr(scene.cockpit, name).pk]


def act(scene: Scene) -> list[Any]:
    return ["untoc", scene.cockpit.act.pk]


def extension(scene: Scene) -> list[Any]:
    return ["untoc", scene.cockpit.extension.pk]


def job(scene: Scene) -> list[Any]:
    return [scene.cockpit.job.pk]


_EXTEND = {"kind": "extend", "review": "1-XVE", "days": "14"}
TABLE = {
    "cockpit": [
        Page("portal:cockpit-home", _READERS, success=302),
        *(
            Page(f"portal:{name}", _READERS, here)
            for name in (
                "cockpit",
                "cockpit-steps",
                "cockpit-waiting",
                "cockpit-workload",
                "cockpit-sandbox",
                "cockpit-views",
            )
        ),
        Page("portal:cockpit", _READERS, here, "get", {"all": "1"}, note="timeline"),
        Page("portal:cockpit", _READERS, here, "get", {"shape": "table"}, note="table"),
        Page("portal:cockpit-view-save", _WHO_ACTS, here),
        Page("portal:cockpit-view-save", _WHO_ACTS, here, "post", success=422),
        Page("portal:cockpit-view", _READERS, view("shared"), success=302, note="shared"),
        Page("portal:cockpit-view", _PRIVATE, view("private"), success=302, note="private"),
        Page("portal:cockpit-view-change", _OF_OWNER, view("shared"), note="shared"),
        Page("portal:cockpit-view-change", _PRIVATE, view("private"), note="private"),
        Page("portal:cockpit-view-change", _OF_OWNER, view("shared"), "post", success=422),
        Page("portal:cockpit-view-delete", _OF_OWNER, view("shared"), note="shared"),
        Page("portal:cockpit-view-delete", _PRIVATE, view("private"), note="private"),
        Page("portal:cockpit-view-delete", _OF_OWNER, view("shared"), "post", success=302),
        Page("portal:cockpit-act-prepare", _WHO_ACTS, here, "post", success=302),
        Page("portal:cockpit-act-prepare", _WHO_ACTS, here, "post", _EXTEND, note="extension"),
        Page(
            "portal:cockpit-act-prepare",
            _WHO_ACTS,
            here,
            "post",
            {"kind": "extend", "review": "1-XVE", "reason": "The ministries are being moved."},
            success=422,
            note="extension without days",
        ),
        Page("portal:cockpit-act", _READERS, act),
        Page("portal:cockpit-act", _READERS, extension, note="extension"),
        Page("portal:cockpit-act-confirm", _OF_OWNER, act, "post", success=302),
        Page("portal:cockpit-act-carry-on", _WHO_ACTS, act, "post", success=302),
        Page("portal:cockpit-pdf", _READERS, here, "post", success=302),
        Page("portal:cockpit-spreadsheet", _READERS, here, "post", success=302),
        Page("portal:cockpit-progress-pdf", _READERS, here, "post", success=302),
        Page("portal:cockpit-progress-docx", _READERS, here, "post", success=302),
        Page("core:job-detail", _PRIVATE, job, note="cockpit"),
        Page("core:job-detail", _PRIVATE, job, "post", success=302, note="cockpit"),
        Page("core:job-download", _PRIVATE, job, note="cockpit"),
    ]
}
