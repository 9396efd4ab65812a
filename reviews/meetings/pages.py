"""The base of the pages that lead back to the dialogue."""

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.time.time_zones import is_zone
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from reviews.agreement import StaleRevisionError
from reviews.capacities import capacity_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.drafts import Shown, WritingView, shown_on_table
from reviews.meetings.models import PlannedMeeting
from reviews.meetings.selectors import get_planned_meeting
from reviews.navigation import ReviewPage


class DialoguePage(ReviewPage):
    """A page below the dialogue, which leads back to the whole of it."""

    def dialogue_url(self) -> str:
        return reverse("dialogue:dialogue", args=[self.kwargs["mechanism"], self.kwargs["code"]])

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Dialogue"), self.dialogue_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dialogue_url=self.dialogue_url(), **kwargs)

    def success_url_for(self, result: object) -> str:
        return self.dialogue_url()


class DialogueFormPage(DialoguePage, WritingView):
    """A form below the dialogue; all States of the review read what is saved."""

    read_action = ReviewAction.READ_TABLE
    template_name = "reviews/meetings/dialogue_form.html"

    @property
    def read_target(self) -> Review:
        return self.review

    def shown_now(self) -> Shown:
        return shown_on_table(self.review)

    def own_zone(self) -> str:
        """The person's own; without one, that of the State for which he or she acts."""
        capacity = capacity_of(self.user, self.review)
        state = capacity.state_party if capacity else None
        names = [self.user.time_zone, state.time_zone if state else "", timezone.get_current_timezone_name()]
        return next((name for name in names if is_zone(name)), "")

    @cached_property
    def named_meeting(self) -> PlannedMeeting | None:
        """The meeting to come that the form is about (``?meeting=``); None where it names none."""
        key = self.request.GET.get("meeting", "")
        if not key:
            return None
        try:
            return get_planned_meeting(self.review, UUID(key))
        except ValueError as error:
            raise Http404(_("There is no such page.")) from error


class RevisionForm(DialogueFormPage):
    """An act on the revision that the page shows: where another stands by now, it shows that one."""

    acts_on: ClassVar[str]
    """Under which name the services take what the policy is asked about."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.policy_target.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        super().rest(form, error)
        if isinstance(error, StaleRevisionError):
            form.rest_on(error.revision)
            self.look_anew()

    def look_anew(self) -> None:
        self.policy_target = self.get_policy_target()

    def perform(self, form: Any) -> Any:
        on = {"actor": self.user, self.acts_on: self.policy_target}
        return self.act(form, **on, revision=form.cleaned_data["base"] or 0)

    @abstractmethod
    def act(self, form: Any, **on: Any) -> object:
        """Call the service ``on`` (actor, revision, what it acts on). May raise ServiceError."""
