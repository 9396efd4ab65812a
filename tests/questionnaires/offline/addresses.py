"""Who gets what at the addresses of answers that leave as a file and come back."""

from tests.permissions.urls_base import CLEARANCE, DRAFT, NOBODY, SENT, WRITERS, Page, only, review
from tests.questionnaires.responses.addresses import READERS_OF_DRAFT

_WRITING = {
    DRAFT: only(WRITERS | {"contributor"}),
    CLEARANCE: only(frozenset({"focal_point"})),
    SENT: only(NOBODY),
}
_KINDS = ("docx", "xlsx")
OFFLINE = [
    Page("questionnaires:offline", READERS_OF_DRAFT, review),
    *(Page("questionnaires:offline-file", READERS_OF_DRAFT, review, data={"kind": k}, note=k) for k in _KINDS),
    Page("questionnaires:offline", _WRITING, review, "post", success=422),
    Page("questionnaires:offline-take", READERS_OF_DRAFT, review, success=302),
    Page("questionnaires:offline-take", _WRITING, review, "post", success=302),
]
TABLE = {"answers offline": OFFLINE}
