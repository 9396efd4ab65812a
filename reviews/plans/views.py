"""The versions of a mechanism's step plan: for the secretariat to read, draft, publish, and move reviews to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.policy import explain
from core.web.forms import NamesField
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView, ServiceActionView, ServiceFormView
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.plans.forms import PlanForm, PlanRowForm
from reviews.plans.services import change_plan, change_plan_row, discard_plan, draft_plan, move_to_plan, publish_plan
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism, StepPlan, StepPlanVersion
from reviews.schedule import Move, get_plan_version, get_row, moves_to, plan_versions_of, rows_of, running_reviews


class PlanPage(PolicyView):
    """A page of the step plan of a mechanism, or of one of its versions."""

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    @cached_property
    def version(self) -> StepPlanVersion:
        return get_plan_version(self.mechanism, self.kwargs["number"])

    def version_url(self, number: int | None = None) -> str:
        return reverse("reviews:plan-detail", args=[self.mechanism.slug, number or self.version.number])

    def version_title(self) -> str:
        return _("Version %(number)s of the step plan") % {"number": self.version.number}

    def get_trail(self) -> list[Crumb]:
        address = [self.mechanism.slug]
        trail = [Crumb(_("Reviews"), reverse("reviews:review-list", args=address))]
        if "number" in self.kwargs:
            trail.append(Crumb(_("Step plan"), reverse("reviews:plan-list", args=address)))
        return trail

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**kwargs, "mechanism": self.mechanism}
        if "number" in self.kwargs:
            context |= {"version": self.version, "plan_url": self.version_url()}
        return super().get_context_data(**context)  # type: ignore[misc]


class PlanListView(PlanPage, TemplateView):
    policy_action = ReviewAction.VIEW_PLANS
    title = gettext_lazy("Step plan")
    template_name = "reviews/plans/plan_list.html"

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_about(self) -> str:
        return str(self.mechanism)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(versions=plan_versions_of(self.mechanism), **kwargs)


class PlanDetailView(PlanPage, TemplateView):
    """One version as a table, every duration with its evidence."""

    policy_action = ReviewAction.VIEW_PLANS
    template_name = "reviews/plans/plan_detail.html"

    def get_title(self) -> str:
        return self.version_title()

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            rows=rows_of(self.version),
            edit_decision=explain(user, ReviewAction.EDIT_PLAN),
            publish_decision=explain(user, ReviewAction.PUBLISH_PLAN),
            move_decision=explain(user, ReviewAction.MOVE_TO_PLAN),
            **kwargs,
        )


class PlanCopyView(PlanPage, ServiceActionView):
    """Makes a draft of a version."""

    policy_action = ReviewAction.EDIT_PLAN
    draft: StepPlanVersion | None = None

    def perform(self) -> str:
        self.draft = draft_plan(actor=self.user, source=self.version)
        return _("The draft is made. Change what is to be otherwise, then publish it.")

    def next_url(self) -> str:
        return self.version_url(self.draft.number if self.draft else None)


class _BelowVersion(PlanPage):
    """A page under one of the versions, to which it leads back."""

    def get_caption(self) -> str:
        return self.version_title()

    def get_about(self) -> str:
        return self.version_title()

    def get_trail(self) -> list[Crumb]:
        words = _("Version %(number)s") % {"number": self.version.number}
        return [*super().get_trail(), Crumb(words, self.version_url())]

    def back_url(self) -> str:
        return self.version_url()


class _PlanFormView(_BelowVersion, ServiceFormView):
    policy_action = ReviewAction.EDIT_PLAN
    template_name = "components/form_page.html"
    success_message = gettext_lazy("The draft is changed.")


class PlanChangeView(_PlanFormView):
    form_class = PlanForm
    title = gettext_lazy("Change the draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "version": self.version}

    def get_initial(self) -> dict[str, Any]:
        names = ("phase", "day_rule", "evidence_mark", "evidence_note", "note")
        return {name: getattr(self.version, name) for name in names}

    def perform(self, form: PlanForm) -> StepPlanVersion:
        return change_plan(actor=self.user, version=self.version, **form.cleaned_data)


class PlanRowView(_PlanFormView):
    form_class = PlanRowForm
    title = gettext_lazy("Change a milestone")

    @cached_property
    def row(self) -> StepPlan:
        return get_row(self.version, self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "row": self.row}

    def get_initial(self) -> dict[str, Any]:
        names = ("amount", "unit", "counted_from", "owed_by", "evidence_mark", "evidence_note")
        proposed = {name: self.request.GET[name] for name in ("amount", "unit") if name in self.request.GET}
        return {name: getattr(self.row, name) for name in names} | proposed

    def get_caption(self) -> str:
        return str(self.row.name)

    def perform(self, form: PlanRowForm) -> StepPlan:
        return change_plan_row(actor=self.user, row=self.row, **form.cleaned_data)


class PlanDiscardView(_BelowVersion, ConfirmedActView):
    policy_action = ReviewAction.EDIT_PLAN
    title = gettext_lazy("Discard the draft")
    consequences = (gettext_lazy("The draft is deleted with its milestones. No review is touched."),)
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")

    def perform(self, form: Any) -> None:
        discard_plan(actor=self.user, version=self.version)

    def success_url_for(self, result: object) -> str:
        return reverse("reviews:plan-list", args=[self.mechanism.slug])


class PlanPublishView(_BelowVersion, ConfirmedActView):
    policy_action = ReviewAction.PUBLISH_PLAN
    title = gettext_lazy("Publish the version")
    consequences = (
        gettext_lazy("The version can no longer be changed by anybody."),
        gettext_lazy("Reviews that are opened from now on run by it."),
        gettext_lazy("Running reviews keep the version they have, until you move them."),
    )
    success_message = gettext_lazy("The version is published.")

    def perform(self, form: Any) -> StepPlanVersion:
        return publish_plan(actor=self.user, version=self.version)


@dataclass(frozen=True, slots=True)
class MovedDateRow:
    """A milestone whose date would move, with the days in words."""

    name: str
    now: dt.date
    then: dt.date
    distance: str


class PlanMoveView(_BelowVersion, ConfirmedActView):
    """Shows which reviews' dates would move by how much, and moves those that are chosen."""

    policy_action = ReviewAction.MOVE_TO_PLAN
    takes = {"reviews": NamesField()}
    template_name = "reviews/plans/plan_move.html"
    title = gettext_lazy("Move the chosen reviews")

    def get_title(self) -> str:
        return _("Move running reviews")

    @cached_property
    def reviews(self) -> QuerySet[Review]:
        return running_reviews(self.mechanism, self.version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, user = moves_to(self.version, self.reviews), self.request.user
        told = [move.told - {user.pk} for move in found]
        return super().get_context_data(
            moves=[(move, _moved(move), len(people)) for move, people in zip(found, told, strict=True)],
            told_by_all=len(frozenset().union(*told)),
            **kwargs,
        )

    def perform(self, form: Any) -> int:
        chosen = self.reviews.filter(code__in=self.request.POST.getlist("reviews"))
        return move_to_plan(actor=self.user, version=self.version, reviews=chosen)

    def success_message_for(self, result: int) -> str:
        return ngettext(
            "%(number)d review follows this version now.", "%(number)d reviews follow this version now.", result
        ) % {"number": result}


def _moved(move: Move) -> list[MovedDateRow]:
    return [MovedDateRow(row.name, row.now, row.then, _distance((row.then - row.now).days)) for row in move.moved]


def _distance(days: int) -> str:
    if days > 0:
        return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}
    return ngettext("%(days)d day earlier", "%(days)d days earlier", -days) % {"days": -days}
