"""Make mistakes in a copy of the code, one at a time, and see which of them the tests find.

    python -m tools.mutation [ROOM ...]

Prints the score of each room (``rooms.py``) and every mistake that was not found; exit status 1 where a room stays
below its floor. Tests that fail without a mistake are told before anything is tried. The mistakes are made by
cosmic-ray, which lives in an environment of its own.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.mutation.rooms import ROOMS, ROOT, Room

FOLDER = ROOT / "build" / "mutation"
COSMIC_RAY = FOLDER / "environment" / "bin" / "cosmic-ray"
# One mistake of each kind at each place. Of cosmic-ray's operators those that a person might slip into.
_MISTAKES = re.compile(
    r"core/(AddNot|NumberReplacer|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceTrueWithFalse|ReplaceFalseWithTrue"
    r"|ReplaceBinaryOperator_(BitOr_BitAnd|BitAnd_BitOr|Add_Sub|Sub_Add|Mul_Add|FloorDiv_Mul|Mod_Mul)"
    r"|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_GtE|Gt_LtE|Is_IsNot|IsNot_Is"
    r"|In_NotIn|NotIn_In)|ReplaceUnaryOperator_Delete_\w+|ZeroIterationForLoop|ReplaceContinueWithBreak"
    r"|ReplaceBreakWithContinue)"
)
# Lines that decide nothing: how a dataclass is made, and of which types things are.
_NO_DECISION = re.compile(r"^\s*(@dataclass|@overload|def |\) -> |\w+: [\w\[\], .|]+( = \{\})?$)")


def prepare_tool() -> None:
    """Install cosmic-ray where it is not yet."""
    if not COSMIC_RAY.exists():
        venv.create(COSMIC_RAY.parents[1], with_pip=True, clear=True)
        pip = [str(COSMIC_RAY.with_name("python")), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(ROOT / "requirements-mutation.txt")], check=True)


def make_template() -> None:
    """Of the databases of all rooms; each has a copy of its own, as processes that run tests at once have."""
    code = "import django; django.setup(); from tests.database import make_template; make_template()"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env=environment)


def copy_code(folder: Path) -> None:
    """What is in the repository, as it stands in the working tree."""
    shutil.rmtree(folder, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def line_of(path: Path, number: int) -> str:
    return path.read_text().splitlines()[number - 1]


def begin(folder: Path, room: Room) -> None:
    """List the mistakes, and strike out those that are none."""
    modules = ", ".join(f'"{name}"' for name in room.modules)
    command = f"{sys.executable} -m pytest -q -x -p no:cacheprovider -p no:randomly {' '.join(room.tests)}"
    (folder / "cosmic-ray.toml").write_text(
        f"[cosmic-ray]\nmodule-path = [{modules}]\ntimeout = {room.seconds}.0\nexcluded-modules = []\n"
        f'test-command = "{command}"\n[cosmic-ray.distributor]\nname = "local"\n'
    )
    subprocess.run([COSMIC_RAY, "init", "cosmic-ray.toml", "session.sqlite"], cwd=folder, check=True)
    with sqlite3.connect(folder / "session.sqlite") as session:
        for job, module, operator, line, function in session.execute(
            "SELECT job_id, module_path, operator_name, start_pos_row, definition_name FROM mutation_specs"
        ).fetchall():
            if not is_tried(room, module, operator, line_of(folder / module, line), function):
                session.execute("DELETE FROM mutation_specs WHERE job_id = ?", [job])
                session.execute("DELETE FROM work_items WHERE job_id = ?", [job])


def is_tried(room: Room, module: str, operator: str, text: str, function: str | None) -> bool:
    """Whether this is a mistake at all, and one of those that the room's tests are for."""
    drawn = int(hashlib.sha256(f"{module} {operator} {text}".encode()).hexdigest(), 16) % 1000
    is_a_mistake = _MISTAKES.fullmatch(operator) and not _NO_DECISION.match(text)
    return bool(is_a_mistake) and function not in room.without and drawn < 1000 * room.share


def judge(name: str) -> tuple[int, int, list[str]]:
    """How many mistakes of a room were found, of how many, and those that were not."""
    folder = FOLDER / name.replace(" ", "-")
    copy_code(folder)
    begin(folder, ROOMS[name])
    environment = {**os.environ, "PYTEST_XDIST_WORKER": name.replace(" ", "_")}
    for words in (["baseline", "cosmic-ray.toml"], ["exec", "cosmic-ray.toml", "session.sqlite"]):
        subprocess.run([COSMIC_RAY, *words], cwd=folder, check=True, env=environment)
    with sqlite3.connect(folder / "session.sqlite") as session:
        tried = session.execute(
            "SELECT module_path, start_pos_row, operator_name, test_outcome FROM mutation_specs"
            " JOIN work_results USING (job_id) ORDER BY module_path, start_pos_row"
        ).fetchall()
    missed = [
        f"{module}:{line} {operator.removeprefix('core/')}: {line_of(folder / module, line).strip()}"
        for module, line, operator, outcome in tried
        if "SURVIVED" in outcome.upper()
    ]
    return len(tried) - len(missed), len(tried), missed


def main(names: list[str]) -> int:
    """Judge these rooms, or all; as many at once as there are processors."""
    if unknown := set(names) - ROOMS.keys():
        print(f"There is no room called {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}.")
        return 2
    prepare_tool()
    make_template()
    chosen = names or list(ROOMS)
    is_well = True
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, (found, tried, missed) in zip(chosen, pool.map(judge, chosen), strict=True):
            score, floor = 100 * found / tried, ROOMS[name].floor
            is_well &= score >= floor
            print(f"{name}: {found} of {tried} mistakes found, {score:.1f} % (at least {floor} %)")
            print("".join(f"  not found: {each}\n" for each in missed), end="", flush=True)
    return 0 if is_well else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
