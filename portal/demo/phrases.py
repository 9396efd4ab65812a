"""Words for the texts of the demo, drawn from phrase banks by a seeded generator."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.text import slugify

from accounts.states.models import StateParty
from portal.demo.plan import read
from questionnaires.definitions import Item

FEWEST_WORDS, MOST_WORDS = 40, 180
# Kinds of answers that name provisions, and so carry legal references.
CITING = frozenset({"cite", "explain", "treated", "link"})
BRIEF = frozenset({"link", "further"})
_SHARE_WITHOUT_CITATION = 0.15
_SHARE_WITH_SECOND_CITATION = 0.4


class Deck:
    """Gives its cards in a random order, and all of them before any comes again."""

    def __init__(self, cards: Sequence[Any], random: Random) -> None:
        self.cards, self.random = cards, random
        self.left: list[Any] = []

    def draw(self) -> Any:
        if not self.left:
            self.left = self.random.sample(self.cards, len(self.cards))
        return self.left.pop()


@dataclass
class PhraseBank:
    """The sentences of one language and State for its answers.

    ``random`` makes every draw, in the order of the questions.
    """

    language: str
    state: StateParty
    random: Random

    def __post_init__(self) -> None:
        self.bank: dict[str, Any] = read(f"answers_{self.language}.json")
        self.state_name: str = getattr(self.state, f"name_{self.language}") or self.state.name
        self.slug = slugify(self.state.name_en)  # type: ignore[attr-defined]  # a translated column

    def kind_of(self, item: Item) -> str:
        """What an answer to the item is about, from the words of the question."""
        text = item.text.casefold()
        for kind, needles in self.bank["kinds"]:
            if any(needle in text for needle in needles):
                return str(kind)
        return "explain"

    def answer(self, item: Item, address: str) -> tuple[str, list[dict[str, str]]]:
        """Words and legal references of one answer, which name the same provisions."""
        kind, values = self.kind_of(item), self.values(address)
        return self._words(kind, address, values), self._citations(kind, values)

    def _words(self, kind: str, address: str, values: dict[str, str]) -> str:
        """Forty words or more (one that only points somewhere may be shorter), sometimes with a list at its end."""
        pool = self.bank["sentences"][kind]
        if kind in BRIEF:
            return str(self.random.choice(pool)).format(**values)
        topics = self.bank["topics"].get(address) or self.bank["topics"][address.partition("/")[0]]
        drawn = self.random.sample(topics, min(len(topics), self.random.randint(1, 2)))
        drawn += self._enough(drawn, self.random.sample(pool, len(pool)))
        in_order = [*(each for each in pool[:1] if each in drawn), *topics, *pool[1:]]
        filled = [sentence.format(**values) for sentence in in_order if sentence in drawn]
        flowing = [sentence for sentence in filled if "\n" not in sentence]
        lists = [sentence for sentence in filled if "\n" in sentence]
        return "\n\n".join([" ".join(flowing), *lists])

    def _enough(self, drawn: list[str], pool: list[str]) -> list[str]:
        """Sentences, at most one of them with a list, until the answer is long enough."""
        more: list[str] = []
        wanted = self.random.randint(FEWEST_WORDS + 10, (FEWEST_WORDS + MOST_WORDS) // 2)
        for sentence in pool:
            if more and sum(len(each.split()) for each in (*drawn, *more)) >= wanted:
                break
            if "\n" not in sentence or not any("\n" in each for each in more):
                more.append(sentence)
        return more

    def _citations(self, kind: str, values: dict[str, str]) -> list[dict[str, str]]:
        """One or two references where an answer of this kind names provisions, otherwise none."""
        if kind not in CITING or self.random.random() < _SHARE_WITHOUT_CITATION:
            return []
        references = [{"law": values["law"], "provision": values["provision"], "link": values["link"]}]
        if self.random.random() < _SHARE_WITH_SECOND_CITATION:
            references.append({"law": values["code"], "provision": values["second_provision"], "link": ""})
        return references

    def free_text(self) -> str:
        return self.random.choice(self.bank["free_text"])

    def law(self, address: str) -> str:
        """The title of the law that applies to the answers of a section."""
        laws = self.bank["laws"]
        return str(laws.get(address) or laws[address.partition("/")[0]]).format(state=self.state_name)

    def values(self, address: str) -> dict[str, str]:
        """What the places in a sentence are filled with; ``address`` is that of a section."""
        draw = self.random.randint
        instrument = address.partition("/")[0]
        provision = self.bank["provision"]
        year, number, office = draw(2004, 2021), draw(11, 412), self.random.choice(self.bank["offices"])
        return {
            "state": self.state_name,
            "slug": self.slug,
            "code": self.law("code"),
            "law": self.law(address),
            "second_law": self.law("code"),
            "provision": provision.format(number=number),
            "second_provision": provision.format(number=number + draw(1, 9)),
            "subject": self.bank["subjects"].get(address) or self.bank["subjects"][instrument],
            "office": office,
            "office_start": office[0].upper() + office[1:],
            "year": str(year),
            "number": str(number),
            "years": str(draw(2, 5)),
            "more_years": str(draw(6, 10)),
            "most_years": str(draw(11, 20)),
            "some": str(draw(6, 19)),
            "cases": str(draw(20, 90)),
            "link": self.bank["link"].format(slug=self.slug, year=year, number=number),
        }
