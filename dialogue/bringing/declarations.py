"""What this feature declares: how written feedback is brought in."""

from dialogue.bringing.feedback import address_of_feedback, carry_out_feedback, place_of_feedback, seen_of_feedback
from reviews.bringing import BringingWay, register_way
from reviews.bringing.enums import BroughtKind


def declare() -> None:
    register_way(
        BringingWay(BroughtKind.FEEDBACK, seen_of_feedback, carry_out_feedback, address_of_feedback, place_of_feedback)
    )
