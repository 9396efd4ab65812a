from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from core.views import PolicyView
from portal.handover import LED_THERE_FOR
from portal.next_act import next_act_for
from questionnaires.selectors.responses import responses_visible_to
from reviews.enums import ParticipationRole, ReviewAction, StepOwner
from reviews.selectors import lists
from reviews.selectors.handover import predecessors_of
from reviews.selectors.nominations import notes_to_check, states_spoken_for
from reviews.selectors.participation import participations_of
from reviews.selectors.programme import mechanisms
from reviews.selectors.reviews import for_list, overdue, reviews_visible_to
from reviews.selectors.shares import reviews_with_share_done

OVERDUE_SHOWN = 10
DRAFTING_ROLES = {ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT}  # who opens the handover page


class DashboardView(PolicyView, TemplateView):
    """What the reader has to do: own participations with the next act; for the secretariat, where everything stands."""

    policy_action = ReviewAction.LIST
    template_name = "portal/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context: dict[str, Any] = {
            "now": timezone.now(),
            "cards": _cards(user),
            "places": [] if user.secretariat_role else states_spoken_for(user),
        }
        if user.secretariat_role:
            context["programmes"] = _programmes(user)
        return super().get_context_data(**context, **kwargs)


def _cards(user: User) -> list[dict[str, Any]]:
    """One for each participation: those whose State owes the next act first, then by date."""
    participations = {row.review_id: row for row in participations_of(user)}
    if not participations:
        return []
    open_responses = set(responses_visible_to(user).values_list("review_id", flat=True))
    done = reviews_with_share_done(participations.values())
    newcomers = [row for row in participations.values() if row.started_at > timezone.now() - LED_THERE_FOR]
    taken_over = predecessors_of([row for row in newcomers if row.role in DRAFTING_ROLES]) if newcomers else {}
    cards = []
    for review in for_list(reviews_visible_to(user).filter(pk__in=participations)):
        participation = participations[review.pk]
        act = next_act_for(
            review,
            role=participation.role,
            side=participation.side,
            is_response_open=review.pk in open_responses,
            is_done=review.pk in done,
        )
        before = taken_over.get(participation.pk)
        cards.append({"review": review, "participation": participation, "act": act, "taken_over_from": before})
    return sorted(cards, key=_urgency)


def _urgency(card: dict[str, Any]) -> tuple[bool, bool, Any, str]:
    milestone = card["act"].milestone
    return (not card["act"].is_own, milestone is None, milestone and milestone.due_on, card["review"].code)


def _programmes(user: User) -> list[dict[str, Any]]:
    """For each mechanism with reviews: how many stand at which step, what the secretariat owes, what is late."""
    now, programmes = timezone.now(), []
    notes = notes_to_check(user)
    for mechanism in mechanisms():
        reviews = lists.reviews_of_mechanism(user, mechanism)
        listed = for_list(reviews)
        late = lists.ordered(overdue(listed, now), "due")
        steps = lists.counts_by_step(reviews)
        programmes.append(
            {
                "mechanism": mechanism,
                "steps": steps,
                "total": sum(number for _step, number in steps),
                "late": late[:OVERDUE_SHOWN],
                "late_count": lists.overdue_count(reviews, now),
                "own_count": lists.owing(reviews, StepOwner.SECRETARIAT).count(),
                "open_action": ReviewAction.OPEN,
                "notes_count": notes.get(mechanism.pk, 0),
            }
        )
    return programmes
