"""Supplementary information in the constructive dialogue.

Source: procedures and rules, paragraphs 19 and 35, as quoted in resolution 10/1, annex II, paragraph 5.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.files.receiving import receive
from core.files.storage import delete_after_commit
from core.language.text import clean_markdown, clean_text, is_web_address, require_text
from core.policy import require
from dialogue.exchange import PAGE_OF
from dialogue.exchange.enums import ExchangeAction, SupplementKind
from dialogue.exchange.models import ClarificationAnswer, SupplementaryInformation
from questionnaires.sending import add_beside
from reviews.cases import language_of, lock_review, tell
from reviews.cases.enums import News, ReviewAction, Side
from reviews.cases.models import Review
from reviews.drafts import Shown, require_base, require_seen, require_shown, shown_in_room, shown_of, shown_on_table
from reviews.participation import focal_points_of

_MAXIMUM = 20_000  # characters of voluntary information


@dataclass(frozen=True, slots=True)
class SupplementInput:
    """What a person gives of a source. A file that is given replaces the one before; without one that stays.

    ``answers_to`` and ``information`` are of voluntary information alone, which may do without link and file. So may a
    source that is ``of_answer``: what was answered to a request for clarification, and sent.
    """

    title: str
    pages: str = ""
    link: str = ""
    file: UploadedFile | None = None  # type: ignore[type-arg]
    kind: str = SupplementKind.SOURCE
    answers_to: str = ""
    information: str = ""
    of_answer: ClarificationAnswer | None = None


@transaction.atomic
def add_supplement(*, actor: User, review: Review, given: SupplementInput, shown: Shown) -> SupplementaryInformation:
    """Draft a piece of supplementary information in the room of the State under review.

    Raises ServiceError with the field: no title, neither link nor file, a bad link, a file that is not accepted; and
    ConflictError where others would read it than was shown.
    """
    lock_review(review)
    is_open_early = SupplementKind(given.kind).is_open_early
    require(actor, ReviewAction.OFFER if is_open_early else ReviewAction.ADD_SUPPLEMENT, review)
    require_shown(shown, shown_in_room(review, review.state_under_review_id))
    if given.of_answer is not None:
        _require_to_give(review, given.of_answer)
    supplement = SupplementaryInformation(
        review=review,
        room_id=review.state_under_review_id,
        language=language_of(review),
        added_by=actor,
        of_answer=given.of_answer,
    )
    _fill(supplement, given)
    audit.record(actor, "reviews.supplement.added", supplement, after={"sha256": supplement.sha256})
    return supplement


@transaction.atomic
def edit_supplement(
    *, actor: User, supplement: SupplementaryInformation, given: SupplementInput, base: int, shown: Shown
) -> None:
    """Change what has not been sent. Raises ServiceError like ``add_supplement``.

    Raises ConflictError when a colleague saved since revision ``base``, or others would read it than was shown.
    """
    locked = _lock(supplement)
    require(actor, ExchangeAction.EDIT_SUPPLEMENT, locked)
    require_shown(shown, shown_of(locked), locked, base=base)
    require_base(locked, base)
    locked.revision += 1
    _fill(locked, given)
    audit.record(actor, "reviews.supplement.changed", locked, after={"sha256": locked.sha256})


@transaction.atomic
def discard_supplement(*, actor: User, supplement: SupplementaryInformation, base: int) -> None:
    """Throw away what has not been sent. Raises ServiceError where it is not revision ``base`` any more."""
    locked = _lock(supplement)
    require(actor, ExchangeAction.EDIT_SUPPLEMENT, locked)
    require_seen(locked.revision, base)
    audit.record(actor, "reviews.supplement.discarded", locked)
    delete_after_commit(locked.file)
    locked.delete()


@transaction.atomic
def send_supplement(
    *, actor: User, supplement: SupplementaryInformation, base: int, shown: Shown
) -> SupplementaryInformation:
    """Send it to the reviewing States; lists of observations that are proposed from now on name it.

    ``base`` and ``shown``: the revision that the focal point saw, and who reads it on the table. Raises ServiceError
    and ConflictError where something else holds by now.
    """
    lock_review(supplement.review)
    locked = _lock(supplement)
    require(actor, ExchangeAction.SEND_SUPPLEMENT, locked)
    require_seen(locked.revision, base)
    require_shown(shown, shown_on_table(locked.review), locked, base=base)
    locked.room, locked.sent_at = None, timezone.now()
    locked.save()
    audit.record(actor, "reviews.supplement.sent", locked, after={"sha256": locked.sha256})
    if not locked.is_open_early:
        add_beside(actor, locked.review, _beside(locked))
    news = News.OFFER_SENT if locked.is_open_early else News.SUPPLEMENT_SENT
    told = focal_points_of(locked.review, Side.REVIEWING)
    tell(told, locked.review, news, page=PAGE_OF[locked.kind], key=str(locked.pk))
    return locked


def _fill(supplement: SupplementaryInformation, given: SupplementInput) -> None:
    if not supplement._state.adding and supplement.is_open_early != SupplementKind(given.kind).is_open_early:
        raise ServiceError(_("A source stays a source, and anything else what it is."), field="kind")
    supplement.kind = SupplementKind(given.kind)
    supplement.title = require_text(given.title, _("Give the title."), maximum=300, field="title")
    supplement.pages = clean_text(given.pages, maximum=100, field="pages").strip()
    supplement.link = clean_text(given.link, maximum=1000, field="link").strip()
    if supplement.link and not is_web_address(supplement.link):
        raise ServiceError(_("A link must begin with https:// or http://."), field="link")
    if given.file is not None:
        receive(supplement, "file", given.file)
    if supplement.kind == SupplementKind.VOLUNTARY:
        _fill_voluntary(supplement, given)
    elif not supplement.link and not supplement.file and supplement.of_answer_id is None:
        raise ServiceError(_("Give a link or a file."), field="link")
    supplement.save()


def _require_to_give(review: Review, answer: ClarificationAnswer) -> None:
    """Once, and what the reviewing States have."""
    if answer.review_id != review.pk or answer.sent_at is None:
        raise ServiceError(_("This answer has not been sent."))
    if SupplementaryInformation.objects.filter(of_answer=answer).exists():
        raise ServiceError(_("This answer is supplementary information already."))


def _fill_voluntary(supplement: SupplementaryInformation, given: SupplementInput) -> None:
    message = _("Say what this responds to, for instance a paragraph of a resolution.")
    supplement.answers_to = require_text(given.answers_to, message, maximum=200, field="answers_to")
    supplement.information = clean_markdown(given.information, maximum=_MAXIMUM, field="information")
    if not supplement.information and not supplement.link and not supplement.file:
        raise ServiceError(_("Write the information, or give a link or a file."), field="information")


def _beside(supplement: SupplementaryInformation) -> dict[str, str]:
    """What the next version of the answers carries of it: it belongs to no question."""
    names = {"title": supplement.title, "pages": supplement.pages, "link": supplement.link}
    file = {"file": supplement.file_name, "file_sha256": supplement.sha256}
    said, answer = {}, supplement.of_answer
    if answer is not None and answer.request.is_open_early:  # one on a question is there by itself
        said = {"request": answer.request.text, "text": answer.text}
    return {"kind": "source", "code": "", "language": supplement.language, **names, **file, **said}


def _lock(supplement: SupplementaryInformation) -> SupplementaryInformation:
    return (
        SupplementaryInformation.objects.select_for_update(of=("self",))
        .select_related("review__mechanism", "review__step", "review__state_under_review")
        .get(pk=supplement.pk)
    )
