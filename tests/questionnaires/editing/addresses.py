"""Who gets what at the addresses of the editor of questionnaires: officers; an auditor looks on."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import AUDITOR, NOBODY, OFFICERS, Access, Page, Scene, once, only

_SECRETARIAT = OFFICERS | AUDITOR
LOOK, ACT = (once(only(may, of=_SECRETARIAT)) for may in (_SECRETARIAT, OFFICERS))
NOT_THERE, NOT_FOR_AUDITORS = once(Access()), once(only(NOBODY, of=AUDITOR))
PART, SECTION = ["untoc"], ["untoc", "article-5"]
ITEM = [*SECTION, "I.untoc.3.a"]


def at(*more: Any) -> Callable[[Scene], list[Any]]:
    """An address of the draft on cluster I."""
    return lambda scene: ["untoc", scene.drafts.draft.cluster.number, *more]


def cluster(number: int, *more: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: ["untoc", number, *more]


HOME = [
    Page("api:editor-home", LOOK, lambda scene: ["untoc"], anonymous=401),
    Page("api:version-file", LOOK, cluster(2, 1), anonymous=401),
    Page("questionnaires:editor-home", LOOK, lambda scene: ["untoc"]),
    Page("questionnaires:editor-home", NOT_THERE, lambda scene: ["nowhere"], note="another mechanism"),
    Page("questionnaires:draft-start", ACT, cluster(2), "post", success=302),
    Page("questionnaires:draft-start", NOT_THERE, cluster(9), "post", note="no such cluster"),
    Page("questionnaires:draft-start-empty", ACT, cluster(2)),
    Page("questionnaires:draft-start-empty", ACT, cluster(2), "post", success=422),
    Page("questionnaires:draft-bring-in", ACT, cluster(2)),
    Page("questionnaires:draft-bring-in", ACT, cluster(2), "post", success=422),
    Page("questionnaires:version-file", LOOK, cluster(2, 1)),
    Page("questionnaires:version-xlsform", LOOK, cluster(2, 1)),
    Page("questionnaires:version-word", LOOK, cluster(2, 1)),
    Page("questionnaires:version-word", NOT_THERE, cluster(2, 9), note="no such version"),
    Page("questionnaires:version-map", NOT_THERE, cluster(2, 1, 2), note="no later version"),
    Page("questionnaires:version-map-item", NOT_THERE, cluster(2, 1, 2, "II.untoc.1"), note="no later version"),
    Page("questionnaires:draft-detail", NOT_THERE, cluster(2), note="no draft"),
]
DRAFT = [
    Page("api:draft-detail", LOOK, at(), anonymous=401),
    Page("api:draft-differences", LOOK, at(), anonymous=401),
    Page("questionnaires:draft-detail", LOOK, at()),
    Page("questionnaires:draft-file", LOOK, at()),
    Page("questionnaires:draft-xlsform", LOOK, at()),
    Page("questionnaires:draft-word", LOOK, at()),
    Page("questionnaires:draft-differences", LOOK, at()),
    Page("questionnaires:draft-bench", LOOK, at()),
    Page("questionnaires:draft-bench-section", LOOK, at(*SECTION)),
    Page("questionnaires:draft-translations", LOOK, at()),
    Page("questionnaires:draft-translation", LOOK, at("fr")),
    Page("questionnaires:draft-translation", NOT_THERE, at("en"), note="the official language"),
    Page("questionnaires:draft-translation-head", ACT, at("fr")),
    Page("questionnaires:draft-translation-head", ACT, at("fr"), "post", success=422),
    Page("questionnaires:draft-translation-section", ACT, at("fr", *SECTION)),
    Page("questionnaires:draft-translation-section", ACT, at("fr", *SECTION), "post", success=422),
    Page("questionnaires:draft-head", ACT, at()),
    Page("questionnaires:draft-head", ACT, at(), "post", success=422),
    Page("questionnaires:draft-order", ACT, at(), "post", success=302),
    Page("questionnaires:draft-item-back", ACT, at("I.untoc.1"), "post", success=302),
    Page("questionnaires:draft-discard", ACT, at()),
    Page("questionnaires:draft-discard", ACT, at(), "post", success=422),
    Page("questionnaires:draft-publish", ACT, at()),
    Page("questionnaires:draft-publish", ACT, at(), "post", success=422),
]
ITEMS = [
    Page("questionnaires:draft-part-add", ACT, at()),
    Page("questionnaires:draft-part-add", ACT, at(), "post", success=422),
    Page("questionnaires:draft-part-change", ACT, at(*PART)),
    Page("questionnaires:draft-part-change", ACT, at(*PART), "post", success=422),
    Page("questionnaires:draft-part-change", NOT_THERE, at("uncac"), note="no such part"),
    Page("questionnaires:draft-part-remove", ACT, at(*PART)),
    Page("questionnaires:draft-part-remove", ACT, at(*PART), "post", success=422),
    Page("questionnaires:draft-section-add", ACT, at(*PART)),
    Page("questionnaires:draft-section-add", ACT, at(*PART), "post", success=422),
    Page("questionnaires:draft-section", LOOK, at(*SECTION)),
    Page("questionnaires:draft-section", NOT_THERE, at("untoc", "article-99"), note="no such section"),
    Page("questionnaires:draft-section-order", ACT, at(*SECTION), "post", success=302),
    Page("questionnaires:draft-section-change", ACT, at(*SECTION)),
    Page("questionnaires:draft-section-change", ACT, at(*SECTION), "post", success=422),
    Page("questionnaires:draft-section-remove", ACT, at(*SECTION)),
    Page("questionnaires:draft-section-remove", ACT, at(*SECTION), "post", success=422),
    Page("questionnaires:draft-item-add", ACT, at(*SECTION)),
    Page("questionnaires:draft-item-add", ACT, at(*SECTION), "post", success=422),
    Page("questionnaires:draft-item-change", ACT, at(*ITEM)),
    Page("questionnaires:draft-item-change", ACT, at(*ITEM), "post", success=422),
    Page("questionnaires:draft-item-change", NOT_THERE, at(*SECTION, "I.untoc.99"), note="no such item"),
    Page("questionnaires:draft-item-move", ACT, at(*ITEM)),
    Page("questionnaires:draft-item-move", ACT, at(*ITEM), "post", success=422),
    Page("questionnaires:draft-item-remove", ACT, at(*ITEM)),
    Page("questionnaires:draft-item-remove", ACT, at(*ITEM), "post", success=422),
    Page("questionnaires:draft-condition", ACT, at(*ITEM)),
    Page("questionnaires:draft-condition", ACT, at(*ITEM), "post", success=422),
    Page("questionnaires:draft-clause-add", NOT_FOR_AUDITORS, at(*ITEM), note="about no item"),
    Page("questionnaires:draft-clause-remove", ACT, at(*ITEM), "post", success=302),
]
TABLE = {"questionnaires in the making": HOME, "drafts of questionnaires": DRAFT, "items of a draft": ITEMS}
