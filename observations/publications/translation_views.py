"""Translations of what is published: the pages on which everybody reads them, and the act that adds later ones."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.generic import TemplateView

from core.files import storage
from core.jobs import content_type_of
from core.web.forms import NamesField
from core.web.pages import Crumb
from core.web.views import PublicPage, ServiceActionView
from observations.documents import file_name_of
from observations.naming import names_shown
from observations.publications.exports import DATA, address_in, metadata_of_translation, translation_as_data
from observations.publications.models import PublishedTranslation
from observations.publications.selectors import FILES, document_of_translation, get_translation, serves
from observations.publications.services import publish_translations
from observations.texts import TextPage
from observations.texts.enums import TextAction
from observations.translations import words_on_original
from reviews.audiences.enums import SharingAudience


class PublishTranslationsView(TextPage, ServiceActionView):
    """Opens translations that were confirmed after the text was published."""

    policy_action = TextAction.PUBLISH_TRANSLATIONS
    takes = {"translations": NamesField()}

    def perform(self) -> str:
        made = publish_translations(actor=self.user, text=self.text, keys=self.request.POST.getlist("translations"))
        return ngettext(
            "The translation is open with the document now.",
            "The translations are open with the document now.",
            len(made),
        )

    def next_url(self) -> str:
        return reverse(
            "observations:publication-preview", args=[*self.address, self.kwargs["instrument"], self.kwargs["kind"]]
        )


class OfTranslation(PublicPage):
    """Something in the language in the address, for those who read the document that it is of."""

    @cached_property
    def translation(self) -> PublishedTranslation:
        address = (self.kwargs[name] for name in ("mechanism", "code", "instrument", "kind"))
        version, user = self.kwargs.get("number"), self.request.user
        return get_translation(*address, language=self.kwargs["language"], version=version, user=user)

    def in_its_language(self, http_response: Any, *more: str) -> Any:
        """Say in which language the content is, whatever that of the page around it is."""
        languages = dict.fromkeys([self.translation.language, *more])
        http_response.headers["Content-Language"] = ", ".join(languages)
        return http_response


class PublishedTranslationView(OfTranslation, TemplateView):
    """A translation of a public document, which says what it is of."""

    template_name = "observations/publications/publication_translation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.in_its_language(super().get(request, *args, **kwargs), get_language() or settings.LANGUAGE_CODE)

    def get_title(self) -> str:
        text = self.translation.publication.agreed_text
        facts = {
            "kind": text.get_kind_display(),
            "state": text.review.state_under_review,
            "instrument": text.instrument,
        }
        title = _("%(kind)s, %(instrument)s: %(state)s, in %(language)s")
        return title % {**facts, "language": self.translation.get_language_display()}

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Published documents"), reverse("observations:publication-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.translation
        publication = row.publication
        document = document_of_translation(row, names_experts=names_shown(publication))
        return super().get_context_data(
            translation=row,
            publication=publication,
            text=publication.agreed_text,
            version=publication.version,
            document=document,
            words_on_original=words_on_original(document, publication.version, is_agreed=row.is_agreed),
            metadata=metadata_of_translation(row, title=document.title),
            files=[(ending, address_in(publication, into=row.language, ending=ending)) for ending in _files_of(row)],
            is_version="number" in self.kwargs,
            is_open_to_all=publication.audience == SharingAudience.PUBLIC,
            **kwargs,
        )


class PublishedTranslationFileView(OfTranslation):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse | JsonResponse:
        row, ending = self.translation, self.kwargs["format"]
        if ending == DATA:
            data = translation_as_data(row)
            return self.in_its_language(JsonResponse(data, json_dumps_params={"ensure_ascii": False}))
        if ending not in FILES or not serves(row.publication, getattr(row, ending)):
            raise Http404
        name = file_name_of(row.publication.agreed_text, ending, language=row.language)
        served = storage.serve_public(getattr(row, ending), file_name=name, content_type=content_type_of(name))
        return self.in_its_language(served)


def _files_of(row: PublishedTranslation) -> list[str]:
    return [ending for ending in FILES if getattr(row, ending)]
