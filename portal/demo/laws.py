"""The legal library of a State of the demo, entered before its answers cite it; some of what they cite is not in it."""

import datetime as dt

from accounts.people.models import User
from portal.demo.phrases import PhraseBank
from portal.demo.plan import read
from questionnaires.laws import LawInput, add_law
from reviews.cases.models import Review

_DAYS = ("dated", "since")


def enter_laws(review: Review, author: User, bank: PhraseBank, english: PhraseBank) -> None:
    """Titles are those that the answers use; a State that answers in another language gives them in English too."""
    for row in read("laws.json"):
        facts = {name: value for name, value in row.items() if name != "law"}
        days = {name: dt.date.fromisoformat(facts[name]) for name in _DAYS if name in facts}
        translation = english.law(row["law"]) if bank.language != english.language else ""
        given = LawInput(bank.law(row["law"]), translation=translation, language=bank.language, **{**facts, **days})
        add_law(actor=author, review=review, given=given)
