"""A translation leaves as XLIFF, comes back, is looked at and is taken."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView

from core.documents.xliff import CONTENT_TYPE
from core.errors import ServiceError
from core.files.storage import attachment
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from observations.translations.enums import TranslationAction
from observations.translations.files import FileReading, as_file, name_of_file, read_file
from observations.translations.forms import TakeFileForm, TranslationFileForm
from observations.translations.pages import BelowTranslation
from observations.translations.services import take_in, take_out

_SALT = "observations.translations"
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be taken


class FileOutView(BelowTranslation, View):
    """The file itself, as the translation stands."""

    policy_action = TranslationAction.WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        take_out(actor=self.user, order=self.order)
        return attachment(as_file(self.order), file_name=name_of_file(self.order), content_type=CONTENT_TYPE)


class FileInView(BelowTranslation, FormView):
    """Where a file that came back is chosen, and what it would change."""

    policy_action = TranslationAction.WRITE
    form_class = TranslationFileForm
    title = gettext_lazy("The translation as a file")
    template_name = "observations/translations/file_in.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "read": lambda content: read_file(self.order, content)}

    def form_valid(self, form: TranslationFileForm) -> HttpResponse:
        reading = form.reading
        if reading is None:
            return self.form_invalid(form)
        return self.preview(reading)

    def form_invalid(self, form: TranslationFileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def preview(self, reading: FileReading) -> HttpResponse:
        shown = [str(self.user.pk), str(self.order.pk), self.order.revision]
        signed = signing.dumps([shown, reading.texts, reading.drafts], salt=_SALT, compress=True)
        context = self.get_context_data(form=TakeFileForm(initial={"sheet": signed}), reading=reading)
        template = ["observations/translations/file_preview.html"]
        return self.response_class(request=self.request, template=template, context=context)


class FileTakeView(OncePerForm, BelowTranslation, View):
    """Saves what was shown, if the translation still stands as it stood beside it."""

    policy_action = TranslationAction.WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self._choosing())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        opened = self._unpacked(request.POST.get("sheet", ""))
        if opened is None:
            return self._again(_("Choose the file again: too much time has passed since it was shown."))
        base, texts, drafts = opened
        try:
            self.require_an_end()
            take_in(actor=self.user, order=self.order, texts=texts, base=base, drafts=drafts)
        except ServiceError as error:
            words = _("Nothing of the file was saved: %(reason)s Choose it again to see what it would change now.")
            return self._again(words % {"reason": error})
        words = ngettext("%(number)d segment was taken.", "%(number)d segments were taken.", len(texts))
        return self.carried_out(self.order_url(), words % {"number": len(texts)})

    def _again(self, words: str) -> HttpResponse:
        messages.error(self.request, words)
        return HttpResponseRedirect(self._choosing())

    def _choosing(self) -> str:
        return reverse("observations:translation-file-in", args=[self.order.pk])

    def _unpacked(self, packed: str) -> tuple[int, dict[str, str], list[str]] | None:
        """None where it is not what this person was shown here, or too long ago."""
        try:
            shown, texts, drafts = signing.loads(packed, salt=_SALT, max_age=_PREVIEW_FOR)
        except (signing.BadSignature, ValueError):
            return None
        person, order, base = shown
        return (base, texts, drafts) if [person, order] == [str(self.user.pk), str(self.order.pk)] else None
