"""What is tried in a room, what has been, and what came of it: cosmic-ray's own book of it, kept between runs."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.embedded.processes import die_with_parent
from tools.mutation.prepared import ENDED
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
_NO_DECISION = re.compile(r"^\s*(@dataclass|@overload|def |\) -> |\w+: [\w\[\], .|]+( = \{\})?$|\w+ = TypeVar\()")
# Where "|" stands between types: in the annotation of a name, or in a name of several types.
_BETWEEN_TYPES = re.compile(r"^\s*(\w+: [^=|]*\|[^=]*( = [^|]*)?|[A-Z][a-z]\w* = [\w| ]+)$")


def tracked() -> list[str]:
    """What the repository holds, and the catalogues that were compiled from it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    compiled = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.mo"))]
    return [name for name in (*listed.split("\0"), *compiled) if name and (ROOT / name).is_file()]


def line_of(path: Path, number: int) -> str:
    return path.read_text().splitlines()[number - 1]


def is_tried(room: Room, module: str, operator: str, text: str, function: str | None) -> bool:
    """Whether this is a mistake at all, and one of those that the room's tests are for."""
    drawn = int(hashlib.sha256(f"{module} {operator} {text}".encode()).hexdigest(), 16) % 1000
    is_of_types = "_BitOr_" in operator and _BETWEEN_TYPES.match(text)
    is_a_mistake = _MISTAKES.fullmatch(operator) and not _NO_DECISION.match(text) and not is_of_types
    return bool(is_a_mistake) and function not in room.without and drawn < 1000 * room.share


def _is_run(name: str) -> bool:
    """Documents change no result."""
    return not name.endswith(".md")


def digest_of(names: Iterable[str], what: object) -> str:
    """Of the content of files, and what is done with them."""
    digest = hashlib.sha256(repr(what).encode())
    for name in names:
        digest.update(f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Result:
    """``by_time``: so many were found because the tests took too long with them."""

    found: int
    by_time: int
    missed: tuple[str, ...]

    @property
    def tried(self) -> int:
        return self.found + len(self.missed)

    @property
    def score(self) -> float:
        return 100 * self.found / self.tried


class Session:
    """Of one room: a copy of the code, and beside it the book, which holds for the code that it names alone."""

    def __init__(self, name: str) -> None:
        self.room = ROOMS[name]
        self.folder = FOLDER / name.replace(" ", "-")
        self._book = self.folder.with_suffix(".sqlite")
        self._holds_for = self.folder.with_suffix(".sha256")
        self._code = ""

    def copy_code(self) -> None:
        """What is in the repository, as it stands in the working tree."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in (names := tracked()):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, self.folder / name)
        tried = self.room.modules, self.room.share, sorted(self.room.without)
        self._code = f"{digest_of(self.room.modules, tried)} {digest_of(filter(_is_run, names), tried)}"

    def begin(self, command: str, patience: int, *, again: bool) -> None:
        """List the mistakes, and strike out those that are none; or take up the list of a run of the same code.

        ``again``: take up that of the same modules, whatever tests were added, and try what they have missed.
        """
        modules = ", ".join(f'"{name}"' for name in self.room.modules)
        (self.folder / "cosmic-ray.toml").write_text(
            f"[cosmic-ray]\nmodule-path = [{modules}]\ntimeout = {patience}.0\nexcluded-modules = []\n"
            f'test-command = "{command}"\n[cosmic-ray.distributor]\nname = "local"\n'
        )
        known = self._holds_for.read_text() if self._book.exists() and self._holds_for.exists() else ""
        if again and known.partition(" ")[0] == self._code.partition(" ")[0]:
            with self._opened() as book:
                book.execute("DELETE FROM work_results WHERE test_outcome LIKE '%SURVIVED%'")
            self._strike_out()
            return
        if known == self._code:
            return
        self._holds_for.unlink(missing_ok=True)
        self._book.unlink(missing_ok=True)
        subprocess.run([COSMIC_RAY, "init", "cosmic-ray.toml", self._book], cwd=self.folder, check=True)
        self._strike_out()
        self._holds_for.write_text(self._code)

    def _strike_out(self) -> None:
        """What is no mistake, or none of this room."""
        with self._opened() as book:
            for job, module, operator, line, function in book.execute(
                "SELECT job_id, module_path, operator_name, start_pos_row, definition_name FROM mutation_specs"
            ).fetchall():
                if not is_tried(self.room, module, operator, line_of(self.folder / module, line), function):
                    book.execute("DELETE FROM mutation_specs WHERE job_id = ?", [job])
                    book.execute("DELETE FROM work_results WHERE job_id = ?", [job])
                    book.execute("DELETE FROM work_items WHERE job_id = ?", [job])

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._book)) as book, book:
            yield book

    def go_on(self) -> None:
        """Try what has not been tried. A run of the tests that was ended from outside has tried nothing."""
        with self._opened() as book:
            book.execute("DELETE FROM work_results WHERE output <> 'timeout' AND output NOT LIKE ?", [f"%{ENDED}%"])
        subprocess.run(
            [COSMIC_RAY, "exec", "cosmic-ray.toml", self._book],
            cwd=self.folder,
            check=True,
            preexec_fn=die_with_parent(signal.SIGTERM, os.getpid()),
        )

    def result(self) -> Result:
        with self._opened() as book:
            tried = book.execute(
                "SELECT module_path, start_pos_row, operator_name, test_outcome, output FROM mutation_specs"
                " JOIN work_results USING (job_id) ORDER BY module_path, start_pos_row"
            ).fetchall()
        # What is no Python is a slip of cosmic-ray, and no mistake that could come to pass.
        tried = [each for each in tried if "SyntaxError: invalid syntax" not in each[-1]]
        if cut := sum(each[-1] != "timeout" and ENDED not in each[-1] for each in tried):
            raise RuntimeError(f"{cut} runs of the tests were ended from outside. Call it again: it goes on.")
        missed = tuple(
            f"{module}:{line} {operator.removeprefix('core/')}: {line_of(self.folder / module, line).strip()}"
            for module, line, operator, outcome, _ in tried
            if "SURVIVED" in outcome.upper()
        )
        return Result(len(tried) - len(missed), sum(output == "timeout" for *_, output in tried), missed)
