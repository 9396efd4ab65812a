"""A second person of the State reads the answers before they are sent, where the focal point wants it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import require_text
from core.policy import require
from questionnaires.clearance.models import SecondReading
from questionnaires.clearance.selectors import readings_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import lock_response
from questionnaires.responses.models import Response
from questionnaires.sending import hash_of_draft
from reviews.cases import tell
from reviews.cases.enums import News, ParticipationRole, Side
from reviews.participation import focal_points_of, participants_of

_PAGE = "questionnaires:second-reading"


@transaction.atomic
def ask_second_reader(actor: User, response: Response, *, is_wanted: bool) -> Response:
    """Want a second reader, or do without one; the experts of the State are told when one is wanted."""
    locked = lock_response(response)
    require(actor, ResponseAction.ASK_SECOND_READER, locked)
    if locked.wants_second_reader == is_wanted:
        return locked
    locked.wants_second_reader = is_wanted
    locked.save(update_fields=["wants_second_reader", "updated_at"])
    verb = "second_reader_asked" if is_wanted else "second_reader_left_out"
    audit.record(actor, f"questionnaires.response.{verb}", locked)
    if is_wanted:
        rows = participants_of(locked.review).filter(state_party=locked.room_id)
        experts = rows.filter(role=ParticipationRole.GOVERNMENTAL_EXPERT)
        key = f"{locked.pk}:{hash_of_draft(locked)}:{len(readings_of(locked))}"  # told anew after somebody has said
        tell([row.user for row in experts], locked.review, News.SECOND_READER_ASKED, page=_PAGE, key=key)
    return locked


@transaction.atomic
def read_as_second(actor: User, response: Response, *, sha256: str, is_fine: bool, word: str) -> SecondReading:
    """Say of the answers with this hash, as they were shown, that one has read them, and at what to look again.

    Raises ServiceError where they have changed since.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.READ_AS_SECOND, locked)
    if not is_fine:
        word = require_text(word, _("Say at what the focal point should look again."), maximum=5000, field="word")
    if sha256 != hash_of_draft(locked):
        raise ServiceError(_("The answers have changed since you opened this page. Please look at them again."))
    reading = SecondReading.objects.create(
        review=locked.review,
        room_id=locked.room_id,
        language=locked.language,
        response=locked,
        sha256=sha256,
        is_fine=is_fine,
        word="" if is_fine else word,
        read_by=actor,
    )
    audit.record(actor, "questionnaires.response.second_reading", locked, after={"sha256": sha256})
    people = focal_points_of(locked.review, Side.UNDER_REVIEW)
    tell(people, locked.review, News.SECOND_READER_SAID, page="questionnaires:response-clear", key=str(reading.pk))
    return reading


def unread_words(response: Response, sha256: str) -> str:
    """Why answers that wait for a second reader may not be sent: nobody has read these and had nothing to add."""
    if not response.wants_second_reader:
        return ""
    last = next((row for row in readings_of(response) if row.sha256 == sha256), None)
    if last is None:
        return _("Nobody has read the answers as they stand now. Have them read, or do without a second reader.")
    if not last.is_fine:
        return _("The second reader asks you to look again. Change the answers, or do without a second reader.")
    return ""
