"""What this feature declares to the kernel: the places of a self-assessment to which one goes by their names."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.language.i18n import in_own_order
from core.policy import can
from questionnaires.definitions import Item, PlacedSection, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import overview_for
from questionnaires.responses import get_response_for
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.wording import anchor, full_number
from reviews.cases.models import Review
from reviews.navigation import PlaceOfReview, register_places

MOST = 8  # questions whose number begins with what was asked for
_ACTS = {
    ResponseAction.SUBMIT_FOR_CLEARANCE: "questionnaires:response-submit",
    ResponseAction.RETURN: "questionnaires:response-return",
    ResponseAction.CLEAR: "questionnaires:response-clear",
    ResponseAction.RECALL: "questionnaires:response-recall",
    ResponseAction.REVISE: "questionnaires:response-revise",
    ResponseAction.GIVE_UP: "questionnaires:response-give-up",
}


def declare() -> None:
    register_places(_places)


def _places(user: Any, review: Review, text: str) -> Iterator[PlaceOfReview]:
    try:
        response = get_response_for(user, review)
    except Http404:
        return
    response.review = review
    if not response.is_brought_in and can(user, ResponseAction.VIEW_DRAFT, response):
        yield from _of_draft(user, response, text)
    sent = ResponseSubmission(review=review)
    if response.sent_at is not None and can(user, ResponseAction.VIEW_SUBMISSION, sent):
        yield from _of_submission(user, response, text)


def _of_draft(user: Any, response: Response, text: str) -> Iterator[PlaceOfReview]:
    address = [response.review.mechanism.slug, response.review.code]
    yield PlaceOfReview(_("Find in the self-assessment"), reverse("questionnaires:response-search", args=address))
    yield PlaceOfReview(_("The self-assessment, to read"), reverse("questionnaires:response-read", args=address))
    yield PlaceOfReview(_("What is missing"), reverse("questionnaires:response-missing", args=address))
    for action, name in _ACTS.items():
        if can(user, action, response):
            yield PlaceOfReview(action.label, reverse(name, args=address))
    if number := _number_in(text):
        overview = overview_for(user, response)
        asked = [
            (place, item)
            for place in (section.place for section in overview.sections)
            for item in place.section.items
            if overview.states.get(item.code) != AnswerState.NOT_ASKED
        ]
        for place, item in _numbered(asked, number):
            page = reverse("questionnaires:section-detail", args=[*address, *place.address])
            yield _question(item, page)


def _of_submission(user: Any, response: Response, text: str) -> Iterator[PlaceOfReview]:
    """Questions alone that hang on no answer: which others were asked is a part of the answers, to be opened first."""
    address = [response.review.mechanism.slug, response.review.code]
    yield PlaceOfReview(_("Find in the answers"), reverse("questionnaires:submission-search", args=address))
    yield PlaceOfReview(_("The answers, to read"), reverse("questionnaires:submission-read", args=address))
    if (number := _number_in(text)) and not can(user, ResponseAction.VIEW_DRAFT, response):
        places = index_of(response.version_id).applicable_sections(response.party_to)
        asked = [(place, item) for place in places for item in place.section.items if item.condition is None]
        for place, item in _numbered([pair for pair in asked if pair[1].is_question], number):
            page = reverse("questionnaires:submission-part", args=[*address, place.part.instrument])
            yield _question(item, page)


def _question(item: Item, page: str) -> PlaceOfReview:
    label = _("Question %(number)s") % {"number": in_own_order(full_number(item))}
    return PlaceOfReview(label, f"{page}#{anchor(item.code)}", kind=_("Questions"))


def _number_in(text: str) -> list[str]:
    """The tokens of a number as people type one: "12", "12.a", "3 (a) (i)"; none where it is none."""
    tokens = re.findall(r"\w+|[–-]\d+", text.casefold())
    return tokens if tokens and tokens[0].isdecimal() and len(tokens[0]) <= len("1000") else []


def _numbered(asked: list[tuple[PlacedSection, Item]], number: list[str]) -> list[tuple[PlacedSection, Item]]:
    """The question of that number first, then those below it."""
    found = [pair for pair in asked if [token.casefold() for token in pair[1].number[: len(number)]] == number]
    return found[:MOST]
