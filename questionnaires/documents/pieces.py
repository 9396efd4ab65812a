"""What stands below a question in a document that is no page: the pieces of its answer, in their order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, pgettext

from core.language.i18n import language_of
from core.templatetags.components import date_words
from questionnaires.documents.layout import PrintedAnswers
from questionnaires.laws import facts_words, language_words, standing_of
from questionnaires.progress import ItemState
from questionnaires.reuse import origin_words
from questionnaires.submissions import CitedLaw, SentBeside

_SHORT, _FEW = 16, 4


@dataclass(frozen=True, slots=True)
class PrintedPiece:
    """``kind``: a "note" of the questionnaire, "options", written as "answer" or asked as "request", a "remark" in the
    words of the portal, a "source", the text of a law as "lines", or "laws" with their rows.

    ``options``: each with whether it is chosen; ``is_inline``: they are few and short.
    """

    kind: str
    text: str = ""
    language: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    is_inline: bool = False
    rows: tuple[tuple[str, str, str], ...] = ()
    link: str = ""


def heads_of_laws() -> tuple[str, str, str]:
    return _("Law"), pgettext("of a law", "Provision"), _("Link")


def pieces_of(state: ItemState, printed: PrintedAnswers) -> Iterator[PrintedPiece]:
    item, answer, official = state.item, state.answer, printed.definition.language
    for footnote in item.footnotes:
        yield PrintedPiece("note", f"{footnote.mark} {footnote.text}", official)
    if item.options:
        is_inline = len(item.options) < _FEW and len(item.options[0]) < _SHORT
        options = tuple((option, option in answer.choices) for option in item.options)
        yield PrintedPiece("options", language=official, options=options, is_inline=is_inline)
    if answer.is_outside_competence:
        words = _("Not within our competence")
        yield PrintedPiece("options", language=printed.words_language, options=((words, True),), is_inline=True)
    if answer.text:
        yield PrintedPiece("answer", answer.text, language_of(answer.text, printed.answers_language))
    if answer.citations:
        yield PrintedPiece("laws", rows=tuple(map(_law, answer.citations)))
    has_answer = answer.choices or answer.text or answer.citations or answer.is_outside_competence
    if item.kind != "group" and not has_answer:
        yield PrintedPiece("remark", _("No answer"))
    for sent in printed.beside.get(item.code, ()):
        yield from pieces_beside(sent)
    if answer.taken_over:
        yield PrintedPiece("remark", origin_words(answer.taken_over))


def pieces_beside(sent: SentBeside) -> Iterator[PrintedPiece]:
    """What was sent beside an answer, or beside all."""
    is_asked = sent.kind == "clarification"
    kind = _("Answer to a request for clarification") if is_asked else _("Supplementary information")
    since = _("since version %(number)s, %(day)s") % {"number": sent.number, "day": date_words(sent.day)}
    yield PrintedPiece("remark", f"{kind} · {since}")
    if sent.request:
        yield PrintedPiece("request", sent.request, language_of(sent.request, sent.language))
    if sent.text:
        yield PrintedPiece("answer", sent.text, language_of(sent.text, sent.language))
    if title := sent.facts.get("title"):
        words = ", ".join(filter(None, [title, sent.facts.get("pages")]))
        file = sent.facts.get("file")
        text = f"{words} ({file})" if file else words
        yield PrintedPiece("source", text, language_of(title, sent.language), link=sent.facts.get("link") or "")


def pieces_of_law(cited: CitedLaw, printed: PrintedAnswers) -> Iterator[PrintedPiece]:
    """What the library said of a law that was opened with the answers, below its title."""
    law, written = cited.said or {}, printed.answers_language
    yield PrintedPiece("remark", f"{standing_of(law)} · {facts_words(law)}")
    if cited.link:
        yield PrintedPiece("source", language=printed.words_language, link=cited.link)
    for file in law.get("files", ()):
        words = (file["title"], language_words(file.get("language", "")), file["name"])
        yield PrintedPiece("source", " · ".join(filter(None, words)), language_of(file["title"], written))
    if text := law.get("text", ""):
        yield PrintedPiece("lines", text, language_of(text, written))


def _law(citation: Mapping[str, Any]) -> tuple[str, str, str]:
    """The law with how it stands, where the library said so; the provision; the address."""
    said = citation.get("said")
    law = f"{said['title']} – {standing_of(said)}" if said else citation["law"]
    return law, citation.get("provision", ""), citation.get("link", "")
