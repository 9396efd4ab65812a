"""Files of texts, as officers would make them."""

import io
from collections.abc import Callable
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from core.documents.reading import read_written
from dialogue.exchange import articles_under_review
from observations.bringing.known_texts import known_text
from observations.bringing.passages import passages_of
from observations.bringing.texts import get_text_to_bring
from observations.texts.models import AgreedText, TextVersion
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import say_for_state
from reviews.cases.models import Review
from tests.questionnaires.bringing.answers import STEPS, STEPS_IN_ORDER, client_of
from tests.reviews.bringing.files import as_csv, brought_in, upload, words
from tests.utils import Cast

TEXTS = "/en/untoc/bringing-in/texts/"
LIST, SUMMARY = "list_of_observations", "summary"
TEXT = """# Gaps and challenges in the implementation of the provisions under review

## Article 5

The offence has
no definition of **organized** groups.

- First
- Second

## Articles 6 and 8

1. Penalties are low.

2. Corruption of foreign officials is no offence.

# Suggestions

## Article 5

Define the offence.
"""
SHORT = """## Article 5

### Gaps and challenges

The offence has no definition.

### Suggestions

Define the offence.
"""
AGREED = {"sent_on": "2023-05-20", "language": "en"}


def course_to(review: Review, officer: User, step: str) -> Review:
    """A review that stands at a step, since two officers have said so."""
    reached = STEPS_IN_ORDER[: STEPS_IN_ORDER.index(step) + 1]
    days = {f"step:{each}": f"2023-0{number}-10" for number, each in enumerate(reached, start=1)}
    upload(client_of(officer), STEPS, as_csv([{"review": review.code, "step": step, **days}]))
    brought_in(BroughtFile.objects.latest("created_at"))
    return Review.objects.get(pk=review.pk)


def text_of(review: Review, kind: str = LIST, instrument: str = "untoc") -> AgreedText:
    return get_text_to_bring("untoc", review.code, instrument, kind)


def address(review: Review, kind: str = LIST, instrument: str = "untoc") -> str:
    return f"{TEXTS}{review.code}/{instrument}/{kind}/"


def as_markdown(text: str = TEXT, *, name: str = "list.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def as_word(write: Callable[[Any], Any], *, name: str = "list.docx") -> SimpleUploadedFile:
    file, out = docx.Document(), io.BytesIO()
    write(file)
    file.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def post(
    review: Review, officer: User, file: SimpleUploadedFile, kind: str = LIST, instrument: str = "untoc", **more: str
) -> Any:
    return upload(client_of(officer), address(review, kind, instrument), file, **{**AGREED, **more})


def file_of(
    review: Review, officer: User, text: str = TEXT, kind: str = LIST, instrument: str = "untoc", **more: str
) -> BroughtFile:
    page = post(review, officer, as_markdown(text), kind, instrument, **more)
    assert page.status_code == 200, words(page)
    return BroughtFile.objects.latest("created_at")


def problems(text: AgreedText, content: str) -> list[tuple[int, str]]:
    """Line, and what is wrong there."""
    known = known_text(text)
    passages = passages_of(read_written("a.md", content.encode(), known.notes), known)
    return [(each.line, words) for each in passages for words in each.problems.values()]


def the_list(review: Review, instrument: str = "untoc", kind: str = LIST) -> AgreedText:
    return AgreedText.objects.get(review=review, instrument__slug=instrument, kind=kind)


def standing(review: Review, kind: str = LIST) -> TextVersion:
    return the_list(review, kind=kind).versions.get(cancelled_at=None)


def pieces(review: Review, kind: str = LIST) -> list[BroughtPiece]:
    """Those that count, the State under review first."""
    version = standing(review, kind)
    assert version.brought_piece is not None
    rows = BroughtPiece.objects.filter(file=version.brought_piece.file_id)
    return sorted(rows, key=lambda piece: piece.state_party != review.state_under_review)


def say(cast: Cast, person: User, word: StateWord, kind: str = LIST) -> None:
    state = next(part.state_party for part in cast.participations.values() if part.user == person)
    piece = next(piece for piece in pieces(cast.review, kind) if piece.state_party == state)
    say_for_state(actor=person, piece=piece, word=word, reason="A draft." if word == StateWord.OBJECTED else "")


def first_article(text: AgreedText) -> int:
    return articles_under_review(text.review, text.instrument).values_list("number", flat=True)[0]


def all_lists(review: Review, officer: User) -> None:
    for text in AgreedText.objects.filter(review=review, kind=LIST).order_by("instrument__order"):
        content = f"# Suggestions\n\n## Article {first_article(text)}\n\nDo more on {text.instrument.slug}.\n"
        brought_in(file_of(review, officer, content, instrument=text.instrument.slug))
