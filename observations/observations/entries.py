"""Observations as hints look at them, in the order of their list."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from accounts.people.models import User
from core.language.rendering import as_words
from observations.hints import Entry, opening_of
from observations.observations.selectors import observations_visible_to
from observations.texts.models import AgreedText, Observation
from reviews.programme.models import Article

TYPED = "#typed"  # where the text is typed in a form


def place_of(key: Any) -> str:
    """Where the list shows an observation."""
    return f"#observation-{key}"


def articles_of(observation: Observation) -> list[Article]:
    return sorted(observation.articles.all(), key=lambda article: article.number)


def entry_of(observation: Observation) -> Entry:
    return Entry(
        place=place_of(observation.pk),
        text=as_words(observation.text),
        name=opening_of(observation.text),
        heading=observation.heading.name,
        articles=tuple(article.number for article in articles_of(observation)),
        grounds=tuple(observation.question_codes),
        is_draft=observation.room_id is not None,
        wording_of=place_of(observation.copied_from_id) if observation.copied_from_id else "",
    )


def entries_with(
    typed: Entry, user: User, text: AgreedText, headings: Sequence[str], *, in_place_of: Observation | None
) -> list[Entry]:
    """What the writer reads of a list, with what he or she types, ``in_place_of`` what is changed by it."""
    entries = [entry_of(row) for row in observations_visible_to(user, text)]
    if in_place_of is None:
        return _in_order_of_list([*entries, typed], headings)
    own = place_of(in_place_of.pk)
    for number, entry in enumerate(entries):
        if entry.place == own:
            entries[number] = replace(typed, wording_of=entry.wording_of)
        elif entry.wording_of == own:
            entries[number] = replace(entry, wording_of=typed.place)
    return _in_order_of_list(entries, headings)


def _in_order_of_list(entries: Iterable[Entry], headings: Sequence[str]) -> list[Entry]:
    """What has no heading yet comes last."""
    order = {heading: number for number, heading in enumerate(headings)}
    return sorted(entries, key=lambda entry: (order.get(entry.heading, len(order)), entry.articles))
