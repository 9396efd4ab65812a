"""Outputs of a review in the six languages, with passages as experts write them, for the tests of what prints them."""

import json
import re
from dataclasses import replace
from pathlib import Path

from core.language.markdown import to_text
from observations.documents.layout import layout_of
from observations.texts.enums import TextKind
from observations.wording.blueprint import Block, Document, public_version
from observations.wording.printed_status import PrintedClearance, PrintedStatus

SHA256 = "3f8a9c0e" * 8
EXPERT = "Ms. Ilse Quandorf"
FOCAL_POINT = "Mr. Abel Tordesilla"
GROUND = "I.tip.33.a"
GROUND_PRINTED = "33 (a)"
SOURCE = "https://statistics.example/trafficking-2021.pdf"

TEXTS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
LANGUAGES = tuple(TEXTS)
STATES = {"ar": "فيسكاريا", "zh-hans": "韦斯卡里亚", "ru": "Вескария"}


def sample(language: str = "en", *, times: int = 1) -> Document:
    """A list of observations; ``times`` its passages over."""
    texts = TEXTS[language]
    passages = enumerate(texts["passages"] * times, start=3)
    blocks = (
        Block("heading", texts["introduction"], level=1),
        Block("paragraph", texts["fixed"], number=1),
        Block("heading", texts["process"], level=1),
        Block("paragraph", texts["named"].format(expert=EXPERT), number=2, public_text=texts["unnamed"]),
        Block("remark", texts["sources"]),
        Block("item", "Trafficking statistics 2021, pp. 3–5", link=SOURCE),
        Block("item", "تقرير المرصد الوطني"),
        Block("heading", texts["section"], level=1),
        Block("heading", texts["gaps"], level=2),
        Block("heading", texts["articles"], level=3),
        *(_passage(text, number, (GROUND, "I.tip.5") if number == 3 else ()) for number, text in passages),
        Block("heading", texts["practices"], level=2),
        Block("remark", texts["nothing"]),
    )
    kind = TextKind.LIST_OF_OBSERVATIONS
    return Document(kind, "untoc", "1-XVE", "tip", language, "1-XVE/TIP/LO", texts["title"], texts["note"], blocks)


def _passage(text: str, number: int, grounds: tuple[str, ...]) -> Block:
    return Block("paragraph", text, number=number, is_written=True, grounds=grounds)


def draft(language: str = "en") -> PrintedStatus:
    name = "Mechanism for the Review of the Implementation of the United Nations Convention against Transnational "
    name += "Organized Crime and the Protocols thereto"
    if language == "ar":
        name = "آلية استعراض تنفيذ اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية والبروتوكولات الملحقة بها"
    cleared_at = "3 مارس 2022، 14:02" if language == "ar" else "3 Mar 2022, 14:02"
    clearances = (PrintedClearance(STATES.get(language, "Veskaria"), FOCAL_POINT, cleared_at, SHA256),)
    state = STATES.get(language, "Veskaria")
    return PrintedStatus(name, state, 2, SHA256, is_agreed=False, is_public=False, clearances=clearances)


def agreed(language: str = "en") -> PrintedStatus:
    return replace(draft(language), is_agreed=True, agreed_on="4 مارس 2022" if language == "ar" else "4 March 2022")


def public(language: str = "en") -> tuple[Document, PrintedStatus]:
    """What an outsider reads, and how it stands."""
    return public_version(sample(language)), replace(agreed(language), is_public=True)


def printed_words(document: Document, status: PrintedStatus) -> list[str]:
    """What a reader must find, in order: the title, and number, words, link and grounds of each block."""
    words = [document.title + ("*" if document.note else "")]
    for line in layout_of(document, status).lines:
        words.append(line.marker + (to_text(line.text) if line.is_written else line.text))
        if line.link:
            words.append(f"({line.link})")
        words.append(line.grounds)
    return words


def squeezed(*texts: str) -> str:
    """Without white space, so that it does not matter where lines end, and without signs that only isolate."""
    return re.sub(r"[\s\u2066-\u2069]+", "", "".join(texts))
