"""Observations in a room, on the table and withdrawn, each with a need, and what is suggested to one."""

from typing import Any

from observations.needs import NeedInput, types_for
from observations.texts.models import AgreedText, Observation
from reviews.cases.models import Review
from tests import journey
from tests.at_once import (
    lay_on_table,
    reject_suggestion,
    suggest,
    withdraw_observation,
    write_to_all,
    write_to_colleagues,
)
from tests.utils import Cast


def plant_observations(pieces: Any, cast: Cast, review: Review, text: AgreedText, mark: str) -> None:
    def write(words: str) -> Observation:
        need = {} if words == "gone" else _need(text, mark)
        return journey.write_observation(review, cast.same_group_expert, text, f"{mark} {words} observation.", **need)

    lays = cast.same_group_focal_point
    pieces.observation_draft = write("drafted")
    pieces.observation_tabled = lay_on_table(actor=lays, observation=write("tabled"))
    gone = lay_on_table(actor=lays, observation=write("gone"))
    withdraw_observation(actor=lays, observation=gone, reason=f"{mark} reason of withdrawal.")
    _suggest(pieces, cast, pieces.observation_tabled, mark)


def _need(text: AgreedText, mark: str) -> dict[str, Any]:
    """An observation of technical assistance needs, and one need."""
    of_type = types_for(text.instrument)[0]
    need = NeedInput(of_type, received_from=f"{mark} source.", description=f"{mark} description.")
    return {"heading": 3, "needs": [need]}


def _suggest(pieces: Any, cast: Cast, place: Observation, mark: str) -> None:
    """By the State under review: one drafted by its expert, one on the table that is talked of, and one rejected."""

    def write(actor: Any, words: str) -> Any:
        return suggest(actor=actor, place=place, text=f"{mark} observation {words}.", why=f"{mark} why.")

    pieces.suggestion_draft = write(cast.expert, "drafted")
    pieces.suggestion_open = write(cast.focal_point, "suggested")
    write_to_all(actor=cast.focal_point, suggestion=pieces.suggestion_open, text=f"{mark} word to all.")
    for person in (cast.expert, cast.same_group_expert):
        write_to_colleagues(actor=person, suggestion=pieces.suggestion_open, text=f"{mark} word to colleagues.")
    rejected = write(cast.focal_point, "rejected")
    reject_suggestion(actor=cast.same_group_focal_point, suggestion=rejected, reason=f"{mark} reason.")
