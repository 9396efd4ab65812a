"""What would move, tried out: a page that writes nothing, whose address says what is tried."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from core.policy import explain
from portal.cockpit.forms import SandboxForm
from portal.cockpit.selectors.cockpit import steps_in_order
from portal.cockpit.selectors.sandbox import Sandbox, SandboxTrial, filled_in, last_milestone_of, try_out
from portal.cockpit.views.cockpit import CockpitPage
from reviews.cases.enums import ReviewAction
from reviews.periods import FIRST, LAST, chart_of, field_name, grid_of
from reviews.programme import periods_of
from reviews.programme.enums import StepKind
from reviews.schedule import plan_versions_of


class CockpitSandboxView(CockpitPage, TemplateView):
    title = gettext_lazy("What if")
    template_name = "portal/cockpit/cockpit_sandbox.html"

    @cached_property
    def form(self) -> SandboxForm:
        """Not filled in at first."""
        steps = [step for step in steps_in_order(self.mechanism) if step.kind != StepKind.CLOSING]
        cells = sorted(grid_of(periods_of(self.mechanism)))
        names = SandboxForm.base_fields.keys()
        asked = self.request.GET if names & self.request.GET.keys() else None
        return SandboxForm(asked, cells=cells, steps=steps, initial={"shift_unit": "weeks", "longer_unit": "weeks"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"form": self.form}
        if self.form.is_bound and self.form.is_valid() and (trial := self.form.trial):
            today = timezone.localdate()
            sandbox = try_out(self.mechanism, trial, self.user, today)
            keys = [cell.key for cell in sandbox.cells]
            context |= {"trial": trial, "sandbox": sandbox, "effects": sandbox.effects}
            if trial.cell:
                context["chart"] = chart_of(keys, sandbox.then, today, before=sandbox.now)
            context |= self._ways_on(trial, sandbox)
        return super().get_context_data(**context, **kwargs)

    def _ways_on(self, trial: SandboxTrial, sandbox: Sandbox) -> dict[str, Any]:
        """To where it is changed in earnest, with what was tried out filled in."""
        ways: dict[str, Any] = {}
        if trial.cell:
            dates = {
                field_name(edge, row.change.key): str(day)
                for row in sandbox.effects.rows
                if row.change.then
                for edge, day in zip((FIRST, LAST), row.change.then, strict=True)
            }
            address = reverse("reviews:programme-change", args=[self.mechanism.slug])
            ways["programme_address"] = f"{address}?{urlencode(dates)}"
            ways["programme_decision"] = explain(self.user, AccountAction.MAINTAIN_REFERENCE_DATA)
        if trial.step:
            ways["plan_address"], ways["is_plan_filled_in"] = self._way_to_plan(trial)
            ways["plan_decision"] = explain(self.user, ReviewAction.EDIT_PLAN)
        return ways

    def _way_to_plan(self, trial: SandboxTrial) -> tuple[str, bool]:
        """The milestone in the newest draft; where there is none, or its unit is another, nothing is filled in."""
        draft = next((version for version in plan_versions_of(self.mechanism) if not version.is_published), None)
        row = last_milestone_of(draft.pk, trial.step) if draft and trial.step else None
        if draft is None or row is None:
            return reverse("reviews:plan-list", args=[self.mechanism.slug]), False
        address = reverse("reviews:plan-row", args=[self.mechanism.slug, draft.number, row.slug])
        found = filled_in(row, trial.longer)
        if found is None:
            return address, False
        return f"{address}?{urlencode({'amount': found[0], 'unit': found[1]})}", True
