"""What documents say around a text, in the four languages that the pages do not speak.

That none of it is missing the documents themselves show: ``tests/observations/documents/test_layout.py``,
``tests/questionnaires/documents/test_files.py``.
"""

import pytest
from babel.messages.catalog import Catalog

from tests.i18n.sources import catalogue
from tests.i18n.test_catalogues import ids, placeholders, strings

pytestmark = pytest.mark.unit
LANGUAGES = ("es", "fr", "ru", "zh_Hans")


def keys(book: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(message.context, ids(message)) for message in book if message.id}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_of_documents_is_whole(code: str) -> None:
    book = catalogue(code)
    assert keys(book) == keys(catalogue("fr"))
    assert keys(book) <= keys(catalogue("en")), "nothing that the portal no longer says"
    for message in book:
        if message.id:
            assert all(strings(message)), message.id
            wanted = {form for text in ids(message) for form in placeholders(text)}
            assert all(set(placeholders(text)) == wanted for text in strings(message)), message.id
