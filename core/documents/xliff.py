"""XLIFF 2.0, the file of translators' tools: written with what a translation is of, read back with care; pure.

What is asked of a file from outside, and that the same file is written byte for byte again, is ours (docs/adr/0092).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from core.errors import ServiceError

ENDING, CONTENT_TYPE = ".xlf", "application/xliff+xml"
MOST_BYTES = 5_000_000
_MOST_UNITS = 5_000
_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_SPACE = {f"{{{_XML}}}space": "preserve"}
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_BY_TOOLS = {"zh-hans": "zh-Hans"}  # as BCP 47 spells them


@dataclass(frozen=True, slots=True)
class XliffUnit:
    """A segment: its key, what it is (``note``), its words and their translation, empty where there is none.

    ``is_final``: a person has read the translation; one that is not is a draft.
    """

    key: str
    source: str
    target: str = ""
    note: str = ""
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class XliffFile:
    """``key``: of what the file was made; ``original``: what that is called; ``notes``: facts by their category."""

    key: str
    original: str
    source_language: str
    target_language: str
    notes: Sequence[tuple[str, str]]
    units: Sequence[XliffUnit]

    def fact(self, category: str) -> str:
        return dict(self.notes).get(category, "")


def write_xliff(file: XliffFile) -> bytes:
    """The file; the same bytes for the same file."""
    notes = _notes(file.notes)
    units = [_unit(unit) for unit in file.units]
    root = _E.xliff(
        _E.file(*notes, *units, id=file.key, original=file.original),
        version="2.0",
        srcLang=_tag(file.source_language),
        trgLang=_tag(file.target_language),
    )
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def _notes(rows: Iterable[tuple[str, str]]) -> list[Any]:
    """As an element, where there are any."""
    made = [_E.note(words, **({"category": category} if category else {})) for category, words in rows]
    return [_E.notes(*made)] if made else []


def _unit(unit: XliffUnit) -> Any:
    target = [_E.target(unit.target, _SPACE)] if unit.target else []
    state = ("final" if unit.is_final else "translated") if unit.target else "initial"
    notes = _notes([("", unit.note)] if unit.note else [])
    return _E.unit(*notes, _E.segment(_E.source(unit.source, _SPACE), *target, state=state), id=unit.key)


def read_xliff(content: bytes) -> XliffFile:
    """What a file says. Raises ServiceError, by the field ``file``, for one that is none, or that asks too much."""
    root = _parsed(content)
    if root.tag != _q("xliff") or not (root.get("version") or "").startswith("2."):
        if etree.QName(root).localname == "xliff":
            raise _refused(_("This is XLIFF %(version)s. Save it as XLIFF 2.0."), version=root.get("version") or "?")
        raise _refused(_("This is no XLIFF file."))
    files = root.findall(_q("file"))
    if len(files) != 1:
        raise _refused(_("This file holds %(number)s documents; it must hold one."), number=len(files))
    units = [_read_unit(each) for each in files[0].iter(_q("unit"))]
    if len(units) > _MOST_UNITS:
        raise _refused(_("This file holds too many segments."))
    if twice := [key for key, number in Counter(unit.key for unit in units).items() if number > 1]:
        raise _refused(_("The segment %(key)s stands in the file twice."), key=twice[0])
    return XliffFile(
        files[0].get("id") or "",
        files[0].get("original") or "",
        _language(root.get("srcLang")),
        _language(root.get("trgLang")),
        [(note.get("category") or "", _words(note)) for note in files[0].iterfind(f"{_q('notes')}/{_q('note')}")],
        units,
    )


def _parsed(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise _refused(_("This file is larger than %(most)s MB."), most=MOST_BYTES // 1_000_000)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _refused(_("This is no XLIFF file.")) from error
    if root.getroottree().docinfo.doctype:
        raise _refused(_("This file declares a document type, which may stand for anything. Save it without one."))
    return root


def _read_unit(element: Any) -> XliffUnit:
    """The segments into which a tool has divided a unit are one again."""
    parts = [part for part in element if part.tag in {_q("segment"), _q("ignorable")}]
    segments = [part for part in parts if part.tag == _q("segment")]
    is_begun = any(_words(part.find(_q("target"))).strip() for part in segments)
    note = element.find(f"{_q('notes')}/{_q('note')}")
    is_final = all(part.get("state") in {"reviewed", "final"} for part in segments)  # without one it is "initial"
    return XliffUnit(
        element.get("id") or "",
        "".join(_words(part.find(_q("source"))) for part in parts),
        "".join(map(_target_of, parts)) if is_begun else "",
        _words(note),
        is_final or not is_begun,
    )


def _target_of(part: Any) -> str:
    """What stands between segments is often in the original alone."""
    target = part.find(_q("target"))
    return _words(part.find(_q("source")) if target is None and part.tag == _q("ignorable") else target)


def _words(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _tag(language: str) -> str:
    return _BY_TOOLS.get(language, language)


def _language(tag: str | None) -> str:
    """The code here of a tag: tools add a region ("fr-FR")."""
    words = (tag or "").lower()
    return "zh-hans" if words.partition("-")[0] == "zh" else words.partition("-")[0]


def _q(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _refused(message: str, **facts: object) -> ServiceError:
    return ServiceError(message % facts if facts else message, field="file")
