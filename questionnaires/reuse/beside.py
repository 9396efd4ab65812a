"""What stands beside the questions of a section for who answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.people.models import User
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ItemState, ResponseOverview, answers_in
from questionnaires.responses.enums import AnswerState
from questionnaires.reuse.frozen import words_of
from questionnaires.reuse.links import linked_codes
from questionnaires.reuse.origins import Origin, taken_over_in
from questionnaires.reuse.selectors import EarlierAnswer, Offering, is_empty, offered_to

MOST_BESIDE = 3  # earlier answers that stand beside one box


@dataclass(frozen=True, slots=True)
class BesideBox:
    """What stands beside one question: earlier answers to it; from where its own came; linked questions to be filled.

    ``may_take``: whether the reader writes the official answers; a contributor only reads what was sent.
    """

    offers: tuple[EarlierAnswer, ...] = ()
    origin: str = ""
    to_fill: int = 0
    may_take: bool = False

    @property
    def standing(self) -> list[EarlierAnswer]:
        """Those that were not set aside, as many as there is room for."""
        return [offer for offer in self.offers if not offer.is_set_aside][:MOST_BESIDE]


def beside_section(
    user: User, overview: ResponseOverview, place: PlacedSection, items: Sequence[ItemState]
) -> dict[str, BesideBox]:
    """By code of the questions of a section, for who may answer there; three queries where there is nothing."""
    response, sheet = overview.response, overview.sheet
    offering, asked = Offering(response), {state.item.code for state in items if state.is_asked}
    shown = [item for item in offered_to(user, response, place, sheet) if item.code in asked]
    if not shown:
        return {}
    if not sheet.is_official:  # nothing of linked questions, which need not have been sent to the same person
        offers = offering.of(shown, answers_in(response, shown), {})
        return {code: BesideBox(tuple(some)) for code, some in offers.items()}
    linked = linked_codes(response.review.mechanism_id, [item.code for item in shown])
    official = {state.item.code: state.answer for state in items}
    origins, aside = taken_over_in(response)
    offers, open_codes = offering.of(shown, official, linked, aside), _open_codes(overview)
    found = {}
    for state in items:
        code = state.item.code
        to_fill = 0 if is_empty(state.answer) else len(linked.get(code, {}).keys() & open_codes)
        box = BesideBox(tuple(offers.get(code, ())), _words(origins.get(code), overview), to_fill, may_take=True)
        if box.standing or box.origin or box.to_fill:
            found[code] = box
    return found


def _words(origin: Origin | None, overview: ResponseOverview) -> str:
    return words_of(origin, overview.index.items) if origin else ""


def _open_codes(overview: ResponseOverview) -> set[str]:
    """What is asked and has no answer, also where the State may leave it so."""
    return {code for code, state in overview.states.items() if state in {AnswerState.EMPTY, AnswerState.OPTIONAL}}
