"""Who gets what at the addresses by which the reviewing States split the work at the desk."""

from tests.permissions.exchange import DRAFTERS, EXCHANGE_STAGES, during
from tests.permissions.urls_base import CLOSED, NOBODY, SENT, Page, at, only, review

_SPLITS = {**during(only(DRAFTERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)}
SPLIT = [
    Page("dialogue:split", _SPLITS, review),
    Page("dialogue:split", during(only(DRAFTERS), SENT), review, "post", success=302),
    Page(
        "dialogue:section-take",
        during(only(DRAFTERS), SENT),
        at("untoc", "article-15"),
        "post",
        {"press": "take"},
        success=302,
    ),
]
TABLE = {"split": SPLIT}
