"""A completed questionnaire as Akoma Ntoso: questions within questions, each with its number and its answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.documents.akn import (
    E,
    Identity,
    as_bytes,
    identification,
    in_language,
    line,
    passage,
    plain,
    proprietary,
    usual_references,
)
from core.documents.blocks import web_or_mail
from core.documents.progress import Progress, unheard
from core.language.i18n import language_of
from questionnaires.documents.layout import PrintedAnswers
from questionnaires.documents.pieces import PrintedPiece, heads_of_laws, pieces_beside, pieces_of, pieces_of_law
from questionnaires.progress import ItemState, ReadPart, ReadSection
from questionnaires.submissions import CitedLaw
from questionnaires.wording import own_number
from reviews.audiences.enums import SharingAudience

NAME, OPENED = "completedQuestionnaire", "openedAnswers"
_READERS = {SharingAudience.STATES_PARTIES: "statesParties", SharingAudience.PUBLIC: "public"}
_LEVELS = (("paragraph", "para"), ("subparagraph", "subpara"), ("clause", "cl"), ("subclause", "subcl"))
_BOUNDARIES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def answers_as_akn(printed: PrintedAnswers, *, progress: Progress = unheard) -> bytes:
    """With the words of the portal in the active language. ``progress`` is told per cent."""
    body = _AnswersBody(printed)
    beside = [piece for sent in printed.beside.get("", ()) for piece in pieces_beside(sent)]
    if beside:
        content = E.content(*body.blocks(beside))
        body.element.append(E.hcontainer(content, name="sentBesideTheAnswers", eId="hcontainer_1"))
    for number, part in enumerate(printed.parts, start=1):
        body.part(part, f"part_{number}")
    body.laws(printed.laws)
    progress(80)
    file = as_bytes(_name_of(printed), printed.answers_language, [_meta(printed), _preface(printed), body.element])
    progress(100)
    return file


def _meta(printed: PrintedAnswers) -> Any:
    review, symbol = printed.review, printed.official_symbol
    day = symbol.dated_on if symbol else printed.day
    shown, language = printed.symbol.translate(_BOUNDARIES), printed.answers_language
    identity = Identity(_name_of(printed), shown, day, printed.day, language, printed.version, printed.sha256)
    is_original = symbol is None or symbol.original == language
    state = review.state_under_review
    return E.meta(
        identification(identity, alias=shown, is_final=bool(printed.version), is_original=is_original),
        usual_references(review.mechanism.slug, review.mechanism.name, [(state.iso3, state.name)]),
        proprietary(
            {
                "status": _status_of(printed),
                "statusInWords": printed.status_words,
                "readers": _readers_of(printed),
                "review": review.code,
                "questionnaire": printed.definition.slug,
                "sha256": printed.sha256,
            }
        ),
    )


def _name_of(printed: PrintedAnswers) -> str:
    """Answers that were opened are another document than those that were sent, with versions of their own."""
    return OPENED if printed.audience else NAME


def _status_of(printed: PrintedAnswers) -> str:
    return "opened" if printed.audience else "sent" if printed.version else "draft"


def _readers_of(printed: PrintedAnswers) -> str:
    if printed.audience:
        return _READERS[SharingAudience(printed.audience)]
    return "statesOfTheReview" if printed.version else "stateUnderReview"


def _preface(printed: PrintedAnswers) -> Any:
    def in_words(element: Any) -> Any:
        return in_language(element, printed.words_language)

    official = in_language(E.p(*line(printed.definition.title)), printed.definition.language)
    stage = [in_words(E.p(E.docStage(printed.watermark)))] if printed.watermark else []
    facts = (E.p(plain(f"{fact.label}: {fact.value}")) for fact in printed.facts)
    return E.preface(
        in_words(E.p(E.docProponent(plain(printed.review.mechanism.name)))),
        E.p(E.docNumber(plain(printed.symbol))),
        *(in_words(E.p(plain(fact))) for fact in printed.facts_of_document),
        *stage,
        in_words(E.p(E.docTitle(plain(printed.title)))),
        official,
        *map(in_words, facts),
    )


@dataclass(slots=True)
class _Node:
    """A question with what is asked below it."""

    state: ItemState
    below: list["_Node"] = field(default_factory=list)


def _trees(states: Iterable[ItemState]) -> list[_Node]:
    """The items of a section in one another, after the depth of their numbers."""
    roots, over = list[_Node](), list[_Node]()
    for state in states:
        while over and over[-1].state.depth >= state.depth:
            over.pop()
        node = _Node(state)
        (over[-1].below if over else roots).append(node)
        over.append(node)
    return roots


class _AnswersBody:
    def __init__(self, printed: PrintedAnswers) -> None:
        self.printed, self.official = printed, printed.definition.language
        self.element = E.mainBody()

    def part(self, part: ReadPart, key: str) -> None:
        heading = in_language(E.heading(*line(part.part.title)), self.official)
        below = in_language(E.subheading(*line(part.part.cluster_title)), self.official)
        sections = (self._section(each, f"{key}__sec_{place}", key) for place, each in enumerate(part.sections, 1))
        self.element.append(E.part(heading, below, *sections, eId=key, **{"class": part.part.instrument}))

    def _section(self, section: ReadSection, key: str, over: str) -> Any:
        heading = in_language(E.heading(*line(section.place.section.heading)), self.official)
        return E.section(heading, *(self._node(node, over) for node in _trees(section.asked_items)), eId=key)

    def _node(self, node: _Node, over: str) -> Any:
        """Cited by its number within the part, whatever the section: "part_1__para_3__subpara_a"."""
        item, depth = node.state.item, node.state.depth
        levels = zip(_LEVELS, item.number, strict=False)
        key = "__".join([over, *(f"{short}_{_token(token)}" for (_tag, short), token in levels)])
        asked = in_language(E.p(*line(item.text), **{"class": "question"}), self.official)
        blocks = [asked, *self.blocks(pieces_of(node.state, self.printed))]
        held = E.intro(*blocks) if node.below else E.content(*blocks)
        tag, _short = _LEVELS[min(depth, len(_LEVELS) - 1)]
        return getattr(E, tag)(E.num(own_number(item)), held, *(self._node(each, over) for each in node.below), eId=key)

    def laws(self, laws: Sequence[CitedLaw]) -> None:
        """Those that were opened with the answers, each with what the library said of it."""
        if not laws:
            return
        key, words = "hcontainer_2", self.printed.words_language  # the first is what was sent beside the answers
        held = [in_language(E.heading(_("Laws cited")), words)]
        for number, cited in enumerate(laws, start=1):
            heading = in_language(E.heading(plain(cited.law)), language_of(cited.law, self.printed.answers_language))
            content = E.content(*self.blocks(pieces_of_law(cited, self.printed)))
            held.append(E.hcontainer(heading, content, name="law", eId=f"{key}__hcontainer_{number}"))
        self.element.append(E.hcontainer(*held, name="lawsCited", eId=key))

    def blocks(self, pieces: Iterable[PrintedPiece]) -> list[Any]:
        """Each says what it is and, where that is another than the file's, its language."""
        found = []
        for piece in pieces:
            for block in self._made(piece):
                if block.get("class") is None:
                    block.set("class", piece.kind)
                language = piece.language or self.printed.words_language
                found.append(in_language(block, language))
        return found

    def _made(self, piece: PrintedPiece) -> list[Any]:
        match piece.kind:
            case "answer" | "request":
                return passage(piece.text)
            case "options":
                return [E.ul(*(_option(option, is_chosen=is_chosen) for option, is_chosen in piece.options))]
            case "note":
                return [E.p(*line(piece.text))]
            case "laws":
                head = E.tr(*(E.th(E.p(words)) for words in heads_of_laws()))
                return [E.table(head, *map(_row, piece.rows))]
            case "lines":
                return [E.p(plain(each)) for each in filter(str.strip, piece.text.splitlines())]
            case "source" if piece.link:
                return [E.p(*([plain(piece.text), " "] if piece.text else []), *_linked(piece.link))]
        return [E.p(plain(piece.text))]


def _option(option: str, *, is_chosen: bool) -> Any:
    words = E.p(*line(f"{'☒' if is_chosen else '☐'} {option}"))
    return E.li(words, **{"class": "chosen" if is_chosen else "notChosen"})


def _row(law: tuple[str, str, str]) -> Any:
    title, provision, address = law
    return E.tr(E.td(E.p(plain(title))), E.td(E.p(plain(provision))), E.td(E.p(*_linked(address))))


def _linked(words: str) -> list[Any]:
    address = web_or_mail(words)
    return [E.a(plain(words), href=plain(address))] if address else [plain(words)]


def _token(number: str) -> str:
    """A dash has its number behind it ("–2")."""
    return re.sub("[^a-zA-Z0-9]", "d", number)
