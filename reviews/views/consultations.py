import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.models import StateParty
from core.i18n import UN_LANGUAGES, list_of
from core.policy import explain
from core.templatetags.components import date_words
from core.templatetags.components import names as names_of
from core.views import ServiceActionView, ServiceFormView
from reviews.enums import ReviewAction, StepKind
from reviews.forms import ConsultationForm
from reviews.forms.consultations import initial_dates
from reviews.models import ConsultationConfirmation, ConsultationProposal, Review
from reviews.permissions import hat_of
from reviews.selectors.consultations import (
    DateToAgree,
    dates_to_agree,
    proposals_of,
    standing_proposal,
    states_still_to_confirm,
)
from reviews.selectors.reviews import states_taking_part
from reviews.services.consultations import confirm_consultation, propose_consultation
from reviews.services.dialogue import record_processing
from reviews.views.base import ReviewPage


@dataclass(frozen=True, slots=True)
class Difference:
    """What an earlier proposal said otherwise than the one that stands, both in words."""

    label: str
    then: str
    now: str


class ConsultationView(ReviewPage, TemplateView):
    """What is proposed, who has confirmed it, whose word is missing, and what was proposed before."""

    policy_action = ReviewAction.VIEW
    template_name = "reviews/consultation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = list(states_taking_part(self.review))
        proposals = list(proposals_of(self.review))
        standing = proposals[0] if proposals else None
        return super().get_context_data(
            proposal=standing,
            is_open=self.review.step.kind == StepKind.CONSULTATION,
            propose_decision=explain(self.request.user, ReviewAction.PROPOSE_CONSULTATION, self.review),
            **(self._standing(standing, proposals[1:], states) if standing else {}),
            **kwargs,
        )

    def _standing(
        self, standing: ConsultationProposal, earlier: list[ConsultationProposal], states: list[StateParty]
    ) -> dict[str, Any]:
        dates, words = dates_to_agree(self.review), _words(standing, states)
        missing = [state for state, confirmation in words if confirmation is None]
        agreed = (row for row in earlier if all(confirmation for _state, confirmation in _words(row, states)))
        return {
            "proposed_languages": _languages(standing),
            "dates": [(date, _proposed_day(standing, date)) for date in dates],
            "words": words,
            "missing": missing,
            "agreed_before": next(agreed, None) if missing else None,  # holds until all have confirmed the new one
            "earlier": [(row, _languages(row), _differences(row, standing, dates)) for row in earlier],
            **self._own_word(missing),
        }

    def _own_word(self, missing: list[StateParty]) -> dict[str, Any]:
        """Where the word of the reader's State is missing: whether the reader may give it."""
        user: Any = self.request.user
        hat = hat_of(user, self.review)
        own = next((state for state in missing if hat and state.pk == hat.state_party_id), None)
        if own is None:
            return {}
        return {
            "own_state": own,
            "confirm_decision": explain(user, ReviewAction.CONFIRM_CONSULTATION, self.review),
        }


class ConsultationProposeView(ReviewPage, ServiceFormView):
    policy_action = ReviewAction.PROPOSE_CONSULTATION
    form_class = ConsultationForm
    template_name = "reviews/consultation_propose.html"

    @cached_property
    def standing(self) -> ConsultationProposal | None:
        return standing_proposal(self.review)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "review": self.review}

    def get_initial(self) -> dict[str, Any]:
        """What stands now, so that only what is otherwise must be changed. The note belongs to whoever wrote it."""
        if self.standing is None:
            return {}
        return {
            "languages": self.standing.languages,
            "reason": self.standing.reason,
            **initial_dates(self.standing.dates),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposal=self.standing, **kwargs)

    def perform(self, form: ConsultationForm) -> ConsultationProposal:
        return propose_consultation(
            actor=self.request.user,
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


class ConsultationConfirmView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.CONFIRM_CONSULTATION

    def perform(self) -> str:
        user: Any = self.request.user
        given = self.request.POST.get("number", "")
        number = int(given) if given.isdecimal() else 0  # no proposal has that number
        confirm_consultation(actor=user, review=self.review, number=number)
        proposal = standing_proposal(self.review)
        missing = states_still_to_confirm(self.review, proposal) if proposal else []
        if not missing:
            return _("All States have confirmed: working languages and dates are agreed.")
        message = _("Confirmed for %(state)s. Not confirmed yet: %(states)s.")
        return message % {"state": self._own_state(user), "states": names_of(missing)}

    def _own_state(self, user: Any) -> StateParty:
        hat = hat_of(user, self.review)
        return next(state for state in states_taking_part(self.review) if hat and state.pk == hat.state_party_id)

    def next_url(self) -> str:
        return _consultation_url(self.review)


class ProcessingRecordView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.RECORD_PROCESSING

    def perform(self) -> str:
        number = record_processing(self.request.user, self.review)
        return ngettext(
            "It is recorded that the documentation was processed; the time of what follows runs from today.",
            "It is recorded that all documentation was processed; the time of what follows runs from today.",
            number,
        )

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])


def _consultation_url(review: Review) -> str:
    return reverse("reviews:consultation", args=[review.mechanism.slug, review.code])


def _words(
    proposal: ConsultationProposal, states: list[StateParty]
) -> list[tuple[StateParty, ConsultationConfirmation | None]]:
    """The States of the review, each with its confirmation or None."""
    given = {row.state_party_id: row for row in proposal.confirmations.all()}
    return [(state, given.get(state.pk)) for state in states]


def _languages(proposal: ConsultationProposal) -> str:
    names = dict(UN_LANGUAGES)
    return list_of([str(names[code]) for code in proposal.languages])


def _proposed_day(proposal: ConsultationProposal, date: DateToAgree) -> dt.date | None:
    day = proposal.dates.get(date.slug)
    return dt.date.fromisoformat(day) if day else None


def _differences(
    earlier: ConsultationProposal, standing: ConsultationProposal, dates: list[DateToAgree]
) -> list[Difference]:
    pairs = [(_("Working languages"), _languages(earlier), _languages(standing))]
    pairs.append((_("Reason for a further language"), earlier.reason or "–", standing.reason or "–"))
    pairs += [(date.name, _day_words(earlier, date), _day_words(standing, date)) for date in dates]
    return [Difference(label, then, now) for label, then, now in pairs if then != now]


def _day_words(proposal: ConsultationProposal, date: DateToAgree) -> str:
    day = _proposed_day(proposal, date)
    return date_words(day) if day else _("as in the plan")
