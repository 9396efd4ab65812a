"""What comes from a page of another version of the questionnaire than the response is on: not taken, and not lost."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.people.models import User
from core.errors import ServiceError
from questionnaires.answers.forms import read_section, read_version
from questionnaires.answers.items import Content, ItemField
from questionnaires.answers.services import AnswerInput, clean
from questionnaires.definitions import Item, PlacedSection, index_of, moves_of
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.progress import EMPTY, ItemState
from questionnaires.responses import sheet_of
from questionnaires.responses.models import Response


def unsaved_of_earlier(user: User, response: Response, data: QueryDict, place: PlacedSection) -> list[ItemField]:
    """What was typed on a page of an earlier version and is stored nowhere, under the questions that it showed.

    ``place`` is where the page stands now; that of the earlier version has the same address. Raises ServiceError where
    the fields are none of a page of ours.
    """
    version = _version_shown(response, read_version(data))
    places = [each for each in index_of(version).sections if each.address == place.address] if version else []
    items = {item.code: item for each in places for item in each.section.items}
    stored = _stored_by_item(sheet_of(user, response).rows(response), version, items) if version else {}
    given = [(items[answer.code], answer) for answer in read_section(data, items.values())]
    return [
        ItemField(ItemState(item, EMPTY, None), Content.of_input(answer))
        for item, answer in given
        if not (content := _as_stored(item, answer)).is_empty and content not in stored[item.code]
    ]


def _stored_by_item(answers: QuerySet[Any], version: UUID, codes: Iterable[str]) -> dict[str, list[Content]]:
    """By the items of a version: what is stored under each, and under those to which it has gone in later ones."""
    stored = {
        (row.question.version_id, row.question.code): Content(
            tuple(row.choices), row.text, tuple(row.citations), row.is_outside_competence
        )
        for row in answers.select_related("question")
    }
    number = index_of(version).number
    later = [each for each in {version for version, _code in stored} if index_of(each).number > number]
    moves = {each: moves_of(version, each) for each in later}
    places = {
        code: [(version, code), *((each, move.new.code) for each in later if (move := moves[each][code]).new)]
        for code in codes
    }
    return {code: [stored[place] for place in each if place in stored] for code, each in places.items()}


def _version_shown(response: Response, number: int) -> UUID | None:
    """A page that does not say (0) is of before the pages did."""
    if number == 0:
        return response.moved_from_id
    questionnaire = response.version.questionnaire_id
    rows = QuestionnaireVersion.objects.filter(questionnaire=questionnaire, number=number)
    return rows.values_list("pk", flat=True).first()


def _as_stored(item: Item, answer: AnswerInput) -> Content:
    """As it would be stored; as it was typed where it could not be."""
    try:
        draft, _errors = clean(item, answer)
    except ServiceError:
        return Content.of_input(answer)
    return Content(tuple(draft.choices), draft.text, tuple(draft.citations), draft.is_outside_competence)
