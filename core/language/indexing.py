"""Words of texts that everybody may read, kept so that a search is no slower in ten thousand of them.

What only some may read is looked through as it is shown, and stored nowhere (docs/adr/0066).
"""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, Value

from core.language.i18n import UN_LANGUAGES
from core.language.searching import SHORTEST_PART, bare, configuration_of, fold, is_long_enough, terms_of

_IN_PARTS = ("ar", "zh-hans")  # of these any letters within a word are found
# PostgreSQL keeps no more than a MiB of stems of one text, and of words joined by hyphens three times what they take.
_MOST_STEMMED = 300_000  # bytes


def stems_of(words: str, language: str) -> SearchVector:
    """What a column of search words holds of a text in this language; what is beyond is found by its letters alone."""
    stemmed = fold(words).encode()[:_MOST_STEMMED].decode(errors="ignore")
    return SearchVector(Value(stemmed), config=configuration_of(language))


def letters_of(words: str) -> str:
    """What a column of plain letters holds of a text."""
    return bare(fold(words))


def holding(text: str, *, stems: str, letters: str, language: str) -> Q:
    """The texts that hold all words of ``text``; the names are those of the columns. Nothing where it is too short."""
    if not is_long_enough(text):
        return Q(pk__in=[])
    found = Q()
    for code, _name in UN_LANGUAGES:
        asked = SearchQuery(fold(text), config=configuration_of(code), search_type="websearch")
        found |= Q(**{language: code, stems: asked})
    terms = terms_of(letters_of(text))
    if not terms:
        return found
    within = Q() if all(len(term) >= SHORTEST_PART for term in terms) else Q(**{f"{language}__in": _IN_PARTS})
    for term in terms:
        within &= Q(**{f"{letters}__contains": term})
    return found | within
