"""A colleague is asked to read a State's feedback before it is sent, and says what he or she thinks of exactly that."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import require_text
from core.policy import require
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import FeedbackReading, WrittenFeedback
from dialogue.feedback import hash_of_draft
from dialogue.readings.selectors import possible_readers
from reviews.cases import lock_with_review, tell
from reviews.cases.enums import News
from reviews.participation import focal_points_of


@transaction.atomic
def ask_reader(*, actor: User, feedback: WrittenFeedback, reader: UUID) -> WrittenFeedback:
    """Ask one person of the own State to read the draft; whoever was asked before is asked no more.

    Raises ServiceError for somebody who does not take part for the State, and for the actor.
    """
    locked = lock_with_review(feedback, "state_party")
    require(actor, ExchangeAction.ASK_READER, locked)
    person = next((each for each in possible_readers(actor, locked) if each.pk == reader), None)
    if person is None:
        raise ServiceError(_("Choose somebody else who takes part for your State."), field="reader")
    locked.second_reader = person
    locked.save(update_fields=["second_reader", "updated_at"])
    audit.record(actor, "dialogue.feedback.reader_asked", locked)
    said = FeedbackReading.objects.filter(feedback=locked).count()  # who is asked anew after that is told anew
    args, key = (locked.state_party.iso3,), f"{locked.pk}:{hash_of_draft(locked)}:{said}"
    tell([person], locked.review, News.READER_ASKED, page="dialogue:feedback-reading", args=args, key=key)
    return locked


@transaction.atomic
def read_as_second(
    *, actor: User, feedback: WrittenFeedback, sha256: str, is_fine: bool, word: str = ""
) -> FeedbackReading:
    """Say of the draft with this hash, as it was shown, that one has read it, and at what to look again.

    Raises ServiceError where it has changed since.
    """
    locked = lock_with_review(feedback, "state_party")
    require(actor, ExchangeAction.READ_AS_SECOND, locked)
    if not is_fine:
        word = require_text(word, _("Say at what the focal point should look again."), maximum=5000, field="word")
    if sha256 != hash_of_draft(locked):
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
    reading = FeedbackReading.objects.create(
        review=locked.review,
        room_id=locked.state_party_id,
        language=locked.language,
        feedback=locked,
        sha256=sha256,
        is_fine=is_fine,
        word="" if is_fine else word,
        read_by=actor,
    )
    locked.second_reader = None
    locked.save(update_fields=["second_reader", "updated_at"])
    audit.record(actor, "dialogue.feedback.read_as_second", locked, after={"sha256": sha256})
    people, args = focal_points_of(locked.review, states=[locked.state_party_id]), (locked.state_party.iso3,)
    page, key = "dialogue:feedback-detail", str(reading.pk)
    tell(people, locked.review, News.READER_SAID, page=page, args=args, key=key, but=actor)
    return reading
