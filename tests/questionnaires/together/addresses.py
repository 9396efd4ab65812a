"""Who gets what at the addresses of what colleagues do at the same section."""

from tests.permissions.urls_base import (
    ANSWERED,
    CLEARANCE,
    DRAFT,
    INSIDE,
    NOBODY,
    OTHER_SECTION,
    OWN,
    SENT,
    SENT_QUESTION,
    SENT_SECTION,
    WRITERS,
    Access,
    Page,
    at,
    only,
    opened,
)

_ASKED = {"version": "1", "of": [SENT_QUESTION, *ANSWERED], "in": SENT_QUESTION}
# Whoever may not read the section is told nothing, not even that there is something (docs/adr/0064).
TOGETHER = [
    Page("questionnaires:section-together", opened(Access(OWN)), at(*SENT_SECTION), data=_ASKED, note="sent"),
    Page(
        "questionnaires:section-together",
        opened(Access(OWN - {"contributor"})),
        at(*OTHER_SECTION),
        data=_ASKED,
        note="not sent",
    ),
    Page("questionnaires:section-changes", opened(only(OWN)), at(*SENT_SECTION), note="sent"),
    Page(
        "questionnaires:section-changes",
        opened(only(OWN - {"contributor"}, of=INSIDE - {"contributor"})),
        at(*OTHER_SECTION),
        note="not sent",
    ),
    Page(
        "questionnaires:answer-restore",
        {
            DRAFT: only(WRITERS | {"contributor"}),
            CLEARANCE: only(frozenset({"focal_point"})),
            SENT: only(NOBODY),
        },
        at(SENT_QUESTION),
        "post",
        success=302,
        note="no such save",
    ),
]
TABLE = {"together": TOGETHER}
