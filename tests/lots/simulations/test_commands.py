"""``draw_lots`` and ``verify_draw``: files in, files out, and refusals in words."""

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.lots.tables import AS_OF, FIXTURE

pytestmark = pytest.mark.unit

NAMES = {"input.csv", "draw.json", "result.json", "certificate.json"}


def draw_lots(folder: Path, *more: str, parties: Path = FIXTURE, seed: str = "a seed") -> str:
    out = io.StringIO()
    options = ["--parties", str(parties), "--as-of", AS_OF, "--seed", seed, "--output", str(folder), *more]
    call_command("draw_lots", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn") / "new"
    draw_lots(folder)
    return folder


def test_a_draw_is_a_folder_of_four_files(drawn: Path) -> None:
    assert {path.name for path in drawn.iterdir()} == NAMES
    result = json.loads((drawn / "result.json").read_text("utf-8"))
    assert (result["format_version"], len(result["groups"]), len(result["pairings"])) == (1, 190, 380)


def test_it_says_what_was_drawn(tmp_path: Path) -> None:
    assert draw_lots(tmp_path, "--switch", "load=two") == "190 States, 398 pairings, 18 extra\n"


@pytest.mark.parametrize(
    "switches",
    [
        (),
        ("load=two",),
        ("load=soft", "stratify=off"),
        ("legal_system=on",),
        ("defer=on",),
        ("late=BTN", "redraw=ALB", "volunteer=CHE", "consent=GNB", "exclude=FRA>DEU"),
    ],
)
def test_what_was_drawn_is_found_right(tmp_path: Path, switches: tuple[str, ...]) -> None:
    draw_lots(tmp_path, *(word for switch in switches for word in ("--switch", switch)))
    call_command("verify_draw", str(tmp_path))


def test_a_right_result_that_this_seed_does_not_give_is_found_out(drawn: Path, tmp_path: Path) -> None:
    """All rules hold, all hashes are right; only a new run shows that somebody chose another draw."""
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    _swap_reviewers(tmp_path)
    with pytest.raises(CommandError, match=r"other bytes: result\.json, certificate\.json"):
        call_command("verify_draw", str(tmp_path))


def _swap_reviewers(folder: Path) -> None:
    """Exchange two States that are alike wherever they review, and mend the hash."""
    from lots.algorithm.canonical import json_bytes, sha256

    result = json.loads((folder / "result.json").read_text("utf-8"))
    certificate = json.loads((folder / "certificate.json").read_text("utf-8"))
    pairs = {(each["under_review"], each["reviewer"]) for each in result["pairings"]}
    by_place = [
        each
        for each in result["pairings"]
        if each["instruments"] == ["untoc", "tip", "som", "firearms"] and each["role"] == "same_group"
    ]
    first, second = next(
        (one, other)
        for one in by_place
        for other in by_place
        if _region(folder, one["under_review"]) == _region(folder, other["under_review"])
        and one["reviewer"] not in (other["reviewer"], other["under_review"])
        and other["reviewer"] != one["under_review"]
        and (one["reviewer"], other["under_review"]) not in pairs
        and (other["reviewer"], one["under_review"]) not in pairs
    )
    first["reviewer"], second["reviewer"] = second["reviewer"], first["reviewer"]
    result["pairings"].sort(key=lambda each: (each["under_review"], each["reviewer"]))
    (folder / "result.json").write_bytes(json_bytes(result))
    certificate["hashes"]["result.json"] = sha256(json_bytes(result))
    (folder / "certificate.json").write_bytes(json_bytes(certificate))


def _region(folder: Path, code: str) -> str:
    line = next(line for line in (folder / "input.csv").read_text("utf-8").splitlines() if line.startswith(code))
    return line.split(",")[-3]


def test_a_broken_draw_is_not_right(drawn: Path, tmp_path: Path) -> None:
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    (tmp_path / "result.json").unlink()
    with pytest.raises(CommandError, match="not right"):
        call_command("verify_draw", str(tmp_path))


def test_an_impossible_draw_names_states_and_rules_and_writes_nothing(tmp_path: Path) -> None:
    lines = FIXTURE.read_text("utf-8").splitlines()
    heading = lines[0].split(",")
    place, group = heading.index("firearms_date"), "Asia-Pacific States"
    kept = [
        ",".join([*cells[:place], "", *cells[place + 1 :]])
        if group in cells and cells[0] not in ("KHM", "CYP")
        else line
        for line in lines
        for cells in [line.split(",")]
    ]
    kept[0] = kept[0].replace(",", " , ")  # as a spreadsheet may write it
    (tmp_path / "parties.csv").write_text("\n".join([*kept, ""]), "utf-8")
    with pytest.raises(CommandError) as refusal:
        draw_lots(tmp_path / "new", parties=tmp_path / "parties.csv")
    assert str(refusal.value).splitlines() == [
        "These cannot all be met together; without any one of them the others can:",
        "A reviewing State from its own regional group that is party to the Firearms Protocol is needed by: "
        "Cyprus (CYP) and Cambodia (KHM).",
        "No two States may review one another.",
        "Any one of these changes would make a draw possible:",
        "States may review one another (no switch does that: it would be another rule of the mechanism).",
        "Cyprus (CYP) is left out for the Firearms Protocol, and gets reviewing States for it in a later draw.",
        "Cambodia (KHM) is left out for the Firearms Protocol, and gets reviewing States for it in a later draw.",
    ]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--switch", "speed=fast"), "there is no switch 'speed=fast'"),
        (("--switch", "consent=ZZZ"), "a switch names ZZZ, which takes no part in the draw"),
        (("--as-of", "12.10.2020"), "the day of the draw: '12.10.2020' is not a day"),
        (("--parties", "no-such-file.csv"), "No such file or directory"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(tmp_path: Path, more: tuple[str, str], message: str) -> None:
    with pytest.raises(CommandError, match=message.replace("(", r"\(")):
        draw_lots(tmp_path / "new", *more)
    assert not (tmp_path / "new").exists()


def test_a_chain_of_draws_is_drawn_and_checked_by_command(drawn: Path, tmp_path: Path) -> None:
    later = ["--as-of", "2026-10-12", "--previous", str(drawn)]
    added, second = tmp_path / "added", tmp_path / "second"
    said = draw_lots(added, *later, "--kind", "supplementary", "--switch", "late=BTN")
    assert said == "not drawn for, since not named as late: SOM, SSD\n1 States, 2 pairings, 0 extra\n"
    draw_lots(second, *later, "--previous", str(added), "--kind", "next_phase", "--teams", "completed")
    call_command("verify_draw", str(drawn), str(added), str(second))
    with pytest.raises(CommandError, match="not right"):
        call_command("verify_draw", str(drawn), str(second))

    third, before = tmp_path / "third", ["--previous", str(added), "--previous", str(second)]
    said = draw_lots(
        third, *later, *before, "--kind", "supplementary", "--supplements", str(drawn), "--switch", "late=SOM"
    )
    assert said == "not drawn for, since not named as late: SSD\n1 States, 2 pairings, 0 extra\n"
    call_command("verify_draw", str(drawn), str(added), str(second), str(third))


def test_teams_that_cannot_be_kept_are_named(drawn: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        draw_lots(
            tmp_path, "--as-of", "2026-10-12", "--previous", str(drawn), "--kind", "next_phase", "--teams", "kept"
        )
    assert "These teams cannot be kept as they are, since somebody is missing: Andorra (AND), Bhutan (BTN)" in str(
        refusal.value
    )
    assert not [*tmp_path.iterdir()]


def test_another_mechanism_names_its_own_instruments(tmp_path: Path) -> None:
    lines = ["iso3,name_en,regional_group,charter_date,annex_date"]
    lines += [
        f"{region[0]}A{sign},State {region}{sign},{region},2001-01-01,2001-01-01"
        for region in ("N", "S")
        for sign in "ABCD"
    ]
    parties = tmp_path / "parties.csv"
    parties.write_text("\n".join(lines), encoding="utf-8")
    assert draw_lots(tmp_path / "1", "--instruments", "charter", "annex", parties=parties) == (
        "8 States, 16 pairings, 0 extra\n"
    )
    call_command("verify_draw", str(tmp_path / "1"))
