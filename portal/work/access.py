"""Requests for access: those that wait for an officer, and those that lie with one's State."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from portal.work.tasks import DueDay, NamedCapacity, Task, Workload
from reviews.access import requests_to_answer, requests_to_approve


def requests_to_check(workload: Workload) -> Iterator[Task]:
    """For every officer, those that somebody else has prepared."""
    waiting = requests_to_approve(workload.user) if workload.user.secretariat_role else []
    if waiting:
        what = ngettext("Check %(number)d request for access", "Check %(number)d requests for access", len(waiting))
        yield Task(
            what % {"number": len(waiting)},
            workload.secretariat,
            reverse("reviews:access-list"),
            _("See the requests"),
            why=_("Another officer has prepared it; nothing happens before a second one stands behind it."),
            since=waiting[0].created_at,
        )


def requests_of_state(workload: Workload) -> Iterator[Task]:
    """For the focal points, experts and mission of a State: what takes effect unless they refuse it."""
    if workload.user.secretariat_role:
        return
    for request in requests_to_answer(workload.user):
        state = request.state_party
        if state is None or request.effective_at is None:
            continue
        capacity = next((place.acts_as for place in workload.places if place.state == state), None)
        yield Task(
            _("Confirm or refuse: %(act)s") % {"act": request.get_kind_display()},
            capacity or NamedCapacity(f"{state.iso3}-mission".lower(), state, _("Permanent mission")),
            reverse("reviews:access-detail", args=[request.pk]),
            _("Open the request"),
            why=_("The secretariat asks to change who has access for %(state)s.") % {"state": state},
            due=DueDay(request.effective_at.date(), workload.now.date()),
        )
