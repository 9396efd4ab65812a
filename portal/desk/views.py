from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from core.policy import can
from core.web.pages import Crumb
from core.web.views import PollView, presence_facts
from dialogue.desk import Desk, desk_context
from dialogue.slips import note_desk_visit, reads_slips
from dialogue.split import SplitAt, address_of, split_on_desk, splits_work
from portal.desk.desk import counts_by_section
from portal.desk.filters import (
    DeskFilter,
    chosen_filter,
    chosen_sections,
    filter_links,
    section_links,
    sections_shown,
)
from portal.desk.section import DeskSection
from portal.desk.together import colleagues_at, leave, place_on_desk, room_at
from questionnaires.progress import ReadSection
from questionnaires.submissions import get_submission, latest_submission
from questionnaires.wording import numbers_on_page, official, words_above
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
        desk = Desk(self.user, self.review, submission, shows=self.request.method != "HEAD")
        counts, chosen = counts_by_section(desk), chosen_sections(self.request.GET.get("show", ""))
        return super().get_context_data(
            counts=sections_shown(counts, chosen),
            filters=section_links(counts, chosen) if splits_work(self.user, self.review) else [],
            may_split=can(self.user, ReviewAction.SPLIT_WORK, self.review),
            **desk_context(desk),
            **kwargs,
        )


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

    def presence(self) -> dict[str, Any]:
        """Whom of one's own State the page shows when it is loaded, and what its script asks."""
        place = self.shown.section.place
        if not self.shows or not room_at(self.user, self.review, place):
            return {}
        url = reverse("portal:desk-together", args=[*self.address, *place.address])
        return {"here_url": url, "people": colleagues_at(self.user, self.review, place)}

    def split(self) -> dict[str, Any]:
        """Who of the reader's State is on the section; for who reads in the room of a State that reviews it."""
        place = self.shown.section.place
        if not self.shows or place.part.instrument not in self.shown.desk.covered:
            return {}
        found: dict[str, Any] = {"split": split_on_desk(self.user, self.review).get(address_of(place), SplitAt())}
        if can(self.user, ReviewAction.SPLIT_WORK, self.review):
            found["take_url"] = reverse("dialogue:section-take", args=[*self.address, *place.address])
        return found

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
            **self.presence(),
            **self.split(),
            shown=shown,
            place=shown.section.place,
            articles=articles_shown,
            questions=questions_shown,
            filters=filter_links([*questions, *articles], chosen) if self.keeps_slips else [],
            is_narrowed=chosen != DeskFilter.ALL,
            cited=shown.cited,
            previous=previous,
            next=following,
            **desk_context(shown.desk),
            **kwargs,
        )


class DeskTogetherView(PollView, ReviewPage):
    """What the script of a section asks every few seconds: who of one's own State has it open as well."""

    policy_action = ReviewAction.READ_TABLE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Who takes part for no State has no room there."""
        place = place_on_desk(self.review, self.kwargs["instrument"], self.kwargs["section"])
        if not room_at(self.user, self.review, place):
            raise Http404
        if "gone" in request.GET:
            leave(self.user, self.review, place)
            return self.told({})
        people = colleagues_at(self.user, self.review, place, request.GET.get("in", ""))
        return self.told(presence_facts(people, numbers_on_page(place.section.items)))
