"""What may be worth a look in answers before they are sent; pure. None of it keeps anybody from sending them.

A finding says where, and of which kind; how much it weighs is a limit of the mechanism.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from core.language.rendering import as_words
from core.language.word_counts import count_words
from questionnaires.clearance.enums import CheckKind
from questionnaires.clearance.phrases import only_refers_elsewhere
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.responses import AnswerSnapshot

_LINK = re.compile(r"https?://", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = {
    "ar": re.compile(r"[\u0620-\u064a\u0671-\u06d3]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh-hans": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
}
LEAST_LETTERS = 20  # a name or an abbreviation says nothing about the language of a text


def findings_in(
    items: Sequence[Item], answers: Mapping[str, AnswerSnapshot], *, language: str, words: int
) -> Iterator[tuple[Item, CheckKind]]:
    """All findings in answers to ``items``, in their order; ``answers`` by code, those that are asked alone.

    ``language``: that of the answers. ``words``: from how many on a text is very long; 0 for never.
    """
    cited = {code for code, answer in answers.items() if _cites(answer)}
    for item in items:
        if (answer := answers.get(item.code)) is None or answer.is_outside_competence:
            continue
        said = as_words(answer.text)
        if _is_no(item, answer) and answer.citations:
            yield item, CheckKind.CONTRADICTION
        if only_refers_elsewhere(said):
            yield item, CheckKind.REFERS_ELSEWHERE
        if is_in_another_script(said, language):
            yield item, CheckKind.OTHER_LANGUAGE
        if words and count_words(answer.text) > words:
            yield item, CheckKind.TOO_LONG
        if _is_yes(item, answer) and not any(code == item.code or code.startswith(f"{item.code}.") for code in cited):
            yield item, CheckKind.NO_LAW


def is_in_another_script(words: str, language: str) -> bool:
    """Whether most letters of a text are not of the script in which its language is written."""
    letters = sum(sign.isalpha() for sign in words)
    own = len(_SCRIPTS.get(language, _LATIN).findall(words))
    return letters >= LEAST_LETTERS and own * 2 < letters


def _cites(answer: AnswerSnapshot) -> bool:
    return bool(answer.citations or _LINK.search(answer.text))


def _is_yes(item: Item, answer: AnswerSnapshot) -> bool:
    """By the place among the options, which are in the words of the questionnaire: "Yes" or "Yes, in part"."""
    affirmative = {QuestionKind.YES_NO: 1, QuestionKind.YES_PART_NO: 2}.get(QuestionKind(item.kind), 0)
    return bool(set(answer.choices) & set(item.options[:affirmative]))


def _is_no(item: Item, answer: AnswerSnapshot) -> bool:
    place = {QuestionKind.YES_NO: 1, QuestionKind.YES_PART_NO: 2}.get(QuestionKind(item.kind))
    return place is not None and tuple(answer.choices) == item.options[place : place + 1]
