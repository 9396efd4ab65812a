"""The page of a review's dates: when each milestone is due and why, what is asked for, and what was agreed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.states.models import StateParty
from core.policy import Decision, explain
from core.templatetags.components import date_words
from core.time.distances import due_in
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceActionView, ServiceFormView
from reviews.capacities import capacity_of
from reviews.cases.enums import ReviewAction, TimeChangeKind, TimeChangeStatus
from reviews.cases.models import ReviewMilestone, TimeChange
from reviews.clock import DueDate
from reviews.dates.forms import ExtensionForm, PauseForm, TimeAnswerForm, TimeRecordForm
from reviews.dates.selectors import agreement_on, get_time_change, milestone_of, time_changes_for
from reviews.dates.services import (
    answer_time_change,
    ask_extension,
    ask_pause,
    end_pause,
    record_time_change,
    withdraw_time_change,
)
from reviews.due import is_past, know_states, timeline_of, today_where_owed
from reviews.navigation import ReviewPage
from reviews.schedule import ComputedDates, computed_dates_of, running_pause
from reviews.templatetags.plans import duration_words
from reviews.visibility import states_taking_part


@dataclass(frozen=True, slots=True)
class MilestoneDateRow:
    """A milestone with its dates, and in words why its date is what it is. ``distance`` is for what is open."""

    milestone: ReviewMilestone
    planned_on: dt.date | None
    extended_to: dt.date | None
    reasons: list[str]
    distance: str
    is_past: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What is asked for and not decided, with the decisions on the reader's buttons."""

    change: TimeChange
    missing: list[StateParty]
    answer: Decision | None
    withdraw: Decision
    record: Decision | None


class DatesView(ReviewPage, TemplateView):
    policy_action = ReviewAction.VIEW
    title = gettext_lazy("Dates")
    template_name = "reviews/dates/dates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        know_states(self.review)
        changes = time_changes_for(user, self.review)
        for change in changes:
            change.review = self.review
        open_ones = [change for change in changes if change.status == TimeChangeStatus.ASKED]
        states, pause = list(states_taking_part(self.review)), running_pause(self.review)
        if pause is not None:
            pause.review = self.review
        return super().get_context_data(
            rows=self.date_rows(open_ones),
            version=self.review.plan_version,
            requests=[self._request(change, states) for change in open_ones],
            history=[change for change in changes if change.status != TimeChangeStatus.ASKED],
            pause=pause,
            end_decision=explain(user, ReviewAction.END_PAUSE, pause) if pause else None,
            ask_decision=explain(user, ReviewAction.ASK_TIME_CHANGE, self.review),
            reasons_decision=explain(user, ReviewAction.READ_REASONS, self.review),
            is_pause_asked=any(change.kind == TimeChangeKind.PAUSE for change in open_ones),
            **kwargs,
        )

    def date_rows(self, changes: Iterable[TimeChange]) -> list[MilestoneDateRow]:
        """The milestones; ``changes``: of the review, those that are asked for among them."""
        asked = {change.milestone_id for change in changes if change.status == TimeChangeStatus.ASKED}
        computed, now = computed_dates_of(self.review), timezone.now()
        names = {slug: row.name for slug, row in computed.rows.items()}
        rows = []
        for milestone in timeline_of(self.review):
            milestone.review = self.review
            slug, is_open = milestone.plan.slug, milestone.reached_on is None
            due = computed.due.get(slug)
            today = today_where_owed(self.review, milestone.plan.owed_by, now)
            rows.append(
                MilestoneDateRow(
                    milestone=milestone,
                    planned_on=computed.planned[slug].due_on if slug in computed.planned else None,
                    extended_to=due.extended_to if due else None,
                    reasons=_reasons(due, computed, names) if due else [],
                    distance=due_in(milestone.due_on, today) if is_open else "",
                    is_past=is_past(milestone, now),
                    is_asked=milestone.pk in asked,
                )
            )
        return rows

    def _request(self, change: TimeChange, states: list[StateParty]) -> OpenRequest:
        user: Any = self.request.user
        agreement, capacity = agreement_on(change, states), capacity_of(user, self.review)
        is_asked = capacity is not None and agreement.waits_for(capacity.state_party_id)
        return OpenRequest(
            change,
            agreement.missing,
            explain(user, ReviewAction.ANSWER_TIME_CHANGE, change) if is_asked else None,
            explain(user, ReviewAction.WITHDRAW_TIME_CHANGE, change),
            explain(user, ReviewAction.RECORD_TIME_CHANGE, change) if user.is_secretariat else None,
        )


class _BelowDates(ReviewPage):
    """A page under the dates, to which it leads back."""

    def dates_url(self) -> str:
        return reverse("reviews:dates", args=self.address)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Dates"), self.dates_url())]

    def success_url_for(self, result: object) -> str:
        return self.dates_url()


class _DatesForm(_BelowDates, ServiceFormView):
    template_name = "reviews/dates/dates_form.html"

    def success_message_for(self, result: TimeChange) -> str:
        return _outcome(result)


class ExtensionAskView(_DatesForm):
    policy_action = ReviewAction.ASK_TIME_CHANGE
    form_class = ExtensionForm
    title = gettext_lazy("Ask for an extension")

    @cached_property
    def milestone(self) -> ReviewMilestone:
        return milestone_of(self.review, self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "milestone": self.milestone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(milestone=self.milestone, **kwargs)

    def perform(self, form: ExtensionForm) -> TimeChange:
        return ask_extension(actor=self.user, review=self.review, milestone=self.milestone, **form.cleaned_data)


class PauseAskView(_DatesForm):
    policy_action = ReviewAction.ASK_TIME_CHANGE
    form_class = PauseForm
    title = gettext_lazy("Ask for a pause")

    def perform(self, form: PauseForm) -> TimeChange:
        return ask_pause(actor=self.user, review=self.review, **form.cleaned_data)


class _TimeChangePage(_BelowDates):
    """A page of one request; the policy is asked about the request."""

    policy_target: TimeChange

    def get_policy_target(self) -> TimeChange:
        return get_time_change(self.find_review(), str(self.kwargs["change"]))

    @property
    def change(self) -> TimeChange:
        return self.policy_target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(change=self.change, **kwargs)


class TimeAnswerView(_TimeChangePage, _DatesForm):
    policy_action = ReviewAction.ANSWER_TIME_CHANGE
    form_class = TimeAnswerForm
    title = gettext_lazy("Answer for your State")

    def perform(self, form: TimeAnswerForm) -> TimeChange:
        return answer_time_change(actor=self.user, change=self.change, **form.cleaned_data)


class TimeRecordView(_TimeChangePage, _DatesForm):
    policy_action = ReviewAction.RECORD_TIME_CHANGE
    form_class = TimeRecordForm
    title = gettext_lazy("Record an agreement reached elsewhere")

    def perform(self, form: TimeRecordForm) -> TimeChange:
        return record_time_change(actor=self.user, change=self.change, how=form.cleaned_data["how"])


class TimeWithdrawView(_TimeChangePage, ServiceActionView):
    policy_action = ReviewAction.WITHDRAW_TIME_CHANGE

    def perform(self) -> str:
        withdraw_time_change(actor=self.user, change=self.change)
        return _("The request is withdrawn. Those whom it concerned have been told by mail.")

    def next_url(self) -> str:
        return self.dates_url()


class PauseEndView(_TimeChangePage, ConfirmedActView):
    policy_action = ReviewAction.END_PAUSE
    template_name = "reviews/dates/pause_end.html"
    title = gettext_lazy("End the pause today")
    consequences = (
        gettext_lazy("The clock of this review runs again from today; the dates move to earlier days."),
        gettext_lazy("The focal points and the officer in charge are told by mail."),
    )
    success_message = gettext_lazy("The pause has ended. The dates have moved.")

    def perform(self, form: Any) -> TimeChange:
        return end_pause(actor=self.user, change=self.change)


def _outcome(change: TimeChange) -> str:
    """What a form on a request has led to, in words."""
    if change.status == TimeChangeStatus.AGREED:
        return _("It is agreed, and the dates have moved. Those whom it concerns have been told by mail.")
    if change.status == TimeChangeStatus.DECLINED:
        return _("It is declined, and the dates stay. Those whom it concerns have been told by mail.")
    return _("The other States have been asked. It is agreed when all of them agree.")


def _reasons(due: DueDate, computed: ComputedDates, names: dict[str, str]) -> list[str]:
    """Why a date is what it is, a sentence for each thing that has moved it."""
    reasons = [_base(due, computed, names)]
    if due.extended_to:
        reasons.append(_("An extension to %(date)s was agreed.") % {"date": date_words(due.extended_to)})
    if due.paused_days:
        reasons.append(
            ngettext("A pause has moved it by %(days)d day.", "Pauses have moved it by %(days)d days.", due.paused_days)
            % {"days": due.paused_days}
        )
    if due.moved_from:
        message = _("It would fall on %(date)s, a day off, and moves to the next working day.")
        reasons.append(message % {"date": date_words(due.moved_from)})
    return reasons


def _base(due: DueDate, computed: ComputedDates, names: dict[str, str]) -> str:
    if due.agreed_on:
        return _("In their consultations the States agreed on %(date)s.") % {"date": date_words(due.agreed_on)}
    facts = {"duration": duration_words(computed.rows[due.slug]), "date": date_words(due.counted_from_on)}
    if due.origin is None:
        return _("%(duration)s after the start of the review on %(date)s.") % facts
    facts["milestone"] = names[due.origin]
    origin = computed.milestones.get(due.origin)
    if origin is not None and origin.reached_on:
        return _("%(duration)s after “%(milestone)s”, reached on %(date)s.") % facts
    return _("%(duration)s after “%(milestone)s”, expected on %(date)s.") % facts
