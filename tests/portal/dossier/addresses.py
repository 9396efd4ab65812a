"""Who gets what at the address of the whole record of a review, and at the job of one that was asked for."""

from collections.abc import Mapping

from tests.permissions.exchange import READERS, during
from tests.permissions.urls_base import CLOSED, DIALOGUE, OBSERVATIONS, Access, Page, always, at, only, review

# Whoever takes it reads what the States exchange; before that there is nothing but the record of acts.
_TAKE: Mapping[str, Access] = {**always(only(READERS)), DIALOGUE: only(READERS), OBSERVATIONS: only(READERS)}
_OF_WHO_ASKED = during(Access(frozenset({"expert"})), OBSERVATIONS, CLOSED)

TABLE = {
    "the whole record": [
        Page("portal:dossier", _TAKE, review),
        Page("portal:dossier", _TAKE, review, "post", success=302),
        Page("portal:exchange-document", _TAKE, at("feedback", "pdf"), "post", success=302),
        Page("portal:exchange-document", _TAKE, at("exchange", "html"), "post", success=302, note="html"),
        Page("core:job-detail", _OF_WHO_ASKED, lambda scene: [scene.pieces.dossier_job.pk], note="whole record"),
    ]
}
