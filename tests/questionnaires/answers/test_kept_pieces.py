"""Pieces that are kept in the process say what their templates say, each time in its own words."""

from dataclasses import replace

import pytest
from django.template import Context
from django.utils import translation

from core.language.i18n import language
from questionnaires.answers import beside, heads
from questionnaires.answers.beside import ProposedLine, proposed_line, rendered_line
from questionnaires.answers.heads import read_head, rendered_head
from questionnaires.definitions.selectors import index_of
from tests.utils import Cast


@pytest.mark.unit
@pytest.mark.parametrize("words", ["en", "ar"])
def test_the_line_of_proposals_has_its_own_plural_names_and_number(words: str) -> None:
    lines = [
        ProposedLine(count, new, f"/proposals/{name}/?a&b", f"Ministry <{name}>", f"5 ({name})")
        for name in "ab"
        for count in (1, 2, 3, 11)
        for new in range(min(count, 3) + 1)
    ]
    beside._moulds.clear()
    with translation.override(words):
        for line in [*lines, *lines]:
            assert proposed_line(line) == rendered_line(line)
    kept = "".join("".join(mould._pieces) for mould in beside._moulds.values())
    assert "Ministry" not in kept
    assert "/proposals/" not in kept


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["en", "ar"])
def test_what_is_asked_stands_above_the_answer_in_its_own_words(cast: Cast, words: str) -> None:
    items = list(index_of(cast.response.version_id).items.values())[::5]
    items += [
        replace(items[0], text="Another *text*"),
        replace(items[0], voluntary=True),
        replace(items[0], number=("9",)),
    ]
    translations = {item.text: f"« {item.text} »" for item in items[:20]}
    pages = [
        {"official": language("en"), "translations": None, "shown_in": None},
        {"official": language("fr"), "translations": None, "shown_in": None},
        {"official": language("en"), "translations": translations, "shown_in": language("fr")},
        {"official": language("en"), "translations": dict.fromkeys(translations, "autre"), "shown_in": language("fr")},
    ]
    heads._kept.clear()
    with translation.override(words):
        for _time in range(2):
            for page in pages:
                for item in items:
                    assert read_head(item, Context(page)) == rendered_head(item, page)
