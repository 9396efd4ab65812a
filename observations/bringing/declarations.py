"""What this feature declares: how texts on which States agreed elsewhere are brought in."""

from observations.bringing.texts import KINDS, address_of_text, carry_out_text, place_of_text, seen_of_text
from reviews.bringing import BringingWay, register_way


def declare() -> None:
    for kind in KINDS.values():
        register_way(BringingWay(kind, seen_of_text, carry_out_text, address_of_text, place_of_text))
