from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.searching import LONGEST, SHORTEST, asked_words, is_long_enough
from core.web.pages import Crumb, Page
from core.web.views import PublicPage
from questionnaires.finding.selectors import FoundWords, found_in_draft, found_in_questionnaires, found_in_submission
from questionnaires.responses import BelowResponse
from questionnaires.submissions import BelowSubmission


class FindingPage(Page, ABC):
    """What was found by ``?q=``. It changes nothing, and what was looked for is kept nowhere.

    ``looked_through``: in words, what is.
    """

    looked_through: ClassVar[str | Promise]

    @cached_property
    def asked(self) -> str:
        return asked_words(self.request.GET.get("q", ""))

    @abstractmethod
    def find(self) -> FoundWords: ...

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]  # a submission is opened before it is read
        is_asked = is_long_enough(self.asked)
        found = self.find() if is_asked else FoundWords()
        said = {"asked": self.asked, "is_asked": is_asked, "longest": LONGEST, "shortest": SHORTEST, "found": found}
        return {**context, **said, "looked_through": self.looked_through}


class ResponseSearchView(FindingPage, BelowResponse, TemplateView):
    """In what its reader sees of a self-assessment: a national contributor, in what was sent to the ministry."""

    title = gettext_lazy("Find in the self-assessment")
    template_name = "questionnaires/finding/found.html"
    looked_through = gettext_lazy("Words of questions, of your answers and of the laws of your State")

    def find(self) -> FoundWords:
        return found_in_draft(self.user, self.response, self.asked)


class SubmissionSearchView(FindingPage, BelowSubmission, TemplateView):
    title = gettext_lazy("Find in the answers")
    template_name = "questionnaires/finding/found.html"
    looked_through = gettext_lazy("Words of questions, of the answers that were sent and of the laws that they cite")

    def find(self) -> FoundWords:
        return found_in_submission(self.policy_target, self.parts, self.asked)


class QuestionnaireSearchView(FindingPage, PublicPage, TemplateView):
    title = gettext_lazy("Find in the questionnaires")
    template_name = "questionnaires/finding/found.html"
    looked_through = gettext_lazy("Words of the questions and of their options")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Questionnaires"), reverse("questionnaires:questionnaire-list"))]

    def find(self) -> FoundWords:
        return found_in_questionnaires(self.asked)
