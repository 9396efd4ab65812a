"""The reference files by themselves: complete, consistent, and true to the published counts. No database."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lots.algorithm import Switches

REFERENCE = Path(__file__).resolve().parents[2] / "fixtures" / "reference"
MECHANISM = REFERENCE.parent / "mechanisms" / "untoc"
GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TREATIES = ("untoc", "tip", "som", "firearms", "uncac")
ADHERENCE_KINDS = {"ratification", "acceptance", "approval", "accession", "succession"}
EVIDENCE_MARKS = {"S", "U", "P", "I", "M"}
LAUNCH_SESSION = date(2020, 10, 12)

# Numbers of the articles named in the printed headings of annexes III to VI of resolution 10/1.
PRINTED_HEADINGS = {
    1: {
        "untoc": [2, 5, 6, 8, 9, 10, 15, 23],
        "tip": [3, 5],
        "som": [3, 5, 6],
        "firearms": [3, 5],
    },
    2: {
        "untoc": [24, 25, 29, 30, 31],
        "tip": [6, 7, 9],
        "som": [8, 9, 14, 15, 16],
        "firearms": [7, 8, 9, 10, 11, 14, 15],
    },
    3: {
        "untoc": [7, 11, 19, 20, 22, 26, 27, 28],
        "tip": [11, 12, 13],
        "som": [11, 12, 13],
        "firearms": [],
    },
    4: {
        "untoc": [12, 13, 14, 16, 17, 18, 21],
        "tip": [8, 10],
        "som": [7, 10, 17, 18],
        "firearms": [6, 12, 13],
    },
}


def path_of(name: str) -> Path:
    return (MECHANISM if name in {"blueprints.json", "mechanism.json"} else REFERENCE) / name


def _json(name: str) -> Any:
    return json.loads(path_of(name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def states() -> list[dict[str, str]]:
    with (REFERENCE / "states_parties.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def fictional() -> list[dict[str, Any]]:
    return _json("fictional_states.json")


@pytest.fixture(scope="module")
def groups() -> list[dict[str, Any]]:
    return _json("regional_groups.json")


@pytest.fixture(scope="module")
def mechanism() -> dict[str, Any]:
    return _json("mechanism.json")


def _translated_texts(node: Any, path: str = "") -> list[tuple[str, dict[str, str]]]:
    """Every object keyed by language code, with the path to it."""
    if isinstance(node, list):
        return [pair for i, item in enumerate(node) for pair in _translated_texts(item, f"{path}[{i}]")]
    if not isinstance(node, dict):
        return []
    if set(node) & set(LANGUAGES):
        return [(path, node)]
    return [pair for key, item in node.items() for pair in _translated_texts(item, f"{path}.{key}")]


class TestStates:
    def test_there_are_198_with_unique_codes(self, states: list[dict[str, str]]) -> None:
        assert len(states) == 198
        for column, pattern in (("iso3", r"[A-Z]{3}"), ("iso2", r"[A-Z]{2}")):
            codes = [row[column] for row in states]
            assert len(set(codes)) == 198
            assert all(re.fullmatch(pattern, code) for code in codes)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_are_present_and_unique(self, states: list[dict[str, str]], language: str) -> None:
        names = [row[f"name_{language}"].strip() for row in states]
        assert all(names)
        assert len(set(names)) == 198

    @pytest.mark.parametrize(
        ("treaty", "parties"),
        [("untoc", 190), ("tip", 178), ("som", 149), ("firearms", 119), ("uncac", 187)],
    )
    def test_parties_on_12_october_2020(self, states: list[dict[str, str]], treaty: str, parties: int) -> None:
        deposits = [row[f"{treaty}_date"] for row in states if row[f"{treaty}_date"]]
        assert sum(date.fromisoformat(day) <= LAUNCH_SESSION for day in deposits) == parties

    @pytest.mark.parametrize("treaty", TREATIES)
    def test_date_and_action_come_together(self, states: list[dict[str, str]], treaty: str) -> None:
        for row in states:
            day, action = row[f"{treaty}_date"], row[f"{treaty}_action"]
            assert bool(day) == bool(action), row["iso3"]
            assert not action or action in ADHERENCE_KINDS, row["iso3"]

    def test_only_parties_to_the_convention_are_parties_to_a_protocol(self, states: list[dict[str, str]]) -> None:
        for row in states:
            if any(row[f"{protocol}_date"] for protocol in ("tip", "som", "firearms")):
                assert row["untoc_date"], row["iso3"]

    def test_regional_groups_are_known(self, states: list[dict[str, str]], groups: list[dict[str, Any]]) -> None:
        known = {group["name"]["en"] for group in groups}
        counts = Counter(row["regional_group"] for row in states)
        assert set(counts) == known | {"none/REIO"}
        assert [row["iso3"] for row in states if row["regional_group"] == "none/REIO"] == ["EUE"]

    def test_verified_names_treaties_the_state_is_party_to(self, states: list[dict[str, str]]) -> None:
        for row in states:
            for treaty in filter(None, row["verified"].split(";")):
                assert row[f"{treaty}_date"], (row["iso3"], treaty)


class TestFictionalStates:
    def test_codes_stay_in_the_user_assigned_range(
        self, states: list[dict[str, str]], fictional: list[dict[str, Any]]
    ) -> None:
        for field, pattern in (("iso3", r"X[A-Z]{2}"), ("iso2", r"X[A-Z]")):
            codes = [state[field] for state in fictional]
            assert len(set(codes)) == len(codes)
            assert all(re.fullmatch(pattern, code) for code in codes)
            assert not set(codes) & {row[field] for row in states}
        assert "XKX" not in {state["iso3"] for state in fictional}  # widely used for a real territory
        assert "XK" not in {state["iso2"] for state in fictional}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_are_unique_and_not_those_of_real_states(
        self, states: list[dict[str, str]], fictional: list[dict[str, Any]], language: str
    ) -> None:
        names = [state["name"][language] for state in fictional]
        assert len(set(names)) == len(names)
        assert not set(names) & {row[f"name_{language}"] for row in states}

    def test_each_regional_group_has_five(self, fictional: list[dict[str, Any]], groups: list[dict[str, Any]]) -> None:
        counts = Counter(state["regional_group"] for state in fictional)
        assert counts == {group["slug"]: 5 for group in groups}

    def test_adherences_are_well_formed(self, fictional: list[dict[str, Any]], mechanism: dict[str, Any]) -> None:
        in_force = {
            instrument["slug"]: date.fromisoformat(instrument["adopted_on"])
            for instrument in mechanism["instruments"] + mechanism["other_instruments"]
        }
        for state in fictional:
            assert state["is_fictional"] is True
            assert set(state["adherences"]) == set(TREATIES)
            assert state["adherences"]["untoc"], state["iso3"]
            for treaty, adherence in state["adherences"].items():
                if adherence:
                    assert adherence["kind"] in ADHERENCE_KINDS
                    assert date.fromisoformat(adherence["deposited_on"]) > in_force[treaty]

    def test_the_cast_covers_the_cases_the_portal_must_show(self, fictional: list[dict[str, Any]]) -> None:
        memberships = [
            {treaty for treaty, adherence in state["adherences"].items() if adherence} for state in fictional
        ]
        four = {"untoc", "tip", "som", "firearms"}
        assert four | {"uncac"} in memberships
        assert four in memberships
        assert any(held & four == {"untoc"} for held in memberships)
        for protocol in ("tip", "som", "firearms"):
            assert any(protocol not in held for held in memberships)


class TestMechanism:
    def test_every_cluster_article_exists_once_and_points_back(self, mechanism: dict[str, Any]) -> None:
        articles = {(a["instrument"], a["number"]): a for a in mechanism["articles"]}
        assert len(articles) == len(mechanism["articles"])
        in_clusters = [
            (instrument, number, cluster["number"])
            for cluster in mechanism["clusters"]
            for instrument, numbers in cluster["articles"].items()
            for number in numbers
        ]
        assert len({pair[:2] for pair in in_clusters}) == len(in_clusters) == 65
        for instrument, number, cluster in in_clusters:
            assert articles[instrument, number]["cluster"] == cluster
        assert sum(article["cluster"] is not None for article in articles.values()) == 65

    def test_every_cluster_names_every_instrument(self, mechanism: dict[str, Any]) -> None:
        slugs = [instrument["slug"] for instrument in mechanism["instruments"]]
        assert slugs == ["untoc", "tip", "som", "firearms"]
        for cluster in mechanism["clusters"]:
            assert list(cluster["articles"]) == slugs
        assert mechanism["clusters"][2]["articles"]["firearms"] == []

    @pytest.mark.parametrize("number", PRINTED_HEADINGS)
    def test_printed_headings_belong_to_the_cluster_or_are_recorded(
        self, mechanism: dict[str, Any], number: int
    ) -> None:
        cluster = next(c for c in mechanism["clusters"] if c["number"] == number)
        recorded = {(h["instrument"], h["article"]) for h in cluster["headings_outside_cluster"]}
        outside = {
            (instrument, article)
            for instrument, printed in PRINTED_HEADINGS[number].items()
            for article in printed
            if article not in cluster["articles"][instrument]
        }
        assert outside == recorded

    def test_phases_cover_each_cluster_once_in_two_year_windows(self, mechanism: dict[str, Any]) -> None:
        phases = mechanism["phases"]
        assert [phase["number"] for phase in phases] == [1, 2, 3, 4]
        assert sorted(phase["cluster"] for phase in phases) == [1, 2, 3, 4]
        first = {group["number"]: group["first_start"] for group in mechanism["review_groups"]}
        assert {s["review_group"]: s["starts_on"] for s in phases[0]["starts"]} == first
        for earlier, later in pairwise(phases):
            for start, following in zip(earlier["starts"], later["starts"], strict=True):
                gap = date.fromisoformat(following["starts_on"]) - date.fromisoformat(start["ends_on"])
                assert gap.days == 1
        for phase in phases:
            assert phase["cluster_evidence"] in {"P", "I"}
            assert phase["cluster_evidence_note"] and phase["starts_evidence_note"]

    def test_step_plan_is_anchored_and_every_duration_has_evidence(self, mechanism: dict[str, Any]) -> None:
        steps = {step["slug"] for step in mechanism["steps"]}
        anchors = {"review_start"}
        for row in mechanism["step_plan"]:
            assert row["step"] in steps
            assert row["counted_from"] in anchors, "a milestone is counted from an earlier one"
            assert (row["counted_basis"] == "planned") == (row["counted_from"] == "review_start")
            assert row["amount"] > 0 and row["unit"] in {"weeks", "months"}
            assert row["evidence"] in EVIDENCE_MARKS and row["evidence_note"]
            anchors.add(row["slug"])
        assert len(anchors) == len(mechanism["step_plan"]) + 1
        assert {row["step"] for row in mechanism["step_plan"]} == steps

    def test_rules_stated_in_the_resolution_keep_their_values(self, mechanism: dict[str, Any]) -> None:
        limits = {limit["key"]: limit for limit in mechanism["limits"]}
        assert (limits["feedback_words"]["value"], limits["feedback_words"]["strictness"]) == (10500, "soft")
        assert (limits["summary_words"]["value"], limits["summary_words"]["strictness"]) == (1500, "hard")
        assert limits["reviewing_states_max"]["value"] == 4
        assert limits["working_languages"]["value"] == 2
        assert limits["working_languages_with_reason"]["value"] == 3
        assert all(limit["evidence"] in EVIDENCE_MARKS and limit["evidence_note"] for limit in limits.values())
        assert [heading["kind"] for heading in mechanism["observation_headings"]] == [
            "gap_or_challenge",
            "best_practice",
            "suggestion",
            "assistance_need",
        ]

    def test_every_rule_of_the_draw_has_evidence_and_every_switch_one_rule(self, mechanism: dict[str, Any]) -> None:
        rules = mechanism["draw_rules"]
        assert [rule["order"] for rule in rules] == list(range(1, len(rules) + 1))
        assert len({rule["key"] for rule in rules}) == len(rules)
        assert all(rule["evidence"] in EVIDENCE_MARKS and rule["evidence_note"] for rule in rules)
        switches = [rule["switch"] for rule in rules if rule["switch"]]
        assert sorted(switches) == sorted(field.name for field in fields(Switches))
        assert all(rule["switch"] or not rule["default"] for rule in rules)

    def test_a_draw_begins_with_the_switches_that_the_commands_begin_with(self, mechanism: dict[str, Any]) -> None:
        given = [f"{rule['switch']}={rule['default']}" for rule in mechanism["draw_rules"] if rule["default"]]
        assert Switches.parse(given) == Switches()

    def test_what_the_draw_keeps_for_certain_is_no_switch(self, mechanism: dict[str, Any]) -> None:
        marks = {rule["key"]: rule["evidence"] for rule in mechanism["draw_rules"] if not rule["switch"]}
        assert marks == {
            "three_groups": "S",
            "two_reviewers": "U",
            "parties_only": "P",
            "extra_reviewers": "P",
            "no_mutual_reviews": "P",
            "at_most_four": "P",
            "fewest_extras": "I",
            "balance": "I",
        }

    def test_verified_follows_from_the_languages_read(self, mechanism: dict[str, Any]) -> None:
        for article in mechanism["articles"]:
            read = article["verified_languages"]
            assert read == sorted(set(read)) and set(read) <= set(LANGUAGES)
            assert article["verified"] == (len(read) == len(LANGUAGES))


@pytest.mark.parametrize("name", ["regional_groups.json", "fictional_states.json", "mechanism.json"])
class TestFiles:
    def test_no_language_is_missing_or_empty(self, name: str) -> None:
        texts = _translated_texts(_json(name))
        assert texts
        for path, text in texts:
            assert set(text) == set(LANGUAGES), path
            assert all(value.strip() for value in text.values()), path

    def test_arabic_russian_and_chinese_are_in_their_own_script(self, name: str) -> None:
        scripts = {"ar": r"[\u0600-\u06FF]", "ru": r"[\u0400-\u04FF]", "zh": r"[\u4E00-\u9FFF]"}
        for path, text in _translated_texts(_json(name)):
            for language, script in scripts.items():
                assert re.search(script, text[language]), f"{path}.{language}"

    def test_the_file_is_written_for_human_editors(self, name: str) -> None:
        text = path_of(name).read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_glossary_has_every_term_in_every_language() -> None:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head, _, *terms = rows
    assert head[:6] == ["English", "العربية", "Español", "Français", "Русский", "中文"]
    assert len(terms) >= 60
    assert len({row[0].casefold() for row in terms}) == len(terms)
    for row in terms:
        assert len(row) == len(head), row[0]
        assert all(row[:6]), row[0]
