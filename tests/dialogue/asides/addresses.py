"""Who gets what at the addresses of internal threads."""

from tests.permissions.exchange import DRAFTERS, EXCHANGE_STAGES, ROOM, ROOM_DRAFTERS, during, piece
from tests.permissions.urls_base import CLOSED, DIALOGUE, INSIDE, REVIEWERS, WRITERS, Access, Page, at, only, review

_READERS = WRITERS | {"observer"} | REVIEWERS
_READ = during(only(_READERS), *EXCHANGE_STAGES, CLOSED)
# Of another State nobody finds it; who reads in no room is told why not.
_OF_ROOM = during(Access(ROOM, INSIDE - _READERS), DIALOGUE)
_NOTE = {"text": "Other words."}
_WRITES = during(Access(ROOM_DRAFTERS, (INSIDE - _READERS) | (ROOM - ROOM_DRAFTERS)), DIALOGUE)
_MATTER = at("legal_system", "-")
ASIDES = [
    Page("dialogue:aside-list", _READ, review),
    Page("dialogue:aside-matter", _READ, _MATTER),
    Page("dialogue:aside-matter", during(only(WRITERS | DRAFTERS), DIALOGUE), _MATTER, "post", _NOTE, success=302),
    # These forms are the same for every thread, and say nothing of one.
    Page("api:aside", during(only(_READERS), DIALOGUE), piece("aside"), anonymous=401),
    Page("api:aside-resolve", during(only(WRITERS | DRAFTERS), DIALOGUE), piece("aside"), anonymous=401),
    Page("dialogue:aside", _OF_ROOM, piece("aside")),
    Page("dialogue:aside", _WRITES, piece("aside"), "post", _NOTE, success=302),
    Page(
        "dialogue:aside-resolve",
        during(Access(ROOM_DRAFTERS, INSIDE - WRITERS - DRAFTERS), DIALOGUE),
        piece("aside"),
        "post",
        {"resolved": "1", "seen": "1"},
        success=302,
    ),
]
TABLE = {"asides": ASIDES}
