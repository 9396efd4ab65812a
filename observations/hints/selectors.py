"""Hints on what a page shows to its reader anyway. They are worked out for each page, and kept nowhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from django.utils.translation import gettext as _

from core.language.rendering import as_words
from dialogue.exchange import articles_under_review
from observations.hints import rules
from observations.hints.abbreviations import abbreviations_in
from observations.hints.enums import WatchedKind
from observations.hints.lines import HintLine, lines_of
from observations.hints.models import WatchedWord
from observations.hints.rules import Entry, Hint, Vocabulary
from observations.hints.watched import Watched
from observations.texts import observations_left_out, observations_on_table
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText
from observations.wording import Block, Document, split_marker
from questionnaires.submissions import latest_submission

_MOST_TYPED = 20_000  # signs
_OF_HEADING = 2  # the level at which a list prints its headings


def vocabularies(languages: Iterable[str]) -> dict[str, Vocabulary]:
    """The watched words of these languages; one query, and none where there is no language."""
    words: dict[str, dict[WatchedKind, tuple[Watched, ...]]] = {language: {} for language in languages}
    for row in WatchedWord.objects.filter(language__in=list(words)) if words else ():
        of, kind = words[row.language], WatchedKind(row.kind)
        of[kind] = (*of.get(kind, ()), Watched(row.words, row.is_stem))
    return {language: Vocabulary(language, of) for language, of in words.items()}


def hints_of_list(
    entries: Sequence[Entry],
    vocabulary: Vocabulary,
    *,
    articles: Mapping[int, str],
    headings: Mapping[str, str],
    has_answers: bool,
) -> list[HintLine]:
    """On a list that is being drafted, as its reader sees it; none where nothing is written yet.

    ``articles`` and ``headings``: the place of each. ``has_answers``: there are answers to rest on.
    """
    if not entries:
        return []
    hints = chain(
        rules.of_articles(articles, entries),
        rules.of_headings(headings, entries),
        rules.of_grounds(entries) if has_answers else (),
        rules.of_wording(entries, vocabulary),
    )
    return lines_of(hints, entries)


def hints_of_typed(
    typed: Entry, entries: Sequence[Entry], language: str, *, has_answers: bool = False
) -> list[HintLine]:
    """On what is being written. ``entries``: all of the text that the writer reads, ``typed`` among them."""
    if not typed.text.strip():
        return []
    vocabulary = vocabularies([language])[language]
    of_all = chain(rules.of_grounds(entries) if has_answers else (), rules.of_abbreviations(entries, vocabulary.known))
    own = [hint for hint in map(partial(_seen_from, typed), of_all) if hint.place == typed.place]
    return lines_of([*own, *rules.of_language([typed], vocabulary)], entries)


def _seen_from(typed: Entry, hint: Hint) -> Hint:
    """What two observations share is told at the second: who writes the first is to know as well."""
    return replace(hint, place=hint.other, other=hint.place) if hint.other == typed.place else hint


def words_of_typed(text: str) -> str:
    """What was typed, without marks; of more than could be saved, the beginning."""
    return as_words(text[:_MOST_TYPED])


def hints_of_text(text: AgreedText, document: Document, list_url: str) -> list[HintLine]:
    """On a text as it is read; none on one that is agreed. ``list_url``: where the observations of the review are."""
    entries = list(_entries_of(document)) if text.status != TextStatus.AGREED else []
    if not entries:
        return []
    vocabulary = vocabularies([text.language])[text.language]
    known = {use.key for block in document.blocks if not block.is_written for use in abbreviations_in(block.text)}
    hints: list[Hint] = [
        *rules.of_abbreviations(entries, vocabulary.known | known),
        *rules.of_language(entries, vocabulary),
    ]
    if text.kind == TextKind.SUMMARY:
        left_out = {row.number: f"{list_url}#observation-{row.pk}" for row in observations_left_out(text)}
        hints += rules.of_left_out(left_out)
    else:
        drafted_at = f"{list_url}#{text.instrument.slug}"
        hints += rules.of_headings(dict.fromkeys(_headings_of(document), drafted_at), entries)
        hints += rules.of_articles(dict.fromkeys(_articles_without(text), drafted_at), ())
        if latest_submission(text.review):
            hints += rules.of_grounds(entries)
    return lines_of(hints, entries)


def _headings_of(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if _is_heading(block):
            yield split_marker(block.text)[1]


def _entries_of(document: Document) -> Iterator[Entry]:
    """What experts have written, paragraph by paragraph."""
    heading = ""
    for block in document.blocks:
        if _is_heading(block):
            heading = split_marker(block.text)[1]
        elif block.is_written:
            yield Entry(
                place=f"#paragraph-{block.number}",
                text=as_words(block.text),
                name=_("Paragraph %(number)s") % {"number": block.number},
                heading=heading,
                grounds=block.grounds,
            )


def _is_heading(block: Block) -> bool:
    return block.kind == "heading" and block.level == _OF_HEADING


def _articles_without(text: AgreedText) -> list[int]:
    """The articles under review on which nothing lies on the table."""
    covered = observations_on_table(text).order_by().filter(articles__isnull=False).values("articles")
    numbers = articles_under_review(text.review, text.instrument).exclude(pk__in=covered)
    return list(numbers.values_list("number", flat=True))
