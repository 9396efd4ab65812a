"""What stands out in an answer by its form, before it is sent."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, strategies as st

from questionnaires.clearance import checks
from questionnaires.clearance.checks import LEAST_LETTERS, findings_in, is_in_another_script
from questionnaires.clearance.enums import CheckKind
from questionnaires.clearance.phrases import only_refers_elsewhere
from questionnaires.definitions import Citation, Item, SectionDefinition
from questionnaires.progress import EMPTY, AnswerSnapshot

LAW = ({"law": "Penal Code", "provision": "art. 12", "link": ""},)


ARTICLE_5 = (Citation("untoc", "5", None),)


def item(
    code: str,
    kind: str = "yes_no",
    options: Sequence[str] = ("Oui", "Non"),
    articles: tuple[Citation, ...] = ARTICLE_5,
) -> Item:
    return Item(("1",), code, articles, "?", kind, tuple(options), (), (), False, None, False, None)


def section(items: Sequence[Item], articles: tuple[str, ...] = ("5",)) -> SectionDefinition:
    return SectionDefinition("article-5", "Article 5", None, articles, (), (), None, tuple(items))


def answer(*choices: str, text: str = "", citations: Sequence[Any] = (), outside: bool = False) -> AnswerSnapshot:
    return AnswerSnapshot(choices, text, tuple(citations), 1, None, "", outside)


def found(
    items: Sequence[Item] | SectionDefinition, answers: dict[str, AnswerSnapshot], *, words: int = 0
) -> list[tuple[str, CheckKind]]:
    asked = items if isinstance(items, SectionDefinition) else section(items)
    return [(each.code, kind) for each, kind in findings_in([asked], answers, language="en", words=words)]


QUESTION, PART, WORDS = item("I.a.1"), item("I.a.1.a", "text", ()), item("I.a.2", "text", ())
IN_PART = item("I.a.3", "yes_part_no", ("Oui", "En partie", "Non"))
ITEMS = (QUESTION, PART, WORDS, IN_PART)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"I.a.1": answer("Oui")}, [("I.a.1", CheckKind.NO_LAW)]),
        ({"I.a.1": answer("Oui", citations=LAW)}, []),
        ({"I.a.1": answer("Oui"), "I.a.1.a": answer(citations=LAW)}, []),
        ({"I.a.1": answer("Oui"), "I.a.1.a": answer(text="https://law.example/12")}, []),
        ({"I.a.1": answer("Oui"), "I.a.2": answer(citations=LAW)}, [("I.a.1", CheckKind.NO_LAW)]),
        ({"I.a.1": answer("Non")}, []),
        ({"I.a.1": answer("Non", citations=LAW)}, [("I.a.1", CheckKind.CONTRADICTION)]),
        ({"I.a.1": answer(citations=LAW, outside=True)}, []),
        ({"I.a.3": answer("En partie")}, [("I.a.3", CheckKind.NO_LAW)]),
        ({"I.a.3": answer("Non", citations=LAW)}, [("I.a.3", CheckKind.CONTRADICTION)]),
        ({"I.a.2": answer(text="*See above*, question 3 (a).")}, [("I.a.2", CheckKind.REFERS_ELSEWHERE)]),
        ({"I.a.2": answer(text="See above: the Act of 2019 punishes attempts too.")}, []),
        ({}, []),
    ],
)
def test_what_stands_out(answers: dict[str, AnswerSnapshot], expected: list[tuple[str, CheckKind]]) -> None:
    assert found(ITEMS, answers) == expected


FOLLOW_UP = item("I.a.1.b", articles=())
BELOW_IT = item("I.a.1.b.i", "text", (), articles=())


@pytest.mark.parametrize(
    "cited_at", ["I.a.1", "I.a.1.a", "I.a.1.b", "I.a.1.b.i"], ids=["question", "beside", "itself", "below"]
)
def test_a_law_cited_anywhere_in_a_question_is_cited_for_all_of_it(cited_at: str) -> None:
    items = (QUESTION, PART, FOLLOW_UP, BELOW_IT)
    answers = {"I.a.1": answer("Oui"), "I.a.1.b": answer("Oui")}
    assert found(items, answers) == [("I.a.1", CheckKind.NO_LAW)], "a question without a law stands out once"
    answers[cited_at] = answer(*answers.get(cited_at, EMPTY).choices, citations=LAW)
    assert found(items, answers) == []


def test_a_follow_up_that_alone_is_yes_asks_for_a_law_as_well() -> None:
    answers = {"I.a.1": answer("Non"), "I.a.1.b": answer("Oui")}
    assert found((QUESTION, FOLLOW_UP), answers) == [("I.a.1.b", CheckKind.NO_LAW)]


def test_no_law_is_asked_for_where_nothing_is_said_of_the_treaty() -> None:
    """Such are the questions about difficulties and about technical assistance."""
    yes = {"I.a.1": answer("Oui"), "I.a.4": answer("Oui")}
    assistance = item("I.a.4", articles=())
    assert found((QUESTION, assistance), yes) == [("I.a.1", CheckKind.NO_LAW)]
    assert found(section((QUESTION, assistance), articles=()), yes) == []


@pytest.mark.parametrize(
    "words",
    [
        "Voir ci-dessus.",
        "Idem",
        "Véase más arriba",
        "See question No. 12",
        "См. выше.",
        "同上",
        "انظر أعلاه.",
        "See question 12 (b)",
        "Please see above, and also see the answer to questions 12 (b) (iv) and 13.",
        "Veuillez voir ci-dessus la réponse à la question 12, alinéa b).",
        "VEASE LA RESPUESTA A LA PREGUNTA 3 A)",
        "Просьба см. ответ на вопрос 12 b) и вопрос 13 выше",
        "请参见上文第12题的答复。",
        "يرجى انظر الاجابة عن السؤال ١٢ (ب) اعلاه",
    ],
)
def test_a_text_that_only_sends_elsewhere_is_known_in_all_six_languages(words: str) -> None:
    assert only_refers_elsewhere(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Identity documents",
        "12",
        "The Act on Aliens, see below for its text",
        "See above: Act 12 (b)",
        "See above. Yes.",
        "See above. No.",
        "Voir ci-dessus : loi 12",
        "Véase arriba: ley 5",
        "См. выше: УК, 210",
        "同上，刑法",
        "انظر أعلاه، القانون ١٢",
        "idempotent",
    ],
)
def test_a_text_that_says_something_is_none(words: str) -> None:
    assert not only_refers_elsewhere(words)


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("The Penal Code punishes participation.", "ar", True),
        ("يعاقب قانون العقوبات على المشاركة في جماعة إجرامية (UNTOC).", "ar", False),
        ("يعاقب قانون العقوبات على المشاركة.", "en", True),
        ("Уголовный кодекс наказывает за участие.", "ru", False),
        ("Le Code pénal réprime la participation à l’étranger.", "fr", False),
        ("刑法规定参加有组织犯罪集团应当受到处罚并且没收其违法所得财产。", "zh-hans", False),
        ("刑法规定参加有组织犯罪集团应当受到处罚并且没收其违法所得财产。", "es", True),
        ("§ 129 StGB", "ar", False),
    ],
)
def test_the_script_of_a_text_tells_whether_it_was_translated(words: str, language: str, expected: bool) -> None:
    assert is_in_another_script(words, language) is expected


@given(st.text(alphabet="abcdefgh ", max_size=200))
def test_latin_words_are_never_taken_for_foreign_in_english(words: str) -> None:
    assert not is_in_another_script(words, "en")
    assert is_in_another_script(words, "ru") == (sum(map(str.isalpha, words)) >= LEAST_LETTERS)


def test_the_words_of_a_short_text_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    monkeypatch.setattr(checks, "count_words", lambda text: counted.append(text) or 4)
    assert found(
        ITEMS, {"I.a.2": answer(text="法律"), "I.a.1": answer("Oui", text="法律规定", citations=LAW)}, words=3
    ) == [("I.a.1", CheckKind.TOO_LONG)]
    assert counted == ["法律规定"]


@pytest.mark.parametrize(("number", "limit", "expected"), [(4, 3, True), (3, 3, False), (400, 0, False)])
def test_a_text_is_very_long_beyond_the_limit(number: int, limit: int, expected: bool) -> None:
    kinds = found(ITEMS, {"I.a.2": answer(text="word " * number)}, words=limit)
    assert kinds == ([("I.a.2", CheckKind.TOO_LONG)] if expected else [])


def test_an_empty_answer_stands_out_by_nothing() -> None:
    assert found(ITEMS, {each.code: EMPTY for each in ITEMS}) == []
