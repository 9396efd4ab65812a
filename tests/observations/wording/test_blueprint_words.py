"""The blueprint's fixed words: true to annex II, the same in six languages, and safe to fill with any name."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest
from django.utils import translation

from observations.needs.enums import NeedPriority
from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import (
    PLACES,
    Document,
    DocumentFacts,
    Passage,
    WordedNeed,
    list_document,
    summary_document,
)
from reviews.meetings.enums import MeetingMeans
from reviews.programme.enums import AdherenceKind, EvidenceMark
from tests.observations.wording.blueprints import (
    FACTS,
    LANGUAGES,
    MECHANISM,
    fixed_texts,
    headings,
    instruments,
    lines,
    reference,
)

pytestmark = pytest.mark.unit

# The fixed text of resolution 10/1, annex II, as printed: the brackets are what the States fill in.
RULES = (
    "the procedures and rules for the functioning of the Mechanism for the Review of the Implementation of the United "
    "Nations Convention against Transnational Organized Crime and the Protocols thereto"
)
OFFICIAL_LIST = (
    "Review by [names of reviewing States parties] of the implementation by [name of State party under review] of "
    "article[s] [number(s) of articles; cluster one/two/three/four] of the [United Nations Convention against "
    "Transnational Organized Crime] [Protocol supplementing the United Nations Convention against Transnational "
    "Organized Crime] in years [...] of review phase [one/two/three/four] of the Mechanism for the Review of the "
    "Implementation of the United Nations Convention against Transnational Organized Crime and the Protocols thereto",
    "I. Introduction",
    "The Conference of the Parties to the United Nations Convention against Transnational Organized Crime was "
    "established in accordance with article 32 of the Convention to, inter alia, promote and review the implementation "
    "of the Convention and the Protocols thereto.",
    "In accordance with article 32, paragraph 4, of the Convention, the Conference established, at its ninth session, "
    "held in Vienna from 15 to 19 October 2018, the Mechanism for the Review of the Implementation of the United "
    "Nations Convention against Transnational Organized Crime and the Protocols thereto.",
    "The Implementation Review Mechanism is an intergovernmental process, the overall goal of which is to assist "
    "States parties in implementing the Convention and the Protocols thereto.",
    "The country review is undertaken on the basis of articles 32 and 34 of the Convention, as well as "
    f"{RULES} (Conference of the Parties resolution 9/1, annex).",
    "II. Process",
    "The following review of the implementation by [name of State party under review] of [the Convention] [Protocol "
    "supplementing the Convention] is based on the completed responses to the self-assessment questionnaire received "
    "from [name of State party under review] and any supplementary information provided in accordance with paragraph "
    f"19 of {RULES}, as well as the outcome of the constructive dialogue between the governmental experts from [States "
    "parties participating in the review], as foreseen in paragraph 35 of the procedures and rules, by means of "
    "[communications archived in the designated confidential module in the Sharing Electronic Resources and Laws on "
    "Crime (SHERLOC) knowledge management portal and other available technological tools, such as virtual networks, "
    "conference calls and videoconferences,] and involving [names of experts involved].",
    "The supplementary information provided by the State party under review consisted of the following:",
    "[links to reports and relevant pages and titles of other sources]",
    "Those links and electronic copies of those sources are to be made available on SHERLOC.",
    f"Prepared in accordance with paragraph 15 of {RULES}.",
    "III. List of observations for the review of [name of the State party under review]",
    f"As described in paragraphs 38 and 39 of {RULES}, the State party under review and the reviewing States parties "
    "have agreed on the following list of observations regarding the review of [name of State party under review]:",
    "(a) Gaps and challenges in the implementation of the provisions under review",
    "(b) Best practices",
    "(c) Suggestions",
    "(d) Any technical assistance needs identified to improve the implementation of the [Convention] [Protocol]",
)
OFFICIAL_SUMMARY = (
    "Summary of the list of observations for the review of [State party under review]",
    "I. Ratification of the [Convention] [Protocol]",
    "[Name of State party under review] deposited its instrument of ratification with the Secretary-General on [date].",
    "II. Implementation of the articles of the [Convention] [Protocol] under review",
    "Articles [numbers of articles]",
    "Observations",
    f"Prepared in accordance with paragraph 15 of {RULES}. The summaries of the lists of observations are not to "
    "exceed 1,500 words in length.",
)
FILLED = {
    "[names of reviewing States parties]": "Lestovia and Aldermark",
    "[name of State party under review]": "Veskaria",
    "[Name of State party under review]": "Veskaria",
    "[name of the State party under review]": "Veskaria",
    "[State party under review]": "Veskaria",
    "article[s] [number(s) of articles; cluster one/two/three/four]": "articles 3 and 5 (cluster one)",
    "[United Nations Convention against Transnational Organized Crime] [Protocol supplementing the United Nations "
    "Convention against Transnational Organized Crime]": FACTS.instrument_name,
    "[...]": "2021 to 2023",
    "[one/two/three/four]": "one",
    "[the Convention] [Protocol supplementing the Convention]": "the Trafficking in Persons Protocol",
    "[Convention] [Protocol]": "Trafficking in Persons Protocol",
    "[States parties participating in the review]": "Veskaria, Lestovia and Aldermark",
    "[names of experts involved]": "Mira Danel (Veskaria), Tomas Reuel (Lestovia) and Ana Holt (Aldermark)",
    "[links to reports and relevant pages and titles of other sources]": "Penal Code of Veskaria",
    "[date]": "14 June 2004",
    "[numbers of articles]": "3 and 5",
    "[communications": "communications",  # the bracket of the means: here all of them were used
    "videoconferences,]": "videoconferences,",
}
ODD_NAMES = (
    "Côte d’Ivoire",
    "{state}",
    "A } B {",
    "{",
    "{0.__class__}",
    "100 %s",
    "République (dém.) & <Co>",
    "阿 «б»",
)
PASSAGES = [Passage(kind, articles, "x") for kind, articles in product(ObservationKind, [(3,), (3, 5), (3, 5, 6)])]
EACH_KIND = pytest.mark.parametrize("kind", list(TextKind))
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def _made(
    kind: TextKind,
    language: str,
    facts: DocumentFacts,
    texts: dict[str, str] | None = None,
    passages: Sequence[Passage] = PASSAGES,
) -> Document:
    make = list_document if kind == TextKind.LIST_OF_OBSERVATIONS else summary_document
    with translation.override(LANGUAGES[language]):
        return make(texts or fixed_texts(kind, language), facts, headings(language), passages)


NEEDS = (
    *(WordedNeed("Training", (3,), priority) for priority in NeedPriority.values),
    WordedNeed("Training", (3,), received="yes"),
    WordedNeed("Training", (3,), received="yes", received_from="a neighbour"),
    WordedNeed("Training", (3,), received="no"),
)


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", text))


def _many_facts() -> Iterator[DocumentFacts]:
    """Facts that between them ask for every fixed text."""
    ways: tuple[tuple[str, ...], ...] = ((), *((means,) for means in MeetingMeans), tuple(MeetingMeans))
    for number, (act, means) in enumerate(product(AdherenceKind.values, ways)):
        yield replace(
            FACTS,
            act=act,
            means=means,
            articles=((3,), (3, 5), (3, 5, 6))[number % 3],
            cluster=number % 4 + 1,
            phase=number % 4 + 1,
            years=((2021, 2021), (2021, 2023))[number % 2],
            experts=FACTS.experts[: number % 2],
            instrument=("tip", "untoc")[number % 2],
        )


class _Asked(dict[str, str]):
    """Fixed texts that remember which of them were asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: str) -> str:  # type: ignore[override]
        self.keys_asked.add(key)
        return super().get(key, default)


@pytest.mark.parametrize(
    ("kind", "official"), [(TextKind.LIST_OF_OBSERVATIONS, OFFICIAL_LIST), (TextKind.SUMMARY, OFFICIAL_SUMMARY)]
)
def test_nothing_of_annex_ii_is_lost(kind: TextKind, official: tuple[str, ...]) -> None:
    document = _made(kind, "en", FACTS)
    there = {document.title, document.note, *(block.text for block in document.blocks)}
    for sentence in official:
        filled = sentence
        for bracket, value in FILLED.items():
            filled = filled.replace(bracket, value)
        assert not set("[]") & set(filled)
        assert filled in there


def test_the_letters_a_to_d_of_the_summary_stand_for_the_four_headings() -> None:
    document = _made(TextKind.SUMMARY, "en", FACTS)
    assert [block.text for block in document.blocks if block.level == 4][:4] == [
        *("A. Gaps and challenges", "B. Best practices", "C. Suggestions", "D. Technical assistance needs")
    ]


def test_the_headings_in_english_are_the_official_ones() -> None:
    for row in reference("mechanism.json")["observation_headings"]:
        assert row["text"]["en"].replace("{instrument_short}", "[Convention] [Protocol]") == row["official_text"]
        assert set(row["text"]) == set(LANGUAGES)


@EACH_KIND
def test_the_file_holds_what_the_document_asks_for_and_no_more(kind: TextKind) -> None:
    texts = _Asked(fixed_texts(kind))
    for facts in _many_facts():
        _made(kind, "en", facts, texts)
    _made(kind, "en", FACTS, texts, passages=[])
    _made(kind, "en", FACTS, texts, passages=[Passage(ObservationKind.ASSISTANCE_NEED, (3,), "It is.", needs=NEEDS)])
    assert texts.keys_asked - {"short_tip"} == set(texts), "a Protocol has its short name for a word of the blueprint"


@EACH_KIND
def test_every_text_is_there_in_six_languages_with_the_same_places(kind: TextKind) -> None:
    for key, row in reference("blueprints.json")[kind].items():
        assert set(row["text"]) == set(LANGUAGES), key
        assert all(text.strip() == text and text for text in row["text"].values()), key
        assert {frozenset(_places(text)) for text in row["text"].values()} == {frozenset(_places(row["text"]["en"]))}
        assert _places(row["text"]["en"]) <= PLACES, key
        assert row["evidence"] in EvidenceMark.values and row["evidence_note"], key


def test_headings_have_the_same_places_in_six_languages() -> None:
    for row in reference("mechanism.json")["observation_headings"]:
        assert {frozenset(_places(text)) for text in row["text"].values()} == {frozenset(_places(row["text"]["en"]))}
        assert _places(row["text"]["en"]) <= {"instrument_short"}


@EACH_KIND
@EACH_LANGUAGE
def test_sentences_are_in_the_script_of_their_language(kind: TextKind, language: str) -> None:
    script = {"ar": r"[\u0600-\u06FF]", "ru": r"[\u0400-\u04FF]", "zh": r"[\u4E00-\u9FFF]"}.get(language, r"[A-Za-z]")
    for key, text in fixed_texts(kind, language).items():
        if key not in {"expert", "source", "need"} and not key.startswith("letter_"):  # those hold nothing but places
            assert re.search(script, text), key


@EACH_KIND
@EACH_LANGUAGE
def test_every_place_is_filled_whatever_the_facts_are(kind: TextKind, language: str) -> None:
    for facts in _many_facts():
        for full, short in instruments(language):
            named = replace(facts, instrument_name=full, instrument_short_name=short)
            assert not [line for line in lines(_made(kind, language, named)) if set("{}") & set(line)]


@EACH_KIND
@EACH_LANGUAGE
@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_of_a_state_stands_as_it_is(kind: TextKind, language: str, name: str) -> None:
    facts = replace(FACTS, state=name, reviewing_states=(name, name), experts=((name, name),))
    plain = replace(FACTS, state="Q", reviewing_states=("Q", "Q"), experts=(("Q", "Q"),))
    expected = [line.replace("Q", name) for line in lines(_made(kind, language, plain))]
    assert lines(_made(kind, language, facts)) == expected


@EACH_LANGUAGE
def test_every_state_can_be_reviewed_by_any_other(language: str) -> None:
    with (MECHANISM.parents[1] / "reference" / "states_parties.csv").open(encoding="utf-8", newline="") as file:
        names = [row[f"name_{language}"] for row in csv.DictReader(file)]
    assert len(names) == 198
    for state, *reviewing in zip(names, names[1:] + names[:1], names[2:] + names[:2], strict=True):
        facts = replace(FACTS, state=state, reviewing_states=tuple(reviewing))
        title = _made(TextKind.LIST_OF_OBSERVATIONS, language, facts).title
        assert all(name in title for name in (state, *reviewing))


@pytest.mark.parametrize(
    ("articles", "expected"), [((3,), "المادة 3"), ((3, 5), "المادتان 3 و5"), ((3, 5, 6), "المواد 3 و5 و6")]
)
def test_arabic_has_a_dual(articles: tuple[int, ...], expected: str) -> None:
    blocks = _made(TextKind.SUMMARY, "ar", FACTS).blocks
    assert expected in [block.text for block in blocks if block.level == 2]


def test_a_mechanism_without_a_dual_says_many() -> None:
    texts = {key: text for key, text in fixed_texts(TextKind.LIST_OF_OBSERVATIONS).items() if "_two" not in key}
    assert "of articles 3 and 5 (cluster one)" in _made(TextKind.LIST_OF_OBSERVATIONS, "en", FACTS, texts).title


def test_the_file_is_written_for_human_editors() -> None:
    text = (MECHANISM / "blueprints.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
