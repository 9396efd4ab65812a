from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.policy import can
from core.web.pages import Crumb, Page
from questionnaires.definitions import index_of, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import ReadPart, draft_parts, official_overview, overview_for
from questionnaires.reader.selectors import choice_of, number_answered, shown_parts
from questionnaires.responses import BelowResponse, sheet_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import BelowSubmission


class WholePage(Page, ABC):
    """``?answered=1`` leaves out what has no answer, ``?voluntary=1`` shows what was left open too."""

    @abstractmethod
    def whole(self) -> Iterable[ReadPart]: ...

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]  # a submission is opened before it is read
        choice = choice_of(self.request.GET)
        parts = shown_parts(self.whole(), choice)
        answered, shown = number_answered(parts)
        return {**context, "shown": parts, "choice": choice, "number_answered": answered, "number_shown": shown}


class ResponseReadView(WholePage, BelowResponse, TemplateView):
    """The draft as it stands, as far as its reader sees it."""

    title = gettext_lazy("The self-assessment, to read")
    template_name = "questionnaires/reader/whole.html"

    def whole(self) -> Iterable[ReadPart]:
        return draft_parts(overview_for(self.user, self.response))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.index.definition
        names = instrument_names(part.instrument for part in definition.parts)
        reads_all = sheet_of(self.user, self.response).is_official
        shown = {"questionnaire": definition, "instruments": names, "submission": None, "reads_all": reads_all}
        return super().get_context_data(**shown, **kwargs)


class OfficialReadView(ResponseReadView):
    """The official answers as they stand, also for a contributor whom the focal point lets read all of them."""

    policy_action = ResponseAction.READ_OFFICIAL
    title = gettext_lazy("The official answers, to read")

    def get_trail(self) -> list[Crumb]:
        """Whoever has leave and no part finds nothing above it."""
        trail = super().get_trail()
        return trail if can(self.user, ResponseAction.VIEW_DRAFT, self.response) else trail[:-1]

    def whole(self) -> Iterable[ReadPart]:
        return draft_parts(official_overview(self.response))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "reads_all": True, "by_leave": not self._is_drafter()}

    def _is_drafter(self) -> bool:
        return sheet_of(self.user, self.response).is_official


class SubmissionReadView(WholePage, BelowSubmission, TemplateView):
    """What was sent, from the frozen document alone."""

    title = gettext_lazy("The answers, to read")
    template_name = "questionnaires/reader/whole.html"
    policy_target: ResponseSubmission

    def whole(self) -> Iterable[ReadPart]:
        return self.parts

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = index_of(self.policy_target.version_id).definition
        return super().get_context_data(questionnaire=definition, **kwargs)
