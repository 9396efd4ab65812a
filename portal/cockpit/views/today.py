"""The first page of the cockpit: what needs the reader today, and the act beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from core.policy import can
from core.web.pages import Crumb
from portal.cockpit.drawing import with_query
from portal.cockpit.enums import BulkKind, CockpitAction, NeedKind
from portal.cockpit.selectors import cockpit, needs
from portal.cockpit.selectors.today import has_reviews, needs_of
from portal.cockpit.views.cockpit import MEMORY, CockpitPage, CockpitView
from reviews.lists import last_filter

MINE, ALL = "mine", "all"


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What a need means, and the acts on many that mend it, each with the words of its button."""

    lead: str | Promise
    acts: Mapping[BulkKind, str | Promise]


_REMIND = BulkKind.REMIND.label
_WORDS: Mapping[NeedKind, NeedWords] = {
    NeedKind.LATE: NeedWords(
        gettext_lazy("The indicative date of the next act has passed; the longest first."),
        {BulkKind.REMIND: _REMIND, BulkKind.EXTEND: gettext_lazy("Ask for more time")},
    ),
    NeedKind.SILENT: NeedWords("", {BulkKind.REMIND: _REMIND}),
    NeedKind.BLOCKED: NeedWords(
        gettext_lazy("The secretariat owes the next act, or a note verbale that names people is to be checked."),
        {},
    ),
    NeedKind.NOBODY: NeedWords(
        gettext_lazy("Reviews under way for which no officer answers, yours or not."),
        {BulkKind.ASSIGN_OFFICER: gettext_lazy("Put an officer in charge")},
    ),
    NeedKind.UNNAMED: NeedWords(
        gettext_lazy("A State of the review has no focal point now."),
        {BulkKind.ASK_FOR_NOMINATIONS: gettext_lazy("Ask for the people who are missing")},
    ),
    NeedKind.BOUNCED: NeedWords(
        gettext_lazy("The last mail to somebody who takes part for a State did not arrive. Correct the address there."),
        {},
    ),
}


class CockpitDoorView(View):
    """The address of the cockpit: the first page, or the list that the rest of the address describes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = CockpitView if set(request.GET) - {"whose"} else CockpitTodayView
        return page.as_view()(request, *args, **kwargs)


class CockpitTodayView(CockpitPage, TemplateView):
    """What needs the reader today. An address that says nothing opens the reader's first view, if any."""

    title = gettext_lazy("Cockpit")
    template_name = "portal/cockpit/cockpit_today.html"

    def get_trail(self) -> list[Crumb]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.GET and (view := cockpit.default_view_of(self.user, self.mechanism)):
            return HttpResponseRedirect(with_query(request.path, view.query or "all=1"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        asked = self.request.GET.get("whose", "")
        owns = has_reviews(self.user, self.mechanism, timezone.localdate(now))
        is_mine = asked == MINE or (asked != ALL and owns)
        rows = needs_of(self.user, self.mechanism, now, is_mine=is_mine)
        address = reverse("portal:cockpit", args=[self.mechanism.slug])
        last = last_filter(self.user, self.mechanism, MEMORY)
        return super().get_context_data(
            needs=[
                {
                    "need": each,
                    "words": _WORDS[each.kind],
                    "address": f"{address}?{each.query}",
                    "name": each.kind.value,
                }
                for each in rows
            ],
            is_mine=is_mine,
            owns=owns,
            last_address=with_query(address, last) if last else "",
            silent_after=needs.silent_after(self.mechanism),
            may_act=can(self.user, CockpitAction.PREPARE_ACT, self.mechanism),
            **kwargs,
        )
