"""Where an output of a review stands, as its printed documents say it; pure, with times and dates in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedClearance:
    """One State has cleared the version: by whom, when (in words), and the hash of what was cleared."""

    state: str
    focal_point: str
    cleared_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """What one State says of a version that was brought in, by whom and when (in words); empty where nobody has."""

    state: str
    word: str
    person: str
    said_at: str


@dataclass(frozen=True, slots=True)
class PrintedBringing:
    """Who brought in a version that was agreed elsewhere, who checked it, out of which file, and what the States say.

    Empty for the public but for the mark itself.
    """

    brought_by: str = ""
    checked_by: str = ""
    file_sha256: str = ""
    words: tuple[PrintedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedStatus:
    """``version`` is 0 until one is proposed; until then ``sha256`` is empty. ``state`` is the State under review.

    ``agreed_on`` is a date in words, empty until the version is agreed, and so is ``record_head``: the last act of the
    review's record at that moment, as the verifier of the record takes it. Names are in the document's language.
    """

    mechanism_name: str
    state: str
    version: int
    sha256: str
    is_agreed: bool
    is_public: bool
    agreed_on: str = ""
    clearances: tuple[PrintedClearance, ...] = ()
    record_head: str = ""
    brought_in: PrintedBringing | None = None
