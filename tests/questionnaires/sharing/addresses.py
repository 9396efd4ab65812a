"""Who gets what where answers are opened to others, and where these read them."""

from typing import Any

from tests.permissions.exchange import FOCAL_POINT, OWN_READERS, during
from tests.permissions.pieces_answers import shared_file
from tests.permissions.urls_base import (
    ANYBODY,
    CLOSED,
    EVERYBODY,
    OWN,
    REVIEWERS,
    Access,
    Page,
    Scene,
    at,
    only,
    review,
)

# Whoever acts for a State: also for one that has no part in the review.
OF_A_STATE = (OWN - {"contributor"}) | REVIEWERS | {"bystander"}
_EVERYBODY, _STATES = {CLOSED: Access(EVERYBODY)}, {CLOSED: Access(OF_A_STATE)}


def _law_file(scene: Scene) -> list[Any]:
    file = shared_file()
    assert file is not None
    return [*scene.review, "states_parties", file.pk]


SHARING = [
    Page("api:answers-audience", during(only(OWN_READERS), CLOSED), review, anonymous=401),
    Page("api:answers-share", during(only(FOCAL_POINT), CLOSED), at("public"), "post", {}, 415, anonymous=401),
    Page("api:answers-share-preview", during(only(FOCAL_POINT), CLOSED), at("public"), "post", {}, 415, anonymous=401),
    Page("api:shared-answers-list", ANYBODY, anonymous=401),
    Page("api:shared-answers", _EVERYBODY, at("public"), anonymous=401),
    Page("api:shared-answers", _STATES, at("states_parties"), anonymous=401, note="for States"),
    Page("api:shared-answers-version", _EVERYBODY, at("public", 2), anonymous=401),
    Page("api:shared-answers-version", _STATES, at("states_parties", 1), anonymous=401, note="for States"),
    Page("questionnaires:answers-audience", during(only(OWN_READERS), CLOSED), review),
    Page("questionnaires:answers-share", during(only(FOCAL_POINT), CLOSED), at("public")),
    Page("questionnaires:answers-share", during(only(FOCAL_POINT), CLOSED), at("public"), "post", {}, 422),
    Page("questionnaires:answers-take-back", during(only(FOCAL_POINT), CLOSED), at("public")),
    Page("questionnaires:answers-take-back", during(only(FOCAL_POINT), CLOSED), at("public"), "post", {}, 302),
    Page("questionnaires:shared-answers-list", ANYBODY, anonymous=200),
    Page("questionnaires:shared-answers", _EVERYBODY, at("public"), anonymous=200),
    Page("questionnaires:shared-answers", _STATES, at("states_parties"), anonymous=404, note="for States"),
    Page("questionnaires:shared-answers-version", _EVERYBODY, at("public", 2), anonymous=200),
    Page("questionnaires:shared-answers-file", _EVERYBODY, at("public", "json"), anonymous=200, note="for everybody"),
    Page("questionnaires:shared-answers-file", _STATES, at("states_parties", "json"), anonymous=404),
    Page("questionnaires:shared-answers-version-file", _EVERYBODY, at("public", 2, "json"), anonymous=200),
    Page("questionnaires:shared-answers-version-file", _STATES, at("states_parties", 1, "json"), anonymous=404),
    Page("questionnaires:shared-answers-law-file", _STATES, _law_file, anonymous=404),
]
TABLE = {"sharing": SHARING}
