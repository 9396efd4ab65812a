"""Laws for the tests, entered as a person would, and answers that cite them."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from questionnaires.laws.models import Law, LawFile
from questionnaires.laws.services import LawFileInput, add_law, add_law_file
from questionnaires.laws.validators import LawInput
from tests.reviews.nominations.notes import PDF
from tests.utils import Cast, save

PENAL_CODE = "Penal Code, 1999"
REPEALED_ON = dt.date(2025, 5, 3)


def enter(cast: Cast, title: str = PENAL_CODE, *, actor: User | None = None, **more: Any) -> Law:
    return add_law(actor=actor or cast.expert, review=cast.review, given=LawInput(title, **more))


def put_file(cast: Cast, law: Law, title: str = "The whole text", content: bytes = PDF, **more: Any) -> LawFile:
    file = SimpleUploadedFile(more.pop("name", "penal-code.pdf"), content, "application/pdf")
    given = LawFileInput(title, more.pop("language", "en"), file)
    return add_law_file(actor=more.pop("actor", cast.expert), review=cast.review, law=law.pk, given=given)


def cited(law: str, provision: str = "", link: str = "") -> dict[str, str]:
    return {"law": law, "provision": provision, "link": link}


def cite(cast: Cast, code: str, *citations: dict[str, str], base: int = 0) -> None:
    save(cast.response, cast.expert, code, text="As the law says.", citations=citations, base=base)  # type: ignore[arg-type]
