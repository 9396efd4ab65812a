"""One draw in a process and on a processor of its own: ours, or that of a model in another tool.

python -m tools.bench.draw_run WHO SCOPE SEED [STATES]
python -m tools.bench.draw_run command draw_lots …
"""

import json
import os
import runpy
import sys
import time
from collections.abc import Sequence

from lots.algorithm import DrawnPairing, PartyTable, Switches, draw
from tools.bench.draw_check import broken_rules
from tools.bench.draw_models import LIMIT, SCOPES, Model, ModelOutcome
from tools.bench.draw_states import AS_OF, invented, parties_of_2020
from tools.bench.memory import peak_megabytes


def _ours(table: PartyTable, switches: Switches, seed: int) -> ModelOutcome:
    """The whole draw, with its certificate and all files."""
    drawn = draw(table, switches, as_of=AS_OF, seed=str(seed))
    drawn.files()
    proved = all(drawn.certificate[key]["proved"] for key in ("extra_reviewers", "load"))
    return ModelOutcome(drawn.groups, [*drawn.pairings], proved, time.process_time())


def _model(who: str) -> Model:
    if who == "cp_sat":
        from tools.bench.draw_cp_sat import solve
    else:
        from tools.bench.draw_clingo import solve
    return solve


def _sum_of_squares(pairings: Sequence[DrawnPairing]) -> int:
    reviewers = [pairing.reviewer for pairing in pairings]
    return sum(reviewers.count(reviewer) ** 2 for reviewer in {*reviewers})


def run(who: str, scope_name: str, seed: int, states: int) -> dict[str, float]:
    """Seconds of processor time and the peak of memory, what was reached, and whether that is proved to be the best."""
    scope = SCOPES[scope_name]
    switches = Switches(load=scope.load)
    table = invented(states, switches) if states else parties_of_2020(switches)
    model = None if who == "ours" else _model(who)
    begun = time.process_time()
    outcome = model(table, scope, seed, LIMIT) if model else _ours(table, switches, seed)
    figures = {"seconds": time.process_time() - begun, "megabytes": peak_megabytes()}
    if outcome is None:
        return figures
    if broken := broken_rules(table, switches, outcome.groups, outcome.pairings):
        raise RuntimeError(f"{who} breaks rules: {broken[:5]}")
    return {
        **figures,
        "reached": outcome.reached - begun,
        "proved": outcome.proved,
        "extras": sum(pairing.extra for pairing in outcome.pairings),
        "squares": _sum_of_squares(outcome.pairings),
    }


def _command(arguments: list[str]) -> dict[str, float]:
    """``manage.py`` from its first line to its last, as whoever calls it has it."""
    sys.argv = ["manage.py", *arguments]
    runpy.run_path("manage.py", run_name="__main__")
    return {"megabytes": peak_megabytes()}


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if sys.argv[1] == "command":
        print(json.dumps(_command(sys.argv[2:])), file=sys.stderr)
    else:
        who, scope_name, seed, *states = sys.argv[1:]
        print(json.dumps(run(who, scope_name, int(seed), int(states[0]) if states else 0)))
