"""What this feature declares: how answers are brought in."""

from questionnaires.bringing.answers import (
    address_of_answers,
    carry_out_answers,
    place_of_answers,
    seen_of_answers,
)
from reviews.bringing import BringingWay, register_way
from reviews.bringing.enums import BroughtKind


def declare() -> None:
    register_way(
        BringingWay(BroughtKind.ANSWERS, seen_of_answers, carry_out_answers, address_of_answers, place_of_answers)
    )
