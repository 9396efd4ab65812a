"""A confirmed translation as a file: the document in its own language, which names the authentic original."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit, jobs
from core.documents.copies import copy_words
from core.errors import ServiceError
from core.jobs import JobKind, PageOfOrigin
from core.models import Job
from core.policy import require
from observations.documents import Renderer
from observations.texts import lock_text
from observations.texts.models import TextVersion
from observations.translations.enums import TranslationAction
from observations.translations.files import name_of_file
from observations.translations.models import TranslationOrder
from observations.translations.over_set import in_languages
from observations.translations.selectors import document_in_translation, is_of_standing_version
from observations.translations.tasks import render_translation_task
from observations.wording import Block, Document, PrintedStatus, printed_status_of
from reviews.navigation import origin_in

TRANSLATION_PDF, TRANSLATION_DOCX = "observations.translation_pdf", "observations.translation_docx"
TRANSLATION_AKN = "observations.translation_akn"
FORMATS = {"pdf": TRANSLATION_PDF, "docx": TRANSLATION_DOCX, "xml": TRANSLATION_AKN}
_ENDINGS = {kind: f".{ending}" for ending, kind in FORMATS.items()}
# Printed in the language of the document, which the interface may not speak. ``original``: its name in that language.
_ORIGINALS = {
    "ar": {
        "ar": "العربية", "zh-hans": "الصينية", "en": "الإنكليزية", "fr": "الفرنسية", "ru": "الروسية", "es": "الإسبانية"
    },
    "zh-hans": {"ar": "阿拉伯文", "zh-hans": "中文", "en": "英文", "fr": "法文", "ru": "俄文", "es": "西班牙文"},
    "en": {"ar": "Arabic", "zh-hans": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish"},
    "fr": {"ar": "arabe", "zh-hans": "chinois", "en": "anglais", "fr": "français", "ru": "russe", "es": "espagnol"},
    "ru": {
        "ar": "арабском", "zh-hans": "китайском", "en": "английском", "fr": "французском", "ru": "русском",
        "es": "испанском",
    },
    "es": {"ar": "árabe", "zh-hans": "chino", "en": "inglés", "fr": "francés", "ru": "ruso", "es": "español"},
}  # fmt: skip
_AUTHENTIC = {
    "ar": "ترجمة. النص ذو الحجية هو النص باللغة {original}، النسخة {number}.",
    "zh-hans": "译文。以{original}文本（第{number}版）为准。",
    "en": "Translation. The authentic text is the one in {original}, version {number}.",
    "fr": "Traduction. Seul fait foi le texte en {original}, version {number}.",
    "ru": "Перевод. Аутентичным является текст на {original} языке, версия {number}.",
    "es": "Traducción. El texto auténtico es el redactado en {original}, versión {number}.",
}


_AGREED = {
    "ar": "متفق عليه بهذه اللغة. اتفقت الدول على هذا النص باللغة {original} أيضا، النسخة {number}.",
    "zh-hans": "本语文文本业经商定。各国还商定了{original}文本（第{number}版）。",
    "en": "Agreed in this language. The States have agreed on this text in {original} too, version {number}.",
    "fr": "Convenu dans cette langue. Les États sont convenus de ce texte également en {original}, version {number}.",
    "ru": "Согласовано на этом языке. Государства согласовали этот текст также на {original} языке, версия {number}.",
    "es": "Acordado en este idioma. Los Estados han acordado este texto también en {original}, versión {number}.",
}


def words_on_original(document: Document, version: TextVersion, *, is_agreed: bool) -> str:
    """Which text is the authentic one, or that this one is agreed beside it, in the language of the translation."""
    original = _ORIGINALS[document.language][str(version.document["language"])]
    words = (_AGREED if is_agreed else _AUTHENTIC)[document.language]
    return words.format(original=original, number=version.number)


def with_words_on_original(document: Document, version: TextVersion, *, is_agreed: bool) -> Document:
    """The translation below those words, as it is set."""
    words = words_on_original(document, version, is_agreed=is_agreed)
    return replace(document, blocks=(Block("remark", words), *document.blocks))


def printed(order: TranslationOrder) -> tuple[Document, PrintedStatus]:
    """What is set: the translation below the words on its original, and how the text stands, in that language."""
    is_agreed = order.pk in in_languages(order.agreed_text, order.version).orders
    document = with_words_on_original(document_in_translation(order), order.version, is_agreed=is_agreed)
    text = copy.copy(order.agreed_text)
    text.language = order.language
    status = replace(
        printed_status_of(text),
        original=str(order.document["language"]),
        original_sha256=order.sha256,
        sha256=order.confirmed_sha256,
        is_agreed_here=is_agreed,
    )
    return document, status


def find_order(job: Job) -> TranslationOrder | None:
    """The translation whose document a job makes; None when it is gone."""
    rows = TranslationOrder.objects.select_related(
        "version", "translator", "agreed_text__instrument", "review__mechanism", "review__step",
        "review__state_under_review", "review__phase__cluster", "review__review_group",
    )  # fmt: skip
    order = rows.filter(pk=job.target_id).first()
    if order is not None:
        order.agreed_text.review = order.review
    return order


@transaction.atomic
def start_translation_document(actor: User, order: TranslationOrder, *, kind: str) -> Job:
    """Queue the document of a confirmed translation."""
    require(actor, TranslationAction.RENDER, order)
    job = jobs.start(
        kind=kind,
        target=order,
        requested_by=actor,
        language=order.language,
        file_name=name_of_file(order, _ENDINGS[kind]),
    )
    audit.record(actor, "observations.translation_document.requested", order, after={"kind": kind})
    return job


def make_document(job: Job, renderers: dict[str, Renderer], tell: Callable[[int], None]) -> bytes:
    """The work of a job. ``renderers`` are by kind. Raises ServiceError where the translation is gone, or overtaken."""
    order = find_order(job)
    if order is None:
        raise ServiceError(_("This translation is not there any more."))
    with transaction.atomic():
        lock_text(order.agreed_text)
        if not is_of_standing_version(order):
            raise ServiceError(_("Another version of the text stands by now than the one that was translated."))
        document, status = printed(order)
    with translation.override(order.language):  # a document is in one language
        status = replace(status, copy=copy_words(job.requested_by.full_name, timezone.now()))
    tell(5)
    return renderers[job.kind](document, status, progress=tell)


def note_taken(actor: User, order: Any) -> None:
    """Called before a file is handed out; the policy has been asked."""
    audit.record(actor, "observations.translation_document.taken", order)


def page_of_order(order: TranslationOrder) -> PageOfOrigin:
    """Where a document of a translation was asked for."""
    words = _("Translation into %(language)s") % {"language": order.get_language_display()}
    return origin_in(order.review, reverse("observations:translation", args=[order.pk]), words)


KINDS = tuple(
    JobKind(
        kind,
        TranslationAction.RENDER,
        find_order,
        jobs.in_its_language(start_translation_document, kind=kind),
        page_of_order,
        render_translation_task,
        title,
        note_taken,
        is_personal=True,
        scope_group="texts",
    )
    for kind, title in (
        (TRANSLATION_PDF, gettext_lazy("PDF document")),
        (TRANSLATION_DOCX, gettext_lazy("Word document")),
        (TRANSLATION_AKN, gettext_lazy("XML document (Akoma Ntoso)")),
    )
)
