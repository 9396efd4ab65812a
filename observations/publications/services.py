"""Publication: a deliberate act of the State under review, for each document; it can be ended for the future."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.files.storage import delete_after_commit
from core.jobs.making import pause_before_another_try
from core.language.indexing import letters_of, stems_of
from core.language.terminology import named, speaking
from core.policy import require
from observations.documents import Renderer
from observations.naming import all_let_name, names_shown, not_named_any_more
from observations.publications.models import PublicationIndex, PublishedTranslation
from observations.publications.selectors import (
    IN_LANGUAGES,
    UNNAMED,
    files_with_names,
    is_late,
    owed_since,
    publication_of,
    subjects_of,
    words_of,
)
from observations.publications.tasks import render_publication_task, take_names_out_task
from observations.publications.translated import (
    add_translations,
    keys_carried_over,
    store_files_of_translations,
    take_names_out_of_translations,
)
from observations.texts import lock_text
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Publication
from observations.versions import standing_version
from observations.wording import PrintedStatus, printed_status_of, public_document
from reviews.audiences import FoundBy, forget_words, forget_words_that_name, has_words, keep_words
from reviews.audiences.enums import BEYOND_THE_REVIEW, SharingAudience
from reviews.cases import tell
from reviews.cases.enums import News, Side
from reviews.cases.models import Review
from reviews.participation import focal_points_of


@transaction.atomic
def publish_text(
    *,
    actor: User,
    text: AgreedText,
    sha256: str,
    names_experts: bool = False,
    audience: str = SharingAudience.PUBLIC,
    translations: Collection[str] = (),
) -> Publication:
    """Open the agreed version to an audience, without the experts' names unless the State lets them stand.

    To everybody, which makes it public, or to all States parties; what these read gives way to what is public.
    ``sha256`` is that of the version whose preview the person has seen, and ``translations`` are the keys of the orders
    whose translations go with it, beside those that are open with that version already. The page is there at once; its
    files follow when they have been made. Raises ServiceError for another version, for an audience that reads it
    already or is none, and for a translation that is not confirmed of this version.
    """
    locked = lock_text(text)
    require(actor, TextAction.PUBLISH, locked)
    if audience not in BEYOND_THE_REVIEW:
        raise ServiceError(_("Choose who reads it."), field="audience")
    version = standing_version(locked)
    if version is None or version.sha256 != sha256:
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
    if names_experts and not all_let_name(version):
        raise ServiceError(_("Not all experts whom the text names have agreed to that yet."), field="names")
    standing = publication_of(locked)
    if standing is not None and standing.audience == audience:
        raise ServiceError(_("It is open to them already."))
    translations = {*translations, *keys_carried_over(standing, version)}
    _end(standing)
    publication = Publication.objects.create(
        agreed_text=locked,
        version=version,
        names_experts=names_experts,
        audience=audience,
        published_by=actor,
        published_at=timezone.now(),
    )
    made = add_translations(publication, translations)
    facts = {"version": version.number, "sha256": sha256, "names_experts": names_experts, "audience": audience}
    audit.record(actor, "reviews.text.published", locked, after={**facts, **_languages(made)})
    transaction.on_commit(lambda: render_publication_task.delay(str(publication.pk)), robust=True)
    _tell(publication)
    return publication


def _tell(publication: Publication) -> None:
    """The focal points of the reviewing States; nobody of a State that has no part in the review is written to."""
    text, is_public = publication.agreed_text, publication.audience == SharingAudience.PUBLIC
    news, key = News.TEXT_PUBLISHED if is_public else News.TEXT_OPENED, str(publication.pk)
    args = (text.instrument.slug, text.kind)
    told = focal_points_of(text.review, Side.REVIEWING)
    tell(told, text.review, news, page="observations:text-detail", args=args, key=key)


@transaction.atomic
def publish_translations(*, actor: User, text: AgreedText, keys: Collection[str]) -> list[PublishedTranslation]:
    """Open translations, by the keys of their orders, with the text that is open; those that are already stay so.

    Raises ServiceError without any, and for one that is not confirmed of the version that is open.
    """
    locked = lock_text(text)
    require(actor, TextAction.PUBLISH_TRANSLATIONS, locked)
    publication = publication_of(locked)
    if publication is None or not keys:
        raise ServiceError(_("Choose a translation."))
    publication.agreed_text = locked
    made = add_translations(publication, keys)
    if made:
        after = {"version": publication.version.number, **_languages(made)}
        audit.record(actor, "reviews.text.translations_published", locked, after=after)
        transaction.on_commit(lambda: render_publication_task.delay(str(publication.pk)), robust=True)
    return made


def _languages(made: Iterable[PublishedTranslation]) -> dict[str, dict[str, str]]:
    """Which languages were opened by an act, each with the hash of its document."""
    hashes = {row.language: row.sha256 for row in made}
    return {"translations": hashes} if hashes else {}


@transaction.atomic
def end_publication(*, actor: User, text: AgreedText, seen: str = "") -> None:
    """Take a text off the public pages; what was read or copied before stays where it is.

    ``seen``: the key of the publication that the person was shown; empty for whichever stands. Raises OutdatedError
    where the text has been opened to others since.
    """
    locked = lock_text(text)
    require(actor, TextAction.WITHDRAW_PUBLICATION, locked)
    publication = publication_of(locked)
    if publication is not None:
        if seen and seen != str(publication.pk):
            raise OutdatedError(
                _("It was opened to other readers since you opened this page. Please look at it again.")
            )
        _end(publication)
        audit.record(actor, "reviews.text.publication_ended", locked, after={"version": publication.version.number})


def _end(publication: Publication | None) -> None:
    if publication is not None:
        publication.ended_at = timezone.now()
        publication.save(update_fields=["ended_at", "updated_at"])
        PublicationIndex.objects.filter(publication=publication).delete()
        forget_words(publication.pk)


@transaction.atomic
def make_files_again(*, actor: User, text: AgreedText) -> None:
    """Queue the public files once more where they got lost on the way; whoever may end the publication may do so.

    Raises ServiceError where none is missing yet.
    """
    locked = lock_text(text)
    require(actor, TextAction.WITHDRAW_PUBLICATION, locked)
    publication = publication_of(locked)
    if publication is None or not is_late(publication, timezone.now()):
        raise ServiceError(_("The files are there, or still being made."))
    publication.save(update_fields=["updated_at"])  # the time to wait begins anew
    audit.record(actor, "reviews.text.files_requested", locked, after={"publication": str(publication.pk)})
    transaction.on_commit(lambda: render_publication_task.delay(str(publication.pk)), robust=True)


@transaction.atomic
def queue_missing_files() -> int:
    """Queue the files that got lost on the way, as with an emptied queue or a dead worker; give of how many texts.

    For beat, some seconds apart. Where the queue is away they are as lost as before. Names that were to be taken out
    and were not, as where the queue was away at an expert's no, are taken out first.
    """
    now = timezone.now()
    _take_names_out(Publication.objects.all(), skip_locked=True)
    missing = Publication.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        Q(pdf="")
        | Q(docx="")
        | Q(xml="")
        | Q(~Exists(_words_in("agreed_text__language")), audience=SharingAudience.PUBLIC)
        | Q(~Exists(has_words(OuterRef("pk"))), audience=SharingAudience.STATES_PARTIES)
        | Q(Exists(_translations_without_files())),
        ended_at=None,
    )
    missing = missing.prefetch_related(IN_LANGUAGES)
    keys = [row.pk for row in missing if now - row.updated_at > pause_before_another_try(owed_since(row), now)]
    Publication.objects.filter(pk__in=keys).update(updated_at=now)  # the time to wait begins anew
    for key in keys:
        render_publication_task.delay(str(key))
    return len(keys)


def _words_in(language: str, publication: str = "pk") -> QuerySet[PublicationIndex]:
    """By which a publication is found in a language, both named in the query around this one."""
    return PublicationIndex.objects.filter(publication=OuterRef(publication), language=OuterRef(language))


def _translations_without_files() -> QuerySet[PublishedTranslation]:
    """Of a publication; where it is public, those that nothing finds yet are some too."""
    is_public = Q(publication__audience=SharingAudience.PUBLIC)
    rows = PublishedTranslation.objects.filter(publication=OuterRef("pk"))
    is_found = Exists(_words_in("language", "publication"))
    return rows.filter(Q(pdf="") | Q(docx="") | Q(xml="") | is_public & ~is_found)


def store_publication_files(publication_id: str, renderers: dict[str, Renderer]) -> None:
    """Make what a publication is found by, and its public files; ``renderers`` are by name of the field.

    Each in a transaction that holds the row: doing it again is harmless, and another worker does nothing meanwhile.
    Another try goes on where the one before broke off.
    """
    try:
        for field, render in renderers.items():
            _store_file(publication_id, field, render)
        store_files_of_translations(publication_id, renderers)
    finally:
        _store_index(publication_id)


def _locked(publication_id: str) -> Publication | None:
    """One that is public, and at which no other worker is."""
    return (
        Publication.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=publication_id, ended_at=None)
        .select_related("agreed_text__instrument", "agreed_text__review__mechanism", "version")
        .select_related("agreed_text__review__state_under_review")
        .first()
    )


@transaction.atomic
def _store_index(publication_id: str) -> None:
    """Where everybody may read what is found apart from what States parties alone may, so that it is found quickly."""
    publication = _locked(publication_id)
    if publication is None or publication.index.filter(language=publication.agreed_text.language).exists():
        return
    text, is_naming = publication.agreed_text, names_shown(publication)
    words = words_of(publication, names_experts=is_naming)
    articles, headings = subjects_of(text)
    found_by: dict[str, Any] = {
        "language": text.language,
        "names_experts": is_naming,
        "articles": articles,
        "headings": headings,
    }
    if publication.audience != SharingAudience.PUBLIC:
        keep_words(publication.pk, text.review, publication.audience, FoundBy(words=words, **found_by))
        return
    PublicationIndex.objects.create(
        publication=publication, letters=letters_of(words), stems=stems_of(words, text.language), **found_by
    )


@transaction.atomic
def _store_file(publication_id: str, field: str, render: Renderer) -> None:
    publication = _locked(publication_id)
    if publication is None or getattr(publication, field):
        return
    with speaking(named(publication.agreed_text.review.mechanism.slug)):
        is_naming = names_shown(publication)
        document = public_document(publication.version, names_experts=is_naming)
        content = ContentFile(render(document, _status_of(publication)))
    mark = "" if is_naming == publication.names_experts else f"-{UNNAMED}"
    name = f"{publication.pk}{mark}.{field}"
    getattr(publication, field).save(name, content, save=False)
    publication.save(update_fields=[field, "updated_at"])


@transaction.atomic
def take_names_out(review_id: str) -> None:
    """Make the files anew of what is open of a review and names an expert who has said no since; for a worker."""
    _take_names_out(Publication.objects.filter(agreed_text__review=UUID(review_id)))


def _take_names_out(publications: QuerySet[Publication], *, skip_locked: bool = False) -> None:
    """Of those that name an expert who has said no: the files with names, and the words with names to be found by."""
    rows = publications.filter(names_experts=True, ended_at=None).select_related("agreed_text", "version")
    refused = not_named_any_more(rows.defer("version__document", "version__rendered"))
    if not refused:
        return
    for row in publications.filter(pk__in=refused).select_for_update(skip_locked=skip_locked):
        named = files_with_names(row)
        for field in named:
            delete_after_commit(getattr(row, field))
            setattr(row, field, "")
        deleted, _of_each = PublicationIndex.objects.filter(publication=row, names_experts=True).delete()
        if any((take_names_out_of_translations(row), forget_words_that_name(row.pk), named, deleted)):
            row.save(update_fields=[*named, "updated_at"])
            transaction.on_commit(partial(render_publication_task.delay, str(row.pk)), robust=True)


def queue_names_taken_out(review: Review) -> None:
    """When an expert has answered; the pages themselves ask for each word anew."""
    transaction.on_commit(lambda: take_names_out_task.delay(str(review.pk)), robust=True)


def _status_of(publication: Publication) -> PrintedStatus:
    """As what is public is printed; what is not open to everybody says for whom it is."""
    status = printed_status_of(publication.agreed_text, is_public=True)
    if publication.audience == SharingAudience.PUBLIC:
        return status
    with translation.override(publication.agreed_text.language):
        return replace(status, readers=publication.get_audience_display())
