"""Whole numbers that a page of ours has sent: the revision, the version, the place that it has shown."""

LARGEST = 2**31 - 1  # of a column of whole numbers
NO_NUMBER = -1


def posted_number(value: str | None, maximum: int = LARGEST) -> int:
    """The number in plain digits, at most ``maximum``; ``NO_NUMBER`` for anything else, which no page of ours sends."""
    if not value or not (value.isascii() and value.isdigit()) or len(value) > len(str(maximum)):
        return NO_NUMBER
    number = int(value)
    return number if number <= maximum else NO_NUMBER
