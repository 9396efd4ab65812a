"""The templates, and the Word file of a text that comes back as it is."""

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from accounts.people.models import User
from core.documents.reading import read_written
from core.language.markdown import to_text
from observations.bringing.known_texts import known_text
from observations.bringing.passages import passages_of
from observations.bringing.texts import document_of_words
from observations.documents.docx import render_text_docx
from observations.texts.models import AgreedText
from observations.wording.documents import current_document, printed_status_of
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.observations.bringing.conftest import AT_THE_LIST, running_at
from tests.observations.bringing.test_texts import say, standing
from tests.observations.bringing.texts import LIST, SUMMARY, TEXT, address, file_of, post, problems, text_of
from tests.questionnaires.bringing.answers import client_of
from tests.reviews.bringing.files import brought_in, words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, AT_THE_LIST]
RICH = """# Gaps and challenges

## Article 5

7. The State has **no** law on *groups*, see [the code](https://example.org/code):

- First
  - Within the first
- Second

It says so itself.

8. Another one, with a table:

| Year | Cases |
| --- | --- |
| 2021 | 4 |

## Articles 6 and 8

9. In an order:

1. One thing
2. Another thing
"""


def exported(text: AgreedText) -> bytes:
    with translation.override(text.language):
        return render_text_docx(current_document(text), printed_status_of(text))


def blocks_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """With the words of experts as a reader sees them."""
    blocks = document["blocks"]
    return [{**block, "text": to_text(block["text"]) if block["is_written"] else block["text"]} for block in blocks]


def test_the_exported_file_of_a_text_comes_back_to_the_word(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer, RICH))
    first = standing(review)
    content = exported(text_of(review))
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    page = post(review, officer, SimpleUploadedFile("list.docx", content))
    assert page.status_code == 200, words(page)
    assert "Paragraphs have other numbers" not in words(page)
    brought_in(BroughtFile.objects.latest("created_at"))
    second = standing(review)
    assert second.number == 2
    for key in ("title", "note", "language", "symbol"):
        assert second.document[key] == first.document[key]
    assert blocks_of(second.document) == blocks_of(first.document)


@pytest.mark.parametrize("kind", [LIST, SUMMARY])
@pytest.mark.kept.with_args(running_at, "closed")
def test_a_text_that_was_agreed_here_is_read_back_as_its_document(review: Review, kind: str) -> None:
    text = AgreedText.objects.get(review=review, instrument__slug="untoc", kind=kind)
    text.review = review
    known, document = known_text(text), current_document(text)
    passages = passages_of(read_written("a.docx", exported(text), known.notes), known)
    assert [each.problems for each in passages if each.problems] == []
    assert blocks_of(document_of_words(text, passages).as_json()) == blocks_of(document.as_json())


@pytest.mark.parametrize("kind", [LIST, SUMMARY])
@pytest.mark.parametrize("ending", ["docx", "md"])
def test_a_template_has_the_headings_and_says_nothing(review: Review, officer: User, kind: str, ending: str) -> None:
    page = client_of(officer).get(f"{address(review, kind)}template/?as={ending}")
    assert page.headers["Content-Disposition"].endswith(f'.{ending}"')
    known = known_text(text_of(review, kind))
    blocks = read_written(f"a.{ending}", page.content, known.notes)
    headings = [block.text for block in blocks]
    assert any("Best practices" in each for each in headings)
    assert "Article 5" in headings
    if ending == "md":
        filled = page.content.decode().replace("Article 5\n", "Article 5\n\nWords of the States.\n", 1)
        if kind == LIST:
            assert problems(text_of(review, kind), filled) == []
    else:
        file = docx.Document(io.BytesIO(page.content))
        assert {each.style.name for each in file.paragraphs} >= {"Title", "Heading 1", "Heading 2"}


def test_names_of_experts_are_kept_from_the_public(review: Review, officer: User) -> None:
    brought_in(file_of(review, officer, f"# II. Process\n\nThe review was led by Ms. Ilse Quandorf.\n\n{TEXT}"))
    (own,) = [block for block in standing(review).document["blocks"] if "Quandorf" in block["text"]]
    assert own["is_written"]
    assert "the experts designated by those States" in own["public_text"]
