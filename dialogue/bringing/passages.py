"""Written feedback as a file of words: headings name instruments, articles and questions, and below stands the text."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.blocks import WrittenBlock, joined
from core.errors import ServiceError
from core.language.i18n import isolated
from core.language.known_names import in_every_language
from core.language.text import clean_markdown

COLUMNS: Mapping[str, str | Promise] = {"heading": gettext_lazy("Heading"), "text": gettext_lazy("Text")}
_ARTICLE = {"article": gettext_lazy("Article")}
_NUMBERED = re.compile(r"(\S+)\s+(\d{1,4})\b")
_LONGEST = 60  # characters that are said again
_ENDS = ".:,;·–—-"


@dataclass(frozen=True, slots=True)
class FeedbackPassage:
    """What a State says at one place: a question, an article, or an instrument as a whole where both are empty.

    ``line`` and ``cell``: where it stands in the file, and words by which it is known again; ``problems`` by column.
    """

    line: int
    cell: str
    instrument: str = ""
    question: str = ""
    article: int | None = None
    text: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, int | None, str]:
        return self.instrument, self.article, self.question


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """What one State may write on in one review.

    ``names``: instruments that it reviews, by each word for them without regard to case, in their order; ``questions``:
    the instrument of each code that was asked; ``articles``: numbers of those under review, by instrument.
    """

    names: Mapping[str, str]
    questions: Mapping[str, str]
    articles: Mapping[str, Collection[int]]

    @property
    def instruments(self) -> list[str]:
        return list(dict.fromkeys(self.names.values()))

    @property
    def only(self) -> str:
        """The instrument, where the State reviews no other and no heading need name it."""
        return self.instruments[0] if len(self.instruments) == 1 else ""


def passages_of(blocks: Sequence[WrittenBlock], known: KnownPlaces) -> list[FeedbackPassage]:
    """What a file says at each place, and what cannot be carried over, by its paragraph."""
    found: list[FeedbackPassage] = []
    here, text = FeedbackPassage(0, "", known.only), list[WrittenBlock]()
    codes = {code.casefold(): code for code in known.questions}
    for block in blocks:
        if block.level:
            found += _closed(here, text)
            here, text = _headed(block, here.instrument, codes, known), []
        else:
            text.append(block)
    found += _closed(here, text)
    if not found:
        raise ServiceError(_("There is no feedback in this file: below its headings stands nothing."), field="file")
    return checked(sorted(found, key=lambda passage: passage.line), known)


def checked(passages: Sequence[FeedbackPassage], known: KnownPlaces) -> list[FeedbackPassage]:
    """The passages with what stands against them in the review as it is."""
    return list(_once_each([_placed(passage, known) for passage in passages]))


def _headed(block: WrittenBlock, instrument: str, codes: Mapping[str, str], known: KnownPlaces) -> FeedbackPassage:
    """The place that a heading names; below an unknown one stands nothing that could be placed."""
    words = " ".join(block.text.split())
    empty = FeedbackPassage(block.line, words, instrument)
    first = words.split(" ")[0].rstrip(_ENDS).casefold() if words else ""
    if block.problem:
        return replace(empty, problems={"heading": block.problem})
    if slug := known.names.get(words.casefold(), ""):
        return replace(empty, instrument=slug)
    if code := codes.get(first, ""):
        return replace(empty, instrument=known.questions[code], question=code)
    numbered = _NUMBERED.match(words)
    if numbered and in_every_language(_ARTICLE).get(numbered[1].casefold()):
        if instrument:
            return replace(empty, article=int(numbered[2]))
        return replace(empty, problems={"heading": _("Name the instrument in a heading above this one.")})
    message = _(
        "“%(words)s” names no instrument that this State reviews, no article and no question. Begin with the code of a "
        "question, or write “Article 5”. Of a heading within the text make bold words."
    )
    return replace(empty, problems={"heading": message % {"words": isolated(words[:_LONGEST])}})


def _closed(here: FeedbackPassage, text: Sequence[WrittenBlock]) -> Iterator[FeedbackPassage]:
    """The passage with its text, and before it each paragraph that cannot be carried over."""
    for block in text:
        if block.problem:
            yield FeedbackPassage(block.line, block.text, here.instrument, problems={"text": block.problem})
    text = [block for block in text if not block.problem]
    if here.problems:
        yield here
    elif text and not here.instrument:
        message = _("Above this stands no heading that says what it is about.")
        yield FeedbackPassage(text[0].line, text[0].text, problems={"text": message})
    elif text:
        yield replace(here, line=here.line or text[0].line, text=joined(text))


def _placed(passage: FeedbackPassage, known: KnownPlaces) -> FeedbackPassage:
    """A passage that stands where the State may write, with its text as it is kept."""
    if passage.problems:
        return passage
    problems: dict[str, str] = {}
    if passage.instrument not in known.instruments:
        problems["heading"] = _("This State does not review this instrument.")
    elif passage.question and known.questions.get(passage.question) != passage.instrument:
        problems["heading"] = _("This question was not asked of the State under review.")
    elif passage.article is not None and passage.article not in known.articles.get(passage.instrument, ()):
        problems["heading"] = _("This article is not under review.")
    try:
        return replace(passage, text=str(clean_markdown(passage.text)), problems=problems)
    except ServiceError as error:
        return replace(passage, problems={**problems, "text": str(error)})


def _once_each(passages: Sequence[FeedbackPassage]) -> Iterator[FeedbackPassage]:
    seen: dict[tuple[str, int | None, str], int] = {}
    for passage in passages:
        first = passage.line if passage.problems else seen.setdefault(passage.place, passage.line)
        if first == passage.line:
            yield passage
        else:
            message = _("The same place as in line or paragraph %(line)d. Put both below one heading.")
            yield replace(passage, problems={"heading": message % {"line": first}})


def packed(passages: Sequence[FeedbackPassage]) -> list[dict[str, Any]]:
    """Passages without fault, as a file of the portal keeps them."""
    names = [name for name in FeedbackPassage.__slots__ if name != "problems"]
    return [{name: getattr(passage, name) for name in names} for passage in passages]


def unpacked(rows: Sequence[Mapping[str, Any]]) -> list[FeedbackPassage]:
    return [FeedbackPassage(**row) for row in rows]
