"""What the States under review have made public: for everybody to find, and how far its files are."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Func, Prefetch, Q, QuerySet
from django.db.models.fields.files import FieldFile

from accounts.people.models import User
from core.errors import found
from core.language.indexing import holding
from core.language.rendering import as_words
from core.language.searching import ExcerptPiece, SearchPassage, excerpts_of
from observations.naming import names_shown, not_named_any_more, refused_since
from observations.publications.models import PublicationIndex, PublishedTranslation
from observations.texts import observations_on_table, passages_of
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, Publication, SummaryPassage, TextVersion
from observations.wording import Document, document_from, public_document, public_form
from reviews.audiences import open_beyond, opened_articles, opened_holding, opened_on_article, opened_under_heading
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import Review
from reviews.programme.models import Instrument

FILES = ("pdf", "docx", "xml")
UNNAMED = "without-names"  # in the names of files made after an expert has said no
IN_LANGUAGES = Prefetch("translations", PublishedTranslation.objects.defer("document"))
LATE_AFTER = dt.timedelta(minutes=15)  # then the work is taken for lost


def publications() -> QuerySet[Publication]:
    """Everything that is public now, for everybody."""
    return standing().filter(audience=SharingAudience.PUBLIC)


def open_to(user: User | AnonymousUser) -> QuerySet[Publication]:
    """What is public now, and for people of a State party what is open to all of these."""
    return standing().filter(open_beyond(user, review="agreed_text__review"))


def standing() -> QuerySet[Publication]:
    """All that is open now to anybody beyond its review; the database shows of it what whoever asks may read."""
    return (
        Publication.objects.filter(ended_at=None)
        .select_related("agreed_text__instrument", "agreed_text__review__mechanism", "version")
        .select_related("agreed_text__review__state_under_review", "agreed_text__review__phase__cluster")
        .order_by("-published_at")
    )


def public_of(review: Review) -> QuerySet[Publication]:
    """Of one review."""
    return publications().filter(agreed_text__review=review)


def get_publication(
    mechanism: str,
    code: str,
    instrument: str,
    kind: str,
    *,
    version: int | None = None,
    user: User | AnonymousUser | None = None,
) -> Publication:
    """A text that is public now, or open to the ``user``, of this number of version where one is given.

    Raises Http404 for all others, whether there are such or not.
    """
    rows = (publications() if user is None else open_to(user)).filter(
        agreed_text__review__mechanism__slug=mechanism,
        agreed_text__review__code=code,
        agreed_text__instrument__slug=instrument,
        agreed_text__kind=kind,
    )
    return found((rows if version is None else rows.filter(version__number=version)).first())


def get_translation(
    mechanism: str,
    code: str,
    instrument: str,
    kind: str,
    *,
    language: str,
    version: int | None = None,
    user: User | AnonymousUser | None = None,
) -> PublishedTranslation:
    """Of what ``get_publication`` gives the translation into a language. Raises Http404 where there is none."""
    publication = get_publication(mechanism, code, instrument, kind, version=version, user=user)
    row = found(publication.translations.filter(language=language).first())
    row.publication = publication
    return row


def document_of_translation(row: PublishedTranslation, *, names_experts: bool) -> Document:
    """What an outsider reads of it."""
    return public_form(document_from(row.document), names_experts=names_experts)


def publication_of(text: AgreedText) -> Publication | None:
    """What of it is open now to others than the States of its review."""
    return text.publications.filter(ended_at=None).select_related("published_by").first()


def ended_last(text: AgreedText) -> dt.datetime | None:
    """When the last publication of a text was ended, for its State's own people; None where none was, or one stands."""
    last = text.publications.order_by("-published_at").first()
    return last.ended_at if last else None


def listed(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """In the order of a list: by mechanism, the latest first; without the documents themselves."""
    rows = rows.defer("version__document", "version__rendered").prefetch_related(IN_LANGUAGES)
    return rows.order_by("agreed_text__review__mechanism__slug", "-published_at")


def holding_words(rows: QuerySet[Publication], text: str) -> QuerySet[Publication]:
    """Those that hold all of these words, by their stems in the language of each or by their letters.

    In their own language or in one of those in which they are public too.
    """
    holds = holding(text, stems="stems", letters="letters", language="language")
    return rows.filter(pk__in=_found_by(holds).union(opened_holding(text), all=True))


def _found_by(condition: Q) -> QuerySet[PublicationIndex, Any]:
    """The keys of the publications with a row of words that meets the condition."""
    return PublicationIndex.objects.filter(condition).values("publication")


def in_language(rows: QuerySet[Publication], language: str) -> QuerySet[Publication]:
    """Those that can be read in this language."""
    translated = PublishedTranslation.objects.filter(language=language).values("publication")
    return rows.filter(Q(agreed_text__language=language) | Q(pk__in=translated))


def on_article(rows: QuerySet[Publication], number: str) -> QuerySet[Publication]:
    """Those that speak of the article of this number, of whatever instrument."""
    own = _found_by(Q(articles__contains=[number]))
    return rows.filter(Q(pk__in=own) | Q(pk__in=opened_on_article(number)))


def under_heading(rows: QuerySet[Publication], kind: str) -> QuerySet[Publication]:
    """Those that say something under the heading of this kind."""
    own = _found_by(Q(headings__contains=[kind]))
    return rows.filter(Q(pk__in=own) | Q(pk__in=opened_under_heading(kind)))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands around the words that were looked for, in the language in which they were found."""

    language: str
    pieces: Sequence[ExcerptPiece]


def excerpts_in(rows: Iterable[Publication], text: str) -> dict[UUID, Excerpt]:
    """By publication, in its own language where that holds the words, else in a translation; four queries."""
    keys = {row.pk: row for row in rows}
    of_page = Publication.objects.filter(pk__in=keys).select_related("version", "agreed_text")
    whole = list(of_page.prefetch_related("translations"))
    unnamed = not_named_any_more(whole)
    passages = [
        passage
        for row in whole
        for passage in _passages(row, names_experts=row.names_experts and row.pk not in unnamed)
    ]
    excerpts: dict[UUID, Excerpt] = {}
    for passage, pieces in zip(passages, excerpts_of(passages, text, shows_close=False), strict=True):
        known = excerpts.get(passage.key)
        if known is None or (not _is_found(known.pieces) and _is_found(pieces)):
            excerpts[passage.key] = Excerpt(passage.language, pieces)
    return excerpts


def _passages(row: Publication, *, names_experts: bool) -> Iterator[SearchPassage]:
    yield SearchPassage(row.pk, row.agreed_text.language, words_of(row, names_experts=names_experts))
    for each in row.translations.all():
        words = words_of_document(document_of_translation(each, names_experts=names_experts))
        yield SearchPassage(row.pk, each.language, words)


def _is_found(pieces: Sequence[ExcerptPiece]) -> bool:
    return any(piece.is_found for piece in pieces)


def words_of(publication: Publication, *, names_experts: bool) -> str:
    """All words that an outsider reads of it, a line a paragraph."""
    return words_of_document(public_document(publication.version, names_experts=names_experts))


def words_of_document(document: Document) -> str:
    """The same of a document in whatever language."""
    texts = (as_words(block.text) if block.is_written else block.text for block in document.blocks)
    return "\n".join([document.title, *texts])


def subjects_of(text: AgreedText) -> tuple[list[int], list[str]]:
    """The numbers of the articles that an agreed text speaks of, and the kinds of its headings."""
    rows: Iterable[Observation | SummaryPassage] = (
        passages_of(text).exclude(text="") if text.kind == TextKind.SUMMARY else observations_on_table(text)
    )
    written = list(rows)
    articles = {article.number for row in written for article in row.articles.all()}
    return sorted(articles), sorted({str(row.heading.kind) for row in written})


def published_instruments(rows: QuerySet[Publication]) -> QuerySet[Instrument]:
    """The instruments on which these are."""
    keys = rows.order_by().values("agreed_text__instrument")
    return Instrument.objects.filter(pk__in=keys).order_by("order")


def published_languages(rows: QuerySet[Publication]) -> list[str]:
    """The codes of the languages in which these can be read."""
    translated = PublishedTranslation.objects.filter(publication__in=rows.order_by().values("pk"))
    languages = set(rows.order_by().values_list("agreed_text__language", flat=True).distinct())
    return sorted(languages | set(translated.order_by().values_list("language", flat=True).distinct()))


def published_articles(rows: QuerySet[Publication]) -> list[int]:
    """The numbers of the articles, of whatever instrument, of which something public speaks, or one of these."""
    numbers = PublicationIndex.objects.annotate(number=Func(F("articles"), function="unnest"))
    public = numbers.values_list("number", flat=True).distinct()
    return sorted(public.union(opened_articles(rows.order_by().values("pk"))))


def has_experts(version: TextVersion) -> bool:
    """Whether a version names experts, so that there is something to leave out."""
    return any(block.public_text for block in document_from(version.document).blocks)


def serves(publication: Publication, file: FieldFile, *, names_experts: bool | None = None) -> bool:
    """Whether a file says what its page does: one that names experts does not, once one of them has said no.

    ``names_experts``: whether the page names them now, where that has been asked.
    """
    if not _is_named(publication, file):
        return True
    return names_shown(publication) if names_experts is None else names_experts


def files_with_names(publication: Publication) -> list[str]:
    """Those of its files that name experts."""
    files = {ending: getattr(publication, ending) for ending in FILES}
    return [ending for ending, file in files.items() if file and _is_named(publication, file)]


def _is_named(publication: Publication, file: FieldFile) -> bool:
    return publication.names_experts and UNNAMED not in (file.name or "")


def has_files(publication: Publication) -> bool:
    """Whether all are there, also those of its translations."""
    rows: list[Publication | PublishedTranslation] = [publication, *publication.translations.all()]
    return all(row.pdf and row.docx and row.xml for row in rows)


def is_late(publication: Publication, now: dt.datetime) -> bool:
    """Whether the files are missing for longer than such work takes, and nobody is at it just now."""
    is_left_alone = now - publication.updated_at > dt.timedelta(minutes=1)
    return is_left_alone and now - owed_since(publication) > LATE_AFTER and not has_files(publication)


def owed_since(publication: Publication) -> dt.datetime:
    """Since when files are to be made: since it was opened, or since an act asked for others the last time.

    A translation is written to by acts and by workers alone, never by what queues the work.
    """
    moments = [publication.published_at, *(row.updated_at for row in publication.translations.all())]
    return max([*moments, refused_since(publication) or publication.published_at])
