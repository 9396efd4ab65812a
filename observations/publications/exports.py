"""A public document as data: whole as JSON, and what it is in the words of schema.org and Dublin Core."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from observations.naming import names_shown
from observations.publications.models import PublishedTranslation
from observations.publications.selectors import document_of_translation
from observations.texts.models import Publication
from observations.wording import public_document

DATA = "json"
FORMAT_VERSION = 1  # raised when a field goes or means something else


def address_in(
    publication: Publication, *, language: str = "", ending: str = "", version: int | None = None, into: str = ""
) -> str:
    """The whole public address of a document: its page, of one version or of the one that is public; or a file.

    ``language``: that of the page around it; ``into``: of one of its translations the language.
    """
    text = publication.agreed_text
    name = "publication-translation" if into else "publication"
    args = [text.review.mechanism.slug, text.review.code, text.instrument.slug, text.kind]
    own = [into] if into else []
    if ending:
        name, args = f"{name}-file", [*args, *own, ending]
    elif version is not None:
        name, args = f"{name}-version", [*args, str(version), *own]
    else:
        name, args = (name if into else f"{name}-detail"), [*args, *own]
    with translation.override(language or translation.get_language()):
        return settings.SITE_URL.rstrip("/") + reverse(f"observations:{name}", args=args)


def as_data(publication: Publication) -> dict[str, Any]:
    """All that its page says, the document as it is shown to everybody among it."""
    text, version = publication.agreed_text, publication.version
    review, is_naming = text.review, names_shown(publication)
    document = public_document(version, names_experts=is_naming)
    return {
        "format_version": FORMAT_VERSION,
        "address": address_in(publication, version=version.number),
        "mechanism": review.mechanism.slug,
        "review": review.code,
        "state_under_review": review.state_under_review.iso3,
        "instrument": text.instrument.slug,
        "kind": text.kind,
        "language": text.language,
        "version": version.number,
        "agreed_on": _day(text.agreed_at),
        "published_on": _day(publication.published_at),
        "sha256_of_agreed_version": version.sha256,
        "names_experts": is_naming,
        "audience": publication.audience,
        "document": _without_hashes(document.as_json()),
    }


def translation_as_data(row: PublishedTranslation) -> dict[str, Any]:
    """The same of a translation: what it is of, and whether the States have agreed on it too."""
    publication = row.publication
    version = publication.version.number
    document = document_of_translation(row, names_experts=names_shown(publication))
    own = as_data(publication)
    return {
        **own,
        "address": address_in(publication, version=version, into=row.language),
        "language": row.language,
        "is_agreed_in_this_language": row.is_agreed,
        "sha256_of_translation": row.sha256,
        "translation_of": {"address": own["address"], "language": own["language"]},
        "document": _without_hashes(document.as_json()),
    }


def _without_hashes(document: dict[str, Any]) -> dict[str, Any]:
    """Of one that was brought in the public learns that and when, and not the hash of a file that it does not have."""
    if "brought_in" in document:
        document["brought_in"] = {"agreed_on": document["brought_in"].get("agreed_on", "")}
    return document


@dataclass(frozen=True, slots=True)
class Metadata:
    """What programs read of a public page.

    ``dublin_core``: by element; ``linked_data``: an object of schema.org; ``languages``: the page by language.
    """

    address: str
    dublin_core: dict[str, str]
    linked_data: dict[str, Any]
    languages: dict[str, str]
    files: dict[str, str]


_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/akn+xml": "xml",
    "application/json": "json",
}


def metadata_of(publication: Publication, *, title: str) -> Metadata:
    """Of the page in the active language; ``title`` is that of the document, in its own."""
    return _metadata(publication, title, publication.agreed_text.language, publication)


def metadata_of_translation(row: PublishedTranslation, *, title: str) -> Metadata:
    """The same of the page of a translation."""
    return _metadata(row.publication, title, row.language, row, into=row.language)


def _metadata(
    publication: Publication, title: str, language: str, made: Publication | PublishedTranslation, *, into: str = ""
) -> Metadata:
    """``made``: of which the files are."""
    text, review = publication.agreed_text, publication.agreed_text.review
    state, published = review.state_under_review, _day(publication.published_at)
    permanent = address_in(publication, version=publication.version.number, into=into)
    original = address_in(publication, version=publication.version.number)
    there = {"pdf": made.pdf, "docx": made.docx, "xml": made.xml, "json": True}
    files = {
        kind: address_in(publication, ending=ending, into=into) for kind, ending in _TYPES.items() if there[ending]
    }
    dublin_core = {
        "title": title,
        "creator": state.name,
        "publisher": review.mechanism.name,
        "date": published,
        "language": language,
        "type": text.get_kind_display(),
        "subject": text.instrument.name,
        "coverage": state.iso3,
        "identifier": permanent,
        **({"source": original} if into else {}),
    }
    linked_data = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": permanent,
        "url": address_in(publication, into=into),
        "name": title,
        "inLanguage": language,
        **({"translationOfWork": {"@type": "Report", "@id": original}} if into else {}),
        "datePublished": published,
        "version": str(publication.version.number),
        "about": {"@type": "Legislation", "name": text.instrument.name},
        "spatialCoverage": {"@type": "Country", "name": state.name, "identifier": state.iso3},
        "publisher": {"@type": "Organization", "name": review.mechanism.name},
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": address} for kind, address in files.items()
        ],
    }
    return Metadata(address_in(publication, into=into), dublin_core, linked_data, _languages(publication), files)


def _languages(publication: Publication) -> dict[str, str]:
    """The page for each language: of the document in it, where there is one, else the one of the authentic text."""
    pages = {code for code, _name in settings.LANGUAGES}
    found = {code: address_in(publication, language=code) for code in pages}
    found.setdefault(publication.agreed_text.language, address_in(publication, language=settings.LANGUAGE_CODE))
    for row in publication.translations.all():
        found[row.language] = address_in(
            publication, language=row.language if row.language in pages else settings.LANGUAGE_CODE, into=row.language
        )
    return found


def _day(moment: dt.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
