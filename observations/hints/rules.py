"""What is worth a second look in a list of observations or a summary; pure. None of it keeps anybody from anything.

The rules know what their reader sees, and nothing else: what lies in a room that is not the reader's is not among what
they are given.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from observations.hints.abbreviations import abbreviations_in, key_as_written
from observations.hints.enums import HintKind, WatchedKind
from observations.hints.watched import Watched, watched_in

_OF_LANGUAGE = {HintKind.PERSONAL: WatchedKind.PERSONAL, HintKind.JUDGING: WatchedKind.JUDGING}


@dataclass(frozen=True, slots=True)
class Entry:
    """One observation, passage or paragraph, as the rules see it. ``text`` is its words without marks.

    ``place``: where it stands, another for each. ``name``: what it is called on the page. ``is_draft``: it is no part
    of the list yet. ``wording_of``: the place of that of which it is another wording.
    """

    place: str
    text: str
    name: str = ""
    heading: str = ""
    articles: tuple[int, ...] = ()
    grounds: tuple[str, ...] = ()
    is_draft: bool = False
    wording_of: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """``place`` leads to what it is about, ``other`` to what that is compared with; ``about`` are the words, numbers or
    codes that the sentence names.
    """

    kind: HintKind
    place: str
    about: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The watched words of one language."""

    language: str
    words: Mapping[WatchedKind, tuple[Watched, ...]] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(key_as_written(each.words) for each in self.words.get(WatchedKind.KNOWN, ()))


def of_articles(articles: Mapping[int, str], entries: Iterable[Entry]) -> Iterator[Hint]:
    """An article under review on which there is nothing. ``articles``: the place of each."""
    covered = {number for entry in entries for number in entry.articles}
    for number, place in sorted(articles.items()):
        if number not in covered:
            yield Hint(HintKind.NO_OBSERVATION, place, (str(number),))


def of_headings(headings: Mapping[str, str], entries: Iterable[Entry]) -> Iterator[Hint]:
    """A heading with nothing below it. ``headings``: the place of each."""
    filled = {entry.heading for entry in entries}
    for heading, place in headings.items():
        if heading not in filled:
            yield Hint(HintKind.EMPTY_HEADING, place, (heading,))


def of_left_out(observations: Mapping[int | None, str]) -> Iterator[Hint]:
    """An agreed observation on which no passage of the summary draws. ``observations``: the place of each number."""
    for number, place in observations.items():
        yield Hint(HintKind.LEFT_OUT, place, (str(number or ""),))


def of_grounds(entries: Sequence[Entry]) -> Iterator[Hint]:
    """An observation that rests on no answer; an answer on which two of the same heading rest.

    A gap and a suggestion often rest on the same answer, and another wording always does.
    """
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if not entry.grounds:
            yield Hint(HintKind.NO_GROUND, entry.place)
        shared: dict[str, list[str]] = {}
        for code in entry.grounds:
            before = first.setdefault((entry.heading, code), entry)
            if before is not entry and not _is_wording(before, entry):
                shared.setdefault(before.place, []).append(code)
        for other, codes in shared.items():
            yield Hint(HintKind.SHARED_GROUND, entry.place, tuple(codes), other)


def _is_wording(one: Entry, other: Entry) -> bool:
    return bool(
        one.place == other.wording_of
        or other.place == one.wording_of
        or (one.wording_of and one.wording_of == other.wording_of)
    )


def of_abbreviations(entries: Sequence[Entry], known: Collection[str] = ()) -> Iterator[Hint]:
    """Abbreviations that are used before it is said what they stand for, each once, where it comes first.

    ``entries`` in the order of the text. What a draft explains is explained in drafts alone: it is no part of the text.
    """
    in_text, in_drafts = set(known), set(known)
    for entry in entries:
        unexplained = []
        for use in abbreviations_in(entry.text):
            if use.key in (in_drafts if entry.is_draft else in_text):
                continue
            if not use.is_explained:
                unexplained.append(use.key)
            in_drafts.add(use.key)
            if not entry.is_draft:
                in_text.add(use.key)
        if unexplained:
            yield Hint(HintKind.ABBREVIATION, entry.place, tuple(unexplained))


def of_language(entries: Iterable[Entry], vocabulary: Vocabulary) -> Iterator[Hint]:
    """Guidelines, paragraph 12: objective and impersonal language will aid understanding."""
    for entry in entries:
        for kind, of in _OF_LANGUAGE.items():
            if found := watched_in(entry.text, vocabulary.words.get(of, ()), vocabulary.language):
                yield Hint(kind, entry.place, tuple(found))


def of_wording(entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[Hint]:
    """What holds of any text: abbreviations and language."""
    yield from of_abbreviations(entries, vocabulary.known)
    yield from of_language(entries, vocabulary)
