"""Where an output of a review stands, as its printed documents say it; pure, with times and dates in words."""

import datetime as dt
from dataclasses import dataclass

from reviews.symbols import PrintedSymbol


@dataclass(frozen=True, slots=True)
class PrintedClearance:
    """One State has cleared the version: by whom, when (in words), and the hash of what was cleared."""

    state: str
    focal_point: str
    cleared_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PrintedParty:
    """A State that agrees on the text: its code (ISO 3166, alpha-3) and its name."""

    code: str
    name: str


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
    ``symbol`` is the official one, which is no part of what was agreed; None where the document has none.
    ``day`` is that of the agreement, or on which the version was proposed; ``parties``: the State under review first.
    ``copy`` says whose copy it is, in words; empty for the public. ``readers``: of what a State has opened to others
    than the public, for whom it is, in words; it is printed as what is public is, and says that. ``original``: of a
    translation the language of the authentic text; empty where the document is that text. ``original_sha256``: the hash
    of that; ``is_agreed_here``: the States have agreed on the text in this language too.
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
    symbol: PrintedSymbol | None = None
    day: dt.date | None = None
    parties: tuple[PrintedParty, ...] = ()
    copy: str = ""
    readers: str = ""
    original: str = ""
    original_sha256: str = ""
    is_agreed_here: bool = False
