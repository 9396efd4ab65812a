"""Takes a review on from the answers that were sent to its end, by the acts of those who take part."""

from typing import Any

from django.utils import timezone

from accounts.people.models import User
from dialogue.conclusion.services import conclude_for_all
from dialogue.exchange.selectors import articles_under_review, instruments_covered_by
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.texts.selectors import headings_of
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.meetings.enums import MeetingMeans
from reviews.programme.models import Article, Instrument
from tests.at_once import (
    clear_feedback,
    clear_version,
    draft_observation,
    lay_on_table,
    log_meeting,
    propose_version,
    save_comment,
)

STEPS = ("written_feedback", "dialogue", "observations", "summary", "closed")


def take_on(stage: str, review: Review) -> None:
    """Take a review whose answers were sent to a later step."""
    wanted = STEPS.index(stage)
    if wanted >= 1:
        send_all_feedback(review)
    if wanted >= 2:
        hold_meeting(review)
        conclude(review)
    if wanted >= 3:
        write_lists(review)
        agree_on_all(review, TextKind.LIST_OF_OBSERVATIONS)
    if wanted >= 4:
        agree_on_all(review, TextKind.SUMMARY)


def conclude(review: Review) -> None:
    """All States agree that the dialogue is concluded."""
    conclude_for_all(people(review, ParticipationRole.FOCAL_POINT), fresh(review))


def fresh(review: Review) -> Review:
    return Review.objects.select_related("mechanism", "step", "state_under_review", "phase__cluster").get(pk=review.pk)


def people(review: Review, role: ParticipationRole, side: Side | None = None) -> list[User]:
    """Those who take part in a role, the State under review first; each as a new object without memory."""
    rows = Participation.objects.filter(review=review, role=role, ended_at=None).order_by("-side", "state_party__iso3")
    return [User.objects.get(pk=row.user_id) for row in rows if side is None or row.side == side]


def focal_point_of(review: Review, side: Side, number: int = 0) -> User:
    return people(review, ParticipationRole.FOCAL_POINT, side)[number]


def expert_of(review: Review, side: Side, number: int = 0) -> User:
    return people(review, ParticipationRole.GOVERNMENTAL_EXPERT, side)[number]


def send_all_feedback(review: Review) -> None:
    for row in Participation.objects.filter(review=review, role=ParticipationRole.FOCAL_POINT, side=Side.REVIEWING):
        write_feedback(review, row.user, f"Feedback of {row.state_party.iso3}.")
        feedback = review_feedback(review, row)
        clear_feedback(actor=row.user, feedback=feedback)


def write_feedback(review: Review, actor: User, text: str) -> None:
    row = Participation.objects.get(review=review, user=actor, ended_at=None)
    instrument = instruments_covered_by(review, row.state_party_id)[0]
    article = articles_under_review(fresh(review), instrument)[0]
    save_comment(
        actor=actor, feedback=review_feedback(review, row), instrument=instrument, article=article, text=text, base=0
    )


def review_feedback(review: Review, row: Participation) -> object:
    from dialogue.exchange.models import WrittenFeedback

    return WrittenFeedback.objects.get(review=review, state_party=row.state_party)


def hold_meeting(review: Review) -> None:
    expert = expert_of(review, Side.REVIEWING)
    log_meeting(
        actor=focal_point_of(review, Side.REVIEWING),
        review=fresh(review),
        held_on=timezone.localdate(),
        means=MeetingMeans.VIDEOCONFERENCE,
        participants=list(Participation.objects.filter(review=review, user=expert)),
    )


def list_of(review: Review, instrument: Instrument | None = None) -> AgreedText:
    texts = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS)
    return texts.get(instrument=instrument) if instrument else texts[0]


def articles_of(review: Review) -> list[Article]:
    """The first article under review of the Convention."""
    return list(articles_under_review(fresh(review), Instrument.objects.get(slug="untoc"))[:1])


def write_observation(
    review: Review, actor: User, text: AgreedText, words: str, *, heading: int = 0, **more: Any
) -> Observation:
    """Draft an observation on the first article under review, in the room of the actor's State."""
    given = ObservationInput(
        heading=headings_of(review)[heading],
        articles=list(articles_under_review(fresh(review), text.instrument)[:1]),
        text=words,
        **more,
    )
    return draft_observation(actor=actor, text=text, given=given)


def write_lists(review: Review) -> None:
    """One observation on the table of every list."""
    for text in AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS):
        focal_point = focal_point_of(review, Side.REVIEWING)
        observation = write_observation(review, focal_point, text, f"Observation on {text.instrument.slug}.")
        lay_on_table(actor=focal_point, observation=observation)


def agree_on_all(review: Review, kind: TextKind) -> None:
    """Every text of a kind is proposed by one focal point and cleared by the others."""
    for text in AgreedText.objects.filter(review=review, kind=kind):
        agree_on(text)


def agree_on(text: AgreedText) -> None:
    review = text.review
    proposer, *others = people(review, ParticipationRole.FOCAL_POINT, Side.REVIEWING)
    propose_version(actor=proposer, text=text)
    for focal_point in [focal_point_of(review, Side.UNDER_REVIEW), *others]:
        clear_version(actor=focal_point, text=text)
