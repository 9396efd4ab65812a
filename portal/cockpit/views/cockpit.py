"""The secretariat's cockpit: all reviews on one timeline or in one table, and figures over them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.policy import can, explain
from core.web.pages import Crumb
from core.web.pagination import NumberedPaginator
from core.web.views import PolicyView
from portal.cockpit import gantt
from portal.cockpit.drawing import CHART_FOOT, CHART_HEIGHT, COLUMN, columns_of, drawing_of, sorting, with_query
from portal.cockpit.enums import CockpitAction
from portal.cockpit.forms import BulkActForm, CockpitFilterForm
from portal.cockpit.selectors import cockpit, figures
from reviews.cases import counts_by_step, ordered
from reviews.programme import get_mechanism, mechanisms
from reviews.programme.models import Mechanism

PAGE_SIZES = (50, 200)
WAITING_KEYS = ("state", "owner", "step", "days")


class CockpitHomeView(PolicyView):
    """Leads to the cockpit of the first mechanism, for links that know of none."""

    policy_action = CockpitAction.VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("portal:cockpit", args=[mechanisms()[0].slug]))


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
    def filter(self) -> CockpitFilterForm:
        return self.filter_of(self.request.GET)

    def filter_of(self, given: Any) -> CockpitFilterForm:
        form = CockpitFilterForm(given, mechanism=self.mechanism)
        form.is_valid()
        return form

    def reviews_of(self, form: CockpitFilterForm) -> Any:
        """What a filter leaves of the reviews, with their next act."""
        return form.reviews_for(self.user, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"mechanism": self.mechanism, "today": timezone.localdate()}  # in place of what the address gave
        get, query = self.request.GET, self.filter.query
        asked = {"zoom": get.get("zoom", ""), "sort": get.get("sort", "")}
        files = {
            f"{kind}_address": with_query(reverse(f"portal:cockpit-{kind}", args=[self.mechanism.slug]), query, **asked)
            for kind in ("pdf", "spreadsheet")
        }
        return super().get_context_data(form_filter=self.filter, query=query, **files, **kwargs)  # type: ignore[misc]


class CockpitView(CockpitPage, TemplateView):
    """The timeline, or the same as a table. An address that says nothing opens the reader's first view, if any."""

    title = gettext_lazy("Cockpit")
    template_name = "portal/cockpit/cockpit.html"

    def get_trail(self) -> list[Crumb]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.GET and (view := cockpit.default_view_of(self.user, self.mechanism)) and view.query:
            return HttpResponseRedirect(with_query(request.path, view.query))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get = self.request.GET
        sort, is_descending = sorting(get.get("sort", ""))
        narrowed = self.reviews_of(self.filter)
        is_table = get.get("shape") == "table"
        rows_of = cockpit.for_table if is_table else cockpit.for_timeline
        listed = ordered(rows_of(narrowed), sort, descending=is_descending)
        size = PAGE_SIZES[1] if get.get("rows") == str(PAGE_SIZES[1]) else PAGE_SIZES[0]
        page = NumberedPaginator(listed, size).get_page(get.get("page"))
        steps = cockpit.steps_in_order(self.mechanism)
        counted = counts_by_step(narrowed, timezone.localdate())
        counts = dict(counted.steps)
        can_act = can(self.user, CockpitAction.PREPARE_ACT, self.mechanism)
        return super().get_context_data(
            page=page,
            sort=sort,
            is_descending=is_descending,
            shape="table" if is_table else "timeline",
            size=size,
            sizes=PAGE_SIZES,
            steps=[(number, step, counts.get(step, 0)) for number, step in enumerate(steps, start=1)],
            later=counted.later,
            views=cockpit.views_for(self.user, self.mechanism),
            act_form=BulkActForm(initial={"kind": "remind"}, auto_id="act_%s") if can_act else None,
            save_decision=explain(self.user, CockpitAction.SAVE_VIEW, self.mechanism),
            **self._drawing(list(page.object_list), steps),
            **kwargs,
        )

    def _drawing(self, reviews: list[Any], steps: list[Any]) -> dict[str, Any]:
        drawing = drawing_of(self.mechanism, reviews, steps, self.request.GET.get("zoom", ""), timezone.now())
        return {
            "rows": drawing.rows,
            "ticks": drawing.ticks,
            "today_x": drawing.today_x,
            "gantt": {"width": gantt.WIDTH, "height": gantt.HEIGHT, "top": gantt.BAR_TOP, "bar": gantt.BAR_HEIGHT},
            "years": [each for each in drawing.zooms if not each.key.startswith("phase-")],
            "phases": [each for each in drawing.zooms if each.key.startswith("phase-")],
            "zoom": drawing.zoom,
        }


class CockpitStepsView(CockpitPage, TemplateView):
    """How many reviews stood at each step, month by month."""

    title = gettext_lazy("Steps over time")
    template_name = "portal/cockpit/cockpit_steps.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = cockpit.steps_in_order(self.mechanism)
        stays = cockpit.stays_of(self.reviews_of(self.filter))
        months = figures.months_of(stays, steps, timezone.localdate())
        columns, width = columns_of(months)
        return super().get_context_data(
            steps=list(enumerate(steps, start=1)),
            months=list(reversed(months)),
            columns=columns,
            chart={"width": width, "height": CHART_HEIGHT, "foot": CHART_FOOT, "column": COLUMN - 4},
            **kwargs,
        )


class CockpitWaitingView(CockpitPage, TemplateView):
    """Who is waited for, and for how long."""

    title = gettext_lazy("Who is waited for")
    template_name = "portal/cockpit/cockpit_waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("sort", "")
        sort = wanted.removeprefix("-") if wanted.removeprefix("-") in WAITING_KEYS else "state"
        reviews = self.reviews_of(self.filter)
        waiting = figures.waiting_for(reviews, timezone.localdate())
        groups = figures.waiting_groups(waiting)
        waiting.sort(key=figures.WAITING_ORDER[sort], reverse=wanted.startswith("-"))
        page = NumberedPaginator(waiting, PAGE_SIZES[0]).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            groups=groups, page=page, sort=sort, is_descending=wanted == f"-{sort}", **kwargs
        )


class CockpitWorkloadView(CockpitPage, TemplateView):
    """How much each officer has in charge, and how many reviews each State performs at the same time."""

    title = gettext_lazy("Workload")
    template_name = "portal/cockpit/cockpit_workload.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviews = self.reviews_of(self.filter)
        loads = figures.state_loads(reviews, timezone.localdate())
        return super().get_context_data(
            officers=figures.officer_loads(reviews, self.mechanism),
            states=loads,
            most=max((each.count for each in loads), default=1),
            **kwargs,
        )
