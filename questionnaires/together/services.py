"""Bringing an earlier answer back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.policy import require
from questionnaires.answers import AnswerInput, SaveStatus, save_answer, writing
from questionnaires.progress import history_of
from questionnaires.responses import lock_response, sheet_of, target_of
from questionnaires.responses.models import Response


@transaction.atomic
def restore_answer(
    *, actor: User, response: Response, code: str, save: UUID, base: int, version: int | None = None
) -> bool:
    """Save once more what an answer was at an earlier save, also one that was kept beside; False where it is so now.

    It is a save like any other, by who restores, on ``base``, the revision that the page has shown. Raises
    OutdatedError where the answer has moved on: nobody would have seen what comes of the two; and ServiceError where
    it is no answer to the question any more.
    """
    locked = lock_response(response)
    sheet = sheet_of(actor, locked)
    require(actor, writing(sheet), target_of(locked, code))
    earlier = history_of(locked, code, sheet).filter(pk=save).first()
    if earlier is None:
        raise ServiceError(_("There is no such save of this answer."))
    given = AnswerInput(
        code=code,
        choices=earlier.choices,
        text=earlier.text,
        citations=earlier.citations,
        base=base,
        is_outside_competence=earlier.is_outside_competence,
        version=version,
    )
    result = save_answer(actor=actor, response=locked, given=given)
    if result.status in {SaveStatus.MERGED, SaveStatus.CONFLICT}:
        raise OutdatedError(_("The answer has changed since you opened this page. Look at it again."))
    return result.status == SaveStatus.SAVED
