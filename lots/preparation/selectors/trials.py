"""Trial draws as the cache keeps them: how many extra reviewers, or why there is no draw, as JSON can write it."""

from dataclasses import asdict
from typing import Any

from lots.algorithm import Demand, ImpossibleDrawError, Mend, RuleConflict
from lots.algorithm.conflict import ConflictRule

Trial = int | ImpossibleDrawError


def written(trial: Trial) -> int | dict[str, Any]:
    if isinstance(trial, int):
        return trial
    conflict = asdict(trial.conflict) if trial.conflict else None
    return {"conflict": conflict, "late_or_redrawn": trial.late_or_redrawn}


def read(kept: int | dict[str, Any]) -> Trial:
    if isinstance(kept, int):
        return kept
    conflict = kept["conflict"]
    return ImpossibleDrawError(_conflict(conflict) if conflict else None, kept["late_or_redrawn"])


def _conflict(data: dict[str, Any]) -> RuleConflict:
    return RuleConflict(
        tuple(Demand(**each | {"instruments": tuple(each["instruments"])}) for each in data["demands"]),
        tuple(ConflictRule(**each) for each in data["rules"]),
        tuple(
            Mend(**each | {"left_out": tuple(each["left_out"]) if each["left_out"] else None}) for each in data["mends"]
        ),
    )
