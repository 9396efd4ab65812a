"""The rules of the draw for clingo, in answer set programming (draw.lp), with one thread."""

import random
import time
from pathlib import Path

import clingo

from lots.algorithm import Party, PartyTable
from tools.bench.draw_models import ModelOutcome, ModelScope, pairings_from

PROGRAM = Path(__file__).with_suffix("").with_name("draw.lp")
# The best of those that were tried, for each setting of the load.
OPTIONS = {"hard": ["--opt-heuristic=sign,model", "--restart-on-model"], "two": ["--configuration=trendy"]}


def solve(table: PartyTable, scope: ModelScope, seed: int, limit: float) -> ModelOutcome | None:
    """The best answer within the limit; proved where the search came to its end."""
    end = time.perf_counter() + limit
    parties = random.Random(seed).sample(table.parties, len(table.parties))  # noqa: S311 - no secret
    control = clingo.Control([f"--seed={seed}", *OPTIONS[scope.load]])
    control.load(str(PROGRAM))
    control.add("base", [], _facts(parties))
    parts = ["base", "extras" if scope.extras else "complete", scope.load]
    if scope.even and scope.load == "hard":
        parts.append("even")
    control.ground([(part, []) for part in parts])
    answers: list[tuple[float, list[clingo.Symbol]]] = []

    def keep(model: clingo.Model) -> None:
        answers.append((time.process_time(), [*model.symbols(shown=True)]))

    with control.solve(on_model=keep, async_=True) as search:
        search.wait(max(end - time.perf_counter(), 0))
        search.cancel()
        proved = search.get().exhausted or not scope.has_aims
    return _outcome(table, parties, *answers[-1], proved) if answers else None


def _facts(parties: list[Party]) -> str:
    regions = sorted({party.regional_group for party in parties})
    facts = []
    for number, party in enumerate(parties):
        facts.append(f"state({number}). region({number},{regions.index(party.regional_group)}).")
        facts += [f"party({number},{name})." for name in party.instruments]
    return "\n".join(facts)


def _outcome(
    table: PartyTable, parties: list[Party], reached: float, answer: list[clingo.Symbol], proved: bool
) -> ModelOutcome:
    groups, base = {}, set()
    filled: dict[tuple[str, str], set[str]] = {}
    for symbol in answer:
        code = parties[symbol.arguments[0].number].code
        if symbol.name == "group":
            groups[code] = symbol.arguments[1].number
            continue
        pair = code, parties[symbol.arguments[1].number].code
        if symbol.name == "base":
            base.add(pair)
        else:
            filled.setdefault(pair, set()).add(symbol.arguments[2].name)
    return ModelOutcome(groups, pairings_from(table, base, filled), proved, reached)
