"""What may be worth a look in answers before they are sent; pure. None of it keeps anybody from sending them.

A finding says where, and of which kind; how much it weighs is a limit of the mechanism.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from core.language.rendering import as_words
from core.language.word_counts import count_words
from questionnaires.clearance.enums import CheckKind
from questionnaires.clearance.phrases import only_refers_elsewhere
from questionnaires.definitions import Item, SectionDefinition, parent_code
from questionnaires.progress import AnswerSnapshot

_LINK = re.compile(r"https?://", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = {
    "ar": re.compile(r"[\u0620-\u064a\u0671-\u06d3]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh-hans": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
}
LEAST_LETTERS = 20  # a name or an abbreviation says nothing about the language of a text


def findings_in(
    sections: Iterable[SectionDefinition],
    answers: Mapping[str, AnswerSnapshot],
    *,
    language: str,
    words: int,
    is_repealed: Callable[[str], bool] = lambda law: False,
) -> Iterator[tuple[Item, CheckKind]]:
    """All findings in answers to ``sections``, in their order; ``answers`` by code, those that are asked alone.

    ``language``: that of the answers. ``words``: from how many on a text is very long; 0 for never. ``is_repealed``:
    whether the law that is cited by such words is no longer in force.
    """
    for section in sections:
        without_law = _yes_without_law(section, answers)
        for item in section.items:
            if (answer := answers.get(item.code)) is None or answer.is_outside_competence:
                continue
            said = as_words(answer.text)
            if _is_no(item, answer) and answer.citations:
                yield item, CheckKind.CONTRADICTION
            if any(is_repealed(citation["law"]) for citation in answer.citations):
                yield item, CheckKind.REPEALED_LAW
            if only_refers_elsewhere(said):
                yield item, CheckKind.REFERS_ELSEWHERE
            if is_in_another_script(said, language):
                yield item, CheckKind.OTHER_LANGUAGE
            if words and _is_longer(answer.text, words):
                yield item, CheckKind.TOO_LONG
            if item.code in without_law:
                yield item, CheckKind.NO_LAW


def _is_longer(text: str, words: int) -> bool:
    """A text has no more words than signs, so that those of a short one need not be counted."""
    return len(text) > words and count_words(text) > words


def _yes_without_law(section: SectionDefinition, answers: Mapping[str, AnswerSnapshot]) -> frozenset[str]:
    """The first "Yes" of each question that cites no law, neither there nor in a follow-up.

    Where the questionnaire names no article, as about difficulties and assistance, there is no law to cite.
    """
    questions: dict[str, list[Item]] = {}
    codes = {item.code for item in section.items}
    for item in section.items if section.articles else ():
        questions.setdefault(_question_of(item.code, codes), []).append(item)
    found = set()
    for items in questions.values():
        given = [(item, answers[item.code]) for item in items if item.code in answers]
        first = next((item.code for item, answer in given if _is_yes(item, answer)), None)
        if first and any(item.articles for item in items) and not any(_cites(answer) for _item, answer in given):
            found.add(first)
    return frozenset(found)


def _question_of(code: str, codes: Container[str]) -> str:
    while parent_code(code) in codes:
        code = parent_code(code)
    return code


def is_in_another_script(words: str, language: str) -> bool:
    """Whether most letters of a text are not of the script in which its language is written."""
    letters = sum(sign.isalpha() for sign in words)
    own = len(_SCRIPTS.get(language, _LATIN).findall(words))
    return letters >= LEAST_LETTERS and own * 2 < letters


def _cites(answer: AnswerSnapshot) -> bool:
    return bool(answer.citations or _LINK.search(answer.text))


def _is_yes(item: Item, answer: AnswerSnapshot) -> bool:
    return bool(set(answer.choices) & set(item.affirmative))


def _is_no(item: Item, answer: AnswerSnapshot) -> bool:
    place = len(item.affirmative)
    return place > 0 and tuple(answer.choices) == item.options[place : place + 1]
