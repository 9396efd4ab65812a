"""Who gets what at the addresses of the drawing of lots."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import ANYBODY, AUDITOR, EVERYBODY, NOBODY, OFFICERS, Access, Page, Scene, once, only

SECRETARIAT = OFFICERS | AUDITOR
LOOK, ACT, CLOSED_TO_ALL = (once(only(may, of=SECRETARIAT)) for may in (SECRETARIAT, OFFICERS, NOBODY))
NOT_THERE = once(Access())
_COMMITMENT = {"delegate": "Rahima Delaware", "commitment": "ab" * 32}


def draw(name: str, *more: Any) -> Callable[[Scene], list[Any]]:
    """The address of the draw of this name in ``pieces_draws.Draws``."""
    return lambda scene: ["untoc", getattr(scene.draws, name).code, *more]


def untoc(scene: Scene) -> list[Any]:
    return ["untoc"]


LISTS = [
    Page("lots:draw-home", ANYBODY, success=302),
    Page("lots:draw-list", LOOK, untoc),
    Page("lots:draw-list", NOT_THERE, lambda scene: ["nowhere"], note="another mechanism"),
    Page("lots:draw-prepare", ACT, untoc),
    Page("lots:draw-prepare", ACT, untoc, "post", success=422),
    Page("lots:draw-bring-in", ACT, untoc),
    Page("lots:draw-bring-in", ACT, untoc, "post", success=422),
    Page("lots:draw-sheet", ACT, untoc),
]
DRAWS = [
    *(
        Page("lots:draw-detail", LOOK, draw(name), note=name)
        for name in ("prepared", "announced", "committed", "seeded", "drawn", "doubted", "publishing", "refused")
    ),
    *(Page("lots:draw-detail", LOOK, draw(name), note=name) for name in ("published", "voided")),
    Page("lots:draw-detail", NOT_THERE, lambda scene: ["untoc", "9-9"], note="no such draw"),
    Page("lots:draw-ceremony", LOOK, draw("announced"), note="before the run"),
    Page("lots:draw-ceremony", LOOK, draw("drawn"), note="after the run"),
    Page("lots:draw-protocol", LOOK, draw("drawn", "pdf"), "post", success=302),
    Page("core:job-detail", LOOK, lambda scene: [scene.draws.protocol_job.pk], note="protocol"),
    Page("core:job-download", LOOK, lambda scene: [scene.draws.protocol_job.pk], note="protocol"),
    Page("lots:draw-file", LOOK, draw("prepared", "input.csv")),
    Page("lots:draw-file", LOOK, draw("drawn", "result.json")),
    Page("lots:draw-file", NOT_THERE, draw("prepared", "result.json"), note="before the run"),
]
ACTS = [
    Page("lots:draw-announce", ACT, draw("prepared")),
    Page("lots:draw-announce", ACT, draw("prepared"), "post", success=302),
    Page("lots:draw-announce", CLOSED_TO_ALL, draw("announced"), "post", note="announced"),
    Page("lots:seed-commit", ACT, draw("announced", "african")),
    Page("lots:seed-commit", ACT, draw("announced", "african"), "post", _COMMITMENT, success=302),
    Page("lots:seed-commit", CLOSED_TO_ALL, draw("seeded", "african"), "post", _COMMITMENT, note="seeded"),
    Page("lots:seed-reveal", ACT, draw("committed", "african")),
    Page("lots:seed-reveal", ACT, draw("committed", "african"), "post", {"value": "7"}, success=422),
    Page("lots:draw-run", ACT, draw("seeded")),
    Page("lots:draw-run", ACT, draw("seeded"), "post", success=302),
    Page("lots:draw-run", CLOSED_TO_ALL, draw("drawn"), "post", note="drawn"),
    Page("lots:draw-publish", ACT, draw("drawn")),
    Page("lots:draw-publish", ACT, draw("drawn"), "post", success=422, note="what stands out was not shown"),
    Page("lots:draw-publish", CLOSED_TO_ALL, draw("publishing"), "post", note="being published"),
    Page("lots:draw-publish", CLOSED_TO_ALL, draw("published"), "post", note="published"),
    Page("lots:draw-void", ACT, draw("drawn")),
    Page("lots:draw-void", ACT, draw("drawn"), "post", {"reason": "A State is missing."}, success=302),
    Page("lots:draw-void", CLOSED_TO_ALL, draw("voided"), "post", note="voided"),
    Page("lots:draw-void", CLOSED_TO_ALL, draw("publishing"), "post", note="being published"),
    Page("lots:draw-void-confirm", ACT, draw("doubted")),
    Page("lots:draw-void-confirm", ACT, draw("doubted"), "post", success=302),
    Page("lots:draw-void-confirm", CLOSED_TO_ALL, draw("drawn"), "post", note="nobody has asked"),
]
_OPEN = once(Access(EVERYBODY))
PUBLIC = [
    Page("lots:public-draw-list", ANYBODY, anonymous=200),
    *(
        Page("lots:public-draw", _OPEN, draw(name), anonymous=200, note=name)
        for name in ("announced", "drawn", "published", "voided")
    ),
    Page("lots:public-draw", NOT_THERE, draw("prepared"), anonymous=404, note="prepared"),
    Page("lots:public-draw-file", _OPEN, draw("announced", "input.csv"), anonymous=200),
    Page("lots:public-draw-file", _OPEN, draw("published", "result.json"), anonymous=200),
    Page("lots:public-draw-file", NOT_THERE, draw("drawn", "result.json"), anonymous=404, note="not published"),
    Page("lots:public-draw-file", NOT_THERE, draw("prepared", "input.csv"), anonymous=404, note="prepared"),
]
TABLE = {"lists of draws": LISTS, "draws": DRAWS, "acts on draws": ACTS, "public draws": PUBLIC}
