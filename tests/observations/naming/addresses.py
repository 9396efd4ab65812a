"""Who gets what where an expert says whether the own name may be published."""

from tests.permissions.exchange import during
from tests.permissions.urls_base import CLOSED, INSIDE, Access, Page, review

_EXPERTS = frozenset({"expert", "same_group_expert"})
_ASKED = during(Access(_EXPERTS, INSIDE - _EXPERTS), CLOSED)
NAMING = [
    Page("observations:naming", _ASKED, review),
    Page("observations:naming", _ASKED, review, "post", {}, 422),
]
TABLE = {"naming": NAMING}
