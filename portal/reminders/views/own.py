"""One's own reminders: what will be sent when, and what one says about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lifecycle import retry_delivery
from accounts.people.enums import AccountAction
from core.errors import found
from core.language.i18n import isolated
from core.mail.reports import bouncing, rows_of
from core.models import Notification
from core.policy import can, require
from core.templatetags.components import date_words
from core.web.pages import Crumb, Page
from core.web.views import ListPage, PolicyView, ServiceActionView, ServiceFormView
from core.web.views.services import ConfirmedActView
from portal.reminders.deliveries import deliveries, get_delivery, reviews_named
from portal.reminders.filters import DeliveryFilterSet
from portal.reminders.forms import (
    AS_PLANNED,
    COLLEAGUE,
    LATER,
    AbsenceForm,
    HourForm,
    ReminderChoiceForm,
)
from portal.reminders.planner import default_hour
from portal.reminders.upcoming import upcoming_digests
from reviews.absences import absences_of, possible_deputies, record_absence, remove_absence
from reviews.absences.models import Absence
from reviews.cases.enums import ReviewAction
from reviews.cases.models import ReviewMilestone
from reviews.navigation import ReviewPage
from reviews.preferences import (
    colleagues_in,
    delegations_by,
    delegations_to,
    hand_on_reminders,
    mute_review,
    mutes_of,
    open_milestone_of,
    postpone_reminders,
    set_reminder_hour,
    snoozes_of,
    take_back_reminders,
    unmute_review,
)
from reviews.preferences.models import ReminderHour
from reviews.programme import mechanisms
from reviews.states.enums import StateAction


class RemindersView(ServiceFormView):
    """Everything about the reader's reminders, and the hour at which they come."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = HourForm
    title = gettext_lazy("Your reminders")
    template_name = "portal/reminders/reminders.html"
    success_message = gettext_lazy("The hour of your reminders is set.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "default": default_hour()}

    def get_initial(self) -> dict[str, Any]:
        own: ReminderHour | None = getattr(self.request.user, "reminder_hour", None)
        return {"hour": str(own.hour) if own else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        today = timezone.localdate()
        return super().get_context_data(
            digests=upcoming_digests(user, today),
            mechanisms=mechanisms() if can(user, StateAction.VIEW_REMINDER_RULES) else [],
            snoozes=snoozes_of(user),
            handed_on=delegations_by(user),
            taken_on=delegations_to(user),
            mutes=mutes_of(user),
            absences=absences_of(user, today),
            zone=timezone.get_current_timezone_name(),
            **kwargs,
        )

    def perform(self, form: HourForm) -> None:
        set_reminder_hour(actor=self.user, hour=form.cleaned_data["hour"])

    def success_url_for(self, result: object) -> str:
        return reverse("portal:reminders")


class BelowReminders(Page):
    """A page that leads back to the reader's reminders, also where it is about a review."""

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Your reminders"), reverse("portal:reminders"))]

    def success_url_for(self, result: object) -> str:
        return reverse("portal:reminders")


class ReminderChoicesView(BelowReminders, ReviewPage, ServiceFormView):
    """Postpone the reminders of one act, hand them to a colleague, or take them back."""

    policy_action = ReviewAction.MANAGE_REMINDERS
    form_class = ReminderChoiceForm
    template_name = "portal/reminders/reminder_choices.html"

    @cached_property
    def milestone(self) -> ReviewMilestone:
        return found(open_milestone_of(self.review, self.kwargs["milestone"]))

    def get_title(self) -> str:
        return str(self.milestone.plan)

    def get_about(self) -> str:
        return f"{_('Reminders of an act')} – {isolated(str(self.review))}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": list(colleagues_in(self.user, self.review))}

    def get_initial(self) -> dict[str, Any]:
        snooze = snoozes_of(self.user).filter(milestone=self.milestone).first()
        if snooze:
            return {"choice": LATER, "until": snooze.until}
        delegation = delegations_by(self.user).filter(milestone=self.milestone).first()
        if delegation:
            return {"choice": COLLEAGUE, "colleague": str(delegation.colleague_id)}
        return {"choice": AS_PLANNED}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(milestone=self.milestone, **kwargs)

    def perform(self, form: ReminderChoiceForm) -> str:
        choice = form.cleaned_data["choice"]
        if choice == LATER:
            postpone_reminders(actor=self.user, milestone=self.milestone, until=form.chosen_day)
            return _("You will be reminded on %(day)s.") % {"day": date_words(form.chosen_day)}
        if choice == COLLEAGUE:
            hand_on_reminders(actor=self.user, milestone=self.milestone, colleague=form.chosen_colleague)
            return _("Your colleague gets the reminders of this act from now on.")
        take_back_reminders(actor=self.user, milestone=self.milestone)
        return _("You will be reminded as the rules say.")

    def success_message_for(self, result: Any) -> str:
        return str(result)


class ReminderMuteView(BelowReminders, ReviewPage, ConfirmedActView):
    """Asks before a review is muted, or heard of again; which of both its button says, so that twice is as once."""

    policy_action = ReviewAction.MANAGE_REMINDERS
    takes = {"muted": forms.ChoiceField(choices=[("1", "1"), ("0", "0")])}
    template_name = "portal/reminders/reminder_act.html"
    title = gettext_lazy("Mute this review")

    @cached_property
    def is_muted(self) -> bool:
        return mutes_of(self.user).filter(review=self.review).exists()

    def get_title(self) -> str:
        return _("Hear of this review again") if self.is_muted else str(self.title)

    def get_consequences(self) -> Sequence[str]:
        if self.is_muted:
            return [_("You will be reminded of this review again as the rules say.")]
        return [
            _("You will not be reminded of this review any more. You can take it back under “Your reminders”."),
            _("What comes to a focal point on the indicative date and after it still comes: the State has to hear it."),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(back=reverse("portal:reminders"), **kwargs)
        return {**context, "title": self.get_title(), "says": {"muted": "0" if self.is_muted else "1"}}

    def perform(self, form: Any) -> str:
        if self.request.POST.get("muted") == "0":
            unmute_review(actor=self.user, review=self.review)
            return _("You will be reminded of review %(code)s again.") % {"code": self.review.code}
        mute_review(actor=self.user, review=self.review)
        return _("Review %(code)s is muted.") % {"code": self.review.code}

    def success_message_for(self, result: Any) -> str:
        return str(result)


class AbsenceAddView(BelowReminders, ServiceFormView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = AbsenceForm
    title = gettext_lazy("Record an absence")
    template_name = "portal/reminders/absence_form.html"
    success_message = gettext_lazy("Your absence is recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {**super().get_form_kwargs(), "people": list(possible_deputies(user))}

    def perform(self, form: AbsenceForm) -> Absence:
        return record_absence(actor=self.user, **form.cleaned_data)


class AbsenceRemoveView(BelowReminders, ConfirmedActView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    template_name = "portal/reminders/reminder_act.html"
    title = gettext_lazy("Take back the absence")
    success_message = gettext_lazy("The absence is taken back.")

    @cached_property
    def absence(self) -> Absence:
        user: Any = self.request.user
        return found(absences_of(user, timezone.localdate()).filter(pk=self.kwargs["absence"]).first())

    def get_consequences(self) -> Sequence[str]:
        words = _("Your absence from %(first)s to %(last)s is taken back. Your reminders come to you again.")
        return [words % {"first": date_words(self.absence.starts_on), "last": date_words(self.absence.ends_on)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("portal:reminders"), **kwargs)

    def perform(self, form: Any) -> None:
        remove_absence(actor=self.user, absence=self.absence)


class DeliveryListView(PolicyView, ListPage):
    policy_action = AccountAction.VIEW_DELIVERIES
    title = gettext_lazy("Mails")
    template_name = "portal/reminders/delivery_list.html"
    page_size = 25
    filter_label = gettext_lazy("Filter the mails")
    empty_title = gettext_lazy("There is no such mail")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list"))]

    def get_filter(self) -> DeliveryFilterSet:
        return DeliveryFilterSet(self.request.GET, deliveries())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_of(self.page.object_list)
        bounced = bouncing({row["mail"].recipient_id for row in rows})
        named = reviews_named(row["mail"] for row in rows)
        return super().get_context_data(rows=rows, bouncing=bounced, reviews_named=named, **kwargs)


class DeliveryRetryView(ServiceActionView):
    policy_action = AccountAction.RETRY_DELIVERY
    policy_target: Notification

    def get_policy_target(self) -> Notification:
        require(self.request.user, AccountAction.VIEW_DELIVERIES)
        return get_delivery(self.kwargs["delivery"])

    def perform(self) -> str:
        retry_delivery(actor=self.user, notification=self.policy_target)
        return _("The mail to %(person)s is sent once more.") % {"person": self.policy_target.recipient}

    def next_url(self) -> str:
        return reverse("portal:delivery-list")
