"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from accounts.states.models import StateParty
from core import audit, policy as table
from core.audit import AuditPlace
from core.reference_site import reference_site
from questionnaires.responses import policy
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.responses.selectors.responses import address_of_draft, address_of_submission
from reviews.capacities import place_in_review, place_of_request
from reviews.navigation import ReviewPart, ReviewTab, register_tab

REQUESTED, TAKEN = "questionnaires.document.requested", "questionnaires.document.taken"
# The answers stay in the room of the State under review; that they were asked for and that they are sent, all may know.
_ON_THE_TABLE = frozenset(
    f"questionnaires.response.{verb}" for verb in ("opened", "cleared", "recalled", "supplemented", "brought_in")
)
# For whom the State opens its answers, the States of the review and the secretariat are not told.
_OF_THE_STATE = frozenset({REQUESTED, TAKEN, "questionnaires.answers.shared", "questionnaires.answers.taken_back"})
VERBS = {REQUESTED: _("asked for a document"), TAKEN: _("took a document")}
_IS_ANSWERED = _("There is a self-assessment already, whose answers rest on this: it stays as it is.")


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    register_tab(ReviewTab(ReviewPart.ANSWERS, 10, _("Self-assessment"), address_of_draft))
    register_tab(ReviewTab(ReviewPart.ANSWERS, 20, _("Answers as sent"), address_of_submission))
    audit.register(Response, _of_response)
    audit.register(ResponseSubmission, _of_submission)
    reference_site.hold(StateParty, ("is_reio",), _has_answered, _IS_ANSWERED)


def _has_answered(state: StateParty) -> bool:
    """Which answers may be given follows from it: those that are there would be taken for others."""
    return Response.objects.filter(room=state).exists()


def _of_response(actor: Actor, verb: str, response: Response) -> AuditPlace:
    return place_in_review(actor, response.review, room_id=None if verb in _ON_THE_TABLE else response.room_id)


def _of_submission(actor: Actor, verb: str, submission: ResponseSubmission) -> AuditPlace:
    if verb in _OF_THE_STATE:
        return place_of_request(actor, submission.review)
    return place_in_review(actor, submission.review, room_id=submission.room_id)
