"""Sources that the tests of the dialogue's pages write, through the services, and the addresses of those pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from dialogue.exchange.models import SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from tests.at_once import add_supplement, send_supplement
from tests.utils import Cast

REVIEW = "/en/untoc/reviews/1-XVE/"
DIALOGUE, CONCLUDE = f"{REVIEW}dialogue/", f"{REVIEW}dialogue/conclude/"
ADD, MEETING = f"{REVIEW}supplements/add/", f"{REVIEW}meetings/add/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CANARY = "Canary of the room"
OUTSIDE = {"stranger": 404, "bystander": 404}


def pdf(name: str = "law.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def draft(cast: Cast, title: str = CANARY, *, file: SimpleUploadedFile | None = None) -> SupplementaryInformation:
    given = SupplementInput(title=title, pages="3–5", link="https://laws.example/1", file=file)
    return add_supplement(actor=cast.expert, review=cast.review, given=given)


def sent(cast: Cast, title: str = "Penal Code", *, file: SimpleUploadedFile | None = None) -> SupplementaryInformation:
    return send_supplement(actor=cast.focal_point, supplement=draft(cast, title, file=file))


def page_of(supplement: SupplementaryInformation, act: str = "") -> str:
    return f"{REVIEW}supplements/{supplement.pk}/{act}"


def text_of(page: Any) -> str:
    return page.content.decode()
