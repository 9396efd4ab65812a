"""The rows of the table on the languages in which a version is agreed."""

from dataclasses import replace

from observations.language_sets.policy import PERMISSIONS, LanguageSetFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, cells, everybody_by_state

_AGREED, _OTHER = "Reviewing State that has agreed", "Another reviewing State"
_STEP = StepKind.AGREED_TEXT
_STANDS = LanguageSetFacts(is_standing=True)
_PROPOSED = replace(_STANDS, is_proposed=True)
_MOMENTS = {
    "A version stands": (_STANDS, _STEP),
    "No version stands": (LanguageSetFacts(), _STEP),
    "Languages are proposed": (_PROPOSED, _STEP),
    "Languages are proposed, review closed": (_PROPOSED, StepKind.CLOSING),
    "At the dialogue": (_STANDS, StepKind.DIALOGUE),
}


def language_set_rows() -> list[MatrixRow]:
    """One reviewing State has proposed, and agreed by that."""
    return [
        MatrixRow(
            who,
            moment,
            cells(
                PERMISSIONS,
                replace(
                    facts,
                    capacity=who.capacity,
                    role=who.role,
                    kind=kind,
                    is_party=who.capacity is not None,
                    has_agreed=facts.is_proposed
                    and who.capacity is not None
                    and who.capacity.state_party_id == _AGREED,
                ),
            ),
        )
        for who in everybody_by_state(_AGREED, _OTHER)
        for moment, (facts, kind) in _MOMENTS.items()
    ]
