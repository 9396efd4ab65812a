"""Word, Excel and OpenDocument: a ZIP file of XML, of the kind that its name says, that neither acts nor fetches."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.parsers import expat

from core.files.uploads.archives import entries_of, is_container, unpack
from core.files.uploads.formulas import reaches_out
from core.files.uploads.kinds import (
    ACCEPTED,
    calculates_from_outside,
    damaged,
    fetches,
    has_macros,
    holds_files,
    locked,
    not_what_it_says,
    two_kinds_at_once,
)
from core.files.uploads.sniffing import OLE, is_file

__all__ = ["check_container", "is_container"]

_TYPES, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_FIRST = {_TYPES, _MIMETYPE, _MANIFEST}  # they say what the others are
_MACROS = re.compile(r"(.*vbaproject.*|.*vbadata\.xml|(basic|scripts)/.*|xl/macrosheets/.*|.*/activex/.*)")
_PROGRAMS = {
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".html", ".htm",
    ".xhtml", ".class", ".jar", ".swf", ".lnk", ".php", ".sh", ".py", ".mf",
}  # fmt: skip
_LINKS = {"http", "https", "mailto", "tel"}
_TEXT_LINKS = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0 a",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 a",
}
_ENCRYPTED = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 encryption-data"
_TEMPLATE = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0 template"  # says where it came from; nothing is fetched
_ACTIVE = re.compile(
    r"urn:oasis:names:tc:opendocument:xmlns:script:1\.0 .*|.* (dde-source|dde-links?|dde-connection-decls?)"
    r"|urn:oasis:names:tc:opendocument:xmlns:text:1\.0 (script|execute-macro)"
    r"|urn:oasis:names:tc:opendocument:xmlns:drawing:1\.0 (applet|plugin)"
)
# Instructions of fields of Word that ask another program or another machine, or that start something: the first word
# of a field, however it is written, and the three that are meant wherever they stand.
_FIELDS = re.compile(
    r"(?:^|\n)\s*(?:DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)
_DDE = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b")
_FIELD_LINK = re.compile(r'(?:^|\n)\s*HYPERLINK\s+"([^"\n]*)"', re.IGNORECASE)
# Elements of Excel and Word that do so, by name and whatever their namespace.
_FETCHING_ELEMENTS = {
    "ddeLink", "oleLink", "externalBook", "connection", "queryTable", "webPr", "dbPr", "olapPr", "DataMashup",
    "mailMerge", "altChunk", "subDoc", "frameset",
}  # fmt: skip
_OBJECTS = {"OLEObject", "oleObject", "oleObjects"}
_FORMULAS = {
    "f", "formula", "formula1", "formula2", "oldFormula", "definedName", "calculatedColumnFormula", "totalsRowFormula",
    "sourceExpression",
}  # fmt: skip
_VML = "urn:schemas-microsoft-com:vml "
_RELATIONS_INSIDE = (
    "/oleobject", "/package", "/attachedtemplate", "/afchunk", "/subdocument", "/frame", "/control", "/vbaproject",
    "/xlmacrosheet", "/externallink", "/externallinkpath", "/connections", "/querytable",
)  # fmt: skip
# A part in which none of these words stands is not looked at element by element: a sheet has a million of them.
_MARKS = re.compile(
    rb"<(?:\w+:)?(?:f|formula\w*|oldFormula|definedName|calculatedColumnFormula|totalsRowFormula|sourceExpression|"
    rb"ddeLink|oleLink|externalBook|connection|queryTable|webPr|dbPr|olapPr|DataMashup|mailMerge|altChunk|subDoc|"
    rb"frameset|OLEObject|oleObjects?|instrText|delInstrText|fldSimple|fldChar)\b|schemas-microsoft-com:vml"
)
# Encodings in which those words would be other bytes are read in any case.
_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<[^?]|<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding\s*=\s*[\"'](?:utf-8|us-ascii)[\"'])",
    re.IGNORECASE,
)
_FALSE = {"0", "false"}
_XLINK = "http://www.w3.org/1999/xlink href"


def check_container(ending: str, content: bytes) -> None:
    """Raises UploadError. Every entry is unpacked once, to see that it is what it says; limits: ``archives``."""
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise locked()
    entries = entries_of(content)
    names = [entry.name for entry in entries]
    _check_names(ending, names)
    for entry in sorted(entries, key=lambda entry: entry.name not in _FIRST):
        _check_entry(ending, entry.name, unpack(content, entry))


def _check_names(ending: str, names: list[str]) -> None:
    telling, foreign = (_MIMETYPE, _TYPES) if ending == ".odt" else (_TYPES, _MIMETYPE)
    if telling not in names:
        raise not_what_it_says()
    if foreign in names:
        raise two_kinds_at_once()
    if any(_MACROS.fullmatch(name.lower()) for name in names):
        raise has_macros()
    for name in names:
        path = PurePosixPath(name)
        if name.startswith("/") or "\\" in name or "\x00" in name or ".." in path.parts or ":" in name:
            raise damaged()
        if path.suffix.lower() in _PROGRAMS or "embeddings" in path.parts:
            raise holds_files()


def _check_entry(ending: str, name: str, content: bytes) -> None:
    if name == _MIMETYPE:
        if content.strip() != ACCEPTED[ending].encode():
            raise not_what_it_says()
    elif is_file(content):
        raise holds_files()
    elif PurePosixPath(name).suffix.lower() in {".xml", ".rels", ".rdf"} and content:
        _Part(ending, name).read(content)


class _Part:
    """Reads one part of XML: no declarations of entities, and nothing that acts or is fetched without a click."""

    def __init__(self, ending: str, name: str) -> None:
        self.ending, self.name = ending, name
        self.types: set[str] = set()
        self.instructions: list[str] = []
        self.formula: list[str] = []
        self.reading = ""

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._declares
        parser.EntityDeclHandler = self._declares
        if self.name == _TYPES or self.name.endswith(".rels") or self.ending == ".odt":
            parser.StartElementHandler = self._starts
        elif _MARKS.search(content) or not _ENCODING.match(content):
            parser.StartElementHandler, parser.CharacterDataHandler = self._starts_in_office, self._says
            parser.EndElementHandler = self._ends
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise damaged() from error
        if self.name == _TYPES:
            self._check_types()
        self._check_fields("".join(self.instructions))

    def _check_fields(self, instructions: str) -> None:
        links = (address.replace("\\\\", "\\") for address in _FIELD_LINK.findall(instructions))
        if _FIELDS.search(instructions) or _DDE.search(instructions) or not all(map(_is_link, links)):
            raise fetches()

    def _declares(self, *args: object) -> None:
        raise two_kinds_at_once()

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if self.name == _TYPES:
            self.types.add(attributes.get("ContentType", "").lower())
        elif element == "Relationship" and not _is_safe_relation(attributes):
            raise fetches()
        elif self.ending == ".odt":
            self._check_element(name, attributes)

    def _check_element(self, name: str, attributes: dict[str, str]) -> None:
        if name == _ENCRYPTED:
            raise locked()
        if _ACTIVE.fullmatch(name):
            raise has_macros()
        if any(key.rpartition(" ")[2] == "formula" and reaches_out(value) for key, value in attributes.items()):
            raise calculates_from_outside()
        if name == _TEMPLATE:
            return
        address = attributes.get(_XLINK, "")
        if not (_is_link(address) if name in _TEXT_LINKS else _is_inside(address)):
            raise fetches()

    def _starts_in_office(self, name: str, attributes: dict[str, str]) -> None:
        element = self.reading = name.rpartition(" ")[2]
        if element in _FETCHING_ELEMENTS:
            raise fetches()
        if element in _OBJECTS:
            raise holds_files()
        if name.startswith(_VML) and not _is_inside(attributes.get("src", "")):
            raise fetches()
        if element == "definedName" and not _FALSE.issuperset(
            attributes.get(each, "0") for each in ("xlm", "vbProcedure", "function")
        ):
            raise has_macros()
        if element == "fldChar":
            self.instructions.append("\n")  # one field ends before another begins; a word does not run over it
        self.instructions += [f"\n{each}\n" for key, each in attributes.items() if key.rpartition(" ")[2] == "instr"]

    def _says(self, text: str) -> None:
        if self.reading in {"instrText", "delInstrText"}:
            self.instructions.append(text)
        elif self.reading in _FORMULAS:
            self.formula.append(text)

    def _ends(self, name: str) -> None:
        self.reading = ""
        if self.formula and name.rpartition(" ")[2] in _FORMULAS:
            if reaches_out("".join(self.formula)):
                raise calculates_from_outside()
            self.formula = []

    def _check_types(self) -> None:
        if any("macroenabled" in each or "vbaproject" in each for each in self.types):
            raise has_macros()
        mains = {each for each in self.types if each.endswith(".main+xml")}
        if mains != {f"{ACCEPTED[self.ending]}.main+xml"}:
            raise not_what_it_says() if f"{ACCEPTED[self.ending]}.main+xml" not in mains else two_kinds_at_once()


def _is_safe_relation(attributes: dict[str, str]) -> bool:
    """Inside the file; or a link that a person clicks."""
    target, kind = attributes.get("Target", ""), attributes.get("Type", "")
    if attributes.get("TargetMode", "Internal").lower() == "internal":
        return _is_inside(target) and not kind.lower().endswith(_RELATIONS_INSIDE)
    return kind.endswith("/hyperlink") and _is_link(target)


def _is_link(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in _LINKS
    return not parts.netloc and not address.strip().startswith(("\\", "/"))


def _is_inside(address: str) -> bool:
    """A place in the file itself: no scheme, no other machine."""
    return re.match(r"\s*([a-z][a-z0-9+.-]*:|//|\\)", address, re.IGNORECASE) is None
