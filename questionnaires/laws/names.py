"""By which words a law is known again, however it is typed; pure."""

import unicodedata

LONGEST_TITLE = 300  # characters, as a law may be named in an answer


def law_key(words: str) -> str:
    """The words alone: without regard to case, to signs between them, and to how letters are composed.

    "Penal Code, 1999" and "penal code (1999)" are one. Empty where there is no letter and no figure.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).casefold())
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in folded).split())
