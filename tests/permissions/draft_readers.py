"""Who reads what a State drafts at home (answers, proposals, laws, slips), and how somebody is reached."""

from collections.abc import Callable
from typing import Any

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.policy import can
from dialogue.asides.models import AsideNote
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import ClarificationAnswer, FeedbackReading, FeedbackReply, WrittenFeedback
from dialogue.slips.models import DeskSlip
from dialogue.threads.models import DialogueMessage
from observations.follow_up.models import FollowUpShare
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestions.enums import SuggestionAction
from observations.texts.enums import TextAction
from observations.texts.models import ObservationRevision, Publication, TextVersion
from questionnaires.definitions.enums import ResponseAction
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import Law, LawFile
from questionnaires.margin.models import MarginNote
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.responses.policy import may_read_whole_draft
from questionnaires.sharing.models import AnswersShare
from reviews.audiences.enums import SharingAudience
from reviews.capacities import capacity_of, may_see_address
from reviews.cases.enums import Grant, ParticipationRole, ReviewAction
from reviews.cases.models import Participation, Review
from reviews.ministries.models import Ministry
from reviews.states.enums import StateAction

Reads = Callable[[Any, User], bool]


def of_response(row: Response, user: User) -> bool:
    return may_read_whole_draft(user, row)


def of_answer(row: Answer, user: User) -> bool:
    """A contributor reads an official answer by leave alone, which nobody has given in a scene."""
    return may_read_whole_draft(user, row.response)


def of_drafters_and_of(owner: str) -> Reads:
    """Those who draft for the State, and the contributor whose it is, while it is his or hers."""

    def reads(row: Any, user: User) -> bool:
        for name in filter(None, owner.split(".")):
            row = getattr(row, name)
        if may_read_whole_draft(user, row.response):
            return True
        own = row.participation
        return own.user_id == user.pk and own.ended_at is None and can(user, ResponseAction.VIEW_DRAFT, row.response)

    return reads


def of_law(row: Law, user: User) -> bool:
    return any(
        can(user, LawAction.VIEW, review) for review in Review.objects.filter(state_under_review=row.state_party)
    )


def of_law_file(row: LawFile, user: User) -> bool:
    """The people of its State, whoever reads sent answers that cite the law, and to whom the file is opened."""
    sent = ResponseSubmission.objects.filter(document__laws__contains=[{"entry": str(row.law_id)}])
    opened = AnswersShare.objects.filter(document__laws__contains=[{"files": [{"file": str(row.pk)}]}])
    reads = of_law(row.law, user) or any(can(user, ResponseAction.VIEW_SUBMISSION, each) for each in sent)
    return reads or any(of_share(each, user) for each in opened)


def of_thread(row: MarginNote, user: User) -> bool:
    """Those who read the whole draft, and the contributor to whom it is addressed, while he or she takes part."""
    thread = row.thread
    if may_read_whole_draft(user, thread.response):
        return True
    to = thread.participation
    return to is not None and to.user_id == user.pk and can(user, ResponseAction.VIEW_DRAFT, thread.response)


def of_ministry(row: Ministry, user: User) -> bool:
    """Those of its State who read the whole draft, and its own people."""
    capacity = capacity_of(user, row.review)
    if capacity is None or capacity.state_party_id != row.room_id:
        return False
    return capacity.has(Grant.READ) or row.members.filter(participation=capacity.participation_id).exists()


def of_share(row: FollowUpShare | AnswersShare, user: User) -> bool:
    """The State's own people; of what stands shared, those whom the focal point has chosen."""
    capacity = capacity_of(user, row.review)
    if is_shared_with_everybody(row) or is_own(row, user):
        return True
    if row.ended_at is not None:
        return False
    is_of_team = capacity is not None and capacity.role != ParticipationRole.NATIONAL_CONTRIBUTOR
    if row.audience == SharingAudience.REVIEW_TEAM or is_of_team:
        return is_of_team
    return acts_for_a_party(user, row.review)


def acts_for_a_party(user: User, review: Review) -> bool:
    parties = Participation.objects.filter(state_party__adherences__instrument__mechanism=review.mechanism_id)
    parts = parties.filter(user=user, ended_at=None)
    return parts.exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR).exists()


def is_shared_with_everybody(row: object) -> bool:
    return (
        isinstance(row, (FollowUpShare, AnswersShare))
        and row.audience == SharingAudience.PUBLIC
        and row.ended_at is None
    )


def is_published(row: TextVersion) -> bool:
    return _audience_of(row) == SharingAudience.PUBLIC


def of_version(row: TextVersion, user: User) -> bool:
    """The States of the review, and those to whom the State under review has opened it."""
    is_for_parties = _audience_of(row) == SharingAudience.STATES_PARTIES
    is_open_to_states = is_for_parties and acts_for_a_party(user, row.agreed_text.review)
    return is_published(row) or is_open_to_states or can(user, TextAction.VIEW, row.agreed_text)


def _audience_of(row: TextVersion) -> str:
    standing = Publication.objects.filter(version=row, ended_at=None)
    return standing.values_list("audience", flat=True).first() or ""


def is_own(row: Any, user: User) -> bool:
    """Whether a row lies in a room that the person reads."""
    capacity = capacity_of(user, row.review)
    return capacity is not None and row.room_id in capacity.rooms


def of_clarification_answer(row: ClarificationAnswer, user: User) -> bool:
    reads_request = can(user, ExchangeAction.VIEW_CLARIFICATION, row.request)
    return reads_request and (row.room_id is None or is_own(row, user))


def of_reply(row: FeedbackReply, user: User) -> bool:
    """Those of the table once it was sent; until then the State under review."""
    return can(user, ExchangeAction.VIEW_REPLY, row)


def of_recall(row: WrittenFeedback | FeedbackReply | FeedbackReading | DialogueMessage, user: User) -> bool:
    """Why something was recalled, or is read once more, is for the people of its State, whoever shares their room."""
    capacity = capacity_of(user, row.review)
    return capacity is not None and capacity.has(Grant.READ) and row.room_id == capacity.state_party_id


def of_revision(row: ObservationRevision, user: User) -> bool:
    """What was written before the observation was laid on the table stays with those who drafted it."""
    observation = row.observation
    capacity = capacity_of(user, observation.review)
    if capacity is not None and observation.state_party_id in capacity.rooms:
        return True
    shown = observation.tabled_revision is not None and row.number >= observation.tabled_revision
    return shown and can(user, TextAction.VIEW, observation)


def of_slip(row: DeskSlip | AsideNote, user: User) -> bool:
    """The people of its State alone, whoever shares their room."""
    capacity = capacity_of(user, row.review)
    return capacity is not None and capacity.has(Grant.READ) and row.room_id == capacity.state_party_id


def of_suggestion_note(row: SuggestionNote, user: User) -> bool:
    """Those of the table, or the people of its State alone, whoever shares their room."""
    if row.room_id is None:
        return can(user, SuggestionAction.VIEW, row.suggestion)
    capacity = capacity_of(user, row.review)
    return capacity is not None and capacity.has(Grant.READ) and row.room_id == capacity.state_party_id


def of_address(row: User, user: User) -> bool:
    """Whether the person may see how to reach somebody: by a review in which both stand, or by the directory."""
    if row.pk == user.pk or can(user, AccountAction.VIEW_ACCOUNTS):
        return True
    parts = list(Participation.objects.filter(user=row, ended_at=None).select_related("review__step"))
    if any(part.role == ParticipationRole.FOCAL_POINT for part in parts) and can(user, StateAction.VIEW_DIRECTORY):
        return True
    return any(
        can(user, ReviewAction.VIEW_PARTICIPANTS, part.review)
        and may_see_address(user, part, capacity_of(user, part.review))
        for part in parts
    )
