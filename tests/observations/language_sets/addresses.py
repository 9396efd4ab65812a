"""Who gets what at the addresses of the languages of a version; who has proposed them has agreed by that."""

from tests.permissions.exchange import FOCAL_POINTS, ROOM_FOCAL_POINT, TIP, during
from tests.permissions.urls_base import OBSERVATIONS, Page, only

_PROPOSE = during(only(FOCAL_POINTS), OBSERVATIONS)
_AGREE = during(only(FOCAL_POINTS - ROOM_FOCAL_POINT), OBSERVATIONS)

LANGUAGE_SETS = [
    Page("observations:language-set-propose", _PROPOSE, TIP),
    Page("observations:language-set-propose", _PROPOSE, TIP, "post", success=422),
    Page("observations:language-set-agree", _AGREE, TIP),
    Page("observations:language-set-agree", _AGREE, TIP, "post", {"sha256": "0" * 64}, success=422),
]
TABLE = {"language sets": LANGUAGE_SETS}
