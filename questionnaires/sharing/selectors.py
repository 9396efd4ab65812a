"""What is open to whom of answers that were sent; a reader beyond the review is given shared documents alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.errors import found
from core.language.indexing import letters_of
from core.language.rendering import as_words
from core.language.searching import ExcerptPiece, SearchPassage, excerpts_of, terms_of
from questionnaires.definitions import QuestionnaireDefinition, index_of, instrument_names
from questionnaires.laws.models import LawFile
from questionnaires.progress import AnswerSnapshot, ReadPart
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.sieve import parts_in
from questionnaires.submissions import CitedLaw, laws_in
from reviews.audiences import open_beyond, opened_articles, opened_holding, opened_on_article
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import Review

_BEGINNING = 5  # letters by which a word is looked for in another form of it


@dataclass(frozen=True, slots=True)
class SharedAnswers:
    """What a reader gets: the page, its preview and the PDF show this, and nothing else of the answers.

    ``laws``: those that the answers cite and that are open with them.
    """

    definition: QuestionnaireDefinition
    parts: tuple[ReadPart, ...]
    instruments: dict[str, str]
    laws: tuple[CitedLaw, ...]
    language: str


def shared_answers(document: Mapping[str, Any], version_id: Any, rendered: Mapping[str, str]) -> SharedAnswers:
    """From the document alone."""
    parts = parts_in(document, version_id, rendered)
    laws = laws_in(section for part in parts for section in part.sections)
    return SharedAnswers(
        index_of(version_id).definition,
        parts,
        instrument_names(part.part.instrument for part in parts),
        tuple(law for law in laws if law.said is not None),
        document["language"],
    )


def open_to(user: User | AnonymousUser) -> QuerySet[AnswersShare]:
    """What is open to everybody, and for people of a State party what is open to all of these; by State."""
    rows = AnswersShare.objects.filter(open_beyond(user, review="review"), ended_at=None)
    rows = rows.select_related("room", "review__mechanism", "review__state_under_review", "review__phase__cluster")
    return rows.order_by("review__mechanism__slug", "room__name", "-shared_at")


def passages_of(share: AnswersShare) -> list[str]:
    """All that its readers read of the State's own words: an answer each, and each law with what was said of it."""
    shown = shared_answers(share.document, share.version_id, share.rendered)
    answers = (state.answer for part in shown.parts for each in part.sections for state in each.asked_items)
    laws = ((law.law, (law.said or {}).get("translation", ""), (law.said or {}).get("text", "")) for law in shown.laws)
    return [*filter(None, map(_words_of, answers)), *("\n".join(filter(None, each)) for each in laws)]


def _words_of(answer: AnswerSnapshot) -> str:
    cited = (", ".join(filter(None, (each["law"], each.get("provision", "")))) for each in answer.citations)
    return "\n".join(filter(str.strip, (as_words(answer.text), *cited)))


def articles_of(share: AnswersShare) -> set[int]:
    """The numbers of the articles, of whatever instrument, of which the sections that are open speak."""
    shown = shared_answers(share.document, share.version_id, share.rendered)
    sections = (each.place.section for part in shown.parts for each in part.sections)
    return {int(number) for section in sections for number in section.articles}


def holding_words(rows: QuerySet[AnswersShare], text: str) -> QuerySet[AnswersShare]:
    """Those that hold all of these words, by their stems in the language of each or by their letters."""
    return rows.filter(pk__in=opened_holding(text))


def on_article(rows: QuerySet[AnswersShare], number: str) -> QuerySet[AnswersShare]:
    """Those with a section on the article of this number, of whatever instrument."""
    return rows.filter(pk__in=opened_on_article(number))


def excerpts_in(rows: Iterable[AnswersShare], text: str) -> dict[UUID, list[ExcerptPiece]]:
    """What stands around the words that were looked for, in the answer of each share that holds most of them."""
    terms = [term[:_BEGINNING] for term in terms_of(letters_of(text))]
    whole = AnswersShare.objects.filter(pk__in=[row.pk for row in rows])
    passages = [SearchPassage(row.pk, row.language, _nearest(passages_of(row), terms)) for row in whole]
    found = excerpts_of(passages, text, shows_close=False)
    return {passage.key: pieces for passage, pieces in zip(passages, found, strict=True)}


def _nearest(passages: Sequence[str], terms: Sequence[str]) -> str:
    """That in which most of the terms begin; the first where none does."""
    letters = {passage: letters_of(passage) for passage in passages}
    return max(passages, key=lambda each: sum(term in letters[each] for term in terms), default="")


def public_shares() -> QuerySet[AnswersShare]:
    """What is open to everybody."""
    return AnswersShare.objects.filter(ended_at=None, audience=SharingAudience.PUBLIC)


def get_shared(
    user: User | AnonymousUser, mechanism: str, code: str, audience: str, *, number: int | None = None
) -> AnswersShare:
    """What an audience reads of a review now, of this number where one is given.

    Raises Http404 for all that is not open to the reader, whether there is such or not.
    """
    rows = open_to(user).filter(review__mechanism__slug=mechanism, review__code=code, audience=audience)
    return found((rows if number is None else rows.filter(number=number)).first())


def standing_shares(review: Review) -> dict[str, AnswersShare]:
    """For the State's own people: what is open of its answers, by audience."""
    rows = AnswersShare.objects.filter(review=review, ended_at=None).select_related("shared_by")
    return {row.audience: row for row in rows}


def ended_shares(review: Review) -> QuerySet[AnswersShare]:
    """What was open once, the last first."""
    return AnswersShare.objects.filter(review=review).exclude(ended_at=None).defer("document", "rendered")


def shared_law_file(share: AnswersShare, key: UUID) -> tuple[LawFile, str]:
    """A file that the shared document names, the very one, and how it calls it; read past the rooms.

    Raises Http404 where it names none.
    """
    named = (each for law in share.document["laws"] for each in law["files"])
    said = found(next((each for each in named if each["file"] == str(key)), None))
    with looking_past_rooms():
        file = found(LawFile.objects.filter(pk=key, sha256=said["sha256"]).first())
    return file, said["name"]


def articles_among(rows: QuerySet[AnswersShare]) -> list[int]:
    """The numbers of the articles of which these speak."""
    return sorted(opened_articles(rows.order_by().values("pk")))


def languages_among(rows: QuerySet[AnswersShare]) -> list[str]:
    """The codes of the languages in which these are."""
    return sorted(rows.order_by().values_list("language", flat=True).distinct())
