"""The legal library of a State and what of it answers cite. The caller asks the policy who may read it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.database.made_once import MadeOnce
from core.errors import found
from core.hashes import document_hash
from questionnaires.definitions import Item, index_of
from questionnaires.laws.enums import LawStatus
from questionnaires.laws.labels import articles_words, flag_of
from questionnaires.laws.models import Law, LawFile, LawName, LawVersion
from questionnaires.laws.names import law_key
from questionnaires.laws.validators import KnownArticles
from questionnaires.responses import sections_visible_to, sheet_of
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, Proposal, Response, ResponseSubmission, SectionAssignment
from questionnaires.submissions import STANDS
from questionnaires.wording import anchor
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.programme.models import Article, Instrument

_SEARCHED = ("title", "translation", "number", "also_cited_as", "text")


def laws_of(review: Review) -> QuerySet[Law]:
    """The library of the State under review."""
    return Law.objects.filter(state_party=review.state_under_review_id)


def get_law(review: Review, key: UUID) -> Law:
    """Raises Http404 where the State has no such law."""
    return found(laws_of(review).filter(pk=key).first())


def versions_of(law: Law) -> list[LawVersion]:
    """Every wording that the entry had, the last first."""
    return list(LawVersion.objects.filter(law=law).select_related("saved_by").order_by("-number"))


def files_of(law: Law) -> list[LawFile]:
    """Those with the entry now, and after them those that were taken off it."""
    return list(LawFile.objects.filter(law=law).select_related("added_by").order_by("-ended_at", "created_at"))


def get_law_file(law: Law, key: UUID) -> LawFile:
    """Raises Http404 where the entry has no such file."""
    return found(LawFile.objects.filter(law=law, pk=key).first())


def sent_law_file(submission: ResponseSubmission, key: UUID) -> tuple[LawFile, str]:
    """A file that what was sent names, the very one, and how it calls it; read past the rooms.

    Versions before ``submission`` are read as long as they stand, with their files. The caller has asked the policy
    whether the reader may see the submission. Raises Http404 where none names it.
    """
    before = ResponseSubmission.objects.filter(STANDS, response=submission.response_id, number__lt=submission.number)
    sent = [submission.document, *before.order_by("-number").values_list("document", flat=True)]
    named = [each for document in sent for law in document.get("laws", ()) for each in law.get("files", ())]
    said = found(next((each for each in named if each["file"] == str(key)), None))
    with looking_past_rooms():
        file = found(LawFile.objects.filter(pk=key, sha256=said["sha256"]).first())
    return file, said["name"]


def sent_law_files(versions: Iterable[ResponseSubmission]) -> list[tuple[LawFile, str]]:
    """The files that these versions name, each once and with how it is called there; read past the rooms.

    The caller has asked the policy whether the reader may see the versions. One query, whatever they name.
    """
    named = {
        (each["file"], each["sha256"]): each["name"]
        for version in versions
        for law in version.document.get("laws", ())
        for each in law.get("files", ())
    }
    with looking_past_rooms():
        rows = LawFile.objects.filter(pk__in={key for key, _sha256 in named}).order_by("created_at")
        return [(row, named[key]) for row in rows if (key := (str(row.pk), row.sha256)) in named]


def holding(laws: QuerySet[Law], text: str) -> QuerySet[Law]:
    return laws.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in _SEARCHED)))


def of_kind(laws: QuerySet[Law], kind: str) -> QuerySet[Law]:
    return laws.filter(kind=kind)


def standing_as(laws: QuerySet[Law], status: str) -> QuerySet[Law]:
    return laws.filter(status=status)


def implementing(laws: QuerySet[Law], article: str) -> QuerySet[Law]:
    return laws.filter(articles__contains=[article])


def in_use(laws: QuerySet[Law]) -> QuerySet[Law]:
    return laws.filter(ended_at=None)


def instrument_words() -> dict[str, str]:
    """Short names of all instruments in the active language, by slug."""
    return {instrument.slug: instrument.short_name for instrument in Instrument.objects.all()}


def known_articles() -> KnownArticles:
    """Two queries. An instrument is known by its slug and by its short name in each language of the pages."""
    codes = Article.objects.values_list("instrument__slug", "number")
    names: dict[str, str] = {}
    for instrument in Instrument.objects.all():
        words = [getattr(instrument, f"short_name_{code.replace('-', '_')}", "") for code, _name in settings.LANGUAGES]
        names |= {word.casefold(): instrument.slug for word in (instrument.slug, instrument.short_name, *words) if word}
    return KnownArticles(frozenset(f"{slug} {number}" for slug, number in codes), names)


def fingerprint_of(laws: Iterable[Law]) -> str:
    """Of a library as it stands: which entries it has, and which revision of each."""
    return document_hash({"laws": sorted([str(law.pk), law.revision] for law in laws)})


@dataclass(frozen=True, slots=True)
class CitedHere:
    """A law that the answers on a page cite: its words, the entry that they mean, and the items that cite it."""

    words: str
    law: Law | None
    items: tuple[Item, ...]
    place: int  # of the reference among those of the first item


@dataclass(frozen=True, slots=True)
class Library:
    """The laws of a State by the words that name them."""

    by_key: Mapping[str, Law] = field(default_factory=dict)

    def named(self, words: str) -> Law | None:
        return self.by_key.get(law_key(words))

    @property
    def laws(self) -> list[Law]:
        """Those in use, by title; each once."""
        laws = {law.pk: law for law in self.by_key.values() if law.ended_at is None}
        return sorted(laws.values(), key=lambda law: law.title.casefold())

    def is_repealed(self, words: str) -> bool:
        """Whether the law that the words name is out of force by today."""
        law = self.named(words)
        if law is None or law.status != LawStatus.REPEALED:
            return False
        return law.since is None or law.since <= timezone.localdate()

    def flags(self, citations: Iterable[Mapping[str, str]], answered_at: dt.datetime | None) -> tuple[str, ...]:
        """What whoever wrote an answer should know of the laws that it cites; each once."""
        laws = [law for citation in citations if (law := self.named(citation["law"]))]
        return tuple(dict.fromkeys(flag for law in laws if (flag := flag_of(law, answered_at))))


def library_of(review: Review, *, with_texts: bool = False) -> Library:
    """One query. The texts of the laws, which may be long, only where somebody reads them."""
    state = review.state_under_review_id
    return Library({name.key: name.law for name in (_names(state) if with_texts else _NAMES.rows(state=state))})


def _names(state: UUID) -> QuerySet[LawName]:
    return LawName.objects.filter(state_party=state).select_related("law")


_NAMES: MadeOnce[LawName] = MadeOnce(lambda state: _names(state).defer("law__text"))


@dataclass(frozen=True, slots=True)
class CitingAnswer:
    """An answer that cites laws, with where it is read; ``is_sent``: what was sent of it stays as it is."""

    key: UUID
    revision: int
    review: Review
    item: Item
    address: str
    citations: Sequence[Mapping[str, str]]
    is_sent: bool

    def provisions_of(self, words: Iterable[str]) -> list[str]:
        """The provisions that it cites of the law with these names."""
        keys = {law_key(each) for each in words}
        cited = [each["provision"] for each in self.citations if law_key(each["law"]) in keys]
        return list(dict.fromkeys(filter(None, cited)))


def citing_answers(user: User, review: Review) -> list[CitingAnswer]:
    """Official answers of the State, in all of its reviews, that cite a law, as far as the reader sees them; one query.

    A contributor finds those that were sent to be read with what was asked; what he or she proposes is no answer yet.
    """
    answers = _answers_read_by(user).filter(room=review.state_under_review_id)
    rows = answers.select_related("question", "response__review__mechanism", "response__review__step")
    rows = rows.defer("text", "text_html").order_by("response__review__code", "question__order")
    return [_citing(row) for row in rows]


def reads_all_answers(user: User, review: Review) -> bool:
    """Whether somebody can be told how many answers of the review cite a law, and that none does."""
    capacity = capacity_of(user, review)
    return capacity is not None and capacity.side == Side.UNDER_REVIEW and not capacity.has(Grant.CONTRIBUTE)


def _answers_read_by(user: User) -> QuerySet[Answer]:
    """What the policies of the table say as well: all of a review, or what was sent with the official answer."""
    own = Participation.objects.filter(user=user, ended_at=None, side=Side.UNDER_REVIEW)
    whole = own.exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    asked = ExpressionWrapper(OuterRef("question__code"), CharField())
    sent_to = SectionAssignment.objects.filter(
        participation__in=own, response=OuterRef("response"), section=OuterRef("question__section"), shows_official=True
    ).alias(asked=asked, follow_ups=Concat("question__code", Value(".")))
    sent_to = sent_to.filter(Q(question=None) | Q(question=OuterRef("question")) | Q(asked__startswith=F("follow_ups")))
    answers = Answer.objects.filter(question__version=F("response__version")).exclude(citations=[])
    return answers.filter(Q(review__in=whole.values("review")) | Exists(sent_to))


def answers_on_sheet(user: User, response: Response) -> list[tuple[CitingAnswer, dt.datetime]]:
    """What of it somebody writes, and cites laws, with the time of the last save.

    Answers of the State, or for a contributor what he or she proposes for what was sent to the ministry.
    """
    codes = [item.code for place in sections_visible_to(user, response) for item in place.section.items]
    rows = sheet_of(user, response).rows(response).exclude(citations=[])
    rows = rows.filter(question__version=response.version_id, question__code__in=codes)
    rows = rows.select_related("question").defer("text", "text_html")
    found_here = []
    for row in rows.order_by("question__order"):
        row.response = response
        found_here.append((_citing(row), row.updated_at))
    return found_here


def answer_on_sheet(user: User, review: Review, code: str) -> CitingAnswer | None:
    """What somebody writes on one question, where it cites a law."""
    response = Response.objects.select_related("review__mechanism", "review__step").filter(review=review).first()
    answers = answers_on_sheet(user, response) if response else []
    return next((answer for answer, _saved_at in answers if answer.item.code == code), None)


def _citing(answer: Answer | Proposal) -> CitingAnswer:
    index, review = index_of(answer.question.version_id), answer.response.review
    code = answer.question.code
    section = [review.mechanism.slug, review.code, *index.section_of[code].address]
    return CitingAnswer(
        key=answer.pk,
        revision=answer.revision,
        review=review,
        item=index.items[code],
        address=f"{reverse('questionnaires:section-detail', args=section)}#{anchor(code)}",
        citations=answer.citations,
        is_sent=answer.response.status == ResponseStatus.SENT,
    )


def citing(law: Law, answers: Iterable[CitingAnswer], library: Library) -> list[tuple[CitingAnswer, list[str]]]:
    """The answers that cite a law, each with the provisions."""
    return [
        (answer, answer.provisions_of(each["law"] for each in answer.citations if library.named(each["law"]) == law))
        for answer in answers
        if any(library.named(each["law"]) == law for each in answer.citations)
    ]


def cited_in(library: Library, cited: Iterable[tuple[Item, Sequence[Mapping[str, str]]]]) -> list[CitedHere]:
    """The laws that some answers cite, in the order in which they come; no query."""
    rows: dict[str, tuple[str, dict[str, Item], int]] = {}
    for item, citations in cited:
        for place, citation in enumerate(citations):
            words = citation["law"]
            law = library.named(words)
            rows.setdefault(str(law.pk) if law else law_key(words), (words, {}, place))[1][item.code] = item
    return [CitedHere(words, library.named(words), tuple(items.values()), at) for words, items, at in rows.values()]


@dataclass(frozen=True, slots=True)
class FlaggedAnswer:
    """An answer or proposal that is not sent and cites a law that no longer stands, with what to say of it."""

    item: Item
    address: str
    flags: tuple[str, ...]


def flagged_answers(user: User, response: Response) -> list[FlaggedAnswer]:
    """Of what somebody writes in a self-assessment that can still be changed; as many queries, whatever it holds."""
    if response.status == ResponseStatus.SENT:
        return []
    library = library_of(response.review)
    if not any(law.ended_at or law.status != "in_force" for law in library.by_key.values()):
        return []
    flagged = [(answer, library.flags(answer.citations, saved)) for answer, saved in answers_on_sheet(user, response)]
    return [FlaggedAnswer(answer.item, answer.address, flags) for answer, flags in flagged if flags]


def laws_said(response: Response, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the library says at this moment of each law that the answers cite, for a frozen document; two queries.

    ``cited_as``: the words by which the answers name it. Nothing where they cite no entry, so that the document is
    what it was before there was a library.
    """
    words = dict.fromkeys(citation["law"] for answer in answers for citation in answer["citations"])
    library = library_of(response.review, with_texts=True) if words else Library()
    said: dict[UUID, tuple[Law, list[str]]] = {}
    for each in words:
        if law := library.named(each):
            said.setdefault(law.pk, (law, []))[1].append(each)
    files: dict[UUID, list[LawFile]] = {}
    for file in LawFile.objects.filter(law__in=said, ended_at=None) if said else ():
        files.setdefault(file.law_id, []).append(file)
    return {"laws": [_said(law, names, files.get(law.pk, [])) for law, names in said.values()]} if said else {}


def _said(law: Law, cited_as: list[str], files: Sequence[LawFile]) -> dict[str, Any]:
    plain = ("kind", "title", "translation", "number", "language", "status", "link", "text", "articles", "revision")
    days = {name: day.isoformat() if (day := getattr(law, name)) else "" for name in ("dated", "since")}
    return {
        "entry": str(law.pk),
        "cited_as": cited_as,
        **{name: getattr(law, name) for name in plain},
        **days,
        **files_said(files),
    }


def files_said(files: Iterable[LawFile]) -> dict[str, Any]:
    """What is kept of files in a version and in what is sent; no key where there are none."""
    said = [
        {"file": str(file.pk), "title": file.title, "language": file.language}
        | {"name": file.file_name, "sha256": file.sha256}
        for file in files
    ]
    return {"files": said} if said else {}


def articles_implemented(laws: QuerySet[Law]) -> list[tuple[str, str]]:
    """Each article that one of the laws implements, with its words, in order; two queries."""
    codes = {code for articles in laws.values_list("articles", flat=True) for code in articles}
    names = instrument_words()
    order = {slug: place for place, slug in enumerate(names)}

    def place(code: str) -> tuple[int, int]:
        slug, _space, number = code.rpartition(" ")
        return order.get(slug, len(order)), int(number)

    return [(code, articles_words([code], names)) for code in sorted(codes, key=place)]


def example_of_article() -> str:
    """An article as somebody may write it."""
    article = Article.objects.select_related("instrument").order_by("instrument__order", "number").last()
    return f"{article.instrument.short_name} {article.number}" if article else ""


def times_cited(answers: Iterable[CitingAnswer], library: Library) -> dict[UUID, int]:
    """By how many answers each law is cited."""
    laws = ({law.pk for each in answer.citations if (law := library.named(each["law"]))} for answer in answers)
    return Counter(key for keys in laws for key in keys)
