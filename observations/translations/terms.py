"""Which terms of the institution a segment holds, beside what they are called in the other language; pure."""

import re
from collections.abc import Iterable

# Written without spaces between words, or with particles at the front of a word: a term begins anywhere.
_BEGINS_ANYWHERE = frozenset({"zh-hans", "ar"})
_MOST = 8


def terms_in(source: str, pairs: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Those of the ``pairs`` whose first words the ``source``, in this language, holds; each once, the longest first.

    A term that stands in a longer one alone is not offered; whatever ending it has, it is found.
    """
    left, found = source.casefold(), []
    for term, other in sorted(pairs, key=lambda pair: (-len(pair[0]), pair)):
        begins = "" if language in _BEGINS_ANYWHERE else r"(?<!\w)"
        pattern = re.compile(begins + re.escape(term.casefold()))
        if pattern.search(left):
            left = pattern.sub(" ", left)
            found.append((term, other))
    return found[:_MOST]
