"""What is done with what a summary is made of, on one page."""

from enum import StrEnum


class ArrangeAct(StrEnum):
    MERGE = "merge"
    LEAVE_OUT = "leave_out"
    PUT_IN = "put_in"
    PLACE = "place"
