"""Who gets what at the addresses of the record of acts, and of the roots over it, which are for everybody."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import ANYBODY, INSIDE, Access, Page, Scene, always, once, only, review

READERS = INSIDE - {"contributor"}
RECORD = [
    Page("reviews:record", always(only(READERS)), review),
    Page("reviews:record-download", always(only(READERS)), review),
    Page("reviews:record-verifier", once(only(READERS)), review),
]


def root(*fields: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [getattr(scene.roots.first, name) for name in fields]


NOT_THERE = once(Access())
ROOTS = [
    Page("core:root-detail", ANYBODY, root("number"), anonymous=200),
    Page("core:root-detail", NOT_THERE, lambda scene: [999], anonymous=404, note="no such root"),
    Page("core:root-list", ANYBODY, anonymous=200),
    Page("core:root-file", ANYBODY, root("number"), anonymous=200),
    Page("core:root-file", NOT_THERE, lambda scene: [999], anonymous=404, note="no such root"),
    Page("core:root-key", ANYBODY, root("key"), anonymous=200),
    Page("core:root-key", NOT_THERE, lambda scene: ["ab" * 32], anonymous=404, note="no such key"),
]
TABLE = {"the record of acts": RECORD, "roots of the record": ROOTS}
