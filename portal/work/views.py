"""My work, and what somebody who takes over finds."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.people.models import User
from core.institution.facts import institution
from core.language.i18n import language
from core.language.terminology import named, speak
from core.policy import explain
from core.web.views import PolicyView
from observations.translations import own_orders, progress_of
from observations.translations.models import TranslationOrder
from portal.setup import setup_of
from portal.setup.enums import SetupAction
from portal.work.continuing import left_off
from portal.work.handover import Handover
from portal.work.kinds import tasks_of
from portal.work.tasks import NamedCapacity, Task, Workload
from questionnaires.definitions import instrument_names
from reviews.capacities import require_capacity
from reviews.cases.enums import ReviewAction
from reviews.due import know_states, overdue
from reviews.lists import counts_by_step, for_list, ordered, overdue_count, owing, reviews_of_mechanism
from reviews.navigation import ReviewPage
from reviews.nominations import notes_to_check
from reviews.programme import mechanisms
from reviews.programme.enums import StepOwner
from reviews.visibility import has_begun

OVERDUE_SHOWN = 10
CARDS = 5  # of more things each takes one line
# What of the list is shown. What is of reviews to come stands apart, or it would bury what is due now.
SHOWS: dict[str, str | Promise] = {
    "all": _("All"),
    "mine": _("Mine"),
    "waiting": _("Waiting for others"),
    "later": _("Reviews to come"),
}


class DashboardView(PolicyView, TemplateView):
    """What the reader has to do and what he or she waits for, over all reviews; for the secretariat, where all stands.

    ``?show=`` chooses among SHOWS, ``?hat=`` one of the reader's capacities; what is not known filters nothing.
    """

    policy_action = ReviewAction.LIST
    title = _("My work")
    template_name = "portal/work/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        workload = Workload(user, timezone.now())
        if workload.mechanism:  # over several the page speaks in the words of the portal
            speak(named(workload.mechanism))
        tasks = tasks_of(workload)
        # The reviews of an officer are many, and wait for others most of the time.
        show = self._chosen("show", SHOWS, "mine" if user.secretariat_role else "all")
        capacities = {task.capacity.key: task.capacity for task in tasks}
        capacity = self._chosen("hat", capacities, "")
        shown = [task for task in tasks if capacity in {"", task.capacity.key}]
        context: dict[str, Any] = {
            "now": workload.now,
            "tasks": shown,
            "parts": _parts(shown, show),
            "left_off": left_off(workload),
            "show": show,
            "show_links": _show_links(shown, show, capacity),
            "capacity_links": _capacity_links(capacities, show, capacity) if len(capacities) > 1 else [],
            "has_any": bool(tasks),
            "places": workload.spoken_for,
            "translations": _translations(user),
            "today": timezone.localdate(),
        }
        if user.secretariat_role:
            context["programmes"] = _programmes(user)
        if not institution().is_set_up and (decision := explain(user, SetupAction.CHANGE)):
            context |= {"setup": setup_of(user), "change_decision": decision}
        return super().get_context_data(**context, **kwargs)

    def _chosen(self, name: str, known: Any, default: str) -> str:
        given = self.request.GET.get(name, "")
        return given if given in known else default


def _translations(user: User) -> list[tuple[TranslationOrder, int, int]]:
    """What is ordered from the reader, with how far it is; nobody of the secretariat translates."""
    orders = [] if user.secretariat_role else own_orders(user)
    return [(order, *progress_of(order)) for order in orders]


def _part(task: Task) -> str:
    if task.is_later:
        return "later"
    return "mine" if task.is_own else "waiting"


@dataclass(frozen=True, slots=True)
class WorkPart:
    """One part of the list: the first few things to do soon with all about them, everything else in one line each."""

    key: str
    cards: list[Task]
    lines: list[Task]


def _parts(tasks: list[Task], show: str) -> list[WorkPart]:
    """In the order of the page: the part that is chosen, or all that hold anything; one's own in any case."""
    keys = [key for key in SHOWS if key != "all" and show in {key, "all"}]
    parts = [_split(key, [task for task in tasks if _part(task) == key]) for key in keys]
    return [part for part in parts if part.cards or part.lines or part.key in {show, "mine"}]


def _split(key: str, tasks: list[Task]) -> WorkPart:
    cards = [task for task in tasks if key == "mine" and not task.is_brief][:CARDS]
    return WorkPart(key, cards, [task for task in tasks if task not in cards])


def _show_links(tasks: list[Task], show: str, capacity: str) -> list[dict[str, Any]]:
    numbers = Counter(map(_part, tasks)) | Counter(all=len(tasks))
    return [
        {"label": label, "number": numbers[key], "url": _query(key, capacity), "is_current": key == show}
        for key, label in SHOWS.items()
        if numbers[key] or key != "later"
    ]


def _capacity_links(capacities: dict[str, NamedCapacity], show: str, capacity: str) -> list[dict[str, Any]]:
    named = sorted(capacities.items(), key=lambda item: str(item[1]))
    choices = [("", _("All of them")), *((key, str(each)) for key, each in named)]
    return [{"label": label, "url": _query(show, key), "is_current": key == capacity} for key, label in choices]


def _query(show: str, capacity: str) -> str:
    return f"?{urlencode({'show': show, **({'hat': capacity} if capacity else {})})}"


def _programmes(user: User) -> list[dict[str, Any]]:
    """For each mechanism with reviews: how many stand at which step, what the secretariat owes, what is late."""
    now, programmes = timezone.now(), []
    notes = notes_to_check(user)
    for mechanism in mechanisms():
        reviews = reviews_of_mechanism(user, mechanism)
        listed = for_list(reviews)
        late = ordered(overdue(listed, now), "due")
        counts = counts_by_step(reviews, timezone.localdate(now))
        programmes.append(
            {
                "mechanism": mechanism,
                "counts": counts,
                "late": late[:OVERDUE_SHOWN],
                "late_count": overdue_count(reviews, now),
                "own_count": owing(reviews, StepOwner.SECRETARIAT).count(),
                "open_action": ReviewAction.OPEN,
                "notes_count": notes.get(mechanism.pk, 0),
            }
        )
    return programmes


class HandoverView(ReviewPage, TemplateView):
    """What the reader's State has in hand: for whoever takes over, and for whoever prepares to leave."""

    policy_action = ReviewAction.READ_HANDOVER
    title = _("Handover")
    template_name = "portal/work/handover.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        handover = Handover(self.user, self.review, require_capacity(self.user, self.review))
        has_exchange = has_begun(self.review)
        know_states(self.review)
        return super().get_context_data(
            handover=handover,
            act=handover.act,
            has_exchange=has_exchange,
            threads_for_us=handover.threads(ours=True) if has_exchange else [],
            threads_for_others=handover.threads(ours=False) if has_exchange else [],
            versions_to_clear=handover.versions(ours=True) if has_exchange else [],
            versions_with_others=handover.versions(ours=False) if has_exchange else [],
            **_languages(handover),
            **kwargs,
        )


def _languages(handover: Handover) -> dict[str, Any]:
    """The names of the instruments and the language of the questionnaire, where its sections are shown."""
    overview = handover.answers
    if overview is None:
        return {}
    names = instrument_names(section.place.part.instrument for section in overview.sections)
    return {"instruments": names, "official": language(overview.index.definition.language)}
