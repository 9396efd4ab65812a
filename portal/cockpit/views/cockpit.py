"""The secretariat's cockpit: all reviews on one timeline or in one table, and figures over them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.policy import can, explain
from core.web.filters import sorting
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView
from portal.cockpit import gantt
from portal.cockpit.drawing import CHART_FOOT, CHART_HEIGHT, COLUMN, NEAR, columns_of, drawing_of, with_query
from portal.cockpit.enums import CockpitAction
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.forms import BulkActForm
from portal.cockpit.selectors import cockpit, figures
from portal.cockpit.selectors.forecasts import forecasts_of
from portal.cockpit.selectors.rows import facts_of
from reviews.lists import counts_by_step, remember_filter
from reviews.navigation import no_mechanism_yet
from reviews.programme import get_mechanism, mechanisms
from reviews.programme.models import Mechanism

PAGE_SIZES = (50, 200)


class CockpitHomeView(PolicyView):
    """Leads to the cockpit of the first mechanism, for links that know of none."""

    policy_action = CockpitAction.VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        if (first := mechanisms().first()) is None:
            return no_mechanism_yet(request)
        return HttpResponseRedirect(reverse("portal:cockpit", args=[first.slug]))


class CockpitPage(PolicyView):
    """A page of a mechanism's cockpit, narrowed by the filter of its address."""

    policy_action = CockpitAction.VIEW
    policy_target: Mechanism

    def get_policy_target(self) -> Any:
        return get_mechanism(self.kwargs["mechanism"])

    @property
    def mechanism(self) -> Mechanism:
        target = self.policy_target
        return target if isinstance(target, Mechanism) else target.mechanism

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Cockpit"), reverse("portal:cockpit", args=[self.mechanism.slug]))]

    @cached_property
    def filter(self) -> CockpitFilterSet:
        return self.filter_of(self.request.GET)

    def filter_of(self, given: QueryDict) -> CockpitFilterSet:
        return CockpitFilterSet(given, mechanism=self.mechanism, user=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"mechanism": self.mechanism, "today": timezone.localdate()}  # in place of what the address gave
        get, query = self.request.GET, self.filter.query
        asked = {"zoom": get.get("zoom", ""), "sort": get.get("sort", "")}
        files = {
            f"{kind}_address": with_query(reverse(f"portal:cockpit-{kind}", args=[self.mechanism.slug]), query, **asked)
            for kind in ("pdf", "spreadsheet")
        }
        return super().get_context_data(query=query, **files, **kwargs)  # type: ignore[misc]


MEMORY = "cockpit"  # under which name it is remembered how a reader has narrowed it


class CockpitView(CockpitPage, ListPage):
    """The reviews that the address describes, on a timeline or as a table."""

    title = gettext_lazy("Cockpit")
    template_name = "portal/cockpit/cockpit.html"

    def get_trail(self) -> list[Crumb]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.is_table = request.GET.get("shape") == "table"
        self.page_size = PAGE_SIZES[1] if request.GET.get("rows") == str(PAGE_SIZES[1]) else PAGE_SIZES[0]
        beside = {"shape": "table" if self.is_table else "", "sort": request.GET.get("sort", "")[:20]}
        remember_filter(actor=self.user, mechanism=self.mechanism, page=MEMORY, narrowed=self.filter, **beside)
        return super().get(request, *args, **kwargs)

    def get_rows(self) -> Any:
        rows_of = cockpit.for_table if self.is_table else cockpit.for_timeline
        return self.filter.in_order(rows_of(self.filter.qs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = cockpit.steps_in_order(self.mechanism)
        counted = counts_by_step(self.filter.qs, timezone.localdate())
        counts = dict(counted.steps)
        can_act = can(self.user, CockpitAction.PREPARE_ACT, self.mechanism)
        return super().get_context_data(
            shape="table" if self.is_table else "timeline",
            size=self.page_size,
            sizes=PAGE_SIZES,
            steps=[(number, step, counts.get(step, 0)) for number, step in enumerate(steps, start=1)],
            later=counted.later,
            views=cockpit.views_for(self.user, self.mechanism),
            act_form=BulkActForm(initial={"kind": "remind"}, auto_id="act_%s") if can_act else None,
            save_decision=explain(self.user, CockpitAction.SAVE_VIEW, self.mechanism),
            **self._in_words(list(self.page.object_list)),
            **self._drawing(list(self.page.object_list), steps),
            **kwargs,
        )

    def _in_words(self, reviews: list[Any]) -> dict[str, Any]:
        """What the table says of each review and the timeline does not."""
        if not self.is_table:
            return {}
        return {
            "facts": facts_of(reviews),
            "forecasts": forecasts_of(reviews, self.mechanism, timezone.localdate()),
        }

    def _drawing(self, reviews: list[Any], steps: list[Any]) -> dict[str, Any]:
        drawing = drawing_of(self.mechanism, reviews, steps, self.request.GET.get("zoom", ""), timezone.now())
        return {
            "rows": drawing.rows,
            "ticks": drawing.ticks,
            "today_x": drawing.today_x,
            "gantt": {"width": gantt.WIDTH, "height": gantt.HEIGHT, "top": gantt.BAR_TOP, "bar": gantt.BAR_HEIGHT},
            "years": [each for each in drawing.zooms if each.key.isdigit()],
            "phases": [each for each in drawing.zooms if each.key.startswith("phase-")],
            "zoom": drawing.zoom,
            "near": NEAR,
        }


class CockpitStepsView(CockpitPage, TemplateView):
    """How many reviews stood at each step, month by month."""

    title = gettext_lazy("Steps over time")
    template_name = "portal/cockpit/cockpit_steps.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = cockpit.steps_in_order(self.mechanism)
        stays = cockpit.stays_of(self.filter.qs)
        months = figures.months_of(stays, steps, timezone.localdate())
        columns, width = columns_of(months)
        return super().get_context_data(
            steps=list(enumerate(steps, start=1)),
            months=list(reversed(months)),
            columns=columns,
            chart={"width": width, "height": CHART_HEIGHT, "foot": CHART_FOOT, "column": COLUMN - 4},
            **kwargs,
        )


class CockpitWaitingView(CockpitPage, ListPage):
    """Who is waited for, and for how long."""

    title = gettext_lazy("Who is waited for")
    template_name = "portal/cockpit/cockpit_waiting.html"

    @cached_property
    def waiting(self) -> list[figures.WaitingReview]:
        return figures.waiting_for(self.filter.qs, timezone.localdate())

    def get_sorting(self) -> tuple[str, bool]:
        return sorting(self.request.GET.get("sort", ""), tuple(figures.WAITING_ORDER))

    def get_rows(self) -> Any:
        key, is_descending = self.get_sorting()
        return sorted(self.waiting, key=figures.WAITING_ORDER[key], reverse=is_descending)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=figures.waiting_groups(self.waiting), **kwargs)


class CockpitWorkloadView(CockpitPage, TemplateView):
    """How much each officer has in charge, and how many reviews each State performs at the same time."""

    title = gettext_lazy("Workload")
    template_name = "portal/cockpit/cockpit_workload.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviews = self.filter.qs
        loads = figures.state_loads(reviews, timezone.localdate())
        return super().get_context_data(
            officers=figures.officer_loads(reviews, self.mechanism),
            states=loads,
            most=max((each.count for each in loads), default=1),
            **kwargs,
        )
