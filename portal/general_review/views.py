"""What the general review is told: a page for the secretariat, and the same as Excel and Word."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.files.storage import attachment
from core.jobs import content_type_of
from core.language.i18n import OWN_NAMES, UN_LANGUAGES
from core.web.pages import Crumb
from core.web.views import PolicyView, to_job
from observations.needs import needs_published
from portal.cockpit import written
from portal.cockpit.enums import CockpitAction
from portal.general_review.drawing import chart_of
from portal.general_review.exports import needs_as_csv, workbook_of
from portal.general_review.files import start_general_report
from portal.general_review.report import general_report
from portal.general_review.selectors import GeneralFigures, general_figures
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism

_LANGUAGES_OF = {"docx": UN_LANGUAGES, "xlsx": settings.LANGUAGES, "csv": settings.LANGUAGES}


def _own_names(languages: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(code, OWN_NAMES[code]) for code, _name in languages]


class GeneralReviewPage(PolicyView):
    """A page of all reviews of a mechanism together. It takes no filter: one could leave a single State."""

    policy_action = CockpitAction.VIEW
    policy_target: Mechanism

    def get_policy_target(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    @cached_property
    def figures(self) -> GeneralFigures:
        return general_figures(self.policy_target)


class GeneralReviewView(GeneralReviewPage, TemplateView):
    title = gettext_lazy("General review")
    template_name = "portal/general_review/general_review.html"

    def get_caption(self) -> str:
        return str(self.policy_target)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Cockpit"), reverse("portal:cockpit", args=[self.policy_target.slug]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["mechanism"] = self.policy_target  # in place of what the address gave
        return super().get_context_data(
            report=general_report(self.policy_target, self.figures, timezone.now()),
            is_empty=self.figures.is_empty,
            headings=list(enumerate(self.figures.headings.values(), start=1)),
            chart=chart_of(self.figures),
            languages=_own_names(settings.LANGUAGES),
            drafts=_own_names(UN_LANGUAGES),
            **kwargs,
        )


class GeneralReviewFileView(GeneralReviewPage):
    """The draft as a Word file in each language of the United Nations, and printed (POST); in those of the pages, the
    figures as a workbook and the needs of public lists as CSV."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        language = self.kwargs["language"]
        if self.kwargs["format"] != "pdf" or language not in dict(UN_LANGUAGES) or self.figures.is_empty:
            raise Http404
        return to_job(start_general_report(self.user, self.policy_target, language=language))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ending, language = self.kwargs["format"], self.kwargs["language"]
        if language not in dict(_LANGUAGES_OF.get(ending, ())):
            raise Http404
        with translation.override(language):
            mechanism = get_mechanism(self.kwargs["mechanism"])
            if ending == "csv":
                name = f"{mechanism.slug}-needs-{timezone.localdate().isoformat()}-{language}.csv"
                content = needs_as_csv(needs_published(mechanism))
                return attachment(content, file_name=name, content_type="text/csv; charset=utf-8")
            figures = general_figures(mechanism)
            if figures.is_empty:
                raise Http404
            report = general_report(mechanism, figures, timezone.now())
            content = written(report, get_language() or language) if ending == "docx" else workbook_of(report)
        name = f"{self.policy_target.slug}-general-review-{timezone.localdate().isoformat()}-{language}.{ending}"
        return attachment(content, file_name=name, content_type=content_type_of(name))
