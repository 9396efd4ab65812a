"""The words of the demo: what was written, and what a delegation would notice of it within a minute."""

import re
from typing import Any

from dialogue.exchange.models import ClarificationRequest, FeedbackComment
from observations.texts.models import Observation
from questionnaires.responses.models import Answer


def written() -> list[Any]:
    """All that the States have written to one another, without keys and times."""
    feedback = FeedbackComment.objects.order_by("feedback__state_party__iso3", "created_at")
    requests = ClarificationRequest.objects.order_by("created_at")
    observations = Observation.objects.order_by("created_at")
    return [
        *feedback.values_list("feedback__state_party__iso3", "saved_by__email", "question_code", "text"),
        *requests.values_list("state_party__iso3", "question_code", "status", "text"),
        *observations.values_list("state_party__iso3", "heading__kind", "room__iso3", "question_codes", "text"),
    ]


def assert_the_words_read_well() -> None:
    """No word stands twice, no two States say the same of an article, and nothing praises an answer "No"."""
    texts = [*Answer.objects.values_list("text", flat=True), *FeedbackComment.objects.values_list("text", flat=True)]
    texts += Observation.objects.values_list("text", flat=True)
    assert [text for text in texts if re.search(r"\b([A-Za-z]+) \1\b", text, re.IGNORECASE)] == []
    comments = list(FeedbackComment.objects.exclude(article=None).select_related("feedback__review", "article"))
    assert comments
    said = [(comment.feedback.review_id, comment.text) for comment in comments]
    assert len(said) == len(set(said))
    praised = {(comment.feedback.review_id, comment.article_id) for comment in comments}
    denied = [
        (answer.response.review.code, answer.question.code)
        for answer in Answer.objects.filter(choices=["No"], question__parent=None).select_related(
            "response__review", "question"
        )
        for article in answer.question.section.articles.all()
        if (answer.response.review_id, article.pk) in praised
    ]
    assert denied == []
    best = Observation.objects.filter(heading__kind="best_practice").select_related("review")
    grounds = {(row.review_id, code) for row in best for code in row.question_codes}
    no = Answer.objects.filter(choices=["No"]).values_list("response__review", "question__code")
    assert grounds & set(no) == set()
