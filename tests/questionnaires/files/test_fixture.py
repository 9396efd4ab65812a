"""The committed questionnaires hold the official text, the whole of it, and nothing else."""

from collections import Counter

import pytest

from questionnaires.definitions.conditions import leaves, parent_code
from questionnaires.definitions.definition import Item
from questionnaires.files.rules import flaws_of
from tests.questionnaires.official import CLUSTERS, load_definition, load_definitions
from tests.questionnaires.printed import printed_words, source_footnotes, source_words

QUESTIONS = {"I": 82, "II": 93, "III": 58, "IV": 101}
ITEMS = {"I": 210, "II": 275, "III": 110, "IV": 259}
KINDS = {"yes_no", "yes_part_no", "single", "multiple", "text", "group"}
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
FOOTNOTE_PLACES = {
    "I.firearms.69.a.ii": "5",
    "I.firearms.74": "6",
    "II.firearms.87.b": "7",
    "IV.untoc.1.a": "8",
    "IV.untoc.12": "9",
    "IV.untoc.13": "10",
    "IV.untoc.33.a": "11",
    "IV.som.68": "12",
}


def codes(words: str) -> set[str]:
    """The set of the codes in a string, for short tables."""
    return set(words.split())


SELF_ASSESSED = codes(
    "I.untoc.4 I.untoc.15.a I.untoc.16.a I.som.62 I.firearms.77 I.firearms.81 "
    "II.firearms.78.d II.firearms.87 II.firearms.92 III.untoc.16 III.untoc.17 "
    "IV.untoc.7 IV.untoc.12 IV.untoc.20 IV.untoc.27 IV.untoc.28 IV.untoc.30 IV.untoc.45.a "
    "IV.firearms.89.a IV.firearms.93.c.iv IV.firearms.100"
)
DEVIATIONS = codes(
    "I.untoc.12 I.tip.42.b I.som.50.b II.som.55 II.firearms.86.a IV.untoc.24 "
    "I.tip.41 II.firearms.66.d "
    "I.tip.47.a I.tip.47.b II.tip.44.a II.tip.44.b III.tip.45.a III.tip.45.b IV.tip.65.a IV.tip.65.b "
    "II.firearms.78.b II.firearms.82.b I.firearms.75.d3"
)
VOLUNTARY_QUESTIONS = codes(
    "I.untoc.27 I.tip.45 I.som.60 I.firearms.67 I.firearms.76 II.tip.41 II.tip.42 II.firearms.69 "
    "II.firearms.72 II.firearms.77 II.firearms.82 II.firearms.88 III.untoc.10 III.untoc.14 III.untoc.15 "
    "III.untoc.16 III.untoc.17 IV.untoc.2 IV.untoc.3 IV.untoc.8 IV.untoc.14 IV.untoc.32 IV.tip.58 "
    "IV.firearms.86 IV.firearms.89"
)


def all_items() -> list[Item]:
    return [item for definition in load_definitions() for item in definition.items()]


def by_code() -> dict[str, Item]:
    return {item.code: item for item in all_items()}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_word_of_the_annex_is_in_the_data_and_nothing_else(cluster: str) -> None:
    printed, official = printed_words(load_definition(cluster)), source_words(cluster)
    first = next((place for place, pair in enumerate(zip(printed, official, strict=False)) if pair[0] != pair[1]), None)
    if first is not None:
        near = slice(max(0, first - 8), first + 8)
        pytest.fail(f"data: {' '.join(printed[near])}\nofficial: {' '.join(official[near])}")
    assert len(printed) == len(official)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_footnote_is_in_the_data(cluster: str) -> None:
    definition = load_definition(cluster)
    sections = [section for part in definition.parts for section in part.sections]
    notes = [note for section in sections for note in section.footnotes]
    notes += [note for item in definition.items() for note in item.footnotes]
    assert {note.mark: note.text.replace("“", '"').replace("”", '"').split() for note in notes} == (
        source_footnotes(cluster)
    )


def test_footnotes_stand_where_their_marks_are_printed() -> None:
    assert {item.code: item.footnotes[0].mark for item in all_items() if item.footnotes} == FOOTNOTE_PLACES
    headed = [s for d in load_definitions() for part in d.parts for s in part.sections if s.footnotes]
    assert [(section.heading, section.footnotes[0].mark) for section in headed] == [
        ("Article 6. Confiscation, seizure and disposal", "13")
    ]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_counts(cluster: str) -> None:
    items = list(load_definition(cluster).items())
    assert len(items) == ITEMS[cluster]
    assert [item.number[0] for item in items if item.is_question] == [
        str(number) for number in range(1, QUESTIONS[cluster] + 1)
    ]


def test_counts_in_all() -> None:
    items = all_items()
    assert len(items) == len({item.code for item in items}) == 854
    assert sum(item.is_question for item in items) == 334
    assert sum(item.condition is not None for item in items) == 296


def test_sub_items_are_numbered_in_print_order() -> None:
    children: dict[str, list[str]] = {}
    for item in all_items():
        if not item.is_question:
            children.setdefault(parent_code(item.code), []).append(item.number[-1])
    assert children.pop("IV.firearms.89") == ["i", "a"]
    for code, tokens in children.items():
        dashes = [token for token in tokens if token.startswith("–")]
        others = [token for token in tokens if not token.startswith("–")]
        assert dashes == [f"–{place}" for place in range(1, len(dashes) + 1)], code
        letters = [chr(ord("a") + place) for place in range(len(others))]
        assert others in (letters, list(ROMANS[: len(others)])), code


def test_letters_stay_letters() -> None:
    items = by_code()
    assert items["I.tip.37.i"].number == ("37", "i")
    assert items["I.tip.37.i"].text == "Please provide further details, if needed."
    assert items["IV.untoc.38.i"].number == ("38", "i")
    assert items["I.firearms.69.a.i.d1"].number == ("69", "a", "i", "–1")


def test_sections() -> None:
    for definition in load_definitions():
        assert [part.instrument for part in definition.parts] == ["untoc", "tip", "som", "firearms"][
            : len(definition.parts)
        ]
        for part in definition.parts:
            slugs = [section.slug for section in part.sections]
            assert len(slugs) == len(set(slugs))
            assert all(section.items for section in part.sections)


def test_only_articles_8_and_9_depend_on_the_convention_against_corruption() -> None:
    found = {
        section.slug: [item.number[0] for item in section.items if item.is_question]
        for definition in load_definitions()
        for part in definition.parts
        for section in part.sections
        if section.applicability == "not_party_to_uncac"
    }
    assert found == {"article-8": ["13", "14", "15", "16", "17"], "article-9": ["18", "19"]}


def test_kinds_and_options_agree() -> None:
    parents = {parent_code(item.code) for item in all_items()}
    for item in all_items():
        assert item.kind in KINDS
        assert bool(item.options) == (item.kind not in ("text", "group")), item.code
        assert len(set(item.options)) == len(item.options), item.code
        assert set(item.free_text_options) <= set(item.options)
        if item.kind == "yes_part_no":
            assert {"Yes", "Yes, in part", "No"} <= set(item.options), item.code
        if item.kind == "yes_no":
            assert {"Yes", "No"} <= set(item.options), item.code
            assert "Yes, in part" not in item.options, item.code
        if item.kind == "group":
            assert item.code in parents, item.code


def test_kinds_in_all() -> None:
    assert Counter(item.kind for item in all_items()) == {
        "text": 378,
        "yes_no": 281,
        "yes_part_no": 112,
        "multiple": 47,
        "group": 34,
        "single": 2,
    }


def test_boxes_that_the_print_forgot() -> None:
    items = by_code()
    for code in codes("I.untoc.12 I.tip.42.b I.som.50.b II.som.55 II.firearms.86.a IV.untoc.24"):
        assert (items[code].kind, items[code].options) == ("yes_no", ("Yes", "No")), code
    assert {code for code, item in items.items() if item.kind == "single"} == {"I.tip.41", "II.firearms.66.d"}
    assert items["I.tip.41"].free_text_options == ("Other? Please specify.",)
    assert (items["IV.untoc.21"].kind, items["IV.untoc.22"].kind) == ("text", "text")


@pytest.mark.parametrize("question", ["I.tip.47", "II.tip.44", "III.tip.45", "IV.tip.65"])
def test_split_check_lists_are_joined(question: str) -> None:
    items = by_code()
    whole, rest = items[f"{question}.a"], items[f"{question}.b"]
    assert (whole.kind, len(whole.options)) == ("multiple", 15)
    assert whole.options[10] == "Technological assistance and equipment"
    assert whole.options[-1] == "Other (please specify)"
    assert (rest.kind, rest.options, rest.text.rstrip(":.")) == ("text", (), "Please be specific")


def test_options_that_ask_for_words_stay_whole() -> None:
    items = by_code()
    assert items["II.som.62.a"].free_text_options == (
        "Technological assistance and equipment (please be specific)",
        "Other (please specify)",
    )
    assert items["II.firearms.80"].free_text_options == (items["II.firearms.80"].options[-1],)
    assert items["I.firearms.72"].free_text_options == ()


def test_deviations_are_recorded_and_nowhere_else() -> None:
    assert {item.code for item in all_items() if item.deviation} == DEVIATIONS


def test_self_assessed() -> None:
    assert {item.code for item in all_items() if item.self_assessed} == SELF_ASSESSED
    assert all(item.condition is None for item in all_items() if item.self_assessed)


def test_voluntary() -> None:
    items = by_code()
    assert {code for code, item in items.items() if item.voluntary and item.is_question} == VOLUNTARY_QUESTIONS
    for item in items.values():
        parent = items.get(parent_code(item.code))
        if parent and parent.voluntary:
            assert item.voluntary, item.code
    # Footnotes do not count (IV.33 (a)), nor does a country that encourages others (II.71).
    assert not items["IV.untoc.33.a"].voluntary
    assert not items["II.firearms.71"].voluntary
    assert items["II.firearms.71.a"].voluntary
    assert items["IV.untoc.49.a"].voluntary
    assert items["II.firearms.81.a"].voluntary


def test_conditions_hold_together() -> None:
    for definition in load_definitions():
        assert not list(flaws_of(definition))
        for part in definition.parts:
            codes = {item.code for item in part.items()}
            for item in part.items():
                if item.condition:
                    assert {leaf["code"] for leaf in leaves(item.condition)} <= codes - {item.code}


def test_conditions_quote_the_words_they_come_from() -> None:
    for item in all_items():
        if item.condition:
            assert item.text.startswith(item.condition["source"]), item.code
        elif item.text.startswith(("If the answer", "If your answer", "If yes", "If not")):
            pytest.fail(f"{item.code} has no condition: {item.text}")
