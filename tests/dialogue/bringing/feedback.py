"""Files of feedback, as officers would make them."""

import io
from collections.abc import Callable
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from accounts.states.models import StateParty
from dialogue.bringing.feedback import known_places, read_feedback
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.questionnaires.bringing.answers import SENT, client_of
from tests.reviews.bringing.files import upload, words

FEEDBACK = "/en/untoc/bringing-in/feedback/"
UNTOC = "United Nations Convention against Transnational Organized Crime"
TEXT = f"""# {UNTOC}

The two experts thank
the State under review.

## Article 5

The offence is wide.

- First
- Second

## I.untoc.5 The question as it was printed

Which court has **decided** on it?
"""


def as_markdown(text: str = TEXT, *, name: str = "feedback.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def as_word(write: Callable[[Any], Any], *, name: str = "feedback.docx") -> SimpleUploadedFile:
    file, out = docx.Document(), io.BytesIO()
    write(file)
    file.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def address(review: Review, state: StateParty) -> str:
    return f"{FEEDBACK}{review.code}/{state.iso3}/"


def post(review: Review, state: StateParty, officer: User, file: SimpleUploadedFile, **more: str) -> Any:
    return upload(client_of(officer), address(review, state), file, **{**SENT, "sent_on": "2023-01-20", **more})


def file_of(review: Review, state: StateParty, officer: User, text: str = TEXT, **more: str) -> BroughtFile:
    page = post(review, state, officer, as_markdown(text), **more)
    assert page.status_code == 200, words(page)
    return BroughtFile.objects.latest("created_at")


def problems(review: Review, state: StateParty, text: str) -> list[tuple[int, str]]:
    """Line, and what is wrong there."""
    passages = read_feedback("a.md", text.encode(), known_places(review, state))
    return [(each.line, words) for each in passages for words in each.problems.values()]
