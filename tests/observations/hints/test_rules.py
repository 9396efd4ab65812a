"""What is worth a second look in a list: of what its reader sees, and of nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from observations.hints.enums import HintKind, WatchedKind
from observations.hints.rules import (
    Entry,
    Hint,
    Vocabulary,
    of_abbreviations,
    of_articles,
    of_grounds,
    of_headings,
    of_language,
    of_wording,
)
from observations.hints.watched import Watched

pytestmark = pytest.mark.unit
ONE, OTHER = Entry("#1", "Words", heading="Gaps", articles=(5,), grounds=("I.a",)), Entry("#2", "Words", heading="Gaps")


def test_an_article_or_a_heading_with_nothing_leads_to_its_place() -> None:
    assert list(of_articles({2: "#list", 5: "#list"}, [ONE])) == [Hint(HintKind.NO_OBSERVATION, "#list", ("2",))]
    headings = {"Gaps": "#gaps", "Suggestions": "#suggestions"}
    assert list(of_headings(headings, [ONE])) == [Hint(HintKind.EMPTY_HEADING, "#suggestions", ("Suggestions",))]


def test_what_rests_on_nothing_or_on_the_same_as_another_is_told() -> None:
    assert list(of_grounds([ONE, OTHER])) == [Hint(HintKind.NO_GROUND, "#2")]
    same = replace(OTHER, grounds=("I.a", "I.b"))
    assert list(of_grounds([ONE, same])) == [Hint(HintKind.SHARED_GROUND, "#2", ("I.a",), "#1")]


def test_a_gap_and_a_suggestion_rest_on_the_same_and_so_does_another_wording() -> None:
    assert list(of_grounds([ONE, replace(OTHER, grounds=("I.a",), heading="Suggestions")])) == []
    assert list(of_grounds([ONE, replace(OTHER, grounds=("I.a",), wording_of="#1")])) == []
    assert list(of_grounds([replace(ONE, wording_of="#2"), replace(OTHER, grounds=("I.a",))])) == []
    copies = [replace(each, grounds=("I.a",), wording_of="#0") for each in (ONE, OTHER)]
    assert list(of_grounds(copies)) == []


def test_an_abbreviation_is_told_once_and_where_it_comes_first() -> None:
    entries = [replace(ONE, text="The FIU, the FIU"), replace(OTHER, text="The Unit (FIU); the FIU")]
    assert list(of_abbreviations(entries)) == [Hint(HintKind.ABBREVIATION, "#1", ("FIU",))]
    assert list(of_abbreviations(entries[::-1])) == []
    assert list(of_abbreviations(entries, {"FIU"})) == []


def test_what_a_draft_explains_is_explained_in_drafts_alone() -> None:
    draft = replace(ONE, text="The Unit (FIU)", is_draft=True)
    on_table, next_draft = replace(OTHER, text="FIU"), Entry("#3", "FIU", is_draft=True)
    assert list(of_abbreviations([draft, on_table, next_draft])) == [Hint(HintKind.ABBREVIATION, "#2", ("FIU",))]
    on_table = replace(on_table, text="The Unit (FIU)")
    assert list(of_abbreviations([on_table, next_draft])) == []


def test_personal_and_judging_words_are_told_apart() -> None:
    words = {WatchedKind.PERSONAL: (Watched("our"),), WatchedKind.JUDGING: (Watched("sadly"),)}
    said = Entry("#1", "Sadly, our law is silent.")
    assert list(of_language([said, OTHER], Vocabulary("en", words))) == [
        Hint(HintKind.PERSONAL, "#1", ("our",)), Hint(HintKind.JUDGING, "#1", ("sadly",)),
    ]  # fmt: skip
    assert list(of_language([said], Vocabulary("en"))) == []


def test_a_known_abbreviation_needs_no_words() -> None:
    known = Vocabulary("en", {WatchedKind.KNOWN: (Watched("SHERLOC"),)})
    assert list(of_wording([Entry("#1", "It stands on SHERLOC.")], known)) == []


ENTRIES = st.lists(
    st.builds(
        Entry,
        place=st.sampled_from([f"#{number}" for number in range(9)]),
        text=st.sampled_from(["", "The FIU", "The Unit (FIU)", "OECD and FIU", "OECD (a body of States)"]),
        heading=st.sampled_from(["Gaps", "Practices", ""]),
        articles=st.lists(st.integers(1, 5), max_size=3).map(tuple),
        grounds=st.lists(st.sampled_from(["I.a", "I.b", "I.c"]), max_size=2, unique=True).map(tuple),
        is_draft=st.booleans(),
    ),
    max_size=7,
    unique_by=lambda entry: entry.place,
)
ARTICLES = dict.fromkeys(range(1, 6), "#list")


@given(ENTRIES)
def test_each_article_and_heading_is_covered_or_told(entries: list[Entry]) -> None:
    told = {int(hint.about[0]) for hint in of_articles(ARTICLES, entries)}
    covered = {number for entry in entries for number in entry.articles}
    assert (told | covered, told & covered) == (set(ARTICLES), set())
    empty = {hint.about[0] for hint in of_headings({"Gaps": "", "Practices": ""}, entries)}
    assert empty == {"Gaps", "Practices"} - {entry.heading for entry in entries}


@given(ENTRIES)
def test_hints_name_only_what_the_reader_was_given(entries: list[Entry]) -> None:
    places = {entry.place for entry in entries}
    hints = [*of_grounds(entries), *of_abbreviations(entries)]
    assert {hint.place for hint in hints} <= places
    assert {hint.other for hint in hints if hint.other} <= places
    for hint in hints:
        if hint.kind == HintKind.SHARED_GROUND:
            (one,) = (entry for entry in entries if entry.place == hint.place)
            (other,) = (entry for entry in entries if entry.place == hint.other)
            assert one.heading == other.heading
            assert set(hint.about) <= set(one.grounds) & set(other.grounds)


@given(ENTRIES)
def test_drafts_change_no_abbreviation_of_what_lies_on_the_table(entries: list[Entry]) -> None:
    tabled = [entry for entry in entries if not entry.is_draft]
    places = {entry.place for entry in tabled}
    assert [hint for hint in of_abbreviations(entries) if hint.place in places] == list(of_abbreviations(tabled))


@given(ENTRIES)
def test_no_abbreviation_is_told_twice_on_the_table(entries: list[Entry]) -> None:
    told = [key for hint in of_abbreviations([replace(each, is_draft=False) for each in entries]) for key in hint.about]
    assert len(told) == len(set(told))
