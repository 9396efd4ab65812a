"""Answers of a file are saved as if they had been typed, all that were chosen or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.policy import PolicyRefusedError
from questionnaires.answers import AnswerInput, SaveStatus, save_answer
from questionnaires.bringing import AnswerRow
from questionnaires.definitions import Item
from questionnaires.offline.comparing import filled_up
from questionnaires.offline.selectors import OfflinePart, offline_part
from questionnaires.responses import Sheet
from questionnaires.responses.models import Response
from questionnaires.wording import full_number


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """An answer of a file that was chosen; ``seen``: the save of the portal's answer that was shown beside it."""

    row: AnswerRow
    seen: int


@transaction.atomic
def take_answers(*, actor: User, response: Response, sheet: Sheet, version: int, taken: Sequence[TakenAnswer]) -> int:
    """Save the chosen answers on a sheet, and say how many these were.

    ``version``: the number of the version of the questionnaire against which they were shown. Raises ServiceError,
    naming the question, where one of them cannot be saved, or was saved by somebody since it was shown; nothing is
    saved then. Raises PolicyRefusedError where the actor may not write.
    """
    if not taken:
        raise ServiceError(_("Choose at least one answer."))
    part = offline_part(response, sheet)
    if part.asked.index.number != version:
        raise ServiceError(
            _("The self-assessment has moved to another version of the questionnaire since. Look again.")
        )
    order = {item.code: place for place, item in enumerate(part.asked.items)}
    for each in sorted(taken, key=lambda one: order.get(one.row.code, len(order))):
        _take(actor, response, part, version, each)
    audit.record(
        actor,
        "questionnaires.response.file_taken",
        response,
        after={
            "answers": len(taken),
            "participation": None if sheet.is_official else str(sheet.participation_id),
        },
    )
    return len(taken)


def _take(actor: User, response: Response, part: OfflinePart, version: int, taken: TakenAnswer) -> None:
    stored = part.answer(taken.row.code)
    row = filled_up(taken.row, stored)
    item = part.asked.index.items[row.code]  # which was there when it was shown
    if stored.revision != taken.seen:
        raise _moved_on(item)
    given = AnswerInput(
        code=row.code,
        choices=row.choices,
        text=row.text,
        citations=[dict(citation) for citation in row.citations],
        base=taken.seen,
        version=version,
        is_outside_competence=stored.is_outside_competence and not row.choices,
    )
    try:
        result = save_answer(actor=actor, response=response, given=given, sheet=part.sheet)
    except PolicyRefusedError:
        raise
    except ServiceError as error:
        message = _("Question %(number)s: %(reason)s")
        raise ServiceError(message % {"number": in_own_order(full_number(item)), "reason": error}) from error
    if result.errors:
        raise ServiceError(next(iter(result.errors.values())))
    if result.status not in {SaveStatus.SAVED, SaveStatus.UNCHANGED}:
        raise _moved_on(item)


def _moved_on(item: Item) -> ServiceError:
    message = _("Question %(number)s has been saved since you opened this page. Look at it again; nothing was taken.")
    return ServiceError(message % {"number": in_own_order(full_number(item))})
