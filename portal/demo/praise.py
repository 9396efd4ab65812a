"""Which questions of the demo are not answered "No", since what is written later praises the answer."""

from functools import cache

from portal.demo.plan import read
from questionnaires.definitions import Item, PlacedSection


def is_praised(language: str, place: PlacedSection, item: Item) -> bool:
    """Whether the banks hold a comment on the article that speaks well of it, or a best practice that rests on it."""
    articles, grounds = _banks(language)
    addresses = {(place.part.instrument, number) for number in place.section.articles}
    return item.code in grounds or (item.is_question and bool(addresses & articles))


@cache
def _banks(language: str) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    comments, observations = read(f"exchange_{language}.json")["articles"], read(f"observations_{language}.json")
    return (
        frozenset((instrument, number) for instrument, texts in comments.items() for number in texts),
        frozenset(code for rows in observations.values() for row in rows["best_practice"] for code in row["grounds"]),
    )
