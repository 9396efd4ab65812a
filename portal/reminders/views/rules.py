"""The rules of reminders: for all to read; for officers with what they would send; for administrators to change."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.people import open_staff_session
from accounts.people.enums import AccountAction, SecretariatRole
from accounts.states import all_states
from core.errors import ServiceError
from core.institution.facts import home_zone
from core.policy import can, explain, require
from core.web.pages import Crumb
from core.web.pagination import NumberedPaginator
from core.web.views import PolicyView, ServiceFormView
from core.web.views.services import UNPROCESSABLE
from portal.reminders.forms import PreviewForm, ReminderRulesForm
from portal.reminders.planner import default_hour
from portal.reminders.preview import DraftEffects, effects_of, foresee, next_monday, preview_of
from portal.reminders.upcoming import in_words, rules_in_words
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism
from reviews.reminders import (
    DraftRules,
    RulesChangedError,
    RuleSet,
    change_reminder_rules,
    rule_set_of,
)
from reviews.reminders.models import ReminderRule
from reviews.states.enums import StateAction

_ACTS_A_PAGE = 50


class RulesPage(PolicyView):
    """A page about the rules of one mechanism; whoever may not read them learns why."""

    def get_policy_target(self) -> None:
        require(self.request.user, StateAction.VIEW_REMINDER_RULES)

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def rules_url(self) -> str:
        return reverse("portal:reminder-rules", args=[self.mechanism.slug])

    def get_caption(self) -> str:
        return str(self.mechanism.short_name)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.mechanism.slug]))]


class ReminderRulesView(RulesPage, TemplateView):
    """When we write to whom, in plain words, for everybody who takes part; and who would get what on a day."""

    policy_action = StateAction.VIEW_REMINDER_RULES
    title = gettext_lazy("When we write to whom")
    template_name = "portal/reminders/reminder_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["mechanism"] = self.mechanism  # in place of its name, which the address gave
        rules = rules_in_words(self.mechanism)
        facts: dict[str, Any] = {"rules": rules, "hour": f"{default_hour():02d}:00"}
        if can(self.user, StateAction.FORESEE_REMINDERS):
            facts |= self._preview([row for _when, rows in rules for row in rows]) | self._change()
        return super().get_context_data(**{**kwargs, **facts})

    def _preview(self, rules: Iterable[ReminderRule]) -> dict[str, Any]:
        now = timezone.now()
        today = now.astimezone(home_zone()).date()
        asked = self.request.GET
        given = {name: asked.get(name, "") for name in ("rule", "officer", "state")}
        given["day"] = asked.get("day") or next_monday(now).isoformat()
        states = list(all_states())
        form = PreviewForm(given, rules=rules, states=states, today=today)
        if not form.is_valid():
            return {"preview_form": form}
        day: dt.date = form.cleaned_data["day"]
        foresight, by_key = foresee(now, day), {state.pk: state for state in states}
        preview = preview_of(foresight, day, self.mechanism, form.narrowing, by_key)
        page = NumberedPaginator(preview.acts, _ACTS_A_PAGE).get_page(asked.get("page"))
        is_narrowed = any(form.cleaned_data[name] for name in ("rule", "officer", "state"))
        return {"preview_form": form, "preview": preview, "day": day, "page": page, "is_narrowed": is_narrowed}

    def _change(self) -> dict[str, Any]:
        is_administrator = self.user.secretariat_role == SecretariatRole.ADMINISTRATOR
        return {
            "change_decision": explain(self.user, AccountAction.MAINTAIN_REFERENCE_DATA),
            "may_begin_session": is_administrator and open_staff_session(self.user) is None,
        }


class ReminderRulesChangeView(RulesPage, ServiceFormView):
    """The days of each audience; then what would be sent otherwise; then it is stored.

    One address for all three, told apart by the button that was pressed; nothing is kept between them but what the
    form carries.
    """

    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA
    title = gettext_lazy("Change when we write to whom")
    template_name = "portal/reminders/reminder_rules_change.html"
    effects: DraftEffects | None = None
    of_colleague: tuple[RuleSet, RuleSet] | None = None

    def get_title(self) -> str:
        return _("What would be sent") if self.effects else str(self.title)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("When we write to whom"), self.rules_url())]

    def back_url(self) -> str:
        return self.rules_url()

    def get_form(self, form_class: Any = None) -> ReminderRulesForm:
        if self.request.method != "POST":
            rules = rule_set_of(self.mechanism)
            return ReminderRulesForm(initial=ReminderRulesForm.values_of(rules, base=rules))
        return ReminderRulesForm(self.request.POST, is_final="store" in self.request.POST)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "edit" in request.POST:  # back from the effects, with what was typed
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        now = rule_set_of(self.mechanism)
        if form.wanted == now:  # also where one's own press before was cut off from its answer
            form.add_error(None, _("These rules hold already."))
            return self.form_invalid(form)
        if form.shown != now:
            return self.ask_again(form, now)
        return super().form_valid(form) if "store" in self.request.POST else self.show_effects(form)

    def perform(self, form: ReminderRulesForm) -> tuple[RuleSet, RuleSet]:
        return change_reminder_rules(
            actor=self.user,
            mechanism=self.mechanism,
            shown=form.shown,
            wanted=form.wanted,
            reason=form.cleaned_data["reason"],
        )

    def rest(self, form: Any, error: ServiceError) -> None:
        if isinstance(error, RulesChangedError):
            self.of_colleague = form.shown, rule_set_of(self.mechanism)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.of_colleague is not None:
            return self.ask_again(form, self.of_colleague[1])
        if "store" in self.request.POST:
            if not form.errors.keys() - {"reason"}:
                return self.show_effects(form, status=UNPROCESSABLE)
            form = self._to_edit(form)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def ask_again(self, form: ReminderRulesForm, now: RuleSet) -> HttpResponse:
        """A colleague has changed the rules: what was typed stays, with what that colleague did, and rests on it."""
        shown = form.shown
        self.of_colleague = shown, now
        wanted = (form.wanted | (now - shown)) - (shown - now)
        values = ReminderRulesForm.values_of(wanted, base=now) | {"reason": form.cleaned_data.get("reason", "")}
        again = ReminderRulesForm(values)
        again.full_clean()
        again.add_error(None, str(RulesChangedError()))
        return self.render_to_response(self.get_context_data(form=again), status=UNPROCESSABLE)

    def _to_edit(self, form: ReminderRulesForm) -> ReminderRulesForm:
        again = ReminderRulesForm(self.request.POST)
        again.full_clean()
        for message in form.non_field_errors():
            again.add_error(None, message)
        return again

    def show_effects(self, form: ReminderRulesForm, *, status: int = 200) -> HttpResponse:
        self.effects = effects_of(DraftRules(self.mechanism.pk, form.wanted), timezone.now())
        self.template_name = "portal/reminders/reminder_rules_effects.html"
        final = form
        if "store" not in self.request.POST:
            values = {name: form[name].value() or "" for name in form.fields}
            final = ReminderRulesForm(initial=values, is_final=True)
        context = self.get_context_data(form=final, effects=self.effects, **self._differences(form.shown, form.wanted))
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.of_colleague is not None:
            kwargs["of_colleague"] = self._differences(*self.of_colleague)
        return super().get_context_data(**kwargs)

    def _differences(self, before: RuleSet, after: RuleSet) -> dict[str, Any]:
        return {"new": in_words(after - before), "gone": in_words(before - after)}

    def success_message_for(self, result: tuple[RuleSet, RuleSet]) -> str:
        number = sum(len(rules) for rules in result)
        message = ngettext("%(number)d rule is changed.", "%(number)d rules are changed.", number)
        return message % {"number": number}
