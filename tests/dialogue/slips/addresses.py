"""Who gets what at the addresses of what a reviewing State keeps for itself at the desk."""

from tests.permissions.exchange import DRAFTERS, EXCHANGE_STAGES, during
from tests.permissions.pieces import QUESTION
from tests.permissions.urls_base import CLOSED, NOBODY, SENT, Page, at, only

_KEEPS = {**during(only(DRAFTERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)}
_PRESSED, _WRITTEN = {"press": "ask:1"}, {"text": "A note."}
SLIPS = [
    Page("dialogue:question-note", _KEEPS, at(QUESTION)),
    Page("dialogue:question-note", during(only(DRAFTERS), SENT), at(QUESTION), "post", _WRITTEN, success=302),
    Page("dialogue:question-mark", during(only(DRAFTERS), SENT), at(QUESTION), "post", _PRESSED, success=302),
    Page("dialogue:article-note", _KEEPS, at("untoc", 15)),
    Page("dialogue:article-note", during(only(DRAFTERS), SENT), at("untoc", 15), "post", _WRITTEN, success=302),
    Page("dialogue:article-mark", during(only(DRAFTERS), SENT), at("untoc", 15), "post", _PRESSED, success=302),
]
TABLE = {"slips": SLIPS}
