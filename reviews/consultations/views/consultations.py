from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.states.models import StateParty
from core.templatetags.components import names as names_of
from core.web.numbers import posted_number
from core.web.pages import Crumb
from core.web.views import ServiceActionView, ServiceFormView
from reviews.capacities import capacity_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import PartialTeam, Review
from reviews.consultations.forms.consultations import ConsultationForm
from reviews.consultations.forms.going_ahead import GoAheadForm
from reviews.consultations.going_ahead import go_ahead_without
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.selectors import standing_words
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.consultations.views.page import ConsultationPage
from reviews.navigation import ReviewPage
from reviews.participation import missing_roles
from reviews.visibility import get_state_taking_part, states_taking_part


class ConsultationView(ConsultationPage, TemplateView):
    """What is proposed, who has confirmed it, whose word is missing, and what was proposed before."""

    policy_action = ReviewAction.VIEW
    template_name = "reviews/consultations/consultation.html"


class ConsultationProposeView(ConsultationPage, ServiceFormView):
    """The same page with the form open, where its errors come back to."""

    policy_action = ReviewAction.PROPOSE_CONSULTATION
    form_class = ConsultationForm
    template_name = "reviews/consultations/consultation.html"
    is_form_open = True

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), _consultation_crumb(self.review)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.form_facts()}

    def get_initial(self) -> dict[str, Any]:
        return self.initial_proposal()

    def perform(self, form: ConsultationForm) -> ConsultationProposal:
        return propose_consultation(
            actor=self.user,
            review=self.review,
            languages=form.cleaned_data["languages"],
            reason=form.cleaned_data["reason"],
            dates=form.chosen_dates,
            note=form.cleaned_data["note"],
        )

    def success_message_for(self, result: ConsultationProposal) -> str:
        if result.proposed_for is None:
            return _("The proposal is made. The focal points have been told by mail.")
        message = _("The proposal is made and confirmed for %(state)s. The other focal points have been told by mail.")
        return message % {"state": result.proposed_for}

    def success_url_for(self, result: object) -> str:
        return _consultation_url(self.review)


class GoAheadView(ReviewPage, ServiceFormView):
    """An officer records that the others go ahead without one State."""

    policy_action = ReviewAction.GO_AHEAD
    form_class = GoAheadForm
    template_name = "reviews/consultations/partial_team.html"

    @cached_property
    def state_party(self) -> StateParty:
        """Raises Http404 for a State that takes no part."""
        return get_state_taking_part(self.review, self.kwargs["iso3"])

    def get_title(self) -> str:
        return _("Go ahead without %(state)s") % {"state": self.state_party}

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), _consultation_crumb(self.review)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = dict(missing_roles(self.review, [self.state_party])).get(self.state_party, [])
        return super().get_context_data(state=self.state_party, roles=[str(role.label) for role in roles], **kwargs)

    def perform(self, form: GoAheadForm) -> PartialTeam:
        return go_ahead_without(
            actor=self.user,
            review=self.review,
            state_party=self.state_party,
            reason=form.cleaned_data["reason"],
        )

    def success_message_for(self, result: PartialTeam) -> str:
        message = _("It is recorded that the others go ahead without %(state)s. All have been told by mail.")
        return message % {"state": result.state_party}

    def success_url_for(self, result: object) -> str:
        return _consultation_url(self.review)


class ConsultationConfirmView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.CONFIRM_CONSULTATION
    takes = {"number": forms.IntegerField(min_value=1)}

    def perform(self) -> str:
        number = posted_number(self.request.POST.get("number"))
        confirm_consultation(actor=self.user, review=self.review, number=number)
        words = standing_words(self.review)
        if words is None or not words.missing:
            return _("All States have confirmed: working languages and dates are agreed.")
        message = _("Confirmed for %(state)s. Not confirmed yet: %(states)s.")
        return message % {"state": self._own_state(self.user), "states": names_of(words.missing)}

    def _own_state(self, user: Any) -> StateParty:
        capacity = capacity_of(user, self.review)
        return next(
            state for state in states_taking_part(self.review) if capacity and state.pk == capacity.state_party_id
        )

    def next_url(self) -> str:
        return _consultation_url(self.review)


def _consultation_crumb(review: Review) -> Crumb:
    return Crumb(_("Consultations"), _consultation_url(review))


def _consultation_url(review: Review) -> str:
    return reverse("reviews:consultation", args=[review.mechanism.slug, review.code])
