"""Of joint feedback: whose it is, who has cleared it, and what a writer of it is shown."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import looking_past_rooms
from core.language.i18n import list_of
from dialogue.exchange import instruments_covered_by
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.joint.models import JointClearance
from reviews.agreement import absences_in
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.drafts import Audience, Shown, StandingVersion, open_piece, shown_of
from reviews.programme.enums import StepKind
from reviews.programme.models import Instrument

# The limit that says whether the reviewing States send one feedback together, where nothing is chosen for a review.
JOINT_FEEDBACK = "feedback_joint"


_WRITTEN = FeedbackComment.objects.filter(feedback=OuterRef("pk")).exclude(text="")


def states_of(review: Review) -> list[StateParty]:
    """The reviewing States that owe feedback: what they cover has articles under review. In the order of codes."""
    owing = StateParty.objects.filter(
        reviews_performed__review=review, reviews_performed__instruments__articles__reviews=review
    )
    return list(owing.distinct().order_by("iso3"))


def states_to_clear(review: Review) -> list[StateParty]:
    """Those of them without whose clearance a joint feedback is not sent: all but one that names nobody (record 17)."""
    absent = absences_in([review])[review.pk].not_waited_for(timezone.now())
    return [state for state in states_of(review) if state.pk not in absent]


def _waited_for_by_worker(review: Review) -> set[UUID]:
    """The same where nobody presses: a State that has taken part since its absence was recorded is waited for."""
    absences = absences_in([review])[review.pk]
    absent = absences.not_waited_for(timezone.now())
    absent -= absences.gone_since(absent)
    return {state.pk for state in states_of(review)} - absent


def feedback_begun(review: Review) -> bool:
    """Whether any reviewing State has written or sent feedback: read past the rooms, which tells no more than that."""
    with looking_past_rooms():
        rows = WrittenFeedback.objects.filter(Q(sent_at__isnull=False) | Exists(_WRITTEN), review=review)
        return rows.exists()


def clearances_of(feedback: WrittenFeedback) -> list[JointClearance]:
    """Those that count: given to the draft as it stands, or to what was sent; none of feedback that is not joint."""
    if not feedback.is_joint:
        return []
    number = feedback.times_sent if feedback.sent_at is not None else feedback.next_number
    rows = JointClearance.objects.filter(feedback=feedback, number=number, undone_at=None)
    return list(rows.select_related("state_party", "focal_point"))


def clearance_taken_back(feedback: WrittenFeedback, state: UUID | None, sha256: str) -> JointClearance | None:
    """The last one of a draft with that hash that a State has itself taken back; None where it has cleared anew."""
    rows = JointClearance.objects.filter(feedback=feedback, state_party=state, sha256=sha256)
    return rows.exclude(undone_at=None).exclude(undone_by=None).select_related("undone_by").last()


def all_have_cleared(feedback: WrittenFeedback, sha256: str) -> bool:
    """Whether a worker sends the text with that hash: nobody is waited for any more, and somebody has cleared it."""
    rows = clearances_of(feedback)
    cleared = {row.state_party_id for row in rows if row.sha256 == sha256}
    return len(cleared) == len(rows) > 0 and _waited_for_by_worker(feedback.review) <= cleared


def drafts_that_were_cleared() -> list[WrittenFeedback]:
    """Joint drafts at their step that some State has cleared as they stand."""
    cleared = JointClearance.objects.filter(
        feedback=OuterRef("pk"), undone_at=None, number=F("feedback__times_sent") + 1
    )
    rows = WrittenFeedback.objects.filter(
        Exists(cleared), is_joint=True, sent_at=None, review__step__kind=StepKind.FEEDBACK
    )
    return list(rows.select_related("review__step", "review__mechanism", "state_party"))


def instruments_of(feedback: WrittenFeedback) -> list[Instrument]:
    """On which its writers write: those that its State reviews, or any of the States whose joint feedback it is."""
    if not feedback.is_joint:
        return instruments_covered_by(feedback.review, feedback.state_party_id)
    reviewed = Instrument.objects.filter(reviewing_states__review=feedback.review_id)
    return list(reviewed.distinct().order_by("order"))


def takes_part_in(user: User, feedback: WrittenFeedback) -> bool:
    """Whether the feedback is of the reader's State, or of it together with others."""
    capacity = capacity_of(user, feedback.review)
    if capacity is None:
        return False
    if feedback.is_joint:
        return capacity.side == Side.REVIEWING and capacity.has(Grant.READ)
    return bool(capacity.state_party_id == feedback.state_party_id)


def open_feedback_for(reader: User, feedback: WrittenFeedback) -> None:
    """Note that it is opened, where the reader's State is another than those whose it is: before it is shown."""
    if not takes_part_in(reader, feedback):
        open_piece(reader, feedback, feedback.state_party_id)


def authors_of(feedback: WrittenFeedback) -> dict[str, object]:
    """What a document says of whose it is, by codes."""
    if feedback.is_joint:
        return {"reviewing_states": [state.iso3 for state in states_of(feedback.review)]}
    return {"reviewing_state": feedback.state_party.iso3}


def author_words(feedback: WrittenFeedback) -> str:
    """Who says it, for running text: its State, or all whose joint feedback it is; once sent, as it was sent."""
    if not feedback.is_joint:
        return str(feedback.state_party)
    if not feedback.document:
        return list_of([str(state) for state in states_of(feedback.review)])
    codes = feedback.document["reviewing_states"]
    return list_of([str(state) for state in StateParty.objects.filter(iso3__in=codes).order_by("iso3")])


def shown_of_feedback(feedback: WrittenFeedback) -> Shown:
    """Who reads what is saved on it; of a joint draft also who has cleared it, which a save undoes."""
    if not feedback.is_joint or feedback.room_id is None:
        return shown_of(feedback)
    cleared = clearances_of(feedback)
    version = None
    if cleared:
        codes = frozenset(row.state_party.iso3 for row in cleared)
        version = StandingVersion(feedback.next_number, cleared[0].sha256, codes)
    reading = StateParty.objects.filter(reviews_performed__review=feedback.review_id)
    return Shown(Audience.COMMON_ROOM, frozenset(reading.values_list("iso3", flat=True)), version)


def joint_clearances_missing(reviews: Iterable[UUID], state_of: Mapping[UUID, UUID]) -> dict[UUID, tuple[str, str]]:
    """Of these reviews the joint drafts that another State has cleared and one's own has not; one query.

    ``state_of``: one's own State in each. By review the code of the address, and who has cleared it.
    """
    rows = JointClearance.objects.filter(
        feedback__review__in=list(reviews), feedback__sent_at=None, undone_at=None, number=F("feedback__times_sent") + 1
    ).select_related("state_party", "feedback__state_party")
    found: dict[UUID, list[JointClearance]] = {}
    for row in rows:
        found.setdefault(row.feedback.review_id, []).append(row)
    return {
        review: (given[0].feedback.state_party.iso3, list_of([str(row.state_party) for row in given]))
        for review, given in found.items()
        if all(row.state_party_id != state_of.get(review) for row in given)
    }
