from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.people.models import User
from core.database.identity import found_for_policy
from core.language.i18n import OWN_NAMES, list_of
from core.policy import can, explain
from core.web.pages import Crumb
from core.web.views import PolicyView
from portal.cockpit import forecast_of
from portal.cockpit.enums import CockpitAction
from portal.overview.exchange import exchange_box
from portal.overview.next_act import NextAct, next_act_for
from portal.overview.timeline import timeline_entries
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import overview_for
from questionnaires.responses import get_response_for, response_status_of
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import latest_submission
from reviews.bringing import course_of
from reviews.capacities import Capacity, capacity_of
from reviews.cases import left_out_of
from reviews.cases.enums import ParticipationRole, ReviewAction, Side
from reviews.cases.models import Participation, Review
from reviews.due import reviews_with_share_done, timeline_of
from reviews.meetings import invitation_to_answer
from reviews.navigation import UnderReview
from reviews.participation import missing_roles, participants_visible_to
from reviews.programme import steps_of
from reviews.programme.enums import StepKind
from reviews.visibility import (
    get_review_for,
    has_begun,
    instruments_of,
    reviewing_states_of,
    states_taking_part,
    step_changes_of,
)

CHANGES_SHOWN = 5


class ReviewDetailView(UnderReview, PolicyView, TemplateView):
    """One review: where it stands, what is next and from whom, who takes part, and the way to the answers."""

    policy_action = ReviewAction.VIEW
    policy_target: Review
    template_name = "portal/overview/review_detail.html"

    def get_policy_target(self) -> Review:
        return get_review_for(self.user, *self.address)

    @property
    def review(self) -> Review:  # type: ignore[override]
        return self.policy_target

    def get_title(self) -> str:
        return _("Review of %(state)s") % {"state": self.review.state_under_review}

    def get_trail(self) -> list[Crumb]:
        """Without the review itself."""
        return super().get_trail()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review, user = self.review, self.user
        capacity = capacity_of(user, review)
        status = response_status_of(review)
        act = next_act_for(
            review,
            role=capacity.role if capacity else None,
            side=capacity.side if capacity else None,
            is_response_open=status is not None,
            is_done=review.pk in reviews_with_share_done(_participations(capacity, review)),
            lacks_answers=status is None and has_begun(review),
        )
        return super().get_context_data(
            review=review,
            act=act,
            steps=(steps := _steps(review)),
            step_names=_step_names(steps),
            timeline=timeline_entries(review, timeline_of(review), act.milestone, timezone.now()),
            response=_response_box(user, review, status),
            exchange=exchange_box(user, review),
            invitation=invitation_to_answer(user, review),
            working_languages=list_of([OWN_NAMES[code] for code in review.working_languages]),
            course_piece=course_of(review),
            address=self.address,
            step_changes=step_changes_of(review)[:CHANGES_SHOWN],
            forecast=forecast_of(review) if can(user, CockpitAction.VIEW, review) else None,
            **_instruments(review),
            **_participants(user, review),
            **_officer_actions(user, review, act),
            **kwargs,
        )


def _participations(capacity: Capacity | None, review: Review) -> list[Participation]:
    """The reader's own, as the selector of shares reads it."""
    if capacity is None:
        return []
    return [Participation(pk=capacity.participation_id, review=review, state_party_id=capacity.state_party_id)]


def _steps(review: Review) -> list[dict[str, Any]]:
    """All steps of the mechanism in order, each done, current or still to come."""
    here = review.step.order
    names = {True: "done", False: "later"}
    return [
        {"step": step, "status": "current" if step.order == here else names[step.order < here]}
        for step in steps_of(review.mechanism)
    ]


def _step_names(steps: list[dict[str, Any]]) -> dict[str, str]:
    """What the mechanism calls its steps, by their kind; the first of a kind."""
    return {row["step"].kind: str(row["step"]) for row in reversed(steps)}


def _instruments(review: Review) -> dict[str, Any]:
    """Who reviews what, as a table; an instrument that nobody covers is marked."""
    reviewing_states = list(reviewing_states_of(review))
    covered = {row: {instrument.pk for instrument in row.instruments.all()} for row in reviewing_states}
    rows = []
    for instrument in instruments_of(review):
        marks = [(row, instrument.pk in covered[row]) for row in reviewing_states]
        rows.append(
            {"instrument": instrument, "marks": marks, "is_covered": any(is_covered for _row, is_covered in marks)}
        )
    return {
        "reviewing_states": reviewing_states,
        "instrument_rows": rows,
        "uncovered": [row["instrument"] for row in rows if not row["is_covered"]],
        "left_out": left_out_of(review),
    }


def _participants(user: User, review: Review) -> dict[str, Any]:
    participants = list(participants_visible_to(user, review))
    states = list(states_taking_part(review))
    return {
        "participant_count": len(participants),
        "focal_points": [row for row in participants if row.role == ParticipationRole.FOCAL_POINT],
        "missing": missing_roles(review, states),
    }


def _officer_actions(user: User, review: Review, act: NextAct) -> dict[str, Any]:
    """Decisions on the secretariat's buttons; none of them for anybody else."""
    if not user.is_secretariat:
        return {}
    return {
        "open_decision": explain(user, ResponseAction.OPEN, review)
        if review.step.kind in {StepKind.CONSULTATION, StepKind.QUESTIONNAIRE}
        else None,
        "processing_decision": explain(user, ReviewAction.RECORD_PROCESSING, review)
        if act.milestone and act.milestone.plan.clock_stops
        else None,
        "remind_decision": explain(user, ReviewAction.REMIND, review) if act.milestone else None,
    }


def _revised_as(capacity: Capacity | None, submission: ResponseSubmission | None) -> int | None:
    """As which version the own State prepares the answers anew; None where it does not, and for all others."""
    if submission is None or capacity is None or capacity.side != Side.UNDER_REVIEW:
        return None
    return submission.response.next_number if submission.response.is_revised else None


def _response_box(user: User, review: Review, status: str | None) -> dict[str, Any]:
    """What the reader may know of the answers. Drafts are counted for the State under review and nobody else."""
    box: dict[str, Any] = {"status": status}
    if status is None:
        return {**box, "is_elsewhere": has_begun(review)}
    capacity = capacity_of(user, review)
    if status == ResponseStatus.SENT:
        submission = found_for_policy(lambda: latest_submission(review))
        box |= {
            "submission": submission,
            "language": submission.get_language_display() if submission else "",
            "read_decision": explain(user, ResponseAction.VIEW_SUBMISSION, submission),
            "revised_as": _revised_as(capacity, submission),
        }
    elif capacity is not None and capacity.side == Side.UNDER_REVIEW:
        response = get_response_for(user, review)
        decision = explain(user, ResponseAction.VIEW_DRAFT, response)
        box |= {
            "is_own": True,
            "own_status": response.get_status_display(),
            "own_state": response.work_state,
            "draft_decision": decision,
            "language": response.get_language_display(),
        }
        if decision:
            box["overview"] = overview_for(user, response)
    elif recalled_at := get_response_for(user, review).recalled_at:
        box["recalled_at"] = recalled_at
    return box
