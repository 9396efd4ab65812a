"""The rows of the table on private consultations."""

from dataclasses import replace

from accounts.people.enums import SecretariatRole
from reviews.concerns.enums import ConcernAction
from reviews.concerns.policy import PERMISSIONS, ConcernFacts
from tools.matrix_cells import MatrixRow, Who, cell, everybody

_MOMENTS = {
    "Of States that consult each other, of one that opened it": ConcernFacts(is_party=True, is_opener=True),
    "Of States that consult each other, of one that was asked": ConcernFacts(is_party=True),
    "Of States that consult each other, of none of them": ConcernFacts(),
}


def concern_rows() -> list[MatrixRow]:
    """People of the States by what their State is to the consultation; officers also as the one who was invited."""
    people = everybody()
    invited = [
        Who(f"{who.name}, invited to it", who.side, role=who.role)
        for who in people
        if who.role in {SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR}
    ]
    return [
        MatrixRow(who, moment, _cells(who, replace(facts, is_invited=who in invited)))
        for who in [*people, *invited]
        for moment, facts in _MOMENTS.items()
        if who.capacity is not None or not facts.is_party
    ]


def _cells(who: Who, facts: ConcernFacts) -> dict[str, str]:
    asked = replace(facts, capacity=who.capacity, role=who.role)
    return {str(action.label): cell(PERMISSIONS.decide(action, asked)) for action in ConcernAction}
