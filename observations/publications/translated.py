"""Translations that are published with their text: a copy of what outsiders read, its files, what it is found by."""

import copy
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.storage import delete_after_commit
from core.language.indexing import letters_of, stems_of
from core.language.terminology import named, speaking
from observations.documents import Renderer
from observations.naming import names_shown
from observations.publications.models import PublishedTranslation
from observations.publications.selectors import FILES, UNNAMED, document_of_translation, words_of_document
from observations.publications.tasks import mark_agreed_task, render_publication_task
from observations.texts.models import AgreedText, Publication, TextVersion
from observations.translations import confirmed_of, document_in_translation, in_languages, with_words_on_original
from observations.wording import PrintedStatus, printed_status_of, public_form
from reviews.audiences.enums import SharingAudience


def add_translations(publication: Publication, keys: Collection[str]) -> list[PublishedTranslation]:
    """Open these translations, by the keys of their orders, with a publication that is open; of a language once.

    A worker says of each whether it is agreed. Raises ServiceError (``translations``) for one that no State has
    confirmed of this version.
    """
    chosen = [order for order in confirmed_of(publication.version) if str(order.pk) in keys]
    if len(chosen) != len(set(keys)):
        raise ServiceError(_("One of these translations is none of this version any more."), field="translations")
    there = set(publication.translations.values_list("language", flat=True))
    made = []
    for order in chosen:
        if order.language in there:
            continue
        there.add(order.language)
        document = document_in_translation(order)
        if not publication.names_experts:  # then nothing holds them that everybody could read
            document = public_form(document, names_experts=False)
        blocks = tuple(replace(block, grounds=()) for block in document.blocks)
        made.append(
            PublishedTranslation.objects.create(
                publication=publication,
                order=order,
                language=order.language,
                document=replace(document, blocks=blocks).as_json(),
                sha256=order.confirmed_sha256,
            )
        )
    return made


def keys_carried_over(publication: Publication | None, version: TextVersion) -> set[str]:
    """The very translations that are open with a version go along where it is opened to more readers."""
    if publication is None or publication.version_id != version.pk:
        return set()
    return {str(key) for key in publication.translations.values_list("order", flat=True)}


def store_files_of_translations(publication_id: str, renderers: dict[str, Renderer]) -> None:
    """Make what is missing of the files of its translations, each in a transaction; for a worker."""
    _mark_agreed(UUID(publication_id), skip_locked=True)
    for row in PublishedTranslation.objects.filter(publication=UUID(publication_id)).defer("document"):
        for field, render in renderers.items():
            _store_file(row.pk, field, render)
        _store_words(row.pk)


def _locked(key: UUID) -> PublishedTranslation | None:
    rows = PublishedTranslation.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.filter(pk=key, publication__ended_at=None).select_related("publication__version")
    return rows.select_related(
        "publication__agreed_text__instrument",
        "publication__agreed_text__review__mechanism",
        "publication__agreed_text__review__state_under_review",
    ).first()


@transaction.atomic
def _store_file(key: UUID, field: str, render: Renderer) -> None:
    row = _locked(key)
    if row is None or getattr(row, field):
        return
    publication = row.publication
    with speaking(named(publication.agreed_text.review.mechanism.slug)):
        is_naming = names_shown(publication)
        document = document_of_translation(row, names_experts=is_naming)
        document = with_words_on_original(document, publication.version, is_agreed=row.is_agreed)
        content = ContentFile(render(document, _status_of(row)))
    mark = "" if is_naming == publication.names_experts else f"-{UNNAMED}"
    getattr(row, field).save(f"{row.pk}{mark}.{field}", content, save=False)
    row.save(update_fields=[field, "updated_at"])


def _status_of(row: PublishedTranslation) -> PrintedStatus:
    publication = row.publication
    text = copy.copy(publication.agreed_text)
    text.language = row.language
    status = printed_status_of(text, is_public=True)
    with translation.override(row.language):
        readers = "" if publication.audience == SharingAudience.PUBLIC else publication.get_audience_display()
    return replace(
        status,
        readers=readers,
        sha256=row.sha256,
        original=publication.agreed_text.language,
        original_sha256=publication.version.sha256,
        is_agreed_here=row.is_agreed,
    )


@transaction.atomic
def _store_words(key: UUID) -> None:
    row = _locked(key)
    if row is None or row.publication.audience != SharingAudience.PUBLIC:
        return  # everybody may read what is found
    if row.publication.index.filter(language=row.language).exists():
        return
    is_naming = names_shown(row.publication)
    words = words_of_document(document_of_translation(row, names_experts=is_naming))
    row.publication.index.create(
        language=row.language,
        names_experts=is_naming,
        letters=letters_of(words),
        stems=stems_of(words, row.language),
    )


def take_names_out_of_translations(publication: Publication) -> bool:
    """Of one that names an expert who has said no: the files with names. Give whether there were any."""
    found = False
    for row in publication.translations.select_for_update():
        files = [field for field in FILES if getattr(row, field) and UNNAMED not in getattr(row, field).name]
        if not files:
            continue
        found = True
        _drop_files(row, files)
        row.save(update_fields=[*files, "updated_at"])
    return found


def _drop_files(row: PublishedTranslation, fields: Collection[str]) -> None:
    for field in fields:
        delete_after_commit(getattr(row, field))
        setattr(row, field, "")


def queue_agreed(text: AgreedText) -> None:
    """When a text is agreed in all its languages, or may be so no more: what is published of them says which it is."""
    transaction.on_commit(lambda: mark_agreed_task.delay(str(text.pk)), robust=True)


@transaction.atomic
def mark_agreed(text_id: str) -> None:
    """Say of its published translations whether they are agreed, in their files too; for a worker."""
    for key in Publication.objects.filter(agreed_text=UUID(text_id), ended_at=None).values_list("pk", flat=True):
        if _mark_agreed(key):
            transaction.on_commit(partial(render_publication_task.delay, str(key)), robust=True)


@transaction.atomic
def _mark_agreed(publication_id: UUID, *, skip_locked: bool = False) -> bool:
    """Whether any is marked otherwise than it was. Of an earlier version than that which stands all stay as they were.

    ``skip_locked``: leave alone what another worker is at.
    """
    publications = Publication.objects.filter(pk=publication_id, ended_at=None, version__cancelled_at=None)
    publication = publications.select_related("version", "agreed_text__review").first()
    if publication is None:
        return False
    orders, is_changed = in_languages(publication.agreed_text, publication.version).orders, False
    for row in publication.translations.select_for_update(skip_locked=skip_locked):
        if row.is_agreed != (row.order_id in orders):
            files = [field for field in FILES if getattr(row, field)]
            _drop_files(row, files)
            row.is_agreed, is_changed = not row.is_agreed, True
            row.save(update_fields=[*files, "is_agreed", "updated_at"])
    return is_changed
