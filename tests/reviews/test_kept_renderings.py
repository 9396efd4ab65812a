"""Every text that people write keeps how it looks from its save on, and pages show that and do not make it anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.language import rendering
from core.language.rendering import as_html, is_rendering_of
from core.models.written import kept_name
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, FeedbackComment, WrittenFeedback
from observations.texts.models import Observation, SummaryPassage, TextVersion
from questionnaires.responses.models import Answer, ResponseSubmission
from reviews.meetings.models import DialogueMeeting, PlannedMeeting
from tests.dialogue.exchange.exchange import ARTICLE_5, FEEDBACK, REVIEW, comment, observation
from tests.observations.clearance.texts import LIST
from tests.permissions.canaries import _texts_in
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]
# The texts that keep it beside them; documents keep theirs in ``rendered``.
COLUMNS: list[tuple[type[Any], str]] = [
    (Answer, "text"),
    (ClarificationAnswer, "text"),
    (ClarificationRequest, "text"),
    (DialogueMeeting, "subject"),
    (FeedbackComment, "text"),
    (Observation, "text"),
    (PlannedMeeting, "agenda"),
    (SummaryPassage, "text"),
]


def kept() -> list[bool]:
    rows = [(row, text) for model, text in COLUMNS for row in model.objects.exclude(**{text: ""})]
    return [is_rendering_of(getattr(row, text), getattr(row, kept_name(text))) for row, text in rows]


@pytest.mark.stage("closed")
def test_each_save_keeps_it_and_each_frozen_document_too(cast: Cast, cast_at: CastAt) -> None:
    cast_at("closed")
    assert len(kept()) > 10
    assert all(kept())
    for model in (ResponseSubmission, WrittenFeedback, TextVersion):
        for row in model.objects.exclude(document=None):
            written = [text for text in _texts_in(row.document) if rendering.written_in(text, row.rendered).rendered]
            assert written, row
            assert all(is_rendering_of(text, rendering.written_in(text, row.rendered).rendered) for text in written)


def test_another_save_keeps_the_other_words(cast: Cast, cast_at: CastAt) -> None:
    cast_at("written_feedback")
    row = comment(cast.review, cast.same_group_state, cast.same_group_expert, "**First**")
    assert FeedbackComment.objects.get(pk=row.pk).text_html.endswith("<p><strong>First</strong></p>\n")
    row.text = "*Second*"
    row.save()
    assert FeedbackComment.objects.get(pk=row.pk).text_html.endswith("<p><em>Second</em></p>\n")


def test_words_that_were_changed_past_a_save_are_shown_and_not_what_was_kept(cast: Cast, cast_at: CastAt) -> None:
    cast_at("written_feedback")
    row = comment(cast.review, cast.same_group_state, cast.same_group_expert, "First")
    FeedbackComment.objects.filter(pk=row.pk).update(text="Second")
    assert as_html(FeedbackComment.objects.get(pk=row.pk).text) == "<p>Second</p>\n"
    FeedbackComment.objects.filter(pk=row.pk).update(text_html="0" * 64 + "<p>Forged</p>")
    assert as_html(FeedbackComment.objects.get(pk=row.pk).text) == "<p>Second</p>\n"


@pytest.mark.stage("observations")
def test_pages_show_what_is_kept(
    cast: Cast, cast_at: CastAt, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of drafts, of what was sent and of a version under consideration: nothing is made while a page is made."""
    cast_at("observations")
    observation(cast.review, cast.same_group_expert, "An **observation**.")
    client = login_as(cast.same_group_expert)

    def made_again(text: str) -> str:
        raise AssertionError(f"made again: {text}")

    monkeypatch.setattr(rendering, "to_html", made_again)
    monkeypatch.setattr(rendering, "to_html_within_budget", made_again)
    pages = [f"{FEEDBACK}XLE/", ARTICLE_5, f"{REVIEW}observations/", LIST]
    for address in pages:
        assert (address, client.get(address).status_code) == (address, 200)
    assert "An <strong>observation</strong>." in client.get(f"{REVIEW}observations/").content.decode()
