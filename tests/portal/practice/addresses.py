"""The way to the practice portal and back. The pages of that portal are here for nobody: it is another one."""

from typing import Any

from tests.permissions.urls_base import ANYBODY, EVERYBODY, OFFICERS, Access, Page, Scene, once, only

_NOBODY = once(Access())
_OFFICERS_ONLY = once(only(OFFICERS, of=EVERYBODY))


def _token(scene: Scene) -> list[Any]:
    return ["no-token-of-anybody"]


def _there(name: str, method: str, *args: str) -> Page:
    name = f"portal:practice-door{name and f'-{name}'}"
    return Page(name, _NOBODY, lambda scene: list(args), method, anonymous=404)


TABLE = {
    "practice": [
        Page("portal:practice", ANYBODY),
        Page("portal:practice-go", ANYBODY, method="post", success=302),
        Page("portal:practice-back", ANYBODY, _token, success=302),
        Page("portal:practice-learners", _OFFICERS_ONLY),
        _there("", "get"),
        _there("enter", "get", "no-token-of-anybody"),
        _there("begin", "post"),
        _there("act", "post", "own-expert"),
        _there("others", "post", "answer"),
        _there("reset", "get"),
        _there("reset", "post"),
        _there("mails", "get"),
        _there("leave", "post"),
    ]
}
