from typing import Any

from django.views.generic import TemplateView

from core.i18n import language
from portal.desk import Desk, DeskSection, counts_by_section
from portal.views.base import ReviewPage
from questionnaires.selectors.reading import get_submission, instrument_names
from questionnaires.selectors.responses import latest_submission
from reviews.enums import ReviewAction


class DeskView(ReviewPage, TemplateView):
    """The sections of the questionnaire with what is written in each: where to begin, where to go on."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = latest_submission(self.review)
        if submission is None:
            return super().get_context_data(**kwargs)
        desk = Desk(self.user, self.review, submission)
        return super().get_context_data(counts=counts_by_section(desk), **desk_context(desk), **kwargs)


class DeskSectionView(ReviewPage, TemplateView):
    """One section: each answer, and beside it what the States write on it."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/desk_section.html"

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


def desk_context(desk: Desk) -> dict[str, Any]:
    """What every page of the desk shows, and the languages in which questions and answers are written."""
    return {
        "desk": desk,
        "instruments": instrument_names(part.part.instrument for part in desk.parts),
        "official": language(desk.index.definition.language),
        "answers_language": desk.submission.language,
    }
