"""The drawing of lots: ours against the same rules in CP-SAT and clingo, and how it grows with the number of States.

Each draw runs in a process of its own and is checked by the verifier (``draw_run``). Seconds are those of the
processor: all three use one thread, and other work on the machine counts for nobody then.
"""

import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

from tools.bench.draw_models import SCOPES
from tools.bench.draw_states import AS_OF, FILE

SEEDS = range(1, 4)
TOOLS = {"cp_sat": "CP-SAT", "clingo": "clingo"}
COUNTS = (50, 100, 200, 300, 400, 500)
Figures = dict[str, float]


def measure() -> Iterator[tuple[str, str]]:
    for scope, rules in SCOPES.items():
        ours = [_run("ours", scope, seed) for seed in SEEDS]
        seconds = _median(ours)
        yield f"ours, {rules.words}", f"{seconds:.2f} s, {_reached(ours)}"
        for tool, name in TOOLS.items():
            runs = [_run(tool, scope, seed) for seed in SEEDS[: 1 if rules.has_aims else None]]
            words = f"{_median(runs):.2f} s, {_median(runs) / seconds:.1f} times ours, {_reached(runs)}"
            yield f"{name}, {rules.words}", words
    yield "manage.py draw_lots, the whole command", _command()
    yield from _growth()


def _command() -> str:
    """Wall clock of the process, as whoever waits for it has it; the first run compiles."""
    seconds: list[float] = []
    figures: Figures = {}
    for seed in range(4):
        with tempfile.TemporaryDirectory() as folder:
            words = ["--parties", str(FILE), "--as-of", AS_OF, "--seed", str(seed), "--output", folder]
            command = [sys.executable, "-m", "tools.bench.draw_run", "command", "draw_lots", *words]
            begun = time.perf_counter()
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds.append(time.perf_counter() - begun)
            figures = json.loads(done.stderr.splitlines()[-1])
    return f"{statistics.median(seconds[1:]):.2f} s, {figures['megabytes']:.0f} MB"


def _run(*words: object) -> Figures:
    command = [sys.executable, "-m", "tools.bench.draw_run", *map(str, words)]
    figures: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return figures


def _median(runs: Sequence[Figures]) -> float:
    return statistics.median(run["seconds"] for run in runs)


def _reached(runs: Sequence[Figures]) -> str:
    last = runs[-1]
    memory = f"{last['megabytes']:.0f} MB"
    if "squares" not in last:
        return f"{memory}, nothing found"
    proof = "proved" if all(run["proved"] for run in runs) else "not proved"
    return f"{memory}, {last['extras']:.0f} extra, squares {last['squares']:.0f}, {proof}"


def _growth() -> Iterator[tuple[str, str]]:
    points = []
    for count in COUNTS:
        runs = [_run("ours", "all", seed, count) for seed in SEEDS]
        points.append((math.log(count), math.log(_median(runs))))
        yield f"draw of {count} invented States", f"{_median(runs):.2f} s, {_reached(runs)}"
    x, y = (statistics.mean(column) for column in zip(*points, strict=True))
    slope = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _b in points)
    yield "seconds grow with the number of States to the power of", f"{slope:.2f}"
