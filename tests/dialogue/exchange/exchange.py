"""What the tests of the desk and of the feedback pages write on the answers, through the services."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags

from accounts.people.models import User
from accounts.states.models import StateParty
from dialogue.exchange.models import ClarificationRequest, FeedbackComment, WrittenFeedback
from dialogue.exchange.selectors import articles_under_review
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.texts.selectors import headings_of
from reviews.cases.models import Review
from reviews.programme.models import Instrument
from tests.at_once import draft_clarification, draft_observation, save_comment
from tests.journey import fresh

REVIEW = "/en/untoc/reviews/1-XVE/"
DESK = f"{REVIEW}desk/"
ARTICLE_5 = f"{DESK}untoc/article-5/"
FEEDBACK = f"{REVIEW}feedback/"
QUESTION = "I.untoc.5"


def comment_url(state: StateParty, question: str = QUESTION) -> str:
    return f"{FEEDBACK}{state.iso3}/questions/{question}/"


def feedback_of(review: Review, state: StateParty) -> WrittenFeedback:
    return WrittenFeedback.objects.get(review=review, state_party=state)


def instrument_of(question: str) -> Instrument:
    return Instrument.objects.get(slug=question.split(".")[1])


def comment(
    review: Review, state: StateParty, actor: User, text: str, question: str = QUESTION, *, article: int | None = None
) -> FeedbackComment:
    """Write what a State says on a question, or on an article of the question's instrument, for the first time."""
    instrument = instrument_of(question)
    return save_comment(
        actor=actor,
        feedback=feedback_of(review, state),
        instrument=instrument,
        question_code="" if article else question,
        article=articles_under_review(fresh(review), instrument).get(number=article) if article else None,
        text=text,
        base=0,
    )


def clarification(review: Review, actor: User, text: str, question: str = QUESTION) -> ClarificationRequest:
    return draft_clarification(
        actor=actor, review=fresh(review), instrument=instrument_of(question), question_code=question, text=text
    )


def observation(review: Review, actor: User, text: str, *questions: str) -> Observation:
    """Draft one that rests on some questions, or on nothing but article 5."""
    instrument = instrument_of(questions[0] if questions else QUESTION)
    agreed_text = AgreedText.objects.get(review=review, instrument=instrument, kind=TextKind.LIST_OF_OBSERVATIONS)
    given = ObservationInput(
        heading=headings_of(review)[0],
        articles=list(articles_under_review(fresh(review), instrument).filter(number=5)),
        text=text,
        question_codes=questions,
    )
    return draft_observation(actor=actor, text=agreed_text, given=given)


def text_of(page: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(strip_tags(page.content.decode())).split())


def entry(page: Any, question: str = QUESTION) -> Any:
    """What the desk shows at a question."""
    return next(row for row in page.context["questions"] if row.place.question == question)
