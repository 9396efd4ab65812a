"""The rows of the table on experts' names."""

from observations.naming.policy import PERMISSIONS, NamingFacts
from reviews.cases.enums import ParticipationRole
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, Who, cells, everybody


def naming_rows() -> list[MatrixRow]:
    """At any step alike."""
    left = Who("Governmental expert who has left the review", "None")
    return [
        MatrixRow(who, "At any step", cells(PERMISSIONS, _facts(who, is_expert=who is left or _is_expert(who))))
        for who in [*everybody(), left]
    ]


def _facts(who: Who, *, is_expert: bool) -> NamingFacts:
    return NamingFacts(capacity=who.capacity, role=who.role, kind=StepKind.CLOSING, is_expert=is_expert)


def _is_expert(who: Who) -> bool:
    return who.capacity is not None and who.capacity.role == ParticipationRole.GOVERNMENTAL_EXPERT
