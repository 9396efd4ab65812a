"""Where the acts on the models of this app are kept in the record, and what they are called on its pages."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.audit import Place
from core.policy import Actor
from questionnaires.models import Questionnaire, QuestionnaireVersion, Response, ResponseSubmission
from reviews.selectors.record import place_in_mechanism, place_in_review, place_of_request

_REQUESTED = "questionnaires.document.requested"
# The answers stay in the room of the State under review; that they were asked for and that they are sent, all may know.
_ON_THE_TABLE = frozenset({"questionnaires.response.opened", "questionnaires.response.cleared"})
VERBS = {
    "questionnaires.version.published": _("published a version of a questionnaire"),
    "questionnaires.response.opened": _("opened the self-assessment"),
    "questionnaires.response.assigned": _("sent sections to a national contributor"),
    "questionnaires.response.submitted_for_clearance": _("laid the answers before the focal point"),
    "questionnaires.response.returned": _("returned the answers to the experts"),
    "questionnaires.response.cleared": _("cleared and sent the answers"),
    _REQUESTED: _("asked for a document"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    audit.register(Response, _of_response)
    audit.register(ResponseSubmission, _of_submission)
    audit.register(
        QuestionnaireVersion,
        lambda actor, verb, version: place_in_mechanism(actor, version.questionnaire.mechanism),
    )
    audit.register(Questionnaire, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))


def _of_response(actor: Actor, verb: str, response: Response) -> Place:
    return place_in_review(actor, response.review, room_id=None if verb in _ON_THE_TABLE else response.room_id)


def _of_submission(actor: Actor, verb: str, submission: ResponseSubmission) -> Place:
    if verb == _REQUESTED:
        return place_of_request(actor, submission.review)
    return place_in_review(actor, submission.review, room_id=submission.room_id)
