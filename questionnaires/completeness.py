"""What is still missing in a response; pure. None of it is a judgement on the answers."""

from collections.abc import Iterable, Mapping

from questionnaires.conditions import AnswerValue, asked_codes, parent_code
from questionnaires.definition import Item
from questionnaires.enums import AnswerState, QuestionKind

# Words that leave it to the State whether there is anything to say ("Please explain, if needed."); and the words box
# of a check-list ("Please be specific."), which belongs to one of its options.
_OPTIONAL_WORDS = ("if needed", "if appropriate", "if possible", "if available", "please be specific.")


def optional_codes(items: Iterable[Item]) -> frozenset[str]:
    """Items that are never missing: voluntary, self-assessed or "if needed", and all under such an item."""
    optional: set[str] = set()
    for item in items:
        text = item.text.casefold()
        if (
            item.voluntary
            or item.self_assessed
            or any(words in text for words in _OPTIONAL_WORDS)
            or parent_code(item.code) in optional
        ):
            optional.add(item.code)
    return frozenset(optional)


def is_answered(item: Item, answer: AnswerValue | None) -> bool:
    """A question with boxes is answered by a choice, a text question by words."""
    if answer is None:
        return False
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
