"""What a text looks like: made once when it is saved, kept beside it, and shown only with the words it was made of."""

import json
import pickle

import pytest
from django.test import override_settings
from hypothesis import given, strategies as st

from core.language import rendering
from core.language.markdown import to_html, to_text
from core.language.rendering import (
    RenderedText,
    as_html,
    as_words,
    is_rendering_of,
    kept_or_new,
    render,
    render_all,
    written_in,
)
from core.language.text import clean_markdown
from core.models import MarkdownField, RenderedField
from core.models.written import kept_name
from dialogue.exchange.models import ClarificationRequest
from tests.core.language.test_markdown_budget import PIECE, TABLE

pytestmark = pytest.mark.unit
TEXT = "The **Act** of 2021.\n\n- one\n- two"


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def made_again(text: str) -> str:
        raise AssertionError(f"made again: {text}")

    monkeypatch.setattr(rendering, "to_html", made_again)
    monkeypatch.setattr(rendering, "to_text", made_again)


def test_what_is_kept_is_shown_without_being_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, html, words = RenderedText(TEXT, render(TEXT)), to_html(TEXT), to_text(TEXT)
    forbid(monkeypatch)
    assert as_html(kept) == html
    assert as_words(kept).split() == words.split()
    with pytest.raises(AssertionError):
        as_html(TEXT)


def test_html_that_fits_no_words_is_not_shown() -> None:
    """Neither that of another text, nor what somebody wrote into the database, nor that of another key."""
    kept = render(TEXT)
    forged = kept[:64] + "<script>alert(1)</script>"
    for text, rendered in [
        ("Other words.", kept),
        (TEXT, forged),
        (TEXT, kept[64:]),
        (TEXT, "x"),
        (TEXT, kept + "<p>"),
    ]:
        assert as_html(RenderedText(text, rendered)) == to_html(text)
        assert not is_rendering_of(text, rendered)
    with override_settings(SECRET_KEY="another"):
        assert not is_rendering_of(TEXT, kept)
        assert as_html(RenderedText(TEXT, kept)) == to_html(TEXT)


def test_words_cannot_be_moved_into_the_html_or_out_of_it() -> None:
    kept = render("ab")
    html = kept[64:]
    assert not is_rendering_of("ab" + html[:1], kept[:64] + html[1:])


def test_nothing_is_kept_of_a_text_beyond_the_budget_or_of_none() -> None:
    assert render(TABLE) == ""
    assert render("") == ""
    assert render_all([TABLE, "", TEXT]).keys() == render_all([TEXT]).keys()


def test_a_frozen_document_finds_its_own() -> None:
    rendered = render_all([TEXT, "Second."])
    assert json.loads(json.dumps(rendered)) == rendered
    assert is_rendering_of(TEXT, written_in(TEXT, rendered).rendered)
    assert written_in("Third.", rendered).rendered == ""
    assert written_in(TEXT, {}).rendered == ""


def test_what_a_row_keeps_is_taken_over_into_a_frozen_document(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = RenderedText(TEXT, render(TEXT))
    monkeypatch.setattr(rendering, "to_html_within_budget", None)
    assert list(render_all([kept]).values()) == [kept.rendered]


def test_one_save_makes_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made to see whether a page could show it, and goes with the text into the row."""
    made: list[str] = []
    monkeypatch.setattr(rendering, "to_html_within_budget", lambda text: made.append(text) or f"<p>{text}</p>")
    row = ClarificationRequest(text=clean_markdown("Which law?"))
    kept = kept_or_new(row.text)
    assert row._meta.get_field("text_html").pre_save(row, True) == kept == row.text_html
    assert made == ["Which law?"]
    row.text = "Another"
    assert row._meta.get_field("text_html").pre_save(row, False) == render("Another")
    assert as_html(row.text) == "<p>Another</p>"


def test_a_written_text_is_a_text_like_any_other() -> None:
    kept = RenderedText(TEXT, render(TEXT))
    assert kept == TEXT
    assert hash(kept) == hash(TEXT)
    assert json.dumps({"text": kept}) == json.dumps({"text": TEXT})
    assert pickle.loads(pickle.dumps(kept)).rendered == kept.rendered  # noqa: S301 - our own bytes


@given(st.lists(PIECE, max_size=9))
def test_words_of_the_kept_form_are_those_of_the_text(pieces: list[str]) -> None:
    """Words are counted from what is kept: the limits of the rules must not depend on which it is."""
    text = "\n".join(pieces)
    assert as_words(RenderedText(text, render(text))).split() == to_text(text).split()


def test_every_text_that_pages_show_as_markdown_has_its_form_beside_it() -> None:
    from django.apps import apps

    columns = {
        f"{model._meta.label}.{each.name}"
        for model in apps.get_models()
        for each in model._meta.concrete_fields
        if isinstance(each, MarkdownField)
    }
    assert columns == {
        "dialogue.DialogueMessage.text",
        "dialogue.FeedbackComment.text", "dialogue.ClarificationRequest.text", "dialogue.ClarificationAnswer.text",
        "observations.Observation.text", "observations.SummaryPassage.text", "reviews.MeetingNotes.text",
        "reviews.MeetingPoll.agenda",
        "reviews.DialogueMeeting.subject",
        "reviews.PlannedMeeting.agenda", "reviews.ConcernMessage.text", "questionnaires.Answer.text",
        "dialogue.SupplementaryInformation.information", "questionnaires.Proposal.text", "dialogue.DeskSlip.text",
        "observations.FollowUp.action", "observations.FollowUpEntry.action", "dialogue.FeedbackReply.text",
    }  # fmt: skip
    for column in columns:
        label, _dot, name = column.rpartition(".")
        beside = apps.get_model(label)._meta.get_field(kept_name(name))
        assert isinstance(beside, RenderedField)
        assert not beside.editable
