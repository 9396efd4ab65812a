from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from questionnaires.laws.enums import LawAction
from questionnaires.laws.references import Reference, fingerprint_of, references_in
from questionnaires.laws.selectors import citing_answers, library_of
from questionnaires.laws.services import NEW, Brought, take_over_references
from questionnaires.laws.views.base import BelowLibrary


class ReferencesView(OncePerForm, BelowLibrary, TemplateView):
    """What answers cite and the library does not hold: each becomes an entry, is another name of one, or stays."""

    policy_action = LawAction.TAKE_OVER
    title = gettext_lazy("References that are no entries yet")
    template_name = "questionnaires/laws/references.html"
    error: ServiceError | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.require_an_end()
            done = take_over_references(
                actor=self.user, review=self.review, choices=self.choices, seen=request.POST.get("seen", "")
            )
        except ServiceError as error:
            self.error = error
            return self.render_to_response(self.get_context_data(), status=UNPROCESSABLE)
        return self.carried_out(self.list_url(), _words(done))

    @cached_property
    def choices(self) -> dict[str, str]:
        """What was chosen, by key of the reference; the keys stand in the form, for the rows may have moved."""
        data = self.request.POST
        return dict(zip(data.getlist("key"), data.getlist("choice"), strict=False))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        library = library_of(self.review)
        references = references_in(citing_answers(self.user, self.review), library)
        return super().get_context_data(
            rows=self._rows(references),
            new=NEW,
            laws=library.laws,
            seen=fingerprint_of(references, library),
            error=self.error,
            upload_url=reverse("questionnaires:law-upload", args=self.address),
            **kwargs,
        )

    def _rows(self, references: Sequence[Reference]) -> list[tuple[Reference, str]]:
        usual = "" if self.request.method == "POST" else NEW
        return [(reference, self.choices.get(reference.key, usual)) for reference in references]


def _words(done: Brought) -> str:
    added = ngettext("%(number)d law was entered.", "%(number)d laws were entered.", done.added)
    named = ngettext(
        "%(number)d reference is another name of a law now.",
        "%(number)d references are other names of laws now.",
        done.changed,
    )
    return f"{added % {'number': done.added}} {named % {'number': done.changed}}"
