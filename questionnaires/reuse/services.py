"""Taking earlier answers, and giving one answer to several questions. What has content is never overwritten.

Each answer goes through ``save_answer`` like one that is typed; all that was chosen is taken, or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.i18n import in_own_order
from core.policy import PolicyRefusedError, require
from questionnaires.answers import AnswerInput, SaveStatus, save_answer
from questionnaires.definitions import Item, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import answers_in
from questionnaires.responses.models import Answer, Response
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.models import ReusedAnswer
from questionnaires.reuse.selectors import EarlierAnswer, Offering, is_empty, linked_effects
from questionnaires.wording import full_number


@dataclass(frozen=True, slots=True)
class ChosenAnswer:
    """An earlier answer that was chosen (``key``, of an EarlierAnswer), for the box that was empty at save ``seen``."""

    code: str
    key: str
    seen: int


@transaction.atomic
def take_earlier(
    *, actor: User, response: Response, version: int, how: Reuse, chosen: Sequence[ChosenAnswer]
) -> list[Item]:
    """Save the chosen earlier answers as the official ones: ``KEPT`` as they are, ``EDITED`` to be changed then.

    ``version``: of the questionnaire, as the page showed it. Raises ServiceError where one of them is not offered any
    more, the box was filled since, or cannot be saved; nothing is taken then. Raises PolicyRefusedError where the
    actor writes no official answers.
    """
    require(actor, ResponseAction.ANSWER, response)
    if not chosen:
        raise ServiceError(_("Choose at least one answer."))
    _require_version(response, version)
    index = index_of(response.version_id)
    order = {code: place for place, code in enumerate(index.items)}
    offers = _offers(response, [each for each in chosen if each.code in order])
    for each in sorted(chosen, key=lambda one: order.get(one.code, len(order))):
        offer = offers.get((each.code, each.key))
        if offer is None:
            raise OutdatedError(_("One of the earlier answers is no longer offered. Look again; nothing was taken."))
        _require_fit(offer, how)
        given = offer.fit.as_input(each.code, base=each.seen, version=version)
        _save(actor, response, offer.item, given)
        _note(actor, response, offer.item, how, offer)
    _record(actor, response, how, len(chosen))
    return [index.items[each.code] for each in chosen]


def _offers(response: Response, chosen: Iterable[ChosenAnswer]) -> Mapping[tuple[str, str], EarlierAnswer]:
    """Those that are offered at this moment; a box that was filled, or emptied, since it was shown is an error."""
    index = index_of(response.version_id)
    items = [index.items[each.code] for each in chosen]
    stored = answers_in(response, items)
    for each in chosen:
        now = stored.get(each.code)
        if now is not None and (now.revision != each.seen or not is_empty(now)):
            raise _moved_on(index.items[each.code])
    found = Offering(response).of(items, stored)
    return {(code, offer.key): offer for code, offers in found.items() for offer in offers}


def _require_fit(offer: EarlierAnswer, how: Reuse) -> None:
    if how == Reuse.KEPT and not offer.can_be_kept:
        message = _("Question %(number)s has other options now: its earlier words can only be taken to be changed.")
        raise ServiceError(message % {"number": _number(offer.item)})
    if not offer.can_be_edited:
        message = _("Nothing of the earlier answer can stand under question %(number)s.")
        raise ServiceError(message % {"number": _number(offer.item)})


@transaction.atomic
def set_aside(*, actor: User, response: Response, version: int, chosen: ChosenAnswer) -> None:
    """Offer an earlier answer no longer beside its box: the State answers anew. Doing it twice changes nothing."""
    require(actor, ResponseAction.ANSWER, response)
    _require_version(response, version)
    index = index_of(response.version_id)
    if chosen.code not in index.items:
        raise ServiceError(_("There is no such question."))
    offer = _offers(response, [chosen]).get((chosen.code, chosen.key))
    if offer is None:
        raise OutdatedError(_("One of the earlier answers is no longer offered. Look again; nothing was taken."))
    if not offer.is_set_aside:
        _note(actor, response, offer.item, Reuse.SET_ASIDE, offer)
        after = {"code": chosen.code, "review": offer.source.review_code}
        audit.record(actor, "questionnaires.response.earlier_set_aside", response, after=after)


@dataclass(frozen=True, slots=True)
class LinkedTargets:
    """To which questions an answer is given as well, each with the save at which its box was seen empty.

    ``seen``: the save of the answer itself that was shown.
    """

    code: str
    seen: int
    targets: Mapping[str, int]


@transaction.atomic
def fill_linked(*, actor: User, response: Response, version: int, given: LinkedTargets) -> list[Item]:
    """Give the answer to one question to others that are linked with it and have none.

    Raises as ``take_earlier``: all of them are filled, or none.
    """
    require(actor, ResponseAction.ANSWER, response)
    _require_version(response, version)
    if not given.targets:
        raise ServiceError(_("Choose at least one question."))
    index = index_of(response.version_id)
    answer, effects = linked_effects(response, given.code)
    if answer.revision != given.seen:
        raise _moved_on(index.items[given.code])
    by_code = {effect.item.code: effect for effect in effects}
    order = {code: place for place, code in enumerate(index.items)}
    for code in sorted(given.targets, key=lambda each: order.get(each, len(order))):
        effect = by_code.get(code)
        if effect is None:
            raise OutdatedError(_("One of the questions is no longer linked with this one. Nothing was filled."))
        if effect.is_filled or effect.stored.revision != given.targets[code]:
            raise _moved_on(effect.item)
        if not effect.fit.is_usable:
            message = _("Nothing of the answer can stand under question %(number)s.")
            raise ServiceError(message % {"number": _number(effect.item)})
        _save(actor, response, effect.item, effect.fit.as_input(code, base=given.targets[code], version=version))
        _note_linked(actor, response, effect.item, given)
    _record(actor, response, Reuse.SAME, len(given.targets))
    return [by_code[code].item for code in given.targets]


def _require_version(response: Response, version: int) -> None:
    if index_of(response.version_id).number != version:
        message = _("The self-assessment has moved to another version of the questionnaire since. Look again.")
        raise OutdatedError(message)


def _save(actor: User, response: Response, item: Item, given: AnswerInput) -> None:
    try:
        result = save_answer(actor=actor, response=response, given=given)
    except PolicyRefusedError:
        raise
    except ServiceError as error:
        message = _("Question %(number)s: %(reason)s")
        raise ServiceError(message % {"number": _number(item), "reason": error}) from error
    if result.errors:
        raise ServiceError(next(iter(result.errors.values())))
    if result.status != SaveStatus.SAVED:  # a colleague was faster, even with the same
        raise _moved_on(item)


def _note(actor: User, response: Response, item: Item, how: Reuse, offer: EarlierAnswer) -> None:
    source = offer.source
    _create(
        actor,
        response,
        item,
        how=how,
        submission_id=source.key,
        source_review=source.review_code,
        source_code=offer.source_item.code,
        source_number=source.number,
        source_sha256=source.sha256,
        source_sent_at=source.sent_at,
    )


def _note_linked(actor: User, response: Response, item: Item, given: LinkedTargets) -> None:
    _create(
        actor,
        response,
        item,
        how=Reuse.SAME,
        source_review=response.review.code,
        source_code=given.code,
        source_number=given.seen,
    )


def _create(actor: User, response: Response, item: Item, *, how: Reuse, **source: object) -> None:
    question = index_of(response.version_id).question_ids[item.code]
    answer = None if how == Reuse.SET_ASIDE else Answer.objects.get(response=response, question=question)
    ReusedAnswer.objects.create(
        review_id=response.review_id,
        room_id=response.review.state_under_review_id,
        language=response.language,
        response=response,
        question_id=question,
        answer=answer,
        number=answer.revision if answer else 0,
        how=how,
        taken_by=actor,
        **source,
    )


def _record(actor: User, response: Response, how: Reuse, number: int) -> None:
    audit.record(actor, "questionnaires.response.reused", response, after={"answers": number, "how": how.value})


def _moved_on(item: Item) -> OutdatedError:
    message = _("Question %(number)s has been saved since you opened this page. Look at it again; nothing was taken.")
    return OutdatedError(message % {"number": _number(item)})


def _number(item: Item) -> str:
    return in_own_order(full_number(item))
