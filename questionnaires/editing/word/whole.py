"""A document with the official language, read as a questionnaire: what it does not have any more goes. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from core.language.known_names import in_every_language
from core.language.text import one_line
from questionnaires.definitions import (
    DASH,
    Citation,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
)
from questionnaires.definitions.enums import QuestionKind
from questionnaires.editing.comparison import citation_words
from questionnaires.editing.word.asked import Conditions
from questionnaires.editing.word.layout import ANSWERS, SETTINGS, CellWords, normal
from questionnaires.editing.word.rows import DocumentRow, QuestionnaireDocument
from questionnaires.editing.word.translated import RowTexts, TranslationsReader, standing_of
from questionnaires.files import texts_of

_SETTINGS: Mapping[str, frozenset[str]] = {  # by the kind of row; an item has none
    "questionnaire": frozenset({"mechanism", "slug", "language", "source", "stand"}),
    "section": frozenset({"articles", "applicability"}),
    "": frozenset({"kind", "voluntary", "self_assessed", "citation", "condition", "words", "deviation"}),
}
_KIND = re.compile(r"([A-Za-z_]+)")
_FIRST_WORD = re.compile(r"\S+")


class WholeReader(TranslationsReader):
    def __init__(self, document: QuestionnaireDocument, base: QuestionnaireDefinition) -> None:
        super().__init__(document, base)
        self.exact = {normal(text): text for text in texts_of(base)}
        self.kinds = in_every_language(dict(QuestionKind.choices))
        self.answers = in_every_language(ANSWERS)
        self.title, self.source, self.guidance = base.title, base.source, list[str]()
        self.read_parts: list[PartDefinition] = []
        self.at: dict[tuple[str, str], DocumentRow] = {}
        self.conditions = Conditions(document, base)

    def read(self, head: DocumentRow) -> QuestionnaireDefinition:
        for row in self.document.rows:
            if row.code or row.kind or any(not cell.is_empty for cell in row.cells.values()):
                self._row(row)
        parts = tuple(
            replace(part, sections=tuple(map(self.conditions.settle, part.sections))) for part in self.read_parts
        )
        return replace(
            self.base,
            title=self.title,
            source=self.source,
            guidance=tuple(self.guidance),
            parts=parts,
            translations=self.sayings.translations(),
        )

    def _row(self, row: DocumentRow) -> None:
        self._look_at_settings(row)
        if row.kind != "guidance":
            first = self.at.setdefault((row.kind, row.code), row)
            if first is not row:
                words = _("Row %(row)s has this code already.")
                self.document.problem(row, words % {"row": first.number})
                return
        match row.kind:
            case "questionnaire":
                self._head(row)
            case "part":
                self._part(row)
            case "section":
                self._section(row)
            case "":
                self._item(row)
            case _:
                self._below(row)

    def _look_at_settings(self, row: DocumentRow) -> None:
        for name in row.settings.keys() - _SETTINGS.get(row.kind, frozenset()):
            words = _("“%(line)s” is no setting of a row.")
            self.document.problem(row, words % {"line": SETTINGS[name]})

    # --- words

    def kept(self, words: str, standing: str) -> str:
        """What stands, to the letter, where it reads as what is said."""
        if normal(words) == normal(standing):
            return standing
        return self.exact.get(normal(words), one_line(words))

    def _official(
        self, row: DocumentRow, standing: RowTexts, *, options: bool = False, footnotes: bool = False
    ) -> CellWords | None:
        """The official words of a row; those beside them are noted. ``options``, ``footnotes``: it may have some."""
        said = self.document.said(row, self.base.language, [*standing.footnotes], standing.text)
        if said is None:
            return None
        if (said.options and not options) or (said.footnotes and not footnotes):
            message = _("Only an item has options, and only an item or a section has footnotes.")
            self.document.problem(row, message)
            return None
        words = CellWords(
            self.kept(said.text, standing.text),
            {name: self.kept(text, standing.options.get(name, "")) for name, text in said.options.items()},
            said.starred,
            {mark: self.kept(text, standing.footnotes.get(mark, "")) for mark, text in said.footnotes.items()},
        )
        self.take(row, words, standing)
        return words

    def _text(self, row: DocumentRow, standing: str) -> str:
        words = self._official(row, RowTexts(standing))
        return words.text if words else standing

    # --- heads

    def _head(self, row: DocumentRow) -> None:
        self.title = self._text(row, self.base.title)
        self.source = self.kept(row.setting("source") or "", self.base.source)

    def _part(self, row: DocumentRow) -> None:
        cluster, _dot, instrument = row.code.partition(".")
        if cluster != self.base.cluster or not instrument or not instrument.replace("-", "").isalnum():
            self._misplaced(row, f"{self.base.cluster}.…")
            return
        known = self.parts.get(row.code) or PartDefinition(instrument, "", "", (), ())
        title = self._text(row, known.title)
        self.read_parts.append(replace(known, title=title, cluster_title="", guidance=(), sections=()))

    def _section(self, row: DocumentRow) -> None:
        prefix = f"{self._code_of_part()}/"
        if not self.read_parts or not row.code.startswith(prefix):
            self._misplaced(row, f"{prefix}…" if self.read_parts else f"{self.base.cluster}.…")
            return
        known = self.sections.get(row.code)
        footnotes = {each.mark: each.text for each in known.footnotes} if known else {}
        words = self._official(row, RowTexts(known.heading if known else "", {}, footnotes), footnotes=True)
        if words is None:
            words = CellWords("", {}, frozenset(), {})
        applicability = _FIRST_WORD.match(row.setting("applicability") or "")
        section = SectionDefinition(
            slug=row.code.removeprefix(prefix),
            heading=words.text,
            parent_heading=None,
            articles=tuple(re.findall(r"[^\s,;،]+", row.setting("articles") or "")),
            guidance=(),
            footnotes=_footnotes(words),
            applicability=applicability[0] if applicability else None,
            items=(),
        )
        self._put(replace(self.read_parts[-1], sections=(*self.read_parts[-1].sections, section)))

    def _below(self, row: DocumentRow) -> None:
        """Guidance, or another text of a head, which stands below that."""
        part = self.read_parts[-1] if self.read_parts else None
        section = part.sections[-1] if part and part.sections else None
        in_section = section and row.code == f"{self._code_of_part()}/{section.slug}"
        in_part = part and not section and row.code == self._code_of_part()
        if row.kind == "guidance":
            paragraphs = self.guidance_of(row.code)
            text = self._text(row, paragraphs[row.count - 1] if 1 <= row.count <= len(paragraphs) else "")
            if row.code == self.base.cluster and not part:
                self.guidance.append(text)
            elif part and in_part:
                self._put(replace(part, guidance=(*part.guidance, text)))
            elif section and in_section:
                self._put_section(replace(section, guidance=(*section.guidance, text)))
            else:
                self._misplaced(row)
        elif row.kind == "cluster_title" and part and in_part:
            known = self.parts.get(row.code)
            self._put(replace(part, cluster_title=self._text(row, known.cluster_title if known else "")))
        elif row.kind == "parent_heading" and section and in_section:
            before = self.sections.get(row.code)
            text = self._text(row, (before.parent_heading if before else None) or "")
            self._put_section(replace(section, parent_heading=text or None))
        else:
            self._misplaced(row)

    def _code_of_part(self) -> str:
        return f"{self.base.cluster}.{self.read_parts[-1].instrument}" if self.read_parts else self.base.cluster

    def _put(self, part: PartDefinition) -> None:
        self.read_parts[-1] = part

    def _put_section(self, section: SectionDefinition) -> None:
        part = self.read_parts[-1]
        self._put(replace(part, sections=(*part.sections[:-1], section)))

    def _misplaced(self, row: DocumentRow, expected: str = "") -> None:
        if expected:
            words = _("A code of such a row begins here with “%(prefix)s”.") % {"prefix": expected.removesuffix("…")}
        else:
            words = _("This row stands below a head of another code.")
        self.document.problem(row, words)

    # --- items

    def _item(self, row: DocumentRow) -> None:
        part = self.read_parts[-1] if self.read_parts else None
        prefix = f"{self._code_of_part()}."
        if part is None or not part.sections or not row.code.startswith(prefix):
            self._misplaced(row, prefix if part and part.sections else "")
            return
        known = self.known.get(row.code)
        words = self._official(row, standing_of(known) if known else RowTexts(), options=True, footnotes=True)
        if words is None:
            return
        tokens = tuple(re.sub(r"^d(?=\d)", DASH, token) for token in row.code.removeprefix(prefix).split("."))
        deviation = self._deviation(row, known)
        item = Item(
            number=known.number if known else tokens,
            code=row.code,
            articles=self._citations(row, known),
            text=words.text,
            kind=self._kind(row),
            options=tuple(words.options.values()),
            free_text_options=tuple(text for name, text in words.options.items() if name in words.starred),
            footnotes=_footnotes(words),
            voluntary=self._is_set(row, "voluntary"),
            condition=known.condition if known else None,
            self_assessed=self._is_set(row, "self_assessed"),
            deviation=deviation,
        )
        self.conditions.note(row, item, words.options)
        section = part.sections[-1]
        self._put_section(replace(section, items=(*section.items, item)))

    def _deviation(self, row: DocumentRow, known: Item | None) -> str | None:
        standing = (known.deviation if known else None) or ""
        said = row.setting("deviation") or ""
        return (standing if normal(said) == normal(standing) else one_line(said)) or None

    def _kind(self, row: DocumentRow) -> str:
        said = row.setting("kind") or ""
        code = _KIND.match(said)
        if code and code[1].lower() in QuestionKind.values:
            return code[1].lower()
        if said.casefold() in self.kinds:
            return self.kinds[said.casefold()]
        words = _("“%(kind)s” is no kind of item. Use one of: %(kinds)s.")
        self.document.problem(row, words % {"kind": said[:60], "kinds": ", ".join(QuestionKind.values)})
        return str(QuestionKind.TEXT)

    def _is_set(self, row: DocumentRow, name: str) -> bool:
        """The name of the setting alone says yes."""
        said = row.setting(name)
        if said is None or not said:
            return said is not None
        answer = self.answers.get(said.casefold())
        if answer is None:
            words = _("“%(said)s” is neither yes nor no.")
            self.document.problem(row, words % {"said": said[:60]})
        return answer == "yes"

    def _citations(self, row: DocumentRow, known: Item | None) -> tuple[Citation, ...]:
        standing = {normal(citation_words(cited)): cited for cited in known.articles} if known else {}
        found = []
        for line in row.settings.get("citation", ()):
            instrument, article, para, *_rest = *line.split(None, 2), "", "", ""
            if not article:
                words = _("“%(line)s”: a reference is the instrument, the article and its paragraph.")
                self.document.problem(row, words % {"line": line[:60]})
            found.append(standing.get(normal(line)) or Citation(instrument, article, para or None))
        return tuple(found)


def _footnotes(words: CellWords) -> tuple[Footnote, ...]:
    return tuple(Footnote(mark, text) for mark, text in words.footnotes.items())
