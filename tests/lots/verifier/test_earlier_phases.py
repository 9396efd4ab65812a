"""A forged draw of format 3, which adds to an earlier phase, is found out; and so is one that hides that it does."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from lots.algorithm import COMPLETED, ChainedDraw, FinishedDraw
from tests.lots.programmes import LATE, NEW, Programme, result_of, two_phases
from tests.lots.verifier.test_chains import Papers, found, in_group, sealed, sha256

pytestmark = pytest.mark.unit
__all__ = ["found"]  # the fixture


@cache
def programme() -> Programme:
    """Two phases; who is new in the second one is added to the first."""
    made = two_phases(COMPLETED)
    made.added_to(0, late=(NEW,))
    return made


def chain() -> list[dict[str, bytes]]:
    return [each.files() for each in programme().draws[:-1]]


def added() -> ChainedDraw:
    last = programme().draws[-1]
    assert isinstance(last, ChainedDraw)
    return last


def names(papers: Papers, began: Any) -> None:
    for paper in papers.values():
        paper["supplements"] = began


def is_of_format_2(papers: Papers) -> None:
    for paper in papers.values():
        del paper["supplements"]
        paper["format"] = 2


def going_on(draws: Sequence[FinishedDraw | ChainedDraw]) -> Programme:
    made = Programme(programme().parties)
    made.draws = [*draws]
    return made


SECOND = sha256(result_of(programme().draws[1]))
OTHER_GROUP = programme().draws[1].groups[NEW] % 3 + 1


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda papers: names(papers, SECOND), "contents of the files: draw.json: late,"),
        (lambda papers: names(papers, "0" * 64), "contents of the files: draw.json: late,"),
        (lambda papers: names(papers, ""), "contents of the files: draw.json: late,"),
        (lambda papers: names(papers, [SECOND]), "contents of the files: draw.json, supplements"),
        (is_of_format_2, "contents of the files: draw.json: late,"),
        (lambda papers: papers["draw.json"].update(format=2), "contents of the files: draw.json, format"),
        (lambda papers: papers["result.json"].update(supplements=SECOND), "contents of the files: result.json, suppl"),
        (lambda papers: papers["certificate.json"].pop("supplements"), "certificate.json: hashes and rules"),
        (lambda papers: papers["draw.json"].update(previous=[SECOND]), "contents of the files: builds on 1 draws"),
        (lambda papers: in_group(papers, NEW, OTHER_GROUP), "rule groups_kept: "),
    ],
)
def test_a_forged_addition_to_an_earlier_phase(
    found: Callable[..., list[str]], change: Callable[[Papers], object], wrong: str
) -> None:
    assert found(*chain(), sealed(added(), lambda papers: None)) == []
    told = found(*chain(), sealed(added(), change))
    assert any(each.startswith(wrong) for each in told), told


def test_no_phase_is_added_to_by_a_draw_that_is_not_supplementary(found: Callable[..., list[str]]) -> None:
    def change(papers: Papers) -> None:
        names(papers, sha256(result_of(programme().draws[0])))
        for paper in papers.values():
            paper["format"] = 3

    second = programme().draws[1]
    assert isinstance(second, ChainedDraw)
    told = found(chain()[0], sealed(second, change))
    assert any(each.startswith("contents of the files: draw.json: late,") for each in told), told


def test_duties_and_mutual_reviews_are_counted_in_that_phase(found: Callable[..., list[str]]) -> None:
    """Whoever reviews it in the first phase is reviewed by somebody there; that one cannot review in return."""
    mine = added().own_pairings[0]
    made = going_on(programme().draws)
    again = made.added_to(0, redraw=(mine.reviewer,))

    def change(papers: Papers) -> None:
        its = next(each for each in papers["result.json"]["pairings"] if each["role"] == mine.role)
        its["reviewer"] = NEW

    told = found(*chain(), added().files(), sealed(again, change))
    assert any(each.startswith("rule no_mutual_reviews: ") for each in told), told


def test_who_is_late_in_a_phase_reviews_nobody_by_that_draw(found: Callable[..., list[str]]) -> None:
    made = going_on(programme().draws[:-1])
    both = made.added_to(0, late=(NEW, LATE))

    def change(papers: Papers) -> None:
        its = next(each for each in papers["result.json"]["pairings"] if each["under_review"] == LATE)
        its["reviewer"] = NEW

    told = found(*chain(), sealed(both, change))
    assert any(each.startswith("rule load: ") for each in told), told


def test_the_next_phase_is_built_on_the_last_phase_and_not_on_what_was_added_last(
    found: Callable[..., list[str]],
) -> None:
    made = going_on(programme().draws)
    third = made.next_phase(COMPLETED)
    first = programme().teams_of(0)

    def change(papers: Papers) -> None:
        """As if the next phase were built on what was added last."""
        its = next(each for each in papers["result.json"]["pairings"] if each["under_review"] == NEW)
        its["reviewer"] = next(code for code in sorted(first[NEW]) if code != its["reviewer"])

    assert found(*chain(), added().files(), sealed(third, lambda papers: None)) == []
    assert any(each.startswith("rule teams_kept: ") for each in found(*chain(), added().files(), sealed(third, change)))
