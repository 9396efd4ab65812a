from typing import Any

from django.views.generic import TemplateView

from dialogue.desk import Desk, ReviewPage, desk_context
from portal.desk.desk import DeskSection, counts_by_section
from questionnaires.responses import get_submission, latest_submission
from reviews.cases.enums import ReviewAction


class DeskView(ReviewPage, TemplateView):
    """The sections of the questionnaire with what is written in each: where to begin, where to go on."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/desk/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = latest_submission(self.review)
        if submission is None:
            return super().get_context_data(**kwargs)
        desk = Desk(self.user, self.review, submission)
        return super().get_context_data(counts=counts_by_section(desk), **desk_context(desk), **kwargs)


class DeskSectionView(ReviewPage, TemplateView):
    """One section: each answer, and beside it what the States write on it."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/desk/desk_section.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        desk = Desk(self.user, self.review, get_submission(self.review))
        shown = DeskSection(desk, desk.section_at(self.kwargs["instrument"], self.kwargs["section"]))
        previous, following = shown.neighbours()
        return super().get_context_data(
            shown=shown,
            place=shown.section.place,
            articles=shown.articles(),
            questions=shown.questions(),
            previous=previous,
            next=following,
            **desk_context(desk),
            **kwargs,
        )
