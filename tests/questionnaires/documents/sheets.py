"""A completed questionnaire in the six languages, without a database: for the tests of what prints it, and samples."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from core.documents.copies import copy_words
from core.documents.facts import PrintedFact
from core.language.i18n import babel_locale, code_in_files
from core.time.dates import day_in_words
from questionnaires.definitions import PlacedSection
from questionnaires.documents.akn import answers_as_akn
from questionnaires.documents.layout import PrintedAnswers, printed_answers
from questionnaires.documents.pages import answers_as_html, answers_as_pdf
from questionnaires.documents.word import answers_as_word
from questionnaires.files import load_definitions
from questionnaires.progress import EMPTY, AnswerSnapshot, ItemState, ReadPart, ReadSection
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from reviews.symbols import PrintedSymbol
from reviews.symbols.enums import Distribution
from tests.observations.documents.agreed_samples import FOCAL_POINT, SHA256, STATES, TEXTS

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "mechanisms" / "untoc"
DAY, SENT_AT = dt.date(2022, 3, 4), dt.datetime(2022, 3, 3, 14, 2, tzinfo=dt.UTC)
LAW = {"law": "Criminal Code (Act 12)", "provision": "ss. 211–214 (a)", "link": "https://laws.example/cc"}
_ITEMS = 12
PRINTERS: dict[str, Callable[[PrintedAnswers], bytes]] = {
    "pdf": answers_as_pdf,
    "docx": answers_as_word,
    "html": answers_as_html,
    "xml": answers_as_akn,
}


def printed(language: str, ending: str, *, is_draft: bool = False) -> bytes:
    """One instrument's questions on trafficking with answers in a language, as a file."""
    with translation.override(language):
        return PRINTERS[ending](sheet(language, is_draft=is_draft))


def sheet(language: str, *, is_draft: bool = False) -> PrintedAnswers:
    """In the active language, which is to be the same."""
    definition = load_definitions(FOLDER)[0]
    part = next(each for each in definition.parts if each.instrument == "tip")
    section = replace(part.sections[0], items=part.sections[0].items[:_ITEMS])
    answers = _answers(language)
    items = tuple(ItemState(item, answers.get(item.number, EMPTY), None) for item in section.items)
    reference = json.loads((FOLDER / "mechanism.json").read_text("utf-8"))
    code = code_in_files(language)
    review = Review(code="1-XVE")
    review.mechanism = Mechanism(slug="untoc", name=reference["name"][code])
    review.state_under_review = StateParty(iso3="XVE", name=STATES.get(language, "Veskaria"))
    short = next(row["short_name"][code] for row in reference["instruments"] if row["slug"] == "tip")
    day = day_in_words(DAY, "long", babel_locale(language))
    frozen = {} if is_draft else {"version": 1, "sha256": SHA256}
    status = _("Draft of %(time)s, not cleared and not sent") if is_draft else _("Version %(number)s, sent %(time)s")
    return printed_answers(
        review,
        definition,
        (ReadPart(part, (ReadSection(PlacedSection(UUID(int=1), part, section), items),)),),
        instruments={"tip": short},
        answers_language=language,
        status_words=status % {"time": day, "number": 1},
        own_facts=[PrintedFact(_("Checksum (SHA-256)"), SHA256, is_hash=True)],
        official_symbol=PrintedSymbol("CTOC/COP/WG.10/2022/CRP.2", Distribution.RESTRICTED, DAY, "en"),
        copy=copy_words(FOCAL_POINT, SENT_AT),
        day=DAY,
        **frozen,
    )


def _answers(language: str) -> dict[tuple[str, ...], AnswerSnapshot]:
    """The passages as experts write them, by the number of the question; the others are not answered."""
    first, second, third = TEXTS[language]["passages"]
    return {
        ("33",): _answer(choices=("Yes, in part",)),
        ("33", "a"): _answer(first, citations=(LAW,)),
        ("34",): _answer(second),
        ("35",): _answer(choices=("No",)),
        ("35", "a"): _answer(third),
        ("36", "a"): _answer(choices=("Yes",)),
    }


def _answer(
    text: str = "", choices: tuple[str, ...] = (), citations: tuple[Mapping[str, str], ...] = ()
) -> AnswerSnapshot:
    return AnswerSnapshot(choices, text, citations, 1, None, "")
