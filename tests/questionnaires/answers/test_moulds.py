"""A question out of its mould is, sign for sign, what its template makes of it."""

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from django.template import Context
from django.utils import timezone, translation

from core.language.i18n import language
from core.web.moulds import Mould, mark
from questionnaires.answers import moulds
from questionnaires.answers.items import ItemField, fields_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from questionnaires.progress.selectors.overview import ItemState
from questionnaires.progress.selectors.written import EMPTY, AnswerSnapshot
from questionnaires.responses.enums import AnswerState
from tests.utils import Cast

WORDS = ("", "In force.", 'A < B & "C"\n\n- point', "المادة ١١٢", "\nbegins with a line")
LAWS = ({"law": "Criminal Code", "provision": "s. 5 & 6", "link": "https://example.org/?a=1&b=2"}, {"law": "<Act>"})


def answers(item: object, chance: random.Random) -> Iterator[AnswerSnapshot]:
    yield EMPTY
    for text in WORDS:
        options = list(item.options)  # type: ignore[attr-defined]
        choices = tuple(option for option in options if chance.random() < 0.4)
        laws = tuple({"provision": "", "link": "", **law} for law in LAWS[: chance.randint(0, 2)])
        day = timezone.now() - dt.timedelta(days=chance.randint(0, 3))
        yield AnswerSnapshot(choices, text, laws, chance.randint(0, 12), day, "Ana <Zorić>")


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "each"), [("en", 1), ("ar", 7)])
def test_every_question_comes_out_as_its_template_makes_it(cast: Cast, words: str, each: int) -> None:
    """In English each question of a questionnaire, in Arabic one of seven."""
    assert cast.response is not None
    index, chance = index_of(cast.response.version_id), random.Random(words)
    context = Context(
        {"response": cast.response, "official": language("en"), "answers_language": "fr", "answers_url": "/answers/"}
    )
    count = 0
    with translation.override(words):
        for item in list(index.items.values())[::each]:
            for answer in answers(item, chance):
                states = [None] if item.kind == QuestionKind.GROUP else [AnswerState.ANSWERED, AnswerState.NOT_ASKED]
                for state in states:
                    (field,) = fields_of([ItemState(item, answer, state)])
                    urls = f"/answers/{item.code}/history/", f"/notes/{item.code}/"
                    assert moulds.question(field, *urls, context) == moulds.rendered(field, *urls, context)
                    count += 1
    assert count > 2000 / each


@pytest.mark.django_db
def test_what_was_typed_by_one_person_stays_in_no_mould(cast: Cast) -> None:
    assert cast.response is not None
    item = index_of(cast.response.version_id).items["I.untoc.3.d"]
    context = Context({"response": cast.response, "official": language("en"), "answers_language": "en"})
    secret = AnswerSnapshot((), "Zanzibar-4711", (), 1, timezone.now(), "Ana Zorić")

    def shown(answer: AnswerSnapshot) -> str:
        field: ItemField = fields_of([ItemState(item, answer, AnswerState.ANSWERED)])[0]
        return moulds.question(field, "/history/", "/notes/", context)

    moulds._moulds.clear()
    assert "Zanzibar-4711" in shown(secret)
    assert "Zanzibar-4711" not in shown(EMPTY)
    assert "Zanzibar-4711" not in "".join("".join(mould._pieces) for mould in moulds._moulds.values())


@pytest.mark.unit
def test_values_are_escaped_unless_they_are_safe() -> None:
    mould = Mould(f"<p{mark('hidden')}>{mark('text')}</p>")
    assert mould.fill({"hidden": mark(""), "text": "<b>"}) == f"<p{mark('')}>&lt;b&gt;</p>"
    with pytest.raises(KeyError):
        mould.fill({"text": ""})
