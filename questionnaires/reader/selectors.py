"""What of a self-assessment is shown to somebody who reads it as a whole; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from questionnaires.progress import ItemState, ReadPart, ReadSection
from questionnaires.responses.enums import AnswerState


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """``answered``: without what has no answer. ``voluntary``: with what the State left open as it may."""

    answered: bool = False
    voluntary: bool = False

    def keeps(self, state: ItemState) -> bool:
        if state.state == AnswerState.OPTIONAL:
            return self.voluntary and not self.answered
        return state.state == AnswerState.ANSWERED or (state.state == AnswerState.EMPTY and not self.answered)


def choice_of(given: Mapping[str, Any]) -> ReadingChoice:
    return ReadingChoice(answered=bool(given.get("answered")), voluntary=bool(given.get("voluntary")))


def shown_parts(parts: Iterable[ReadPart], choice: ReadingChoice) -> list[ReadPart]:
    """Each question that is kept, with those that it follows up on; no section and no part without one."""
    shown = []
    for part in parts:
        sections = [replace(section, items=_shown(section, choice)) for section in part.sections]
        kept = tuple(section for section in sections if section.items)
        if kept:
            shown.append(replace(part, sections=kept))
    return shown


def _shown(section: ReadSection, choice: ReadingChoice) -> tuple[ItemState, ...]:
    beside = section.beside  # what was sent beside a question is read also where that has no answer
    kept = [state.item.code for state in section.asked_items if choice.keeps(state) or state.item.code in beside]
    above = {code[:place] for code in kept for place, sign in enumerate(code) if sign == "."}
    return tuple(state for state in section.asked_items if state.item.code in {*kept, *above})


def number_answered(parts: Iterable[ReadPart]) -> tuple[int, int]:
    """Of how many questions that are shown there is an answer; headings do not count."""
    states = [state.state for part in parts for section in part.sections for state in section.items if state.state]
    return states.count(AnswerState.ANSWERED), len(states)
