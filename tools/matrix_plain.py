"""The tables whose rows are alike: each person at each of a few moments."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from accounts.people.policy import RoleFacts
from core.policy import Table
from observations.follow_up.policy import PERMISSIONS as FOLLOW_UP, FollowUpFacts
from portal.cockpit.policy import PERMISSIONS as COCKPIT, CockpitFacts
from portal.dossier.policy import PERMISSIONS as DOSSIER, DossierFacts
from portal.practice.policy import PERMISSIONS as PRACTICE
from portal.setup.policy import PERMISSIONS as SETUP
from questionnaires.laws.policy import PERMISSIONS as LAWS
from questionnaires.sharing.policy import PERMISSIONS as SHARING, SharingFacts
from reviews.capacities import ReviewFacts
from reviews.programme.enums import StepKind
from reviews.reading.policy import PERMISSIONS as READING
from tools.matrix_cells import MatrixRow, cells, everybody

_FEEDBACK, _DIALOGUE, _CLOSING = ({"kind": kind} for kind in (StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.CLOSING))


class PlainTable(NamedTuple):
    """``head``: over the moments, each with what holds at it."""

    head: str
    table: Table[Any]
    facts: type[RoleFacts]
    moments: Mapping[str, Mapping[str, Any]]


PLAIN = {
    # Answers that were sent, before and after others read something of them.
    "answers": PlainTable(
        "The answers",
        SHARING,
        SharingFacts,
        {
            "Sent, and opened by no reviewing State": {**_FEEDBACK, "is_settled": False},
            "Sent, and opened by a reviewing State": {**_FEEDBACK, "is_settled": True},
            "Open to others": {**_FEEDBACK, "is_settled": True, "is_shared": True},
        },
    ),
    # Asked in a review of the State; the step does not matter.
    "law": PlainTable("Asked about", LAWS, ReviewFacts, {"The library": {}}),
    # An item before and after something is recorded about it, and shared.
    "follow_up": PlainTable(
        "The item",
        FOLLOW_UP,
        FollowUpFacts,
        {
            "Before the texts are agreed": _DIALOGUE,
            "Nothing recorded": _CLOSING,
            "Recorded": {**_CLOSING, "is_recorded": True},
            "Recorded and shared": {**_CLOSING, "is_recorded": True, "is_shared": True},
        },
    ),
    # The same at every step of a review.
    "dossier": PlainTable(
        "The record",
        DOSSIER,
        DossierFacts,
        {
            "Asked for, or made for this person": _DIALOGUE,
            "Made for another person, or for another State": {**_DIALOGUE, "is_anothers": True},
        },
    ),
    # Whose view or act it is matters to the secretariat; everybody else learns nothing of it.
    "cockpit": PlainTable(
        "The view or the act",
        COCKPIT,
        CockpitFacts,
        {
            "One's own, or none": {},
            "A colleague's, shared": {"is_own": False},
            "A colleague's, private": {"is_own": False, "is_shared": False},
        },
    ),
    "setup": PlainTable("What is set up", SETUP, RoleFacts, {"The portal": {}}),
    "reading": PlainTable("What it is about", READING, RoleFacts, {"The list": {}}),
    "practice": PlainTable("Asked about", PRACTICE, RoleFacts, {"The portal": {}}),
}


def plain_rows(plain: PlainTable) -> list[MatrixRow]:
    """Where no review is concerned, of those alone who take part in none."""
    is_of_review = issubclass(plain.facts, ReviewFacts)
    rows = []
    for who in everybody():
        if not is_of_review and who.capacity is not None:
            continue
        asker: dict[str, Any] = {"role": who.role, **({"capacity": who.capacity} if is_of_review else {})}
        for moment, given in plain.moments.items():
            rows.append(MatrixRow(who, moment, cells(plain.table, plain.facts(**asker, **given))))
    return rows
