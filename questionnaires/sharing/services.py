"""The focal point of the State under review opens answers that were sent to others, and opens them no longer."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.hashes import document_hash
from core.jobs.making import pause_before_another_try
from core.language.rendering import render_all
from core.policy import require
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sharing.enums import FILES, SharingAction
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import articles_of, passages_of
from questionnaires.sharing.sieve import AnswersChoice, section_key, sections_of, shared_document
from questionnaires.sharing.tasks import render_shared_answers_task
from questionnaires.submissions import get_submission
from reviews.audiences import FoundBy, forget_words, has_words, keep_words
from reviews.audiences.enums import BEYOND_THE_REVIEW, SharingAudience
from reviews.bringing.enums import StateWord
from reviews.capacities import forget_capacities
from reviews.cases import lock_review, tell
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.participation import focal_points_of


@transaction.atomic
def share_answers(
    *, actor: User, review: Review, audience: str, choice: AnswersChoice, sha256: str, replaces: int = 0
) -> AnswersShare:
    """Let an audience beyond the review read what was chosen of the version that stands; what it read gives way.

    ``sha256`` is that of what the focal point was shown (``hash_of_choice``), ``replaces`` the number of what the page
    said that it reads, 0 for nothing. Raises ServiceError with the field, and OutdatedError where the choice, the
    answers, or what it reads are others than those that were shown.
    """
    lock_review(review)
    forget_capacities(actor)
    submission = get_submission(review)
    require(actor, SharingAction.SHARE, submission)
    chosen = _audience(audience)
    _require_word(submission)
    _require_known(submission, choice)
    document = shared_document(submission, choice)
    digest = document_hash(document)
    standing = AnswersShare.objects.filter(review=review, audience=chosen, ended_at=None).first()
    if standing is not None and standing.sha256 == digest == sha256:
        return standing
    _require_number(standing, replaces)
    if digest != sha256:
        raise OutdatedError(_("This is not what was shown before. Please look at it, and confirm once more."))
    _end(standing)
    share = AnswersShare.objects.create(
        review=review,
        room_id=review.state_under_review_id,
        language=submission.language,
        submission=submission,
        version_id=submission.version_id,
        audience=chosen,
        number=AnswersShare.objects.filter(review=review, audience=chosen).count() + 1,
        document=document,
        rendered=render_all(answer["text"] for answer in document["answers"]),
        sha256=digest,
        shared_by=actor,
        shared_at=timezone.now(),
    )
    after = {"audience": chosen, "version": submission.number, "sha256": digest}
    audit.record(actor, "questionnaires.answers.shared", submission, after=after)
    transaction.on_commit(lambda: render_shared_answers_task.delay(str(share.pk)), robust=True)
    told, page = focal_points_of(review), "questionnaires:shared-answers"
    tell(told, review, News.ANSWERS_OPENED, page=page, args=(chosen,), key=str(share.pk), but=actor)
    return share


@transaction.atomic
def stop_sharing_answers(*, actor: User, review: Review, audience: str, number: int | None = None) -> None:
    """An audience reads them no longer from now on; what was read or copied stays where it is.

    ``number``: that of what the page said that it reads; None for whatever it is. Raises OutdatedError where that is
    another by now.
    """
    lock_review(review)
    forget_capacities(actor)
    submission = get_submission(review)
    require(actor, SharingAction.TAKE_BACK, submission)
    chosen = _audience(audience)
    standing = AnswersShare.objects.filter(review=review, audience=chosen, ended_at=None).first()
    if standing is not None:
        _require_number(standing, standing.number if number is None else number)
        _end(standing)
        audit.record(actor, "questionnaires.answers.taken_back", submission, after={"audience": chosen})


def _require_number(standing: AnswersShare | None, seen: int) -> None:
    now = standing.number if standing else 0
    if now != seen:
        message = _("What they read was changed since you opened this page. Look at it, and confirm once more.")
        raise OutdatedError(message, now=str(now))


@transaction.atomic
def queue_missing_answers() -> int:
    """Queue what got lost on the way; for beat, some seconds apart. Gives of how many shares."""
    now = timezone.now()
    missing = AnswersShare.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        Q(pdf="") | Q(docx="") | Q(xml="") | ~Exists(has_words(OuterRef("pk"))), ended_at=None
    )
    keys = [row.pk for row in missing if now - row.updated_at > pause_before_another_try(row.shared_at, now)]
    AnswersShare.objects.filter(pk__in=keys).update(updated_at=now)  # the time to wait begins anew
    for key in keys:
        render_shared_answers_task.delay(str(key))
    return len(keys)


def store_shared_files(share_id: str, render: Callable[[AnswersShare, str], bytes]) -> None:
    """Make the files of what stands shared, each by its ending, and what it is found by.

    Each in a transaction that holds the row: doing it again is harmless, and another worker does nothing meanwhile.
    """
    try:
        for ending in FILES:
            _store_file(share_id, ending, render)
    finally:
        _store_words(share_id)


def _locked(share_id: str) -> AnswersShare | None:
    """What stands shared, and at which no other worker is."""
    return (
        AnswersShare.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=share_id, ended_at=None)
        .select_related("review__mechanism", "review__state_under_review")
        .first()
    )


@transaction.atomic
def _store_file(share_id: str, ending: str, render: Callable[[AnswersShare, str], bytes]) -> None:
    share = _locked(share_id)
    if share is not None and not getattr(share, ending):
        content = ContentFile(render(share, ending))
        getattr(share, ending).save(f"{share.pk}.{ending}", content, save=False)
        share.save(update_fields=[ending, "updated_at"])


@transaction.atomic
def _store_words(share_id: str) -> None:
    share = _locked(share_id)
    if share is not None:
        words = "\n".join(passages_of(share))
        found_by = FoundBy(language=share.language, words=words, articles=articles_of(share))
        keep_words(share.pk, share.review, share.audience, found_by)


def _audience(value: str) -> SharingAudience:
    if value not in BEYOND_THE_REVIEW:
        raise ServiceError(_("Choose who reads it."), field="audience")
    return SharingAudience(value)


def _require_word(submission: ResponseSubmission) -> None:
    piece = submission.brought_piece
    if piece is not None and piece.word == StateWord.OBJECTED:
        raise ServiceError(_("These answers were brought in, and your State objects to them."))
    if piece is not None and piece.word != StateWord.CONFIRMED:
        raise ServiceError(_("These answers were brought in. Your State confirms them before it opens them to others."))


def _require_known(submission: ResponseSubmission, choice: AnswersChoice) -> None:
    if not choice.sections:
        raise ServiceError(_("Choose at least one section."), field="sections")
    known = {section_key(section) for section in sections_of(submission)}
    if not known.issuperset(choice.sections):
        raise ServiceError(_("One of these sections is no part of the answers that were sent."), field="sections")


def _end(share: AnswersShare | None) -> None:
    if share is not None:
        share.ended_at = timezone.now()
        share.save(update_fields=["ended_at", "updated_at"])
        forget_words(share.pk)
