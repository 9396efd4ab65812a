"""Trial draws as the cache keeps them: what came of one, or why there is no draw, as JSON can write it."""

from dataclasses import asdict, dataclass
from typing import Any

from lots.algorithm import Demand, ImpossibleDrawError, Mend, RuleConflict
from lots.algorithm.conflict import ConflictRule


@dataclass(frozen=True, slots=True)
class Trial:
    """The extra reviewing States; and of a draw that keeps teams, how many reviewing States stay and how many come."""

    extras: int
    kept: int | None = None
    drawn: int | None = None


def written(trial: Trial | ImpossibleDrawError) -> dict[str, Any]:
    if isinstance(trial, Trial):
        return asdict(trial)
    return {
        "conflict": asdict(trial.conflict) if trial.conflict else None,
        "late_or_redrawn": trial.late_or_redrawn,
        "incomplete": [*trial.incomplete],
        "broken": [*trial.broken],
    }


def read(kept: dict[str, Any]) -> Trial | ImpossibleDrawError:
    if "extras" in kept:
        return Trial(**kept)
    conflict = _conflict(kept["conflict"]) if kept["conflict"] else None
    return ImpossibleDrawError(conflict, kept["late_or_redrawn"], incomplete=kept["incomplete"], broken=kept["broken"])


def _conflict(data: dict[str, Any]) -> RuleConflict:
    return RuleConflict(
        tuple(Demand(**each | {"instruments": tuple(each["instruments"])}) for each in data["demands"]),
        tuple(ConflictRule(**each) for each in data["rules"]),
        tuple(
            Mend(**each | {"left_out": tuple(each["left_out"]) if each["left_out"] else None}) for each in data["mends"]
        ),
    )
