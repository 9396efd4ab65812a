"""The two outputs of a review, put together from the blueprint's English words."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.hashes import document_hash
from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import (
    Document,
    DocumentFacts,
    Passage,
    SupplementSource,
    document_from,
    list_document,
    public_version,
    summary_document,
    without_grounds,
)
from tests.observations.wording.blueprints import FACTS, fixed_texts, headings, lines

pytestmark = pytest.mark.unit

PASSAGES = (
    Passage(ObservationKind.SUGGESTION, (3, 5), "Veskaria could define **exploitation** in its law.", ("I-12", "I-14")),
    Passage(ObservationKind.BEST_PRACTICE, (5,), "A single court hears cases of trafficking in persons."),
    Passage(ObservationKind.SUGGESTION, (3,), "Victims could be heard by video link."),
)
RULES = (
    "the procedures and rules for the functioning of the Mechanism for the Review of the Implementation of the United "
    "Nations Convention against Transnational Organized Crime and the Protocols thereto"
)
# Each passage between empty lines is one line of the document; RULES stands for the words above.
THE_LIST = """
Review by Lestovia and Aldermark of the implementation by Veskaria of articles 3 and 5 (cluster one) of the Protocol to
Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, supplementing the United Nations
Convention against Transnational Organized Crime in years 2021 to 2023 of review phase one of the Mechanism for the
Review of the Implementation of the United Nations Convention against Transnational Organized Crime and the Protocols
thereto

Prepared in accordance with paragraph 15 of RULES.

# I. Introduction

1. The Conference of the Parties to the United Nations Convention against Transnational Organized Crime was established
in accordance with article 32 of the Convention to, inter alia, promote and review the implementation of the Convention
and the Protocols thereto.

2. In accordance with article 32, paragraph 4, of the Convention, the Conference established, at its ninth session, held
in Vienna from 15 to 19 October 2018, the Mechanism for the Review of the Implementation of the United Nations
Convention against Transnational Organized Crime and the Protocols thereto.

3. The Implementation Review Mechanism is an intergovernmental process, the overall goal of which is to assist States
parties in implementing the Convention and the Protocols thereto.

4. The country review is undertaken on the basis of articles 32 and 34 of the Convention, as well as RULES (Conference
of the Parties resolution 9/1, annex).

# II. Process

5. The following review of the implementation by Veskaria of the Trafficking in Persons Protocol is based on the
completed responses to the self-assessment questionnaire received from Veskaria and any supplementary information
provided in accordance with paragraph 19 of RULES, as well as the outcome of the constructive dialogue between the
governmental experts from Veskaria, Lestovia and Aldermark, as foreseen in paragraph 35 of the procedures and rules, by
means of communications archived in the designated confidential module in the Sharing Electronic Resources and Laws on
Crime (SHERLOC) knowledge management portal and other available technological tools, such as virtual networks,
conference calls and videoconferences, and involving Mira Danel (Veskaria), Tomas Reuel (Lestovia) and Ana Holt
(Aldermark).

The supplementary information provided by the State party under review consisted of the following:

- Annual report on trafficking in persons, pp. 12–19 https://example.org/report

- Penal Code of Veskaria

Those links and electronic copies of those sources are to be made available on SHERLOC.

# III. List of observations for the review of Veskaria

6. As described in paragraphs 38 and 39 of RULES, the State party under review and the reviewing States parties have
agreed on the following list of observations regarding the review of Veskaria:

## (a) Gaps and challenges in the implementation of the provisions under review

No observations under this heading.

## (b) Best practices

### Article 5

7. A single court hears cases of trafficking in persons.

## (c) Suggestions

### Article 3

8. Victims could be heard by video link.

### Articles 3 and 5

9. Veskaria could define **exploitation** in its law.

## (d) Any technical assistance needs identified to improve the implementation of the Trafficking in Persons Protocol

No observations under this heading.
"""
THE_SUMMARY = """
Summary of the list of observations for the review of Veskaria

Prepared in accordance with paragraph 15 of RULES. The summaries of the lists of observations are not to exceed 1,500
words in length.

# I. Ratification of the Trafficking in Persons Protocol

1. Veskaria deposited its instrument of ratification with the Secretary-General on 14 June 2004.

# II. Implementation of the articles of the Trafficking in Persons Protocol under review

## Article 3

### Observations

#### C. Suggestions

2. Victims could be heard by video link.

## Articles 3 and 5

### Observations

#### C. Suggestions

3. Veskaria could define **exploitation** in its law.

## Article 5

### Observations

#### B. Best practices

4. A single court hears cases of trafficking in persons.
"""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Lu"]), min_size=1)
ARTICLES = st.sets(st.sampled_from([3, 5, 6, 8]), min_size=1).map(lambda numbers: tuple(sorted(numbers)))
A_PASSAGE = st.builds(
    Passage,
    heading=st.sampled_from(ObservationKind),
    articles=ARTICLES,
    text=WORDS,
    grounds=st.lists(st.sampled_from(["I-1", "I-2", "I-3"]), unique=True).map(tuple),
)
ANY_PASSAGES = st.lists(A_PASSAGE, max_size=8)
SOME_PASSAGES = st.lists(A_PASSAGE, min_size=1, max_size=8)
KINDS = pytest.mark.parametrize("kind", list(TextKind))


def _made(kind: TextKind, passages: list[Passage] | tuple[Passage, ...], facts: DocumentFacts = FACTS) -> Document:
    make = list_document if kind == TextKind.LIST_OF_OBSERVATIONS else summary_document
    return make(fixed_texts(kind), facts, headings(), passages)


def _list_of(**changes: object) -> str:
    return "\n".join(lines(_made(TextKind.LIST_OF_OBSERVATIONS, PASSAGES, replace(FACTS, **changes))))  # type: ignore[arg-type]


def _summary_of(**changes: object) -> list[str]:
    return lines(_made(TextKind.SUMMARY, PASSAGES, replace(FACTS, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "expected"), [(TextKind.LIST_OF_OBSERVATIONS, THE_LIST), (TextKind.SUMMARY, THE_SUMMARY)]
)
def test_a_whole_document(kind: TextKind, expected: str) -> None:
    passages = [" ".join(passage.split()) for passage in expected.strip().split("\n\n")]
    assert lines(_made(kind, PASSAGES)) == [passage.replace("RULES", RULES) for passage in passages]


def test_what_stands_on_the_cover() -> None:
    document = _made(TextKind.LIST_OF_OBSERVATIONS, PASSAGES)
    assert (document.kind, document.mechanism, document.instrument) == ("list_of_observations", "untoc", "tip")
    assert (document.review, document.symbol, document.language) == ("1-XVE", "1-XVE/TIP/LO", "en")
    assert _made(TextKind.SUMMARY, PASSAGES).symbol == "1-XVE/TIP/S"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"articles": (5,)}, "of the implementation by Veskaria of article 5 (cluster one) of the Protocol to Prevent"),
        ({"articles": (3, 5, 6)}, "by Veskaria of articles 3, 5 and 6 (cluster one) of the Protocol to Prevent"),
        ({"reviewing_states": ("Lestovia",)}, "Review by Lestovia of the implementation by Veskaria"),
        ({"reviewing_states": ("Lestovia",)}, "governmental experts from Veskaria and Lestovia, as foreseen"),
        ({"reviewing_states": ("A", "B", "C")}, "Review by A, B and C of the implementation by Veskaria"),
        ({"cluster": 4, "phase": 3}, "articles 3 and 5 (cluster four)"),
        ({"cluster": 4, "phase": 3}, "in years 2021 to 2023 of review phase three of the Mechanism"),
        ({"cluster": 5}, "articles 3 and 5 (cluster 5)"),
        ({"years": (2022, 2022)}, "in year 2022 of review phase one of the Mechanism"),
        ({"means": ()}, "(SHERLOC) knowledge management portal and involving Mira Danel"),
        (
            {"means": ("videoconference",)},
            "portal and other available technological tools, such as videoconferences, and involving Mira Danel",
        ),
        ({"means": ("in_person",)}, "(SHERLOC) knowledge management portal and meetings in person and involving"),
        (
            {"means": ("in_person", "videoconference")},
            "portal, other available technological tools, such as videoconferences, and meetings in person and "
            "involving Mira Danel",
        ),
        ({"experts": (("Mira Danel", "Veskaria"),)}, "videoconferences, and involving Mira Danel (Veskaria)."),
        ({"experts": ()}, "videoconferences, and involving the experts designated by those States."),
    ],
)
def test_the_words_agree_with_the_facts(changes: dict[str, object], expected: str) -> None:
    assert expected in _list_of(**changes)


@pytest.mark.parametrize(
    ("act", "heading", "paragraph"),
    [
        ("ratification", "I. Ratification of the", "Veskaria deposited its instrument of ratification with the"),
        ("accession", "I. Accession to the", "Veskaria deposited its instrument of accession with the"),
        ("acceptance", "I. Acceptance of the", "Veskaria deposited its instrument of acceptance with the"),
        ("approval", "I. Approval of the", "Veskaria deposited its instrument of approval with the"),
        ("succession", "I. Succession to the", "Veskaria deposited its notification of succession with the"),
    ],
)
def test_the_act_by_which_the_state_was_bound(act: str, heading: str, paragraph: str) -> None:
    assert _summary_of(act=act)[2:4] == [
        f"# {heading} Trafficking in Persons Protocol",
        f"1. {paragraph} Secretary-General on 14 June 2004.",
    ]


def test_a_review_without_supplementary_information_names_none() -> None:
    document = _made(TextKind.LIST_OF_OBSERVATIONS, PASSAGES, replace(FACTS, sources=()))
    kinds = [block.kind for block in document.blocks]
    assert kinds[: kinds.index("remark")] == [
        *("heading", "paragraph", "paragraph", "paragraph", "paragraph"),
        *("heading", "paragraph"),
        *("heading", "paragraph", "heading"),
    ]
    assert "supplementary information provided by the State" not in _list_of(sources=())


def test_a_source_may_be_a_bare_title_or_a_bare_page() -> None:
    sources = (SupplementSource("Penal Code", "art. 3"), SupplementSource("Penal Code"), SupplementSource("", "p. 1"))
    document = _made(TextKind.LIST_OF_OBSERVATIONS, (), replace(FACTS, sources=sources))
    assert [block.text for block in document.blocks if block.kind == "item"] == [
        *("Penal Code, art. 3", "Penal Code", "p. 1")
    ]


LETTERS = {
    ObservationKind.GAP_OR_CHALLENGE: "A. Gaps and challenges",
    ObservationKind.BEST_PRACTICE: "B. Best practices",
    ObservationKind.SUGGESTION: "C. Suggestions",
    ObservationKind.ASSISTANCE_NEED: "D. Technical assistance needs",
}


@given(passages=ANY_PASSAGES)
def test_a_heading_of_a_summary_keeps_its_letter_whatever_else_is_empty(passages: list[Passage]) -> None:
    shown = [block.text for block in _made(TextKind.SUMMARY, passages).blocks if block.level == 4]
    sets = sorted({passage.articles for passage in passages})
    written = {(passage.articles, passage.heading) for passage in passages}
    assert shown == [words for each in sets for kind, words in LETTERS.items() if (each, kind) in written]


@KINDS
def test_the_convention_is_called_as_the_blueprint_calls_it(kind: TextKind) -> None:
    """And a Protocol by its short name."""
    convention = replace(FACTS, instrument="untoc", instrument_short_name="Organized Crime Convention")
    texts = [block.text for block in _made(kind, PASSAGES, convention).blocks]
    expected = {
        TextKind.LIST_OF_OBSERVATIONS: [
            "The following review of the implementation by Veskaria of the Convention is based on ",
            "(d) Any technical assistance needs identified to improve the implementation of the Convention",
        ],
        TextKind.SUMMARY: [
            "I. Ratification of the Convention",
            "II. Implementation of the articles of the Convention under review",
        ],
    }
    assert [words for words in expected[kind] if not any(text.startswith(words) for text in texts)] == []
    assert not any("Organized Crime Convention" in text for text in texts)


@KINDS
@given(passages=ANY_PASSAGES)
def test_paragraphs_are_numbered_without_gaps(kind: TextKind, passages: list[Passage]) -> None:
    numbers = [block.number for block in _made(kind, passages).blocks if block.kind == "paragraph"]
    assert numbers == list(range(1, len(numbers) + 1))


@KINDS
@given(passages=ANY_PASSAGES)
def test_every_passage_stands_there_once_and_as_it_was_written(kind: TextKind, passages: list[Passage]) -> None:
    written = [(block.text, block.grounds) for block in _made(kind, passages).blocks if block.is_written]
    assert Counter(written) == Counter((passage.text, passage.grounds) for passage in passages)


@KINDS
@given(passages=ANY_PASSAGES)
def test_a_frozen_document_is_read_back_as_it_was(kind: TextKind, passages: list[Passage]) -> None:
    document = _made(kind, passages)
    assert document_from(document.as_json()) == document
    assert document_hash(document_from(document.as_json()).as_json()) == document_hash(document.as_json())


@KINDS
@given(passages=SOME_PASSAGES, data=st.data())
def test_the_hash_is_that_of_the_words(kind: TextKind, passages: list[Passage], data: st.DataObject) -> None:
    frozen = document_hash(_made(kind, passages).as_json())
    assert document_hash(_made(kind, list(passages)).as_json()) == frozen
    place = data.draw(st.integers(0, len(passages) - 1))
    text = data.draw(WORDS.filter(lambda text: text != passages[place].text))
    changed = [*passages[:place], replace(passages[place], text=text), *passages[place + 1 :]]
    assert document_hash(_made(kind, changed).as_json()) != frozen


@KINDS
@given(passages=ANY_PASSAGES, names=st.lists(st.text("ABCDEFGH", min_size=8), min_size=1, max_size=4))
def test_an_outsider_reads_neither_names_nor_references(
    kind: TextKind, passages: list[Passage], names: list[str]
) -> None:
    document = _made(kind, passages, replace(FACTS, experts=tuple((name, "Veskaria") for name in names)))
    public = public_version(document)
    assert not any(name in str(public.as_json()) for name in names)
    assert not any(block.grounds or block.public_text for block in public.blocks)
    pairs = zip(public.blocks, document.blocks, strict=True)
    changed = [block.number for block, own in pairs if block.text != own.text]
    assert changed == ([5] if kind == TextKind.LIST_OF_OBSERVATIONS else []), "nothing else is another text"


def test_a_state_may_let_the_names_stand() -> None:
    document = without_grounds(_made(TextKind.LIST_OF_OBSERVATIONS, PASSAGES))
    assert lines(document) == lines(_made(TextKind.LIST_OF_OBSERVATIONS, PASSAGES))
    assert not any(block.grounds or block.public_text for block in document.blocks)
