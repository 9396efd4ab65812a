"""Who gets what at the addresses of nominations. The notes are those of the State under review."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import AUDITOR, NOBODY, OFFICERS, OWN, Access, Page, Scene, once, only

INVOLVED = OWN | OFFICERS | AUDITOR
SPEAKERS = frozenset({"focal_point"})
_HERE = once(only(SPEAKERS | OFFICERS, of=INVOLVED))
_RECORD = once(only(SPEAKERS | OFFICERS | AUDITOR, of=INVOLVED))
_STATE_ALONE = once(only(SPEAKERS, of=INVOLVED))
_RECORDER_OR_STATE = once(only(SPEAKERS | {"officer"}, of=INVOLVED))
_OFFICERS = once(only(OFFICERS, of=INVOLVED))
_OTHER_OFFICER = once(only(frozenset({"administrator"}), of=INVOLVED))
_NOBODY = once(only(NOBODY, of=INVOLVED))
_NOT_THERE = once(Access())
_GIVEN = {"number": "", "dated_on": ""}


def state(*more: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: ["untoc", scene.cast.state.iso3, *more]


def note(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: ["untoc", scene.cast.state.iso3, getattr(scene.notes, name).pk]


def person(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*note(name)(scene), getattr(scene.notes, name).nominations.get().pk]


def member(scene: Scene) -> list[Any]:
    return [*state()(scene), scene.notes.mission.pk]


def elsewhere(name: str) -> Callable[[Scene], list[Any]]:
    """A note under the address of another State."""
    return lambda scene: ["untoc", "XLE", getattr(scene.notes, name).pk]


STATES = [
    Page("reviews:state-nominations", _HERE, state()),
    Page("reviews:state-nominations", _NOT_THERE, lambda scene: ["untoc", "ZZZ"], note="no such State"),
    Page("reviews:nomination-template", _HERE, state()),
    Page("reviews:state-record", _RECORD, state()),
    Page("reviews:state-record-download", _RECORD, state()),
    Page("reviews:state-record-verifier", _RECORD, state()),
    Page("reviews:note-record", _HERE, state()),
    Page("reviews:note-record", _HERE, state(), "post", _GIVEN, success=422),
    Page("reviews:note-list", once(Access(OFFICERS, AUDITOR)), lambda scene: ["untoc"]),
    Page("reviews:mission-register", _OFFICERS, state()),
    Page("reviews:mission-register", _OFFICERS, state(), "post", success=422),
    Page("reviews:mission-end", _OFFICERS, member),
    Page("reviews:mission-end", _OFFICERS, member, "post", success=422),
]
NOTES = [
    *(
        Page("reviews:note-detail", _HERE, note(name), note=name)
        for name in ("recording", "submitted", "returned", "approved", "waiting")
    ),
    Page("reviews:note-detail", _NOT_THERE, elsewhere("recording"), note="under another State"),
    Page("reviews:note-scan", _HERE, note("submitted")),
    Page("reviews:note-change", _STATE_ALONE, note("recording"), note="of another officer"),
    Page("reviews:note-change", _RECORDER_OR_STATE, note("of_officer"), note="of the officer"),
    Page("reviews:note-change", _STATE_ALONE, note("recording"), "post", _GIVEN, success=422),
    Page("reviews:note-change", _NOBODY, note("submitted"), note="submitted"),
    Page("reviews:note-discard", _STATE_ALONE, note("returned")),
    Page("reviews:note-discard", _STATE_ALONE, note("returned"), "post", success=302),
    Page("reviews:note-discard", _NOBODY, note("approved"), "post", note="approved"),
    Page("reviews:note-submit", _RECORDER_OR_STATE, note("of_officer")),
    Page("reviews:note-submit", _RECORDER_OR_STATE, note("of_officer"), "post", success=302),
    Page("reviews:note-submit", _NOBODY, note("approved"), "post", note="approved"),
]
PEOPLE = [
    Page("reviews:nomination-add", _STATE_ALONE, note("recording")),
    Page("reviews:nomination-add", _STATE_ALONE, note("recording"), "post", success=422),
    Page("reviews:nomination-add", _NOBODY, note("submitted"), note="submitted"),
    Page("reviews:nomination-remove", _RECORDER_OR_STATE, person("of_officer"), "post", success=302),
    Page("reviews:nomination-remove", _NOBODY, person("submitted"), "post", note="submitted"),
    Page("reviews:nomination-upload", _STATE_ALONE, note("recording")),
    Page("reviews:nomination-upload", _STATE_ALONE, note("recording"), "post", success=422),
    Page("reviews:nomination-confirm", _STATE_ALONE, note("recording"), success=302),
    Page("reviews:nomination-confirm", _STATE_ALONE, note("recording"), "post", success=302),
    Page("reviews:nomination-confirm", _NOBODY, note("approved"), "post", note="approved"),
]
CHECKS = [
    Page("reviews:note-return", _OFFICERS, note("submitted")),
    Page("reviews:note-return", _OFFICERS, note("submitted"), "post", {"reason": "The scan."}, success=302),
    Page("reviews:note-return", _OTHER_OFFICER, note("submitted_by_officer"), note="recorded by the officer"),
    Page("reviews:note-return", _NOBODY, note("recording"), note="not submitted"),
    Page("reviews:note-approve", _OFFICERS, note("submitted")),
    Page("reviews:note-approve", _OFFICERS, note("submitted"), "post", success=422),
    Page("reviews:note-approve", _OTHER_OFFICER, note("submitted_by_officer"), note="recorded by the officer"),
    Page("reviews:note-approve", _NOBODY, note("approved"), "post", note="approved"),
    Page("reviews:note-approve", _NOBODY, note("returned"), note="returned"),
    Page("reviews:note-approve", _NOBODY, note("waiting"), note="with the State"),
    Page("reviews:note-alone", _NOBODY, note("submitted_by_officer"), note="there are other officers"),
    Page("reviews:note-alone", _NOBODY, note("submitted_by_officer"), "post", note="there are other officers"),
]
TABLE = {
    "nominations of a State": STATES,
    "notes verbales": NOTES,
    "people of notes verbales": PEOPLE,
    "checks of notes verbales": CHECKS,
}
