from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.errors import OutdatedError, ServiceError
from core.language.i18n import language
from core.policy import can
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ServiceActionView, ServiceFormView
from dialogue.split.forms import SplitForm, standing
from dialogue.split.selectors import SplitAt, address_of, delegation_of, sections_to_split, split_on_desk
from dialogue.split.services import SplitChange, as_shown, read_shown, split_work
from questionnaires.definitions import PlacedSection, index_of, instrument_names
from questionnaires.submissions import get_submission
from reviews.capacities import require_capacity
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage


class SplitView(ReviewPage, ServiceFormView):
    """All sections that the reader's State reviews: who of it is on which, and on which it leads."""

    policy_action = ReviewAction.SPLIT_WORK
    form_class = SplitForm
    title = gettext_lazy("Split of the work")
    template_name = "dialogue/split/split.html"

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Review desk"), self.back_url())]

    def back_url(self) -> str:
        return reverse("portal:desk", args=self.address)

    @cached_property
    def state(self) -> Any:
        return require_capacity(self.user, self.review).state_party_id

    @cached_property
    def places(self) -> list[PlacedSection]:
        return sections_to_split(self.review, self.state)

    @cached_property
    def split(self) -> dict[str, SplitAt]:
        return split_on_desk(self.user, self.review)

    @cached_property
    def may_lead(self) -> bool:
        return can(self.user, ReviewAction.LEAD_ON_SECTIONS, self.review)

    def get_form_kwargs(self) -> dict[str, Any]:
        people = [(row.pk, row.user.full_name) for row in delegation_of(self.review, self.state)]
        return {**super().get_form_kwargs(), "places": self.places, "people": people, "may_lead": self.may_lead}

    def get_initial(self) -> dict[str, Any]:
        at = {address_of(place): self.split.get(address_of(place), SplitAt()) for place in self.places}
        return {
            **standing(self.places, self.split, may_lead=self.may_lead),
            "shown": as_shown({section: each.keeper for section, each in at.items()}),
            "led": " ".join(section for section, each in at.items() if each.is_led),
        }

    def perform(self, form: SplitForm) -> int:
        led = frozenset(form.cleaned_data["led"].split())
        change = SplitChange(
            wanted=form.keepers,
            shown=read_shown(form.cleaned_data["shown"]),
            leads=form.leads if self.may_lead else led,
            leads_shown=led,
        )
        return split_work(actor=self.user, review=self.review, change=change)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError) and error.now:
            form.carry(shown=error.now)

    def success_message_for(self, result: int) -> str:
        if not result:
            return _("Nothing has changed.")
        return ngettext("%(number)d section is changed.", "%(number)d sections are changed.", result) % {
            "number": result
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        parts: dict[str, list[Any]] = {}
        for row in context["form"].rows(self.split):
            parts.setdefault(row.place.part.instrument, []).append(row)
        return {
            **context,
            "parts": parts,
            "instruments": instrument_names(parts),
            "official": language(index_of(get_submission(self.review).version_id).definition.language),
        }


class SectionTakeView(ReviewPage, ServiceActionView):
    """One takes a section on oneself, or gives it back; what stands otherwise than shown is a colleague's."""

    policy_action = ReviewAction.SPLIT_WORK
    takes = {
        "press": forms.ChoiceField(choices=[("take", "take"), ("leave", "leave")]),
        "shown": forms.CharField(max_length=64, required=False),
    }

    def perform(self) -> str:
        section = f"{self.kwargs['instrument']}/{self.kwargs['section']}"
        own = require_capacity(self.user, self.review).participation_id
        shown = read_shown(f"{section}={self.request.POST.get('shown', '')}")
        wanted = {"take": own, "leave": None}
        press = self.request.POST.get("press", "")
        if press not in wanted or (press == "leave" and shown.get(section) != own):
            raise ServiceError(_("This page is out of date. Reload it."))
        change = SplitChange(wanted={section: wanted[press]}, shown=shown)
        split_work(actor=self.user, review=self.review, change=change)
        return _("You are on this section.") if press == "take" else _("You are not on this section any more.")

    def next_url(self) -> str:
        here = [*self.address, self.kwargs["instrument"], self.kwargs["section"]]
        return self.next_page or reverse("portal:desk-section", args=here)
