"""The stand-alone checker of a draw: right files pass, and each forgery is found by the check that is for it."""

import ast
import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lots.algorithm import Switches, draw, read_parties
from lots.verifier import verify
from tests.lots.small_draws import (
    SmallDraw,
    claim,
    even,
    excluded,
    five,
    late,
    late_with_two,
    many_late,
    mutual,
    scarce,
    soft,
    triple,
    two,
    with_switches,
)
from tests.lots.tables import AS_OF, FIXTURE
from tests.lots.verifier import malformed
from tests.lots.verifier.false_claims import FALSE_CLAIMS
from tests.lots.verifier.forgeries import BROKEN_RULES, Forgery
from tests.lots.verifier.malformed import SPOILT, WHAT_FILES_SAY, Malformed
from tests.lots.verifier.papers import RULES, documents, file_bytes, json_bytes, seal, sha256, write

pytestmark = pytest.mark.unit

PROGRAM = Path(verify.__file__)
OTHER_PYTHON = "/usr/bin/python3"
CHECKS = [
    *(f"file {name}" for name in malformed.FILES),
    "contents of the files",
    *(f"rule {rule}" for rule in RULES),
    "input_sha256 of draw.json",
    "certificate.json: hashes and rules",
    "certificate.json: extra_reviewers",
    "certificate.json: load",
]
RIGHT: dict[str, Callable[[], SmallDraw]] = {
    "extra reviewers without a price": scarce,
    "load by prices": even,
    "price of a pair": mutual,
    "an excluded pair": excluded,
    "two base duties": two,
    "two extra reviewers for one gap": triple,
    "load soft": soft,
    "five reviewers with consent": five,
    "late States": late,
    "late States beside two base duties": late_with_two,
    "many late States": many_late,
    "not stratified": with_switches(even, stratify="off"),
    "volunteers": with_switches(even, volunteer=["KOR", "NPL"]),
    "volunteers, not stratified": with_switches(even, volunteer=["AUT", "KOR", "NPL"], stratify="off"),
    "more volunteers than places": with_switches(even, volunteer=["IND", "JPN", "KOR", "NPL"]),
    "redrawn": with_switches(even, redraw=["NPL", "AUT", "NPL"]),
    "redrawn, with late States in other switches": with_switches(
        late, redraw=["AUT"], exclude=["AUT>GHA", "NPL>ZMB"], consent=["AUT", "ZMB"], defer=["YEM", "ZMB"]
    ),
    "exclusions that are kept": with_switches(scarce, exclude=["AUT>BEL", "CAN>AUT"]),
}


def run(folder: Path, *, python: str = sys.executable, options: tuple[str, ...] = (), **environment: str) -> Any:
    """Run the program as a delegation does: without our packages, our folder and our environment."""
    return subprocess.run(
        [python, "-I", "-S", *options, str(PROGRAM), str(folder)],
        env=environment,
        cwd="/",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def found(folder: Path) -> list[str]:
    """Give the lines of what does not hold; whatever was wrong, the program ends in order."""
    done = run(folder)
    lines = done.stdout.splitlines()
    wrong = [line.removeprefix("DOES NOT HOLD  ") for line in lines if line.startswith("DOES NOT HOLD  ")]
    expected = (1, "Verdict: not right, see above.") if wrong else (0, "Verdict: every rule and every hash holds.")
    assert (done.returncode, lines[-1], done.stderr) == (*expected, "")
    return wrong


def are(lines: list[str], expected: tuple[str, ...]) -> bool:
    """Compare lines, of which … says that more follows."""
    return len(lines) == len(expected) and all(
        line.startswith(words[:-1]) if words.endswith("…") else line == words
        for line, words in zip(lines, expected, strict=True)
    )


def sealed(drawn: SmallDraw) -> dict[str, Any]:
    """Give what the files of a draw say, with every hash."""
    papers = copy.deepcopy(documents(drawn))
    seal(papers)
    return papers


@pytest.mark.parametrize("build", RIGHT.values(), ids=RIGHT)
def test_a_right_draw_holds(build: Callable[[], SmallDraw], tmp_path: Path) -> None:
    write(file_bytes(sealed(build())), tmp_path)
    assert found(tmp_path) == []


def test_it_says_what_holds_and_what_it_cannot_know(tmp_path: Path) -> None:
    papers = sealed(even())
    write(file_bytes(papers), tmp_path)
    assert run(tmp_path).stdout.splitlines() == [
        *(f"holds          {check}" for check in CHECKS),
        "Not checked: that the seed gives these pairings, and bounds by search. Only running the draw again shows",
        "that (verify_draw of the portal, or the published program). Nor that input.csv is true, and was published",
        f"before the seed was known (SHA-256 {sha256((tmp_path / 'input.csv').read_bytes())}, "
        f"commitment {papers['certificate.json']['commitment_sha256']}).",
        "Verdict: every rule and every hash holds.",
    ]


@pytest.mark.parametrize("seed", ["", "two\nlines", "Genève, 16 октября, 抽签", '"quoted"\\ \t\u2028'])
def test_any_text_is_a_seed(seed: str, tmp_path: Path) -> None:
    drawn = late()
    drawn.seed = seed
    write(file_bytes(sealed(drawn)), tmp_path)
    assert found(tmp_path) == []


def test_a_later_line_of_the_seed_leaves_the_groups_as_they_were() -> None:
    drawn = even()
    first = documents(drawn)["result.json"]["groups"]
    drawn.seed += "\nanother"
    drawn.switches["redraw"] = ["NPL"]
    assert documents(drawn)["result.json"]["groups"] == first


def test_legal_systems_stand_in_the_table_where_they_are_asked_for(tmp_path: Path) -> None:
    drawn = even()
    drawn.switches["legal_system"] = "on"
    drawn.states["AUT"].system = "civil law, with others"
    write(file_bytes(sealed(drawn)), tmp_path)
    assert found(tmp_path) == []


@pytest.mark.parametrize("defer", ["on", ["AUT", "NPL"]])
def test_deferring_states_that_review_other_groups_hold(defer: Any, tmp_path: Path) -> None:
    """The groups are put so that nobody reviews its own; that they are not those of the seed is all that is found."""
    drawn = with_switches(even, defer=defer, stratify="off")()
    drawn.load_claim = {"evidence": {"kind": "balance"}}
    drawn.groups = _groups_that_nobody_reviews_in(drawn)
    write(file_bytes(sealed(drawn)), tmp_path)
    assert [line.partition(":")[0] for line in found(tmp_path) if "groups_even" not in line] == [
        "rule groups_from_seed"
    ]


def _groups_that_nobody_reviews_in(drawn: SmallDraw) -> dict[str, int]:
    """Colour the States with three colours, one after the other, going back where none is left."""
    codes = sorted(drawn.states)
    near = {
        code: {other for it in drawn.pairings for other in _ends(it) if code in _ends(it)} - {code} for code in codes
    }

    def colour(done: dict[str, int]) -> dict[str, int] | None:
        if len(done) == len(codes):
            return done
        code = codes[len(done)]
        for group in (1, 2, 3):
            if all(done.get(other) != group for other in near[code]) and (full := colour({**done, code: group})):
                return full
        return None

    groups = colour({})
    assert groups is not None
    return groups


def _ends(pairing: dict[str, Any]) -> tuple[str, str]:
    return pairing["under_review"], pairing["reviewer"]


def test_a_search_is_believed_within_what_is_known(tmp_path: Path) -> None:
    drawn = scarce()
    drawn.extra_claim, drawn.load_claim = claim(2, "search"), claim(66, "search")
    write(file_bytes(sealed(drawn)), tmp_path)
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "switches",
    [
        (),
        ("load=two",),
        ("load=soft", "stratify=off"),
        ("legal_system=on", "defer=on"),
        ("late=BTN", "redraw=ALB", "volunteer=CHE", "consent=GNB", "exclude=FRA>DEU", "defer=BTN,FRA"),
    ],
    ids=" ".join,
)
def test_what_the_program_draws_holds(switches: tuple[str, ...], tmp_path: Path) -> None:
    """190 parties, bounds with many prices, by two readings of the same words."""
    chosen = Switches.parse(switches)
    table = read_parties(FIXTURE.read_bytes(), as_of=AS_OF, switches=chosen)
    write(draw(table, chosen, as_of=AS_OF, seed="a seed").files(), tmp_path)
    assert found(tmp_path) == []


@pytest.mark.parametrize("forgery", [*BROKEN_RULES, *FALSE_CLAIMS], ids=lambda forgery: forgery.name)
def test_a_forgery_is_found_by_its_check(forgery: Forgery, tmp_path: Path) -> None:
    drawn = forgery.base()
    forgery.change(drawn)
    write(file_bytes(sealed(drawn)), tmp_path)
    lines = found(tmp_path)
    assert are(lines, forgery.lines), lines


def test_every_rule_is_broken_by_a_forgery() -> None:
    assert {
        line.partition(":")[0] for forgery in BROKEN_RULES for line in forgery.lines if line.startswith("rule ")
    } == {f"rule {rule}" for rule in RULES}


@pytest.mark.parametrize("case", WHAT_FILES_SAY, ids=lambda case: case.name)
def test_what_the_files_may_not_say_is_named(case: Malformed, tmp_path: Path) -> None:
    papers = copy.deepcopy(documents(even()))
    if case.edit:
        case.edit(papers)
    seal(papers)
    if case.tamper:
        case.tamper(papers)
    write(file_bytes(papers), tmp_path)
    lines = found(tmp_path)
    assert are(lines, (case.line,)), lines


@pytest.mark.parametrize(
    ("name", "spoil", "words"),
    [pytest.param(name, spoil, words, id=f"{name} {how}") for how, names, spoil, words in SPOILT for name in names],
)
def test_a_spoilt_file_is_named(name: str, spoil: Callable[[bytes], bytes], words: str, tmp_path: Path) -> None:
    contents = file_bytes(sealed(even()))
    write(contents | {name: spoil(contents[name])}, tmp_path)
    lines = found(tmp_path)
    assert are(lines, (f"file {name}: {words}",)), lines


@pytest.mark.parametrize("name", malformed.FILES)
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    write(file_bytes(sealed(even())), tmp_path)
    (tmp_path / name).unlink()
    assert found(tmp_path) == [f"file {name}: is missing, or no file"]
    (tmp_path / name).mkdir()
    assert found(tmp_path) == [f"file {name}: is missing, or no file"]
    (tmp_path / name).rmdir()
    os.mkfifo(tmp_path / name)
    assert found(tmp_path) == [f"file {name}: is missing, or no file"]


def test_a_table_with_a_zero_byte_is_refused(tmp_path: Path) -> None:
    """Older versions of Python cannot read it, newer ones refuse what it says."""
    contents = file_bytes(sealed(even()))
    write(contents | {"input.csv": contents["input.csv"].replace(b"Austria", b"Aus\0tria")}, tmp_path)
    assert len(found(tmp_path)) == 1


def test_another_table_than_that_of_the_draw_is_found(tmp_path: Path) -> None:
    contents = file_bytes(sealed(even()))
    write(contents | {"input.csv": contents["input.csv"].replace(b"Austria", b"Australia")}, tmp_path)
    assert [line.split(" is ")[0] for line in found(tmp_path) if not line.startswith("rule groups_from_seed")] == [
        "input_sha256 of draw.json: it",
        "certificate.json: hashes and rules: it, hashes, input.csv",
    ]


def test_another_seed_than_that_of_the_certificate_is_found(tmp_path: Path) -> None:
    contents = file_bytes(sealed(even()))
    write(contents | {"draw.json": contents["draw.json"].replace(b"aloud", b"again")}, tmp_path)
    assert [line.split(" is ")[0] for line in found(tmp_path) if not line.startswith("rule groups_from_seed")] == [
        "certificate.json: hashes and rules: it, hashes, draw.json"
    ]


def test_a_draw_that_names_another_table_is_found(tmp_path: Path) -> None:
    """Everything else follows from the wrong hash."""
    papers = sealed(even())
    right, wrong = papers["draw.json"]["input_sha256"], malformed.WRONG
    papers["draw.json"]["input_sha256"] = wrong
    unseeded = {key: value for key, value in papers["draw.json"].items() if key != "seed"}
    papers["certificate.json"]["commitment_sha256"] = sha256(json_bytes(unseeded))
    papers["certificate.json"]["hashes"]["draw.json"] = sha256(json_bytes(papers["draw.json"]))
    write(file_bytes(papers), tmp_path)
    assert found(tmp_path) == [f"input_sha256 of draw.json: it is {wrong}, not {right}"]


def test_without_a_folder_it_says_how_to_use_it() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", str(PROGRAM)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout == (
        "Usage: python3 verify.py DIR [DIR ...], the folders that hold input.csv, draw.json, result.json, "
        "certificate.json, the oldest draw first\n"
    )


def test_a_folder_that_is_not_there_is_no_draw(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") == [f"file {name}: is missing, or no file" for name in malformed.FILES]


def test_a_terminal_without_the_letters_gets_escapes(tmp_path: Path) -> None:
    drawn = even()
    drawn.move("NPL", "MAR", "DZA")
    drawn.move("KOR", "CIV", "GHA")
    drawn.states["DZA"].name = "Algérie\u202e"
    write(file_bytes(sealed(drawn)), tmp_path)
    spoken = [
        next(line for line in done.stdout.splitlines() if "rule load" in line)
        for done in (run(tmp_path, LC_ALL="C.UTF-8"), run(tmp_path, options=("-X", "utf8=0"), LC_ALL="C"))
    ]
    assert spoken == [
        "DOES NOT HOLD  rule load: Algérie\\u202e (DZA) reviews 4 States; Ghana (GHA) reviews 4 States",
        "DOES NOT HOLD  rule load: Alg\\xe9rie\\u202e (DZA) reviews 4 States; Ghana (GHA) reviews 4 States",
    ]


def test_a_line_is_never_begun_by_the_files(tmp_path: Path) -> None:
    papers = sealed(even())
    papers["draw.json"]["switches"]["\nholds everything\x1b[1A"] = 1
    write(file_bytes(papers), tmp_path)
    assert found(tmp_path) == ["contents of the files: draw.json, switches: unknown key \\nholds everything\\x1b[1A"]


@pytest.mark.skipif(not Path(OTHER_PYTHON).exists(), reason="there is no other Python")
@pytest.mark.parametrize("forgery", [None, *BROKEN_RULES[::3], *FALSE_CLAIMS[::6]], ids=lambda it: it and it.name)
def test_every_python_says_the_same(forgery: Forgery | None, tmp_path: Path) -> None:
    drawn = (forgery.base if forgery else five)()
    if forgery:
        forgery.change(drawn)
    write(file_bytes(sealed(drawn)), tmp_path)
    ours, theirs = run(tmp_path), run(tmp_path, python=OTHER_PYTHON)
    assert (theirs.returncode, theirs.stdout, theirs.stderr) == (ours.returncode, ours.stdout, ours.stderr)


def test_it_is_short_enough_to_be_read() -> None:
    assert len(PROGRAM.read_text("utf-8").splitlines()) <= 410


def test_it_needs_python_alone() -> None:
    modules = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(PROGRAM.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names


def test_it_is_written_for_python_3_8() -> None:
    ast.parse(PROGRAM.read_text("utf-8"), feature_version=(3, 8))


def test_it_runs_inside_the_portal_as_often_as_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``verify_draw`` calls it as a function: a wrong draw does not cling to the next one."""
    write(file_bytes(sealed(even())), tmp_path)
    (tmp_path / "right").mkdir()
    write(file_bytes(sealed(even())), tmp_path / "right")
    (tmp_path / "draw.json").write_bytes(json.dumps({}).encode())
    assert [verify.main([str(tmp_path)]), verify.main([str(tmp_path / "right")])] == [1, 0]
    assert capsys.readouterr().out.count("Verdict") == 2
