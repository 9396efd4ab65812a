"""The rows of the table on translations of texts."""

from dataclasses import replace

from observations.translations.enums import TranslationAction
from observations.translations.policy import PERMISSIONS, TranslationFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cells, everybody_by_state

_ORDERS, _OTHER = "Reviewing State that ordered it", "Another reviewing State"
_STEP = StepKind.AGREED_TEXT
_TEXT = TranslationFacts(is_current=True)
_DRAFT = replace(_TEXT, room=_ORDERS)
_CONFIRMED = replace(_TEXT, has_ended=True)
_MOMENTS = {
    "A text, a version stands": (_TEXT, _STEP),
    "A text, none stands": (replace(_TEXT, is_current=False), _STEP),
    "A text, at the dialogue": (_TEXT, StepKind.DIALOGUE),
    "Being written": (_DRAFT, _STEP),
    "Being written, the text has moved on": (replace(_DRAFT, is_current=False), _STEP),
    "Ended without a confirmation": (replace(_DRAFT, has_ended=True), _STEP),
    "Confirmed": (_CONFIRMED, _STEP),
    "Confirmed, review closed": (_CONFIRMED, StepKind.CLOSING),
}
_OF_TEXTS = {str(action.label) for action in (TranslationAction.LIST, TranslationAction.ORDER)}
_OF_NOTHING = str(TranslationAction.LIST_OWN.label)
_TRANSLATOR = Who("Translator from whom it is ordered", "None")


def translation_rows() -> list[MatrixRow]:
    """A text, and a translation that one reviewing State ordered, through its life; its translator at the end."""
    people = [*everybody_by_state(_ORDERS, _OTHER), _TRANSLATOR]
    return [MatrixRow(who, moment, _cells(who, moment)) for who in people for moment in _MOMENTS]


def _cells(who: Who, moment: str) -> Cells:
    facts, kind = _MOMENTS[moment]
    is_text = moment.startswith("A text")
    state = who.capacity.state_party_id if who.capacity else None
    asked = replace(
        facts,
        capacity=who.capacity,
        role=who.role,
        kind=kind,
        is_party=state is not None,
        is_own=state == _ORDERS,
        is_translator=who is _TRANSLATOR and not is_text and not facts.has_ended,
    )
    of_all = cells(PERMISSIONS, asked)
    return {
        act: each if act == _OF_NOTHING or (act in _OF_TEXTS) == is_text else NOTHING for act, each in of_all.items()
    }
