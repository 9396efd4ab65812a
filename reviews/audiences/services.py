"""Words of what a State has opened: a worker keeps them to be found, and the act that ends it takes them out."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from core.language.indexing import letters_of, stems_of
from reviews.audiences.models import OpenedWords
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBy:
    """What a document is found by: its ``words`` in its ``language``, the numbers of articles, kinds of headings."""

    language: str
    words: str
    articles: Collection[int]
    headings: Collection[str] = ()
    names_experts: bool = False


def keep_words(opened: UUID, review: Review, audience: str, given: FoundBy) -> None:
    """For a worker that holds the row ``opened``; where words of it are kept already, these stay."""
    if OpenedWords.objects.filter(opened=opened).exists():
        return
    OpenedWords.objects.create(
        opened=opened,
        review=review,
        audience=audience,
        language=given.language,
        names_experts=given.names_experts,
        letters=letters_of(given.words),
        stems=stems_of(given.words, given.language),
        articles=sorted(given.articles),
        headings=sorted(given.headings),
    )


def forget_words(opened: UUID) -> None:
    """Part of what ends it, in the same transaction."""
    OpenedWords.objects.filter(opened=opened).delete()


def forget_words_that_name(opened: UUID) -> bool:
    """Where names of experts are among them; give whether they were."""
    deleted, _of_each = OpenedWords.objects.filter(opened=opened, names_experts=True).delete()
    return bool(deleted)
