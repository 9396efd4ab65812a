from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from core.web.pages import Crumb
from dialogue.desk import Desk, desk_context
from dialogue.slips import note_desk_visit, reads_slips
from portal.desk.desk import counts_by_section
from portal.desk.filters import DeskFilter, chosen_filter, filter_links
from portal.desk.section import DeskSection
from questionnaires.progress import ReadSection
from questionnaires.submissions import get_submission, latest_submission
from questionnaires.wording import official, words_above
from reviews.cases import language_of
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage
from reviews.visibility import has_begun


class DeskView(ReviewPage, TemplateView):
    """The sections of the questionnaire with what is written in each: where to begin, where to go on."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Review desk")
    template_name = "portal/desk/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = latest_submission(self.review)
        if submission is None:
            return super().get_context_data(is_elsewhere=has_begun(self.review), **kwargs)
        desk = Desk(self.user, self.review, submission)
        return super().get_context_data(counts=counts_by_section(desk), **desk_context(desk), **kwargs)


class DeskSectionView(ReviewPage, TemplateView):
    """One section: each answer, and beside it what the States write on it."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/desk/desk_section.html"

    @property
    def shows(self) -> bool:
        """A script asks by HEAD whether the page is still open."""
        return self.request.method != "HEAD"

    @cached_property
    def shown(self) -> DeskSection:
        desk = Desk(self.user, self.review, get_submission(self.review), look_up=self.find_section, shows=self.shows)
        is_visit = self.shows and self.keeps_slips
        section = desk.here = self.find_section(desk)
        since = note_desk_visit(self.user, self.review, *section.place.address) if is_visit else None
        return DeskSection(desk, section, self.request, since)

    @property
    def keeps_slips(self) -> bool:
        return reads_slips(self.user, self.review)

    def find_section(self, desk: Desk) -> ReadSection:
        return desk.section_at(self.kwargs["instrument"], self.kwargs["section"])

    def get_title(self) -> str:
        return official(self.shown.section.place.section.heading, self.shown.desk.index.definition.language)

    def get_caption(self) -> str:
        desk, place = self.shown.desk, self.shown.section.place
        return words_above(place.section, desk.index.definition.language, desk.instruments[place.part.instrument])

    def get_about(self) -> str:
        return f"{_('Review desk')} – {isolated(str(self.review))}"

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Review desk"), reverse("portal:desk", args=self.address))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.shown
        previous, following = shown.neighbours()
        articles, questions = shown.articles(), shown.questions()
        chosen = chosen_filter(self.request.GET.get("show", ""))
        articles_shown = [entry for entry in articles if chosen.holds(entry)]
        questions_shown = [entry for entry in questions if chosen.holds(entry)]
        if self.shows:
            entries = [*articles_shown, *questions_shown]
            shown.desk.feedback.open(self.user, [remark for entry in entries for remark in entry.remarks])
        return super().get_context_data(
            shown=shown,
            place=shown.section.place,
            articles=articles_shown,
            questions=questions_shown,
            filters=filter_links([*questions, *articles], chosen) if self.keeps_slips else [],
            is_narrowed=chosen != DeskFilter.ALL,
            back=self.request.get_full_path(),
            notes_language=language_of(self.review),
            cited=shown.cited,
            previous=previous,
            next=following,
            **desk_context(shown.desk),
            **kwargs,
        )
