"""Where the acts on the models of this app are kept in the record, and what they are called on its pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.audit import Place
from core.policy import Actor
from reviews.enums import ParticipationRole
from reviews.models import (
    AccessRequest,
    Adherence,
    AgreedText,
    Article,
    BlueprintText,
    BulkAct,
    CalendarFeed,
    ClarificationAnswer,
    ClarificationRequest,
    Cluster,
    ConsultationProposal,
    DialogueMeeting,
    Holiday,
    Instrument,
    Limit,
    Mechanism,
    Nomination,
    NoteVerbale,
    Observation,
    ObservationHeading,
    Participation,
    PassageDraft,
    Phase,
    PhasePeriod,
    PlannedMeeting,
    PublicStatus,
    Review,
    ReviewGroup,
    SavedView,
    StatusConsent,
    Step,
    StepPlan,
    StepPlanVersion,
    SupplementaryInformation,
    TimeChange,
    WrittenFeedback,
)
from reviews.selectors.record import place_in_mechanism, place_in_review, place_of_request

_REQUESTED = "reviews.document.requested"
VERBS = {
    "reviews.review.opened": _("opened the review"),
    "reviews.review.withdrawn": _("withdrew the review"),
    "reviews.review.advanced": _("moved the review to the next step"),
    "reviews.review.processed": _("recorded that the documentation was processed"),
    "reviews.review.rooms_set": _("set whether the reviewing States share a room"),
    "reviews.review.reminded": _("reminded those who owe the next act"),
    "reviews.reminder.postponed": _("postponed reminders of one’s own"),
    "reviews.reminder.handed_on": _("handed reminders to a colleague"),
    "reviews.reminder.taken_back": _("took back reminders that were postponed or handed on"),
    "reviews.reminder.muted": _("muted the reminders of a review"),
    "reviews.reminder.unmuted": _("asked for the reminders of a review again"),
    "reviews.reminder.hour_set": _("set the hour of one’s own reminders"),
    "reviews.absence.recorded": _("recorded an absence of one’s own"),
    "reviews.absence.removed": _("took back an absence of one’s own"),
    "reviews.review.officer_assigned": _("put an officer in charge"),
    "reviews.nominations.asked": _("asked for the people whom States have not named"),
    "reviews.view.saved": _("saved a view of the cockpit"),
    "reviews.view.changed": _("changed a view of the cockpit"),
    "reviews.view.deleted": _("deleted a view of the cockpit"),
    "reviews.bulk_act.confirmed": _("confirmed an act on many reviews"),
    "reviews.bulk_act.carried_on": _("carried on with an act on many reviews"),
    "reviews.grants.mended": _("mended the rights of those who take part"),
    "reviews.participation.registered": _("registered a participant"),
    "reviews.participation.replaced": _("replaced a participant"),
    "reviews.participation.ended": _("ended a participation"),
    "reviews.note.recorded": _("recorded a note verbale"),
    "reviews.note.changed": _("changed a note verbale"),
    "reviews.note.submitted": _("submitted a note verbale for the check"),
    "reviews.note.returned": _("returned a note verbale"),
    "reviews.note.discarded": _("discarded a note verbale"),
    "reviews.note.approved": _("approved a note verbale"),
    "reviews.feed.made": _("made a private calendar address"),
    "reviews.feed.ended": _("ended a private calendar address"),
    "reviews.status.agreed": _("agreed that the steps of the State’s reviews are public"),
    "reviews.status.ended": _("ended that the steps of the State’s reviews are public"),
    "reviews.access.prepared": _("prepared a request for access"),
    "reviews.access.approved": _("approved a request for access"),
    "reviews.access.taken_on_alone": _("took on a request for access alone"),
    "reviews.access.returned": _("returned a request for access"),
    "reviews.access.withdrawn": _("withdrew a request for access"),
    "reviews.access.confirmed": _("confirmed a request for access"),
    "reviews.access.delayed": _("delayed a request for access"),
    "reviews.access.refused": _("refused a request for access"),
    "reviews.access.done": _("took a request for access into effect"),
    "reviews.contributor.invited": _("invited a national contributor"),
    "reviews.contributor.let_go": _("ended the access of a national contributor"),
    "reviews.nomination.removed": _("took a person off a note verbale"),
    "reviews.mission.registered": _("registered a member of a permanent mission"),
    "reviews.mission.ended": _("ended the access of a member of a permanent mission"),
    "reviews.consultation.proposed": _("proposed working languages and dates"),
    "reviews.consultation.confirmed": _("confirmed working languages and dates"),
    "reviews.consultation.agreed": _("completed the agreement on working languages and dates"),
    "reviews.time.asked": _("asked for an extension or a pause"),
    "reviews.time.answered": _("answered on an extension or a pause"),
    "reviews.time.agreed": _("completed the agreement on an extension or a pause"),
    "reviews.time.recorded": _("recorded an agreement on time that was reached elsewhere"),
    "reviews.time.declined": _("declined an extension or a pause"),
    "reviews.time.withdrawn": _("withdrew a request for an extension or a pause"),
    "reviews.time.pause_ended": _("ended a pause early"),
    "reviews.plan.drafted": _("drafted a version of the step plan"),
    "reviews.plan.changed": _("changed a draft version of the step plan"),
    "reviews.plan.discarded": _("discarded a draft version of the step plan"),
    "reviews.plan.published": _("published a version of the step plan"),
    "reviews.plan.moved": _("moved the review to another version of the step plan"),
    "reviews.consultation.silence_announced": _("told a State on which day its silence counts"),
    "reviews.consultation.silence_counted": _("counted a State's silence as its confirmation"),
    "reviews.consultation.went_ahead": _("let the others go ahead without a State"),
    "reviews.feedback.cleared": _("cleared and sent written feedback"),
    "reviews.clarification.drafted": _("drafted a request for clarification"),
    "reviews.clarification.discarded": _("discarded a drafted request for clarification"),
    "reviews.clarification.sent": _("sent a request for clarification"),
    "reviews.clarification.answered": _("answered a request for clarification"),
    "reviews.clarification.closed": _("closed a request for clarification"),
    "reviews.supplement.added": _("added a draft of supplementary information"),
    "reviews.supplement.changed": _("changed a draft of supplementary information"),
    "reviews.supplement.discarded": _("discarded a draft of supplementary information"),
    "reviews.supplement.sent": _("sent supplementary information"),
    "reviews.meeting.recorded": _("recorded a meeting of the experts"),
    "reviews.meeting.invited": _("invited to a meeting of the experts"),
    "reviews.meeting.answered": _("answered an invitation to a meeting of the experts"),
    "reviews.meeting.agreed": _("completed the agreement on a meeting of the experts"),
    "reviews.meeting.changed": _("changed a meeting of the experts to come"),
    "reviews.meeting.cancelled": _("cancelled a meeting of the experts"),
    "reviews.observation.saved": _("saved an observation"),
    "reviews.observation.tabled": _("laid an observation on the shared table"),
    "reviews.observation.withdrawn": _("withdrew an observation"),
    "reviews.summary.saved": _("saved a passage of a summary"),
    "reviews.passage.drafted": _("drafted a passage of a summary"),
    "reviews.passage.discarded": _("discarded a drafted passage of a summary"),
    "reviews.text.proposed": _("proposed a version for agreement"),
    "reviews.text.proposal_cancelled": _("cancelled the proposed version by an edit"),
    "reviews.text.objected": _("objected to a version"),
    "reviews.text.cleared": _("cleared a version"),
    "reviews.text.agreed": _("completed the agreement on a text"),
    "reviews.text.published": _("published an agreed text"),
    "reviews.text.publication_ended": _("ended the publication of a text"),
    "reviews.text.files_requested": _("asked for the files of a publication again"),
    _REQUESTED: _("asked for a document"),
}
_OF_MECHANISM = (
    BlueprintText,
    Cluster,
    Holiday,
    Instrument,
    Limit,
    ObservationHeading,
    Phase,
    ReviewGroup,
    Step,
    StepPlan,
    StepPlanVersion,
    PublicStatus,
    ReviewGroup,
    Step,
    StepPlan,
)
_IN_ROOMS = (
    AgreedText,
    ClarificationAnswer,
    ClarificationRequest,
    DialogueMeeting,
    Observation,
    PassageDraft,
    PlannedMeeting,
    SupplementaryInformation,
    WrittenFeedback,
)


def register() -> None:
    audit.register_verbs(VERBS)
    audit.register(Review, lambda actor, verb, review: place_in_review(actor, review))
    audit.register(Participation, _of_participation)
    audit.register(ConsultationProposal, lambda actor, verb, proposal: place_in_review(actor, proposal.review))
    audit.register(TimeChange, lambda actor, verb, change: place_in_review(actor, change.review))
    audit.register(Nomination, lambda actor, verb, row: place_in_review(actor, row.review, room_id=_named_by(row)))
    audit.register(NoteVerbale, _of_note)
    audit.register(AccessRequest, _of_request)
    # Whose calendar reads a review concerns nobody else in it: the portal's own chain.
    audit.register(CalendarFeed, lambda actor, verb, feed: Place())
    audit.register(
        StatusConsent,
        lambda actor, verb, consent: place_in_mechanism(actor, consent.mechanism, state=consent.state_party),
    )
    audit.register(Mechanism, lambda actor, verb, mechanism: place_in_mechanism(actor, mechanism))
    audit.register(PhasePeriod, lambda actor, verb, period: place_in_mechanism(actor, period.phase.mechanism))
    for of_secretariat in (BulkAct, SavedView):
        audit.register(of_secretariat, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))
    for of_instrument in (Adherence, Article):
        audit.register(of_instrument, lambda actor, verb, row: place_in_mechanism(actor, row.instrument.mechanism))
    for in_room in _IN_ROOMS:
        audit.register(in_room, _in_room)
    for of_mechanism in _OF_MECHANISM:
        audit.register(of_mechanism, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))


def _in_room(actor: Actor, verb: str, piece: Any) -> Place:
    """Where the piece lies at this moment: what is sent lies on the table when the sending is recorded."""
    if verb == _REQUESTED:
        return place_of_request(actor, piece.review)
    return place_in_review(actor, piece.review, room_id=piece.room_id)


def _of_participation(actor: Actor, verb: str, participation: Participation) -> Place:
    """Whom a State consults at home the other States do not know."""
    is_at_home = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR
    room_id = participation.state_party_id if is_at_home else None
    return place_in_review(actor, participation.review, room_id=room_id)


def _of_note(actor: Actor, verb: str, note: NoteVerbale) -> Place:
    return place_in_mechanism(actor, note.mechanism, state=note.state_party)


def _of_request(actor: Actor, verb: str, request: AccessRequest) -> Place:
    """Who has access for a State is its own affair; a request on an account belongs to no mechanism."""
    if request.mechanism is None:
        return Place()
    return place_in_mechanism(actor, request.mechanism, state=request.state_party)


def _named_by(nomination: Nomination) -> Any:
    """Whom a State names is its own affair until the participation that comes of it is registered."""
    return nomination.note.state_party_id
