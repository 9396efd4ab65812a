"""What is still missing in a response; pure. None of it is a judgement on the answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.definitions import AnswerValue, Item, asked_codes
from questionnaires.definitions.enums import QuestionKind
from questionnaires.responses.enums import AnswerState


@dataclass(frozen=True, slots=True)
class ProgressCounts:
    """How many items are asked, and of these answered and missing."""

    asked: int
    answered: int
    missing: int

    @property
    def left_open(self) -> int:
        """What is voluntary, or answered only if it applies, and has no answer."""
        return self.asked - self.answered - self.missing


def is_answered(item: Item, answer: AnswerValue | None) -> bool:
    """A question with boxes is answered by a choice, a text question by words; either by saying whose competence
    it is not.
    """
    if answer is None:
        return False
    if answer.is_outside_competence:
        return True
    return bool(answer.choices) if item.options else answer.is_given


def states_of(
    items: tuple[Item, ...], optional: frozenset[str], answers: Mapping[str, AnswerValue]
) -> dict[str, AnswerState]:
    """How each item stands. Headings (``group``) that are asked are left out: there is nothing to answer."""
    asked = asked_codes(items, answers)
    states: dict[str, AnswerState] = {}
    for item in items:
        if item.code not in asked:
            states[item.code] = AnswerState.NOT_ASKED
        elif item.kind == QuestionKind.GROUP:
            continue
        elif is_answered(item, answers.get(item.code)):
            states[item.code] = AnswerState.ANSWERED
        else:
            states[item.code] = AnswerState.OPTIONAL if item.code in optional else AnswerState.EMPTY
    return states
