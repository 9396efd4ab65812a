"""Laws that answers name and the library does not hold, and what entries would be made of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.hashes import document_hash
from questionnaires.laws.names import law_key
from questionnaires.laws.selectors import CitingAnswer, Library


@dataclass(frozen=True, slots=True)
class Reference:
    """What answers name in the same words: ``title`` as most of them write it, and the ``spellings`` besides.

    ``link``: where all that give one for the whole law give the same. ``answers`` with the provisions that each cites.
    """

    key: str
    title: str
    spellings: tuple[str, ...]
    link: str
    answers: tuple[tuple[CitingAnswer, tuple[str, ...]], ...]


def references_in(answers: Sequence[CitingAnswer], library: Library) -> list[Reference]:
    """Those that no law of the library is called by, in the order of their titles."""
    found: dict[str, list[tuple[CitingAnswer, list[Mapping[str, str]]]]] = {}
    for answer in answers:
        here: dict[str, list[Mapping[str, str]]] = {}
        for citation in answer.citations:
            here.setdefault(law_key(citation["law"]), []).append(citation)
        for key, citations in here.items():
            found.setdefault(key, []).append((answer, citations))
    keys = sorted(found.keys() - library.by_key.keys() - {""})
    return [_reference(key, found[key]) for key in keys]


def _reference(key: str, citing: Sequence[tuple[CitingAnswer, Sequence[Mapping[str, str]]]]) -> Reference:
    citations = [each for _answer, own in citing for each in own]
    spelt = Counter(each["law"] for each in citations)
    links = {each["link"] for each in citations if each["link"] and not each["provision"]}
    titles = [title for title, _number in sorted(spelt.items(), key=lambda pair: (-pair[1], pair[0]))]
    answers = tuple(
        (answer, tuple(dict.fromkeys(each["provision"] for each in own if each["provision"]))) for answer, own in citing
    )
    return Reference(key, titles[0], tuple(titles[1:]), links.pop() if len(links) == 1 else "", answers)


def fingerprint_of(references: Iterable[Reference], library: Library) -> str:
    """Of what a person was shown: the references with the answers as they were, and the library."""
    return document_hash(
        {
            "references": [
                [each.key, each.title, *([str(answer.key), answer.revision] for answer, _provisions in each.answers)]
                for each in references
            ],
            "laws": sorted([key, str(law.pk), law.revision] for key, law in library.by_key.items()),
        }
    )
