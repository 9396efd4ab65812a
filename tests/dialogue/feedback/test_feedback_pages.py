"""The pages of the written feedback: which State stands where, the whole text, clearing and sending."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from core.language.word_counts import count_words
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import FeedbackComment
from reviews.cases.models import Clearance
from reviews.programme.models import Limit
from tests.at_once import clear_feedback
from tests.dialogue.exchange.exchange import DESK, FEEDBACK, comment, feedback_of, text_of
from tests.forms import carried_by, send_form
from tests.guards import guards_off
from tests.journey import fresh
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
OWN, OTHER = f"{FEEDBACK}XLE/", f"{FEEDBACK}XAL/"
CANARY = "Canary of the other State"


def write(cast: Cast) -> None:
    """Three comments of the State of the same group, on two instruments."""
    state, expert = cast.same_group_state, cast.same_group_expert
    comment(cast.review, state, expert, "On question five.", "I.untoc.5")
    comment(cast.review, state, expert, "On article five.", article=5)
    comment(cast.review, state, expert, "On trafficking.", "I.tip.33")


def clear_other(cast: Cast, text: str = "The other State says so.") -> None:
    comment(cast.review, cast.other_group_state, cast.other_group_expert, text)
    clear_feedback(actor=cast.other_group_focal_point, feedback=feedback_of(cast.review, cast.other_group_state))


def rows(page: Any) -> list[tuple[str, bool, bool, int, int]]:
    """State, one's own, readable, words, comments."""
    return [
        (row.state_party.iso3, row.is_own, row.is_readable, row.word_count, row.comments)
        for row in page.context["rows"]
    ]


def outline(page: Any) -> list[tuple[str, str, list[str]]]:
    """The feedback as one text: instrument, section, comments."""
    return [
        (part.instrument, section.placed.section.slug if section.placed else "", [row.text for row in section.comments])
        for part in page.context["whole"].parts
        for section in part.sections
    ]


def test_of_a_draft_only_its_state_learns_more_than_that_it_is_being_drafted(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    page = login_as(sent.same_group_observer).get(FEEDBACK)
    assert rows(page) == [("XAL", False, False, 0, 0), ("XLE", True, True, 8, 3)]
    assert "8 of about 10,500 words 3 comments" in text_of(page)
    for part in ("other_group_expert", "focal_point", "observer", "officer"):
        page = login_as(sent.people[part]).get(FEEDBACK)
        assert ("XLE", False, False, 0, 0) in rows(page)
        assert "8 of about" not in text_of(page)


def test_the_list_names_the_focal_point_who_clears(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.officer).get(FEEDBACK)
    assert [[str(user) for user in row.focal_points] for row in page.context["rows"]] == [
        ["Other Group Focal Point"], ["Same Group Focal Point"],
    ]  # fmt: skip
    assert "Being drafted" in text_of(page)


def test_the_list_says_when_it_was_sent(sent: Cast, login_as: LoginAs) -> None:
    clear_other(sent)
    page = login_as(sent.focal_point).get(FEEDBACK)
    assert rows(page) == [("XAL", False, True, 5, 1), ("XLE", False, False, 0, 0)]
    assert "Sent on " in text_of(page)


def test_a_draft_is_one_text_by_instrument_article_and_question(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    page = login_as(sent.same_group_expert).get(OWN)
    assert outline(page) == [
        ("untoc", "article-5", ["On article five.", "On question five."]),
        ("tip", "articles-3-5", ["On trafficking."]),
    ]
    comments = [row for part in page.context["whole"].parts for section in part.sections for row in section.comments]
    assert [row.url for row in comments] == [
        f"{DESK}untoc/article-5/#article-untoc-5",
        f"{DESK}untoc/article-5/#q-I-untoc-5",
        f"{DESK}tip/articles-3-5/#q-I-tip-33",
    ]
    assert [row.edit_url for row in comments] == [
        f"{OWN}articles/untoc/5/", f"{OWN}questions/I.untoc.5/", f"{OWN}questions/I.tip.33/",
    ]  # fmt: skip
    assert f"Draft, seen by {sent.same_group_state} only" in text_of(page)


def test_an_observer_of_the_state_reads_the_draft_and_changes_nothing(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    client = login_as(sent.same_group_observer)
    page = client.get(OWN)
    assert "On question five." in text_of(page)
    assert f"{OWN}questions/" not in page.content.decode()
    assert "Only the focal point of the State that wrote this sends it." in text_of(page)
    assert client.get(f"{OWN}clear/").status_code == 403


def test_a_draft_is_found_by_its_own_state_only(sent: Cast, login_as: LoginAs) -> None:
    comment(sent.review, sent.other_group_state, sent.other_group_expert, CANARY)
    own = {"other_group_expert", "other_group_focal_point", "other_group_observer"}
    for part, user in sent.people.items():
        client = login_as(user)
        assert (client.get(OTHER).status_code == 200) == (part in own), part
        assert (CANARY in client.get(FEEDBACK).content.decode()) is False
        if part not in own:
            assert client.get(f"{OTHER}clear/").status_code == 404
            assert send_form(client, f"{OTHER}clear/").status_code == 404
    assert CANARY in text_of(login_as(sent.other_group_observer).get(OTHER))


def test_a_state_that_does_not_review_has_no_feedback(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_focal_point)
    assert [client.get(f"{FEEDBACK}{iso3}/").status_code for iso3 in ("XVE", "XMB", "ZZZ")] == [404] * 3


def test_what_was_sent_is_read_from_the_frozen_document(sent: Cast, login_as: LoginAs) -> None:
    clear_other(sent, "As it was sent.")
    with guards_off([FeedbackComment._meta.db_table]):
        FeedbackComment.objects.update(text="Changed behind the back.")
    feedback = feedback_of(sent.review, sent.other_group_state)
    for part in ("focal_point", "expert", "observer", "same_group_expert", "other_group_expert", "officer"):
        page = login_as(sent.people[part]).get(OTHER)
        assert outline(page) == [("untoc", "article-5", ["As it was sent."])]
        assert feedback.sha256 in text_of(page)
        assert "<bdi>Other Group Focal Point</bdi>" in page.content.decode()
        assert f"{OTHER}questions/" not in page.content.decode()
    for part, status in (("contributor", 403), ("auditor", 403), ("stranger", 404), ("bystander", 404)):
        assert login_as(sent.people[part]).get(OTHER).status_code == status


def test_the_focal_point_is_told_what_clearing_does_before_it_is_done(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    page = text_of(login_as(sent.same_group_focal_point).get(f"{OWN}clear/"))
    assert "8 of about 10,500 words · 3 comments" in page
    assert f"moves on to the dialogue when the feedback of {sent.other_group_state} has been sent too" in page
    clear_other(sent)
    page = text_of(login_as(sent.same_group_focal_point).get(f"{OWN}clear/"))
    assert "Then all reviewing States have sent their feedback" in page


def test_one_state_sends_and_with_the_second_the_review_moves_on(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    client = login_as(sent.same_group_focal_point)
    cleared = send_form(client, f"{OWN}clear/")
    assert (cleared.status_code, cleared["Location"]) == (302, OWN)
    assert "The feedback has been cleared and sent" in text_of(client.get(OWN))
    feedback = feedback_of(sent.review, sent.same_group_state)
    assert feedback.status == FeedbackStatus.SENT
    assert list(Clearance.objects.filter(document_id=feedback.pk).values_list("focal_point", "sha256")) == [
        (sent.same_group_focal_point.pk, feedback.sha256)
    ]
    assert fresh(sent.review).step.slug == "written_feedback"
    comment(sent.review, sent.other_group_state, sent.other_group_expert, "Ours.")
    assert send_form(login_as(sent.other_group_focal_point), f"{OTHER}clear/").status_code == 302
    assert fresh(sent.review).step.slug == "dialogue"


def test_a_second_press_leads_to_what_the_first_one_sent(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    client = login_as(sent.same_group_focal_point)
    answers = [send_form(client, f"{OWN}clear/") for _press in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, OWN)] * 2
    assert Clearance.objects.filter(document_id=feedback_of(sent.review, sent.same_group_state).pk).count() == 1
    assert client.get(f"{OWN}clear/").status_code == 403


def test_nobody_sends_what_a_colleague_has_changed_unseen(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    client = login_as(sent.same_group_focal_point)
    shown = carried_by(client.get(f"{OWN}clear/"))["sha256"]
    comment(sent.review, sent.same_group_state, sent.same_group_expert, "One more.", "I.untoc.1")
    page = send_form(client, f"{OWN}clear/", {"sha256": shown})
    assert page.status_code == 422
    assert "The text has changed since you opened this page." in text_of(page)
    assert feedback_of(sent.review, sent.same_group_state).status == FeedbackStatus.DRAFT
    assert send_form(client, f"{OWN}clear/", {"sha256": carried_by(page)["sha256"]}).status_code == 302


def test_only_the_focal_point_clears(sent: Cast, login_as: LoginAs) -> None:
    write(sent)
    for part in ("same_group_expert", "same_group_observer"):
        client = login_as(sent.people[part])
        assert (client.get(f"{OWN}clear/").status_code, send_form(client, f"{OWN}clear/").status_code) == (403, 403)
    assert feedback_of(sent.review, sent.same_group_state).status == FeedbackStatus.DRAFT


def test_nothing_is_not_sent(sent: Cast, login_as: LoginAs) -> None:
    page = send_form(login_as(sent.same_group_focal_point), f"{OWN}clear/")
    assert page.status_code == 422
    assert "There is no text to send yet." in text_of(page)


def test_too_many_words_are_a_warning_and_no_wall(sent: Cast, login_as: LoginAs) -> None:
    Limit.objects.filter(mechanism=sent.review.mechanism, key="feedback_words").update(value=5)
    write(sent)
    client = login_as(sent.same_group_focal_point)
    warning = "This is more than States are encouraged to write."
    for address in (FEEDBACK, OWN, f"{OWN}clear/", f"{DESK}untoc/article-5/"):
        page = text_of(client.get(address))
        assert "8 of about 5 words" in page
        assert warning in page
    assert send_form(client, f"{OWN}clear/").status_code == 302


def test_words_are_counted_in_every_script(sent: Cast, login_as: LoginAs) -> None:
    text = "القانون واضح – 法律 **clear**"
    comment(sent.review, sent.same_group_state, sent.same_group_expert, text)
    assert rows(login_as(sent.same_group_expert).get(FEEDBACK))[1][3] == count_words(text) == 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_for_one_comment_as_for_three(
    sent: Cast, login_as: LoginAs, number: int
) -> None:
    for question in ("I.untoc.3", "I.untoc.5", "I.tip.33")[:number]:
        comment(sent.review, sent.same_group_state, sent.same_group_expert, "Text.", question)
        comment(sent.review, sent.other_group_state, sent.other_group_expert, "Text.", question)
    clear_feedback(actor=sent.other_group_focal_point, feedback=feedback_of(sent.review, sent.other_group_state))
    client = login_as(sent.same_group_expert)
    client.get(FEEDBACK)
    client.get(OWN)  # who comes first opens the answers, which takes a statement more
    with assert_query_count("dialogue:feedback-list"):
        client.get(FEEDBACK)
    with assert_query_count("dialogue:feedback-detail of a draft"):
        client.get(OWN)


def test_what_the_state_reviews_no_longer_stays_in_the_room_and_is_not_sent(sent: Cast, login_as: LoginAs) -> None:
    """A draw has changed its instruments: what it drafted before can neither be changed nor emptied."""
    write(sent)
    reviewing = sent.review.reviewing_states.get(state_party=sent.same_group_state)
    reviewing.instruments.set(reviewing.instruments.exclude(slug="tip"))
    url, focal_point = f"{FEEDBACK}{sent.same_group_state.iso3}/", login_as(sent.same_group_focal_point)
    page, clearing = focal_point.get(url), focal_point.get(f"{url}clear/")
    assert [part.instrument for part in page.context["whole"].parts] == ["untoc"]
    assert [part.instrument for part in page.context["left_out"].parts] == ["tip"]
    assert "On trafficking." in text_of(page)
    assert [(part.instrument, part.count) for part in clearing.context["whole"].parts] == [("untoc", 2)]
    assert next(row[-1] for row in rows(focal_point.get(FEEDBACK)) if row[1]) == 2
    send_form(focal_point, f"{url}clear/")
    feedback = feedback_of(sent.review, sent.same_group_state)
    assert feedback.document is not None
    assert {row["text"] for row in feedback.document["comments"]} == {"On question five.", "On article five."}
    assert "On trafficking." not in feedback.rendered
    assert FeedbackComment.objects.filter(text="On trafficking.").exists()


def test_nothing_but_what_the_state_reviews_no_longer_is_nothing_to_send(sent: Cast, login_as: LoginAs) -> None:
    comment(sent.review, sent.same_group_state, sent.same_group_expert, "On trafficking.", "I.tip.33")
    reviewing = sent.review.reviewing_states.get(state_party=sent.same_group_state)
    reviewing.instruments.set(reviewing.instruments.exclude(slug="tip"))
    with pytest.raises(ServiceError, match="There is no text to send yet"):
        clear_feedback(actor=sent.same_group_focal_point, feedback=feedback_of(sent.review, sent.same_group_state))
