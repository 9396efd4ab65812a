"""What a State makes public, and the pages on which everybody reads it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.files import storage
from core.jobs import content_type_of
from core.policy import can, explain
from core.templatetags.components import datetime_words
from core.web.forms import NamesField
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PublicPage, ServiceActionView, ToldWhenDone
from observations.documents import file_name_of
from observations.naming import all_let_name, names_shown, number_gone
from observations.publications.exports import DATA, as_data, metadata_of
from observations.publications.filters import PublicationFilterSet
from observations.publications.forms import EndForm
from observations.publications.selectors import (
    FILES,
    ended_last,
    excerpts_in,
    get_publication,
    has_experts,
    has_files,
    is_late,
    listed,
    open_to,
    publication_of,
    serves,
)
from observations.publications.services import end_publication, make_files_again, publish_text
from observations.texts import BelowText, TextPage
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Publication, TextVersion
from observations.translations import (
    LanguageOfSet,
    document_in_translation,
    in_languages,
    translations_to_publish,
    words_on_original,
)
from observations.versions import standing_version
from observations.wording import public_document, public_form
from reviews.audiences.enums import BEYOND_THE_REVIEW, SharingAudience

_MOST_EXCERPTS = 20  # a page of documents with what stands around the words that were looked for


class PublicationPreviewView(BelowText, TemplateView):
    """What an outsider would see, or sees; publishing and its end begin here. POST: make the files once more."""

    policy_action = TextAction.PREVIEW
    title = gettext_lazy("Publication")

    def get_caption(self) -> str:
        return _of_what(self.text)

    @cached_property
    def publication(self) -> Publication | None:
        return publication_of(self.text)

    def get_template_names(self) -> list[str]:
        part = "_publication_files" if self.request.htmx else "publication_preview"  # type: ignore[attr-defined]
        return [f"observations/publications/{part}.html"]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        http_response = super().render_to_response(context, **kwargs)
        if self.request.htmx and context.get("has_files"):  # type: ignore[attr-defined]
            http_response["HX-Refresh"] = "true"  # the preview itself shows the files
        return http_response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.publication.version if self.publication else standing_version(self.text)
        if version is None:
            raise Http404
        names = names_shown(self.publication) if self.publication else self._wants_names(version)
        return super().get_context_data(
            publication=self.publication,
            version=version,
            document=public_document(version, names_experts=names),
            names_experts=names,
            has_experts=has_experts(version),
            may_name=has_experts(version) and all_let_name(version),
            number_gone=number_gone(version),
            audience=self._audience(),
            audiences=BEYOND_THE_REVIEW,
            offered=self._offered(version),
            chosen=self.request.GET.getlist("languages"),
            publish_decision=explain(self.user, TextAction.PUBLISH, self.text),
            end_decision=explain(self.user, TextAction.WITHDRAW_PUBLICATION, self.text),
            translations_decision=explain(self.user, TextAction.PUBLISH_TRANSLATIONS, self.text),
            shown_translations=self._shown_translations(version, names_experts=names),
            **self._files(),
            **kwargs,
        )

    def _offered(self, version: TextVersion) -> list[LanguageOfSet]:
        """Translations that are confirmed and not open yet."""
        there = set(self.publication.translations.values_list("language", flat=True)) if self.publication else set()
        return [row for row in translations_to_publish(self.text, version) if row.language not in there]

    def _shown_translations(self, version: TextVersion, *, names_experts: bool) -> list[dict[str, Any]]:
        """What outsiders would read of those that are ticked, and of what goes along to more readers."""
        agreed = in_languages(self.text, version).orders
        chosen = set(self.request.GET.getlist("languages"))
        rows = [row.order for row in self._offered(version) if row.order and row.language in chosen]
        if self.publication is not None and self.publication.audience != SharingAudience.PUBLIC:
            rows += [each.order for each in self.publication.translations.select_related("order")]
        found = []
        for order in rows:
            document = public_form(document_in_translation(order), names_experts=names_experts)
            words = words_on_original(document, version, is_agreed=order.pk in agreed)
            ids = f"-{order.language}"
            found.append({"order": order, "document": document, "words_on_original": words, "ids": ids})
        return found

    def _audience(self) -> SharingAudience:
        """Whose page is shown: of those who read it, or of those who would; what is open to some may become public."""
        if self.publication is None and self.request.GET.get("audience") == SharingAudience.STATES_PARTIES:
            return SharingAudience.STATES_PARTIES
        return SharingAudience.PUBLIC

    def _wants_names(self, version: TextVersion) -> bool:
        return self.request.GET.get("names") == "1" and has_experts(version) and all_let_name(version)

    def _files(self) -> dict[str, bool]:
        if self.publication is None:
            return {}
        return {
            "has_files": has_files(self.publication),
            "is_late": is_late(self.publication, timezone.now()),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        try:
            make_files_again(actor=user, text=self.text)
        except ServiceError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(_preview_url(self.kwargs))


class PublishView(TextPage, ServiceActionView):
    policy_action = TextAction.PUBLISH
    takes = {
        "sha256": forms.CharField(max_length=64),
        "names": forms.ChoiceField(choices=[("1", "1"), ("0", "0")], required=False),
        "audience": forms.ChoiceField(choices=SharingAudience),
        "translations": NamesField(required=False),
    }

    def perform(self) -> str:
        given = self.request.POST
        publication = publish_text(
            actor=self.user,
            text=self.text,
            sha256=given.get("sha256", ""),
            names_experts=given.get("names") == "1",
            audience=given.get("audience", SharingAudience.PUBLIC),
            translations=given.getlist("translations"),
        )
        if publication.audience == SharingAudience.STATES_PARTIES:
            return _("The document is open to all States parties now. Their people read it once they have signed in.")
        return _("The document is public now. Everybody can read it without signing in.")

    def next_url(self) -> str:
        return _preview_url(self.kwargs)


class PublicationEndView(ToldWhenDone, TextPage, ConfirmedActView):
    """Asks first, then takes the text away from those who read it beyond its review."""

    policy_action = TextAction.WITHDRAW_PUBLICATION
    form_class = EndForm
    title = gettext_lazy("End the publication?")
    template_name = "observations/publications/publication_end.html"

    def get_caption(self) -> str:
        return _of_what(self.text)

    @cached_property
    def publication(self) -> Publication | None:
        return publication_of(self.text)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Publication"), _preview_url(self.kwargs))]

    def done_before(self) -> str:
        ended = ended_last(self.text) if can(self.request.user, TextAction.PUBLISH, self.text) else None
        return _("This publication ended at %(time)s.") % {"time": datetime_words(ended)} if ended else ""

    def done_url(self) -> str:
        return _preview_url(self.kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"publication": str(self.publication.pk) if self.publication else ""}

    def perform(self, form: EndForm) -> bool:
        """Whether everybody read it."""
        is_public = self.publication is None or self.publication.audience == SharingAudience.PUBLIC
        end_publication(actor=self.user, text=self.text, seen=form.cleaned_data["publication"])
        return is_public

    def success_message_for(self, result: bool) -> str:
        return _("The document is no longer public.") if result else _("All States parties read it no more.")

    def success_url_for(self, result: bool) -> str:
        return _preview_url(self.kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(publication=self.publication, **kwargs)


class PublicationListView(PublicPage, ListPage):
    title = gettext_lazy("Published documents")
    template_name = "observations/publications/publication_list.html"
    filter_label = gettext_lazy("Filter the documents")
    unmatched_title = gettext_lazy("No document matches the filter")
    empty_title = gettext_lazy("Nothing is published yet")
    empty_text = gettext_lazy("Documents stand here as soon as a State under review makes them public.")

    def get_filter(self) -> PublicationFilterSet:
        chosen = PublicationFilterSet(self.request.GET, listed(open_to(self.request.user)))
        if "words" in chosen.given:
            self.page_size = _MOST_EXCERPTS
        return chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.filter.given.get("words", "")
        return super().get_context_data(
            excerpts=excerpts_in(self.page, words) if words else {},
            **kwargs,
        )


class PublicationDetailView(PublicPage, TemplateView):
    """A public document in its own language."""

    template_name = "observations/publications/publication_detail.html"

    @cached_property
    def publication(self) -> Publication:
        return _publication(self.request, self.kwargs)

    def get_title(self) -> str:
        """For the tab and the trail; the heading of the page is that of the document."""
        text = self.publication.agreed_text
        return f"{_of_what(text)}: {text.review.state_under_review}"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Published documents"), reverse("observations:publication-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publication = self.publication
        version = publication.version
        is_naming = names_shown(publication)
        document = public_document(version, names_experts=is_naming)
        return super().get_context_data(
            publication=publication,
            text=publication.agreed_text,
            version=version,
            document=document,
            metadata=metadata_of(publication, title=document.title),
            is_version="number" in self.kwargs,
            is_open_to_all=publication.audience == SharingAudience.PUBLIC,
            names_experts=is_naming,
            has_experts=has_experts(version),
            **kwargs,
        )


class PublicationFileView(PublicPage):
    """A file, or the data: in the language of the text, whatever that of the pages is."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse | JsonResponse:
        publication, ending = _publication(request, self.kwargs), self.kwargs["format"]
        reply: FileResponse | JsonResponse
        if ending == DATA:
            reply = JsonResponse(as_data(publication), json_dumps_params={"ensure_ascii": False})
        elif ending in FILES and serves(publication, getattr(publication, ending)):
            name, file = file_name_of(publication.agreed_text, ending), getattr(publication, ending)
            reply = storage.serve_public(file, file_name=name, content_type=content_type_of(name))
        else:
            raise Http404
        reply.headers["Content-Language"] = publication.agreed_text.language
        return reply


def _publication(request: HttpRequest, kwargs: dict[str, Any]) -> Publication:
    address = (kwargs[name] for name in ("mechanism", "code", "instrument", "kind"))
    return get_publication(*address, version=kwargs.get("number"), user=request.user)


def _of_what(text: AgreedText) -> str:
    return f"{text.get_kind_display()}, {text.instrument}"


def _preview_url(kwargs: dict[str, Any]) -> str:
    address = [kwargs[name] for name in ("mechanism", "code", "instrument", "kind")]
    return reverse("observations:publication-preview", args=address)
