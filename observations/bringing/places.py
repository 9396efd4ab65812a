"""What a heading of a list of observations or of a summary names: a part, one of the blueprint's headings, articles."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core.language.i18n import isolated, list_of
from observations.texts.enums import ObservationKind, TextKind
from observations.wording import FixedWords, key_of

_LONGEST = 60  # characters that are said again
_AFTER = " \t\u00a0:.;,–—-()"
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")  # signs between which no space stands
_ALWAYS_BETWEEN = {",", "،", ";", "/", "&", "、", "，"}


@dataclass(frozen=True)
class KnownText:
    """What a file of one text may speak of. ``words``: the blueprint's in each language that the portal knows.

    ``articles``: those under review with their titles in each language; ``questions``: codes by the number as printed.
    ``strangers``: what States may be called that do not agree on the text, and their names; ``parties``: names of those
    that do. ``rests_on`` and ``annexes``: what a file of the portal says before such numbers, and over its annex.
    """

    kind: TextKind
    words: Sequence[FixedWords]
    articles: Mapping[int, Collection[str]]
    questions: Mapping[str, str]
    strangers: Mapping[str, str]
    parties: str
    rests_on: Collection[str]
    annexes: Collection[str]

    @cached_property
    def sections(self) -> dict[str, str]:
        return {key_of(name): key for each in self.words for name, key in each.sections}

    @cached_property
    def headings(self) -> dict[str, ObservationKind]:
        return {key_of(name): kind for each in self.words for name, kind in each.headings}

    @cached_property
    def silent(self) -> frozenset[str]:
        return frozenset(key_of(name) for each in self.words for name in each.silent)

    @cached_property
    def annex(self) -> frozenset[str]:
        return frozenset(map(key_of, self.annexes))

    @cached_property
    def notes(self) -> list[str]:
        return [each.note for each in self.words if each.note]

    @cached_property
    def between(self) -> str:
        """Between two numbers, as a pattern."""
        words = _ALWAYS_BETWEEN.union(*(each.between for each in self.words))
        return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))

    @cached_property
    def around_articles(self) -> list[re.Pattern[str]]:
        numbers = rf"(\d{{1,4}}(?:(?:\s*(?:{self.between}))+\s*\d{{1,4}})*)"
        pairs = dict.fromkeys(pair for each in self.words for pair in each.articles)
        return [
            re.compile(rf"{re.escape(before)}\s*{numbers}(?!\d)\s*{re.escape(after)}(.*)", re.IGNORECASE | re.DOTALL)
            for before, after in sorted(pairs, key=lambda pair: len("".join(pair)), reverse=True)
        ]

    def articles_in(self, heading: str) -> tuple[tuple[int, ...], str]:
        """The articles that a heading names, and what is wrong with it; none where it names no article."""
        found = next(filter(None, (each.fullmatch(heading) for each in self.around_articles)), None)
        if found is None:
            return (), ""
        numbers = tuple(sorted({int(each) for each in re.findall(r"\d+", found[1])}))
        more = found[2].strip(_AFTER)
        titles = self.articles.get(numbers[0], ()) if len(numbers) == 1 else ()
        if more and key_of(more) not in {key_of(title) for title in titles}:
            message = _("“%(words)s” is not the title of this article. Write the numbers of articles alone.")
            return numbers, message % {"words": isolated(more[:_LONGEST])}
        return numbers, self.problem_of(numbers)

    def problem_of(self, articles: Collection[int]) -> str:
        strange = [str(number) for number in articles if number not in self.articles]
        if not strange:
            return ""
        return _("This article is not under review: %(numbers)s.") % {"numbers": list_of(strange)}

    def questions_in(self, words: str) -> list[str] | None:
        """The codes of the questions on which a paragraph says that an observation rests; None where one is unknown."""
        plain = re.sub("[\u200e\u200f\u2066-\u2069]", "", " ".join(words.split()))
        before = max((each for each in self.rests_on if plain.startswith(each)), key=len, default="")
        parts = [part.strip() for part in re.split(rf"\s*(?:{self.between})\s*", plain[len(before) :])]
        codes = [self.questions.get(part, "") for part in parts if part]
        return codes if before and codes and all(codes) else None

    def stranger_in(self, title: str) -> str:
        """The name of a State that a title names and that does not agree on the text; empty where there is none."""
        left = title.casefold()
        for name in sorted(self.strangers, key=len, reverse=True):
            found = re.compile(_begins_a_word(name[0]) + re.escape(name) + _ends_a_word(name[-1]))
            if found.search(left):
                if self.strangers[name]:
                    return self.strangers[name]
                left = found.sub(" ", left)
        return ""


def _begins_a_word(sign: str) -> str:
    return "" if _HAN.match(sign) else r"(?<!\w)"


def _ends_a_word(sign: str) -> str:
    return "" if _HAN.match(sign) else r"(?!\w)"


def unknown_heading(words: str) -> str:
    message = _(
        "“%(words)s” is none of the blueprint's headings and names no article. Write a heading as the template has it, "
        "or “Article 5”. Of a heading within the text make bold words."
    )
    return message % {"words": isolated(words[:_LONGEST])}
