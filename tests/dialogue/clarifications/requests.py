"""Requests for clarification that the tests of their pages write, through the services, and what pages show of them."""

from typing import Any

from accounts.people.models import User
from dialogue.exchange.models import ClarificationRequest
from reviews.programme.models import Instrument
from tests.at_once import draft_answer, draft_clarification, send_answer, send_clarification
from tests.utils import Cast

PAGES = "/en/untoc/reviews/1-XVE/clarifications/"
QUESTION = "I.untoc.3"
CANARY = "Canary of the room"
ONLY_ITS_FOCAL_POINT = "Only the focal point of the State that wrote this sends it."
ONLY_ITS_WRITERS = "Only the experts and the focal point of the State that wrote this change it."


def draft(cast: Cast, text: str = CANARY, *, code: str = QUESTION, actor: User | None = None) -> ClarificationRequest:
    """A draft of the reviewing State of the same group, unless somebody else writes it."""
    return draft_clarification(
        actor=actor or cast.same_group_expert,
        review=cast.review,
        instrument=Instrument.objects.get(slug=code.split(".")[1]),
        question_code=code,
        text=text,
    )


def asked(cast: Cast, text: str = "What is the penalty?", *, code: str = QUESTION) -> ClarificationRequest:
    return send_clarification(actor=cast.same_group_focal_point, request=draft(cast, text, code=code))


def answered(cast: Cast, text: str = "Ten years.") -> ClarificationRequest:
    request = asked(cast)
    draft_answer(actor=cast.expert, request=request, text=text, base=0)
    return send_answer(actor=cast.focal_point, request=request)


def page_of(request: ClarificationRequest, act: str = "") -> str:
    return f"{PAGES}{request.pk}/{act}"


def text_of(page: Any) -> str:
    return page.content.decode()


def acts_on(page: Any, request: ClarificationRequest) -> list[tuple[str, str]]:
    """Labels of what the page offers on a request, each with the reason where it is refused."""
    rows = [row for group in page.context["groups"] for question in group.questions for row in question.rows]
    row = next(row for row in rows if row.request.pk == request.pk)
    return [(str(act.label), str(act.decision.reason)) for act in row.acts]
