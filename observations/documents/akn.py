"""A list of observations or a summary as Akoma Ntoso, for the programs of archives and libraries."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from core.documents.akn import (
    E,
    Identity,
    TranslatedFrom,
    as_bytes,
    identification,
    in_language,
    passage,
    plain,
    proprietary,
    usual_references,
)
from core.documents.progress import Progress, unheard
from observations.documents.layout import Annex, Layout, PrintedLine, layout_of
from observations.texts.enums import TextKind
from observations.wording import Document, PrintedStatus

_NAMES = {TextKind.LIST_OF_OBSERVATIONS: "listOfObservations", TextKind.SUMMARY: "summary"}
_LEVELS = (("section", "sec"), ("subsection", "subsec"), ("hcontainer", "hcontainer"))


def render_text_akn(document: Document, status: PrintedStatus, *, progress: Progress = unheard) -> bytes:
    """Write a frozen document as it stands. ``progress`` is told per cent. Raises ValueError."""
    layout = layout_of(document, status)
    name = _NAMES[TextKind(document.kind)]
    parts = [
        _meta(name, document, status, layout),
        _preface(document, status, layout),
        _Body(layout).element,
        E.conclusions(*_conclusions(status, layout)),
    ]
    progress(80)
    content = as_bytes(name, document.language, [part for part in parts if len(part)])
    progress(100)
    return content


def _meta(name: str, document: Document, status: PrintedStatus, layout: Layout) -> Any:
    day = status.day or timezone.localdate()
    dated_on = status.symbol.dated_on if status.symbol else day
    identity = Identity(name, layout.symbol, dated_on, day, document.language, status.version, status.sha256)
    is_original = status.symbol is None or status.symbol.original == document.language
    if status.original:
        is_original = status.is_agreed_here
    return E.meta(
        identification(
            identity,
            alias=layout.symbol,
            is_final=status.is_agreed,
            is_original=is_original,
            translated=_translated(identity, status),
        ),
        usual_references(
            document.mechanism, status.mechanism_name, ((party.code, party.name) for party in status.parties)
        ),
        proprietary(
            {
                "status": "agreed" if status.is_agreed else "proposed" if status.version else "draft",
                "statusInWords": layout.status,
                "distribution": layout.facts[0],
                "readers": _readers(status),
                "review": document.review,
                "instrument": document.instrument,
                "sha256": status.sha256,
                "broughtIn": "true" if status.brought_in else "",
                "translation": ("agreed" if status.is_agreed_here else "courtesy") if status.original else "",
            }
        ),
    )


def _translated(identity: Identity, status: PrintedStatus) -> TranslatedFrom | None:
    if not status.original:
        return None
    original = replace(identity, language=status.original, sha256=status.original_sha256)
    return TranslatedFrom(original.expression, status.original, status.is_agreed_here)


def _readers(status: PrintedStatus) -> str:
    if status.is_public:
        return "statesParties" if status.readers else "public"
    return "statesOfTheReview"


def _preface(document: Document, status: PrintedStatus, layout: Layout) -> Any:
    around = layout.language
    stage = [in_language(E.p(E.docStage(layout.watermark)), around)] if layout.watermark else []
    title: list[Any] = [plain(document.title)]
    if document.note:
        title.append(E.authorialNote(E.p(plain(document.note)), marker="*", placement="bottom"))
    return E.preface(
        E.p(E.docProponent(status.mechanism_name)),
        in_language(E.p(E.docType(layout.kind)), around),
        E.p(E.docNumber(layout.symbol)),
        *(in_language(E.p(fact), around) for fact in layout.facts),
        *stage,
        E.p(E.docTitle(*title)),
    )


class _Body:
    """The blocks in the headings over them, each with the id by which it is cited."""

    def __init__(self, layout: Layout) -> None:
        self.language = layout.language
        self.element = E.mainBody()
        self.over: list[tuple[Any, str]] = []  # the headings over what comes next, with their ids
        self.numbers: dict[str, int] = {}
        items: list[PrintedLine] = []
        before: PrintedLine | None = None
        for line in layout.lines:
            if line.kind == "item":
                items.append(line)
                continue
            self._items(items, before)
            items, before = [], line
            self._line(line)
        self._items(items, before)

    def _line(self, line: PrintedLine) -> None:
        if line.kind == "heading":
            self._heading(line)
        elif line.marker:
            words = passage(line.text) if line.is_written else [E.p(plain(line.text))]
            if line.grounds:
                grounds = in_language(E.p(plain(line.grounds)), self.language)
                grounds.set("class", "grounds")
                words.append(grounds)
            number = "".join(sign for sign in line.marker if sign.isdecimal())
            self._add(E.paragraph(E.num(line.marker), E.content(*words), eId=f"para_{int(number)}"))
        else:
            self._add(E.hcontainer(E.content(E.p(plain(line.text))), name="remark", eId=self._id("hcontainer")))

    def _heading(self, line: PrintedLine) -> None:
        level = min(line.level, len(_LEVELS))
        del self.over[level - 1 :]
        tag, short = _LEVELS[level - 1]
        key = self._id(short)
        heading = getattr(E, tag)(
            *([E.num(line.marker)] if line.marker else []), E.heading(plain(line.text)), eId=key,
            **({"name": "articles"} if tag == "hcontainer" else {}),
        )  # fmt: skip
        self._add(heading)
        self.over.append((heading, key))

    def _items(self, items: Sequence[PrintedLine], before: PrintedLine | None) -> None:
        """Below what was written they are needs of technical assistance, elsewhere sources."""
        if not items:
            return
        name = "needs" if before and before.kind == "paragraph" and before.is_written else "sources"
        links = [[" (", E.a(item.link, href=item.link), ")"] if item.link else [] for item in items]
        rows = [E.li(plain(item.text), *link) for item, link in zip(items, links, strict=True)]
        self._add(E.hcontainer(E.content(E.ul(*rows)), name=name, eId=self._id("hcontainer")))

    def _add(self, element: Any) -> None:
        (self.over[-1][0] if self.over else self.element).append(element)

    def _id(self, short: str) -> str:
        """By the naming convention: what is over it, what it is, and its number there."""
        prefix = f"{self.over[-1][1]}__{short}" if self.over else short
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}_{self.numbers[prefix]}"


def _conclusions(status: PrintedStatus, layout: Layout) -> list[Any]:
    """What stands below the text: who has cleared it, for the States of the review; for others its checksum."""
    if layout.annex:
        return [in_language(block, layout.language) for block in _annex(layout.annex, status)]
    if layout.checksum:
        return [in_language(E.p(f"{layout.checksum} {status.sha256}"), layout.language)]
    return []


def _annex(annex: Annex, status: PrintedStatus) -> list[Any]:
    blocks = [E.p(E.b(annex.heading)), E.p(annex.introduction)]
    if annex.rows:
        head = E.tr(*(E.th(E.p(column)) for column in annex.columns))
        blocks.append(E.table(head, *(E.tr(*(E.td(E.p(plain(cell))) for cell in row)) for row in annex.rows)))
    return [*blocks, E.p(annex.how_to_check), E.p(status.sha256)]
