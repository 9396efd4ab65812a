"""The legal library of a State of the demo, entered before its answers cite it; some of what they cite is not in it."""

import datetime as dt

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from core.files.storage import PDF
from portal.demo.phrases import PhraseBank
from portal.demo.plan import read
from questionnaires.laws import LawFileInput, LawInput, add_law, add_law_file
from reviews.cases.models import Review

_DAYS = ("dated", "since")


def enter_laws(review: Review, author: User, bank: PhraseBank, english: PhraseBank) -> None:
    """Titles are those that the answers use; a State that answers in another language gives them in English too."""
    for row in read("laws.json"):
        facts = {name: value for name, value in row.items() if name not in {"law", "file"}}
        if "text" in facts:
            facts["text"] = bank.law(facts["text"])
        days = {name: dt.date.fromisoformat(facts[name]) for name in _DAYS if name in facts}
        translation = english.law(row["law"]) if bank.language != english.language else ""
        given = LawInput(bank.law(row["law"]), translation=translation, language=bank.language, **{**facts, **days})
        law = add_law(actor=author, review=review, given=given)
        if "file" in row:
            content = (settings.FIXTURES_DIR / "demo" / row["file"]).read_bytes()
            file = SimpleUploadedFile(row["file"], content, PDF)
            text = LawFileInput("The whole text, as amended", "en", file)
            add_law_file(actor=author, review=review, law=law.pk, given=text)
