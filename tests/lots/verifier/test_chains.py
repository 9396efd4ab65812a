"""A forged draw of format 2, whose hashes are all right, is found out by the rule that it breaks."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lots.algorithm import (
    BROUGHT_IN,
    COMPLETED,
    NEXT_PHASE,
    ChainedDraw,
    DrawnPairing,
    DrawTerms,
    Switches,
    brought_in,
    draw_on,
    standing_after,
)
from lots.files import write_files
from lots.verifier import verify
from tests.lots.chains import before, files_of_2020, next_phase, supplementary
from tests.lots.tables import AS_OF, parties_of_2020

pytestmark = pytest.mark.unit
Papers = dict[str, Any]


def sealed(drawn: ChainedDraw, change: Callable[[Papers], object]) -> dict[str, bytes]:
    """The files with a change, and every hash as it then must be."""
    files = drawn.files()
    papers = {name: json.loads(files[name]) for name in ("draw.json", "result.json", "certificate.json")}
    change(papers)
    whole = as_bytes(papers["draw.json"])
    if papers["result.json"]["draw_sha256"] == json.loads(drawn.files()["result.json"])["draw_sha256"]:
        papers["result.json"]["draw_sha256"] = sha256(whole)
    papers["result.json"]["pairings"].sort(key=lambda each: (each["under_review"], each["reviewer"]))
    announced = {key: value for key, value in papers["draw.json"].items() if key != "seed"}
    certificate = papers["certificate.json"]
    certificate["commitment_sha256"] = sha256(as_bytes(announced))
    for name in ("draw.json", "result.json"):
        files[name] = as_bytes(papers[name])
        certificate["hashes"][name] = sha256(files[name])
    return {**files, "certificate.json": as_bytes(certificate)}


def as_bytes(content: Papers) -> bytes:
    return (json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2) + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """``found(files, ...)``: what does not hold in the last of these draws."""

    def found(*chain: dict[str, bytes]) -> list[str]:
        folders = [tmp_path / str(number) for number in range(len(chain))]
        for folder, files in zip(folders, chain, strict=True):
            write_files(files, folder)
        verify.main([*map(str, folders)])
        lines = capsys.readouterr().out.splitlines()
        return [line.removeprefix("DOES NOT HOLD  ") for line in lines if line.startswith("DOES NOT HOLD")]

    return found


def pairing(papers: Papers, under_review: str, role: str = "same_group") -> Papers:
    its = [each for each in papers["result.json"]["pairings"] if each["under_review"] == under_review]
    return next(each for each in its if each["role"] == role)


def reviewed_by(papers: Papers, under_review: str, reviewer: str) -> None:
    pairing(papers, under_review)["reviewer"] = reviewer


def in_group(papers: Papers, code: str, group: int) -> None:
    papers["result.json"]["groups"][code] = group


# Who reviews France from its own group, and another of that group that has few duties.
FRANCE = next(each.reviewer for each in before().team("FRA") if each.role == "same_group")
DUTIES = [each.reviewer for each in before().pairings if each.role == "same_group"]
REVIEWED = [each.under_review for each in before().pairings if each.reviewer == "FRA"]
OTHER = next(
    code
    for code in ("BEL", "NLD", "ITA", "ESP", "PRT", "GRC", "NOR", "FIN")
    if code not in {FRANCE, *REVIEWED} and DUTIES.count(code) < 2
)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda papers: in_group(papers, "FRA", before().groups["FRA"] % 3 + 1), "rule groups_kept: "),
        (lambda papers: in_group(papers, "BTN", papers["result.json"]["groups"]["BTN"] % 3 + 1), "rule groups_kept: "),
        (lambda papers: reviewed_by(papers, "FRA", OTHER), "rule teams_kept: "),
        (lambda papers: papers["draw.json"].update(teams="anew"), "certificate.json: extra_reviewers: it: missing key"),
        (lambda papers: papers["draw.json"].update(teams="some"), "contents of the files: draw.json, teams"),
        (lambda papers: papers["draw.json"].update(previous=["0" * 64]), "contents of the files: builds on 1 draws"),
        (lambda papers: papers["draw.json"].update(previous=[]), "contents of the files: builds on 0 draws"),
        (lambda papers: papers["draw.json"].update(kind="first"), "contents of the files: draw.json, teams"),
        (lambda papers: papers["draw.json"].update(roles=["same_group"]), "contents of the files: result.json"),
        (lambda papers: papers["draw.json"].update(instruments=["untoc", "tip"]), "contents of the files: input.csv"),
        (
            lambda papers: papers["draw.json"].update(replace=[f"{FRANCE}>FRA"]),
            "contents of the files: draw.json: late,",
        ),
        (lambda papers: papers["result.json"]["groups"].pop("FRA"), "contents of the files: result.json, groups: miss"),
    ],
)
def test_a_forged_draw_of_the_next_phase(
    found: Callable[..., list[str]], change: Callable[[Papers], object], rule: str
) -> None:
    assert found(files_of_2020(), sealed(next_phase(COMPLETED), lambda papers: None)) == []
    wrong = found(files_of_2020(), sealed(next_phase(COMPLETED), change))
    assert any(each.startswith(rule) for each in wrong), wrong


def add(papers: Papers, under_review: str, reviewer: str, role: str = "same_group") -> None:
    whole = ["untoc", "tip", "som", "firearms"]
    papers["result.json"]["pairings"].append(
        {"under_review": under_review, "reviewer": reviewer, "role": role, "extra": False, "instruments": whole}
    )


BUSY = next(
    code
    for code, load in supplementary(late=("SOM",)).loads.items()
    if load == 3 and supplementary(late=("SOM",)).table.by_code[code].regional_group == "African States"
)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda papers: in_group(papers, "SOM", papers["result.json"]["groups"]["SOM"] % 3 + 1), "rule groups_kept: "),
        (lambda papers: in_group(papers, "FRA", 1), "contents of the files: result.json, groups: unknown key FRA"),
        (lambda papers: add(papers, "FRA", OTHER), "contents of the files: result.json and the draws before"),
        (lambda papers: reviewed_by(papers, "SOM", BUSY), "rule load: "),
        (
            lambda papers: papers["draw.json"]["switches"].update(late=["FRA"]),
            "contents of the files: draw.json: late,",
        ),
        (
            lambda papers: papers["draw.json"]["switches"].update(late=[]),
            "contents of the files: draw.json: late,",
        ),
        (lambda papers: papers["result.json"].update(kind="first"), "contents of the files: result.json, kind"),
        (
            lambda papers: papers["certificate.json"]["load"].update(bound=1),
            "certificate.json: load: it: unknown key bound",
        ),
    ],
)
def test_a_forged_supplementary_draw(
    found: Callable[..., list[str]], change: Callable[[Papers], object], rule: str
) -> None:
    drawn = supplementary(late=("SOM",))
    assert found(files_of_2020(), sealed(drawn, lambda papers: None)) == []
    wrong = found(files_of_2020(), sealed(drawn, change))
    assert any(each.startswith(rule) for each in wrong), wrong


def test_a_reviewer_that_was_to_stay_must_have_stayed(found: Callable[..., list[str]]) -> None:
    replaced = next(each.reviewer for each in before().team("FRA") if each.role == "other_group")
    drawn = supplementary(replaced=((replaced, "FRA"),))
    wrong = found(files_of_2020(), sealed(drawn, lambda papers: reviewed_by(papers, "FRA", OTHER)))
    assert any(each.startswith("rule teams_kept: France") for each in wrong), wrong
    back = found(
        files_of_2020(),
        sealed(drawn, lambda papers: pairing(papers, "FRA", "other_group").update(reviewer=replaced)),
    )
    assert any(each.startswith("rule exclusions: ") for each in back), "who was replaced does not come back"


def test_nobody_reviews_whoever_reviews_it_by_an_earlier_draw(found: Callable[..., list[str]]) -> None:
    drawn = supplementary(redraw=("AUT",))
    duties = [each for each in before().pairings if each.reviewer == "AUT"]
    reviewed = next(each.under_review for each in duties if each.role == "same_group")
    wrong = found(files_of_2020(), sealed(drawn, lambda papers: reviewed_by(papers, "AUT", reviewed)))
    assert any(each.startswith("rule no_mutual_reviews") for each in wrong), wrong


@pytest.mark.parametrize(
    "change",
    [
        lambda papers: papers["result.json"]["pairings"].clear(),
        lambda papers: papers["draw.json"].update(replace=["ZZZ>FRA"]),
        lambda papers: papers["draw.json"].update(replace=["FRA"]),
        lambda papers: papers["draw.json"].update(replace=[">FRA"]),
        lambda papers: papers["draw.json"]["switches"].update(late=["AUT"]),
        lambda papers: papers["draw.json"]["switches"].update(volunteer=["AUT"]),
        lambda papers: papers["result.json"].update(draw_sha256="0" * 64),
    ],
)
def test_a_redraw_that_is_none(found: Callable[..., list[str]], change: Callable[[Papers], object]) -> None:
    drawn = supplementary(redraw=("AUT",))
    (wrong,) = found(files_of_2020(), sealed(drawn, change))
    assert wrong.startswith("contents of the files: ")


def test_a_chain_has_one_beginning(found: Callable[..., list[str]]) -> None:
    wrong = found(files_of_2020(), made_elsewhere().files())
    assert wrong == ["contents of the files: builds on 0 draws, which are not those given before it"]


def test_no_draw_of_the_chain_is_left_out(found: Callable[..., list[str]]) -> None:
    second = sealed(next_phase(COMPLETED), lambda papers: None)
    assert found(second) == ["contents of the files: builds on 1 draws, which are not those given before it"]
    assert len(found(second, files_of_2020())) == 1


# --- Brought in


def made_elsewhere(*more: DrawnPairing) -> ChainedDraw:
    terms = DrawTerms(BROUGHT_IN, teams="as_made", source="CTOC/COP/WG.2/2020/1")
    return brought_in(parties_of_2020(), terms, before().groups, [*before().pairings, *more], as_of=AS_OF)


def test_a_draw_that_was_brought_in_is_checked_for_its_rules(found: Callable[..., list[str]]) -> None:
    assert found(made_elsewhere().files()) == []


def test_a_rule_that_it_does_not_keep_is_named(found: Callable[..., list[str]]) -> None:
    doubled = DrawnPairing("FRA", OTHER, "same_group", False, ("untoc",))
    drawn = made_elsewhere(doubled)
    assert [each.rule for each in drawn.findings if not each.holds] == ["instruments_covered", "base_reviewers"]
    wrong = [each.partition(":")[0] for each in found(drawn.files())]
    assert wrong == ["rule instruments_covered", "rule base_reviewers"], "its certificate is right: it says so"


def test_what_is_drawn_on_it_is_checked_all_the_same(found: Callable[..., list[str]]) -> None:
    doubled = DrawnPairing("FRA", OTHER, "same_group", False, ("untoc",))
    first = made_elsewhere(doubled).files()
    before = standing_after([first["result.json"]])
    terms = DrawTerms(NEXT_PHASE, before.hashes, COMPLETED)
    second = draw_on(parties_of_2020(), Switches(), terms, before, as_of=AS_OF, seed="s").files()
    assert len(found(first, second)) == 2, "what the first one breaks, and nothing else"
    forged = {**second, "result.json": second["result.json"].replace(b"FRA", b"DEU", 1)}
    assert len(found(first, forged)) > 2
