"""Saving answers. Nothing typed is ever lost: a text that comes on top of an older revision is kept beside it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import ServiceError
from core.language.merging import merge, one_of
from core.language.text import clean_markdown
from core.policy import PolicyRefusedError, require
from questionnaires.answers import store as answer_store
from questionnaires.answers.store import Draft
from questionnaires.answers.validators import check_citations, clean_choices
from questionnaires.definitions import Item, PlacedSection, VersionIndex, asked_codes, index_of
from questionnaires.definitions.enums import QuestionKind, ResponseAction
from questionnaires.progress import AnswerSnapshot, answer_values, answers_in, section_progress, snapshot
from questionnaires.responses import (
    ResponseSection,
    Sheet,
    answers_by_competence,
    forget_parts_sent,
    sent_places,
    sheet_of,
    statuses_open_to,
    target_of,
)
from questionnaires.responses.models import Answer, AnswerRevision, Proposal, Response


class SaveStatus(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What a person gives for one item, and the revision on which it was made (0: the item was empty).

    ``version``: the number of the version that the page shows, for the same code may be another item in a later one;
    0 where the page does not say (it is of before any move), None where no page was between.
    ``key`` names this save, and ``unsure`` earlier ones on the same revision whose replies never came: one of these
    that arrived after all is the writer's own text, and no colleague's.
    """

    code: str
    choices: Sequence[str] = ()
    text: str = ""
    citations: Sequence[dict[str, str]] = ()
    base: int = 0
    key: UUID | None = None
    unsure: Sequence[UUID] = ()
    is_outside_competence: bool = False
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SaveResult:
    """``current`` is what is stored now; with CONFLICT it is a colleague's, and ``yours`` was kept in the history.

    With MERGED it holds ``yours`` and what ``colleague`` wrote. ``errors`` are the legal references that were left out,
    wholly or without their link, by field ("link-2": the link of the second); the rest was saved.
    """

    status: SaveStatus
    revision: int
    saved_at: dt.datetime | None
    current: AnswerSnapshot | None = None
    yours: Draft | None = None
    colleague: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


class MovedOnError(ServiceError):
    """The page shows another version of the questionnaire than the response is on."""


class NotAskedError(ServiceError):
    """The question is not asked, given the other answers."""


def save_answer(*, actor: User, response: Response, given: AnswerInput, sheet: Sheet | None = None) -> SaveResult:
    """Save one answer of a response that was obtained for ``actor``; that of a contributor is a proposal.

    ``sheet``: that of a ministry, where who writes the official answers enters what it has sent; otherwise the own.
    Raises PolicyRefusedError where the actor may not write or the answers were sent, ServiceError (with ``field``)
    where the content is no answer, MovedOnError where it was given to another version of the questionnaire, and
    NotAskedError where the question is not asked.
    """
    index = index_of(response.version_id)
    require_version(response, given.version)
    place = index.section_of.get(given.code)
    if place is None:
        raise ServiceError(_("There is no such question."))
    own = sheet_of(actor, response)
    sheet = own if sheet is None else sheet
    require(actor, writing(own) if sheet == own else ResponseAction.ANSWER, target_of(response, given.code))
    if place not in index.applicable_sections(response.party_to):
        raise NotAskedError(_("This section does not apply to your State."))
    item = index.items[given.code]
    draft, errors = clean(item, given)
    if draft.is_outside_competence:
        _require_organization(response)
    _require_asked(index, response, item, sheet)
    return replace(_store(actor, response, sheet, item, draft), errors=errors)


def writing(sheet: Sheet) -> ResponseAction:
    """What is done on a sheet: official answers are written, others proposed."""
    return ResponseAction.ANSWER if sheet.is_official else ResponseAction.PROPOSE


def clean(item: Item, given: AnswerInput) -> tuple[Draft, Mapping[str, str]]:
    """Check the content: what is to be stored, and what is wrong with the legal references, which holds back no more.

    Raises ServiceError with the field where the rest is no answer.
    """
    if item.kind == QuestionKind.GROUP:
        raise ServiceError(_("This line only heads the questions under it."))
    citations, errors = check_citations(given.citations)
    choices = clean_choices(item, given.choices)
    if choices and given.is_outside_competence:
        message = _("Choose an option, or say that this is not within your competence: not both.")
        raise ServiceError(message, field="outside")
    draft = Draft(
        choices=choices,
        text=clean_markdown(given.text),
        citations=citations,
        base=given.base,
        key=given.key,
        unsure=tuple(given.unsure),
        is_outside_competence=given.is_outside_competence,
    )
    return draft, errors


def require_version(response: Response, shown: int | None) -> None:
    """Raise MovedOnError where the page shows another version (``shown`` as in AnswerInput)."""
    index = index_of(response.version_id)
    is_unsaid_and_unmoved = shown == 0 and response.moved_from_id is None
    if shown not in {None, index.number} and not is_unsaid_and_unmoved:
        raise _moved_on(index)


def _moved_on(index: VersionIndex) -> MovedOnError:
    message = _("The self-assessment has moved to version %(number)s of the questionnaire. Open the page anew.")
    return MovedOnError(message % {"number": index.number})


def _require_organization(response: Response) -> None:
    """Convention, article 36, paragraph 3: organizations declare the extent of their competence, States do not."""
    if not answers_by_competence(response):
        message = _("Only a regional economic integration organization can say that this is not within its competence.")
        raise ServiceError(message, field="outside")


def _require_asked(index: VersionIndex, response: Response, item: Item, sheet: Sheet) -> None:
    if not sheet.is_official:
        place = next((each for each in sent_places(response, sheet.participation_id) if _holds(each, item)), None)
        if place is None or item.code not in section_progress(response, place, sheet)[1]:
            raise _not_asked()
        return
    is_organization = answers_by_competence(response)
    needed = (index.needed_by_organizations if is_organization else index.needed_for)[item.code]
    if not needed:
        return
    answers = answer_values(response, [index.question_ids[code] for code in needed])
    relevant = [index.items[code] for code in (*needed, item.code)]
    if item.code not in asked_codes(relevant, answers):
        raise _not_asked()


def _holds(place: PlacedSection, item: Item) -> bool:
    return any(each.code == item.code for each in place.section.items)


def _not_asked() -> NotAskedError:
    return NotAskedError(_("This question is not asked any more, because an answer above it has changed."))


def _store(actor: User, response: Response, sheet: Sheet, item: Item, draft: Draft) -> SaveResult:
    index = index_of(response.version_id)
    written = answer_store.write(
        response_id=response.pk,
        version_id=index.version_id,
        question_id=index.question_ids[item.code],
        user_id=actor.pk,
        statuses=list(statuses_open_to(actor, response)),
        draft=draft,
        participation_id=sheet.participation_id,
    )
    if written is not None:
        return SaveResult(SaveStatus.SAVED, written["revision"], written["updated_at"])
    response.refresh_from_db(fields=["status", "version"])
    forget_parts_sent()
    if response.version_id != index.version_id:
        raise _moved_on(index_of(response.version_id))
    require(actor, writing(sheet_of(actor, response)), target_of(response, item.code))
    return _keep_beside(actor, response, sheet, item, draft)


@transaction.atomic
def _keep_beside(actor: User, response: Response, sheet: Sheet, item: Item, draft: Draft) -> SaveResult:
    """The answer has moved on: put both texts together where they can be, else leave it as it is and show both."""
    question_id = index_of(response.version_id).question_ids[item.code]
    answer = sheet.rows(response).select_related("saved_by").filter(question_id=question_id).first()
    if answer is None:  # made on a revision that there never was
        return _store(actor, response, sheet, item, replace(draft, base=0))
    if said_in(answer) == said_in(draft):
        return SaveResult(SaveStatus.UNCHANGED, answer.revision, answer.updated_at)
    saves = sheet.saves.filter(answer=answer)
    draft = replace(draft, base=_base_by_own_saves(actor, saves, draft))
    if draft.base == answer.revision:
        return _store(actor, response, sheet, item, draft)
    theirs = _last_of_others(actor, saves, draft)
    if merged := _merged(actor, answer, saves, theirs, draft):
        result = _store(actor, response, sheet, item, merged)
        if result.status == SaveStatus.SAVED:
            answer.refresh_from_db()
            result = replace(
                result,
                status=SaveStatus.MERGED,
                current=snapshot(answer),
                yours=draft,
                colleague=theirs.saved_by.full_name,
            )
        return result
    _keep_in_history(actor, answer, sheet, draft)
    current = replace(snapshot(answer), saved_by=theirs.saved_by.full_name)
    return SaveResult(SaveStatus.CONFLICT, answer.revision, answer.updated_at, current, draft)


def said_in(answer: Answer | AnswerRevision | Proposal | AnswerSnapshot | Draft) -> tuple[object, ...]:
    """What of an answer a person has given, in whatever it stands."""
    return tuple(answer.choices), answer.text, tuple(answer.citations), answer.is_outside_competence


def _base_by_own_saves(actor: User, saves: QuerySet[Any], draft: Draft) -> int:
    """The revision that the draft was really made on: past the writer's own saves whose replies never came."""
    own = _own_keys(draft)
    base = draft.base
    later = saves.filter(is_conflict=False, number__gt=base).order_by("number")
    for number, saved_by, key in later.values_list("number", "saved_by", "save_key") if own else ():
        if saved_by != actor.pk or key not in own:
            break
        base = number
    return base


def _own_keys(draft: Draft) -> set[UUID | None]:
    return {draft.key, *draft.unsure} - {None}


def _last_of_others(actor: User, saves: QuerySet[Any], draft: Draft) -> Any:
    """What somebody else saved last; on top of it may lie the writer's own saves whose replies never came."""
    saves = saves.filter(is_conflict=False).select_related("saved_by")
    others = saves.exclude(saved_by=actor, save_key__in=_own_keys(draft))
    return others.order_by("-number").first() or saves.latest("number")


def _merged(
    actor: User, answer: Answer | Proposal, saves: QuerySet[Any], theirs: AnswerRevision, draft: Draft
) -> Draft | None:
    """What was written and what a colleague has saved, as one; None where only people can put the two together.

    Where the writer has saved from elsewhere meanwhile, this is a save that came late, or one of another page of hers.
    """
    saves = saves.filter(is_conflict=False)
    shown = saves.filter(number=draft.base).first()
    later = saves.filter(number__gt=draft.base, saved_by=actor).exclude(save_key__in=_own_keys(draft))
    if shown is None or later.exists() or _chosen(theirs) != _chosen(draft):
        return None
    text = merge(shown.text, draft.text, theirs.text)
    citations = one_of(shown.citations, draft.citations, theirs.citations)
    if text is None or not citations:
        return None
    try:
        return replace(draft, text=clean_markdown(text), citations=citations[0], base=answer.revision)
    except ServiceError:  # too long, for one
        return None


def _chosen(answer: AnswerRevision | Draft) -> tuple[list[str], bool]:
    return answer.choices, answer.is_outside_competence


def _keep_in_history(actor: User, answer: Answer | Proposal, sheet: Sheet, draft: Draft) -> None:
    """Sent once more (after a reload, or a lost reply) the same text is not kept twice."""
    same = {
        "number": draft.base,
        "choices": draft.choices,
        "text": draft.text,
        "citations": draft.citations,
        "is_outside_competence": draft.is_outside_competence,
    }
    if not sheet.saves.filter(answer=answer, is_conflict=True, saved_by=actor, **same).exists():
        sheet.new_save(
            answer=answer,
            review_id=answer.review_id,
            room_id=answer.room_id,
            language=answer.language,
            is_conflict=True,
            saved_by=actor,
            save_key=draft.key,
            **same,
        ).save(force_insert=True)


@dataclass(frozen=True, slots=True)
class SectionResult:
    """What became of a whole section: results and errors by code; one may have both (a wrong link)."""

    results: dict[str, SaveResult]
    errors: dict[str, ServiceError]

    @property
    def merged(self) -> dict[str, SaveResult]:
        return {code: result for code, result in self.results.items() if result.status == SaveStatus.MERGED}

    @property
    def conflicts(self) -> dict[str, SaveResult]:
        return {code: result for code, result in self.results.items() if result.status == SaveStatus.CONFLICT}


def save_section(
    *,
    actor: User,
    response: Response,
    place: PlacedSection,
    given: Sequence[AnswerInput],
    version: int | None = None,
) -> SectionResult:
    """Save what was changed of a section (the page without JavaScript sends all of it).

    Answers that are as they were when the page was made are left alone, whatever a colleague did since. Each answer
    stands for itself: one that is refused keeps none of the others from being saved. Raises MovedOnError where the
    page shows another version (``version`` as in AnswerInput): nothing of it was saved then.
    """
    sheet = sheet_of(actor, response)
    require(actor, writing(sheet), ResponseSection(response, place.pk))
    index = index_of(response.version_id)
    require_version(response, version)
    order = {item.code: number for number, item in enumerate(place.section.items)}
    stored = answers_in(response, place.section.items, sheet)
    results: dict[str, SaveResult] = {}
    errors: dict[str, ServiceError] = {}
    for answer in sorted((answer for answer in given if answer.code in order), key=lambda answer: order[answer.code]):
        try:
            draft, wrong = clean(index.items[answer.code], answer)
            for name, message in wrong.items():
                errors.setdefault(answer.code, ServiceError(message, field=name))
            if not _is_untouched(response, index, sheet, answer.code, draft, stored.get(answer.code)):
                forget_parts_sent()  # each is saved by itself: a part may be taken back between two
                results[answer.code] = save_answer(actor=actor, response=response, given=answer)
        except PolicyRefusedError:
            raise
        except ServiceError as error:
            errors[answer.code] = error
    return SectionResult(results, errors)


def _is_untouched(
    response: Response, index: VersionIndex, sheet: Sheet, code: str, draft: Draft, stored: AnswerSnapshot | None
) -> bool:
    """Whether a posted answer is what the page showed when it was made."""
    content = said_in(draft)
    if stored is None or draft.base == 0:
        return content == ((), "", (), False) and draft.base == 0
    if stored.revision == draft.base:
        return content == said_in(stored)
    rows = sheet.rows(response).filter(question_id=index.question_ids[code])
    shown = sheet.saves.filter(answer__in=rows, number=draft.base, is_conflict=False).first()
    return shown is not None and content == said_in(shown)


def changes_what_is_asked(response: Response, code: str) -> bool:
    """Whether other items are asked or not depending on this one, so that the page must look again."""
    index = index_of(response.version_id)
    return code in index.deciding or (answers_by_competence(response) and code in index.heads)
