"""The table of facts below the title of a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A row of it; ``is_official``: in the language of what the document is about, not of its words."""

    label: str
    value: object
    is_hash: bool = False
    is_official: bool = False
