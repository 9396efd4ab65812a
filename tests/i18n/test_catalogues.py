"""The catalogues hold exactly the messages of the sources, and the Arabic one is complete and sound."""

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from tests.i18n.sources import ROOT, catalogue, messages_of_sources

pytestmark = pytest.mark.unit

SOURCE_LANGUAGE = "en"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
TRANSLATED = [code for code in LANGUAGES if code != SOURCE_LANGUAGE]
PLURAL_FORMS = {
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
    "en": (2, "n != 1"),
}
# Forms that name their number in words ("no review", "one review", "two reviews"), so that it need not be printed.
FORMS_OF_ONE_NUMBER = {"ar": {0, 1, 2}}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%\w+%%|</?\w[^>]*>|\*\*")


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return message.id if message.pluralizable else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if message.pluralizable else (message.string,)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_has_the_messages_of_the_sources(code: str) -> None:
    """What fails here is mended by ``make messages`` and a translation."""
    there = {(message.context, ids(message)[0]) for message in messages(code)}
    wanted = messages_of_sources()
    assert {place for key, place in wanted.items() if key not in there} == set()
    assert there - set(wanted) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_number_of_plural_forms_is_that_of_the_language(code: str) -> None:
    book: Catalog = catalogue(code)
    number, rule = PLURAL_FORMS[code]
    assert book.num_plurals == number
    assert book.plural_expr.strip("()").replace(" ", "") == rule.replace(" ", "")
    assert {len(strings(message)) for message in messages(code) if message.pluralizable} == {number}


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_a_guess(code: str) -> None:
    assert [message.id for message in messages(code) if message.fuzzy] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_everything_is_translated(code: str) -> None:
    assert [message.id for message in messages(code) if not all(strings(message))] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_placeholders_and_markup_survive(code: str) -> None:
    wrong = []
    for message in messages(code):
        for form, text in enumerate(strings(message)):
            wanted = placeholders(ids(message)[-1])
            lacking, surplus = wanted - placeholders(text), placeholders(text) - wanted
            may_lack = 1 if message.pluralizable and form in FORMS_OF_ONE_NUMBER[code] else 0
            if surplus or lacking.total() > may_lack:
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_space_is_won_or_lost_at_the_ends(code: str) -> None:
    assert [message.id for message in messages(code) for text in strings(message) if text != text.strip()] == []


def test_arabic_uses_its_own_punctuation() -> None:
    """Of the comma, the semicolon and the question mark; and what isolates a code is closed again."""
    texts = [text for message in messages("ar") for text in strings(message)]
    assert [text for text in texts if re.search(r"[\u0600-\u06ff][,;?]|[“”]", text)] == []
    assert [text for text in texts if len(re.findall("[\u2066\u2068]", text)) != text.count("\u2069")] == []


def test_arabic_uses_the_words_of_the_glossary() -> None:
    """Where a message is a term, its translation is the term's, with or without the article.

    One with a context is a label and may have another form of the word, as a button has the verbal noun.
    """
    rows = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    _head, *cells = [[cell.strip() for cell in row.split("|")[1:3]] for row in rows if row.startswith("| ")]
    terms = {english.lower(): arabic for english, arabic in cells}
    plain = [message for message in messages("ar") if not message.context and isinstance(message.id, str)]
    found = {message.id: message.string for message in plain if message.id.lower() in terms}
    assert len(found) > 20
    wrong = {k: v for k, v in found.items() if without_article(v) != without_article(terms[k.lower()])}
    assert wrong == {}


def without_article(text: str) -> str:
    return re.sub(r"(?<!\w)ال", "", text)
