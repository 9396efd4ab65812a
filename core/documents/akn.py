"""Akoma Ntoso (OASIS LegalDocML 1.0, in the United Nations' profile AKN4UN): elements and metadata; knows no reviews.

What stands in an element is what stands on paper; what people wrote is read as everywhere (``core.language.markdown``).
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker
from markdown_it.tree import SyntaxTreeNode

from core.documents.blocks import web_or_mail
from core.language.i18n import direction_of
from core.language.markdown import inline_tokens, tokens

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
PORTAL = "urn:country-review-portal"  # of what AKN has no element for
SOURCE = "#un"
_ORGANIZATION = "/akn/ontology/organization"
LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh-hans": "zho"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_ADDRESS = re.compile(r"[^a-zA-Z0-9.-]+")
E: Any = ElementMaker(namespace=AKN, nsmap={None: AKN, "portal": PORTAL})
P: Any = ElementMaker(namespace=PORTAL, nsmap={"portal": PORTAL})


def plain(text: str) -> str:
    """Without the few characters that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def in_address(text: str) -> str:
    """As part of an address: a symbol has its slashes as hyphens."""
    return _NO_ADDRESS.sub("-", text).strip("-")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is (FRBR): ``number`` within its ``name`` (such as "listOfObservations").

    ``day`` is that of the document, ``text_day`` that of this text. ``version``: that of this text, and the SHA-256 of
    what was frozen; empty where nothing was.
    """

    name: str
    number: str
    day: dt.date
    text_day: dt.date
    language: str
    version: int
    sha256: str

    @property
    def work(self) -> str:
        return f"/akn/un/doc/{self.name}/{self.day.isoformat()}/{in_address(self.number)}"

    @property
    def expression(self) -> str:
        version = f":v{self.version}-{self.sha256[:12]}" if self.sha256 else ":draft"
        return f"{self.work}/{LANGUAGES[self.language]}@{self.text_day.isoformat()}{version}"


@dataclass(frozen=True, slots=True)
class AknReference:
    """Somebody or something that the document speaks of; ``kind``: such as "TLCOrganization"."""

    kind: str
    key: str
    address: str
    shown: str


@dataclass(frozen=True, slots=True)
class TranslatedFrom:
    """Of a translation: the address of what it is of, and its language. ``is_equal``: it is as authoritative."""

    address: str
    language: str
    is_equal: bool

    @property
    def element(self) -> Any:
        authoritative = "true" if self.is_equal else "false"
        language = LANGUAGES[self.language]
        return E.FRBRtranslation(href=self.address, fromLanguage=language, authoritative=authoritative, by="#author")


def identification(
    identity: Identity, *, alias: str, is_final: bool, is_original: bool, translated: TranslatedFrom | None = None
) -> Any:
    """The three levels of a document, each with its addresses, its day and who made it."""

    def level(name: str, address: str, of_day: str, *more: Any) -> Any:
        day = (identity.day if name == "FRBRWork" else identity.text_day).isoformat()
        return getattr(E, name)(
            E.FRBRthis(value=f"{address}/!main" if name != "FRBRManifestation" else address),
            E.FRBRuri(value=address),
            *([E.FRBRalias(value=plain(alias), name="symbol")] if name == "FRBRWork" else []),
            E.FRBRdate(date=day, name=of_day),
            E.FRBRauthor(href=SOURCE, **{"as": "#author"}),
            *more,
        )

    work = level(
        "FRBRWork", identity.work, "document", E.FRBRcountry(value="un"), E.FRBRsubtype(value=identity.name),
        E.FRBRnumber(value=in_address(identity.number)), E.FRBRname(value=identity.name),
        E.FRBRprescriptive(value="false"), E.FRBRauthoritative(value="true" if is_final else "false"),
    )  # fmt: skip
    expression = level(
        "FRBRExpression", identity.expression, "expression",
        *([E.FRBRversionNumber(value=identity.sha256)] if identity.sha256 else []),
        E.FRBRauthoritative(value="true" if is_final and is_original else "false"),
        E.FRBRlanguage(language=LANGUAGES[identity.language]),
        *([translated.element] if translated else []),
    )  # fmt: skip
    file = f"{identity.expression}.akn.xml"
    manifestation = level("FRBRManifestation", file, "manifestation", E.FRBRformat(value="application/akn+xml"))
    return E.identification(work, expression, manifestation, source=SOURCE)


def references(given: Iterable[AknReference]) -> Any:
    return E.references(
        *(getattr(E, each.kind)(eId=each.key, href=each.address, showAs=plain(each.shown)) for each in given),
        source=SOURCE,
    )


def usual_references(mechanism: str, mechanism_name: str, states: Iterable[tuple[str, str]]) -> Any:
    """The United Nations, the mechanism by its slug, each State by its code with its name, and what each is in it."""
    states_named = (
        AknReference("TLCOrganization", f"state_{code.lower()}", f"{_ORGANIZATION}/{code}", name)
        for code, name in states
    )
    return references(
        [
            AknReference("TLCOrganization", "un", f"{_ORGANIZATION}/un", "United Nations"),
            AknReference("TLCOrganization", "mechanism", f"{_ORGANIZATION}/un/{mechanism}", mechanism_name),
            *states_named,
            AknReference("TLCRole", "author", "/akn/ontology/role/author", "Author"),
        ]
    )


def proprietary(facts: Mapping[str, str]) -> Any:
    """What AKN has no element for, under names of the portal's own."""
    return E.proprietary(*(getattr(P, name)(plain(text)) for name, text in facts.items() if text), source=SOURCE)


def as_bytes(name: str, language: str, parts: Sequence[Any]) -> bytes:
    """The file: one document of the class ``doc``, whose parts come in their order (meta, preface, mainBody …)."""
    for part in parts:
        if part.tag != f"{{{AKN}}}meta":
            in_language(part, language)
    root = E.akomaNtoso(E.doc(*parts, name=name))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def in_language(element: Any, language: str) -> Any:
    """Say in which language an element is, where that is another than the file's."""
    element.set(_XML_LANG, language)
    return element


# --- What people wrote


def passage(text: str) -> list[Any]:
    """A text in Markdown as blocks: paragraphs, lists, tables; what runs to the left says so."""
    blocks = list(_blocks(SyntaxTreeNode(tokens(plain(text))).children))
    return blocks or [E.p()]


def line(text: str) -> list[Any]:
    """What stands in one line of official text, with its emphasis."""
    return [part for node in SyntaxTreeNode(inline_tokens(plain(text))).children for part in _inline(node)]


def _blocks(nodes: Iterable[SyntaxTreeNode], kind: str = "") -> Iterable[Any]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield _paragraph(node, kind)
            case "heading":  # headings belong to the blueprint
                yield E.p(E.b(*_inline(node)))
            case "bullet_list" | "ordered_list":
                yield _list(node)
            case "blockquote":
                yield from _blocks(node.children, "quote")
            case "fence" | "code_block":
                yield E.p(*_lines(plain(node.content).rstrip("\n")), **{"class": "code"})
            case "table":
                yield _table(node)


def _paragraph(node: SyntaxTreeNode, kind: str) -> Any:
    paragraph = E.p(*_inline(node))
    if kind:
        paragraph.set("class", kind)
    if direction_of("".join(paragraph.itertext())) == "rtl":
        paragraph.set("style", "direction: rtl")
    return paragraph


def _list(node: SyntaxTreeNode) -> Any:
    """The numbers of a list are part of the words: each stands in its item."""
    first, items = int(node.attrs.get("start", 1)), []
    for place, child in enumerate(node.children, start=first):
        item = E.li()
        for block in child.children:
            item.extend(_in_item(block))
        if node.type == "ordered_list":
            item.set("value", f"{place}.")
        items.append(item)
    return (E.ol if node.type == "ordered_list" else E.ul)(*items)


def _in_item(block: SyntaxTreeNode) -> Iterable[Any]:
    """An item of a list holds paragraphs and lists alone."""
    if block.type == "blockquote":
        for child in block.children:
            yield from _in_item(child)
    elif block.type == "table":
        yield E.p(*_flat(block))
    else:
        yield from _blocks([block])


def _flat(node: SyntaxTreeNode) -> list[Any]:
    """A table where none can stand: its rows as lines."""
    rows = [row for part in node.children for row in part.children]
    parts: list[Any] = []
    for row in rows:
        parts += [E.eol()] if parts else []
        for number, cell in enumerate(row.children):
            parts += [" | "] if number else []
            parts += _inline(cell)
    return parts


def _table(node: SyntaxTreeNode) -> Any:
    rows = []
    for row in (row for part in node.children for row in part.children):
        cells = [(E.th if cell.type == "th" else E.td)(E.p(*_inline(cell))) for cell in row.children]
        rows.append(E.tr(*cells))
    return E.table(*rows)


def _inline(node: SyntaxTreeNode) -> list[Any]:
    parts: list[Any] = []
    for child in node.children:
        match child.type:
            case "text":
                parts.append(plain(child.content))
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append(E.eol())
            case "code_inline":
                parts.append(E.inline(plain(child.content), name="code"))
            case "strong":
                parts.append(E.b(*_inline(child)))
            case "em":
                parts.append(E.i(*_inline(child)))
            case "link":
                address = web_or_mail(str(child.attrs["href"]))
                parts += [E.a(*_inline(child), href=address)] if address else _inline(child)
            case "inline":
                parts += _inline(child)
    return parts


def _lines(text: str) -> list[Any]:
    parts: list[Any] = []
    for number, line in enumerate(text.split("\n")):
        parts += [E.eol(), line] if number else [line]
    return parts
