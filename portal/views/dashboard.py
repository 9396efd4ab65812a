from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.models import User
from core.views import PolicyView
from portal.work.kinds import tasks_of
from portal.work.tasks import Desk, Task, WornHat
from reviews.enums import ReviewAction, StepOwner
from reviews.selectors import lists
from reviews.selectors.nominations import notes_to_check
from reviews.selectors.programme import mechanisms
from reviews.selectors.reviews import for_list, overdue

OVERDUE_SHOWN = 10
# What of the list is shown. What is of reviews to come stands apart, or it would bury what is due now.
SHOWS: dict[str, str | Promise] = {
    "all": _("All"),
    "mine": _("Mine"),
    "waiting": _("Waiting for others"),
    "later": _("Reviews to come"),
}


class DashboardView(PolicyView, TemplateView):
    """What the reader has to do and what he or she waits for, over all reviews; for the secretariat, where all stands.

    ``?show=`` chooses among SHOWS, ``?hat=`` one of the reader's hats; what is not known filters nothing.
    """

    policy_action = ReviewAction.LIST
    template_name = "portal/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        desk = Desk(user, timezone.now())
        tasks = tasks_of(desk)
        # The reviews of an officer are many, and wait for others most of the time.
        show = self._chosen("show", SHOWS, "mine" if user.secretariat_role else "all")
        hats = {task.hat.key: task.hat for task in tasks}
        hat = self._chosen("hat", hats, "")
        worn = [task for task in tasks if hat in {"", task.hat.key}]
        context: dict[str, Any] = {
            "now": desk.now,
            "tasks": worn,
            "shown": _shown(worn, show),
            "show": show,
            "show_links": _show_links(worn, show, hat),
            "hat_links": _hat_links(hats, show, hat) if len(hats) > 1 else [],
            "has_any": bool(tasks),
            "places": desk.spoken_for,
        }
        if user.secretariat_role:
            context["programmes"] = _programmes(user)
        return super().get_context_data(**context, **kwargs)

    def _chosen(self, name: str, known: Any, default: str) -> str:
        given = self.request.GET.get(name, "")
        return given if given in known else default


def _part(task: Task) -> str:
    if task.is_later:
        return "later"
    return "mine" if task.is_own else "waiting"


def _shown(tasks: list[Task], show: str) -> dict[str, list[Task]]:
    """The tasks by part, in the order of the page: the part that is chosen, or all of them."""
    parts = [key for key in SHOWS if key != "all" and show in {key, "all"}]
    return {key: [task for task in tasks if _part(task) == key] for key in parts}


def _show_links(tasks: list[Task], show: str, hat: str) -> list[dict[str, Any]]:
    numbers = Counter(map(_part, tasks)) | Counter(all=len(tasks))
    return [
        {"label": label, "number": numbers[key], "url": _query(key, hat), "is_current": key == show}
        for key, label in SHOWS.items()
        if numbers[key] or key != "later"
    ]


def _hat_links(hats: dict[str, WornHat], show: str, hat: str) -> list[dict[str, Any]]:
    worn = sorted(hats.items(), key=lambda item: str(item[1]))
    choices = [("", _("All of them")), *((key, str(each)) for key, each in worn)]
    return [{"label": label, "url": _query(show, key), "is_current": key == hat} for key, label in choices]


def _query(show: str, hat: str) -> str:
    return f"?{urlencode({'show': show, **({'hat': hat} if hat else {})})}"


def _programmes(user: User) -> list[dict[str, Any]]:
    """For each mechanism with reviews: how many stand at which step, what the secretariat owes, what is late."""
    now, programmes = timezone.now(), []
    notes = notes_to_check(user)
    for mechanism in mechanisms():
        reviews = lists.reviews_of_mechanism(user, mechanism)
        listed = for_list(reviews)
        late = lists.ordered(overdue(listed, now), "due")
        counts = lists.counts_by_step(reviews, timezone.localdate(now))
        programmes.append(
            {
                "mechanism": mechanism,
                "counts": counts,
                "late": late[:OVERDUE_SHOWN],
                "late_count": lists.overdue_count(reviews, now),
                "own_count": lists.owing(reviews, StepOwner.SECRETARIAT).count(),
                "open_action": ReviewAction.OPEN,
                "notes_count": notes.get(mechanism.pk, 0),
            }
        )
    return programmes
