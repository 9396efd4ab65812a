"""The review desk: each answer with what is written on it, as each reader may see it."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.language.text import MAXIMUM_TEXT_LENGTH
from dialogue.exchange.models import FeedbackComment
from observations.texts.models import Observation
from questionnaires.definitions.selectors import index_of
from tests import utils
from tests.at_once import clear_feedback, draft_answer, lay_on_table, send_answer, send_clarification
from tests.dialogue.exchange.exchange import (
    ARTICLE_5,
    DESK,
    FEEDBACK,
    QUESTION,
    REVIEW,
    clarification,
    comment,
    comment_url,
    entry,
    feedback_of,
    observation,
    text_of,
)
from tests.forms import carried_by, send_form
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HTMX = {"hx-request": "true"}
LARGEST = f"{DESK}tip/articles-3-5/"
NOT_PARTY = "untoc/article-8/"
CANARY = "Canary of the other State"


def counts(page: Any, section: str) -> tuple[int, ...]:
    """Answers, own comments, remarks of others, requests, those not answered, observations."""
    rows = [row for rows in page.context["counts"].values() for row in rows]
    row = next(row for row in rows if "/".join(row.section.place.address) == section)
    return row.answers, row.drafts, row.remarks, row.clarifications, row.unanswered, row.observations


def boxes(page: Any) -> set[str]:
    """The questions and articles on which the reader may write."""
    rows = [*page.context["articles"], *page.context["questions"]]
    return {row.anchor for row in rows if row.box}


def test_before_the_answers_are_sent_the_desk_says_so(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    page = client.get(DESK)
    assert page.status_code == 200
    assert "The answers have not been sent yet" in text_of(page)
    assert client.get(ARTICLE_5).status_code == 404


@pytest.mark.stage("written_feedback")
def test_the_desk_counts_what_the_reader_finds_in_each_section(sent: Cast, login_as: LoginAs) -> None:
    expert, focal_point = sent.same_group_expert, sent.same_group_focal_point
    comment(sent.review, sent.same_group_state, expert, "On a question.")
    comment(sent.review, sent.same_group_state, expert, "On the article.", article=5)
    send_clarification(actor=focal_point, request=clarification(sent.review, expert, "Which law?"))
    observation(sent.review, expert, "One observation.", "I.untoc.3", QUESTION)
    observation(sent.review, expert, "On the article as a whole.")
    client = login_as(expert)
    assert counts(client.get(DESK), "untoc/article-5") == (2, 2, 0, 1, 1, 2)
    assert counts(client.get(DESK), "untoc/article-6") == (0, 0, 0, 0, 0, 0)
    assert counts(login_as(sent.other_group_expert).get(DESK), "untoc/article-5") == (2, 0, 0, 1, 1, 0)
    assert counts(login_as(sent.focal_point).get(DESK), "untoc/article-5") == (2, 0, 0, 1, 1, 0)


@pytest.mark.stage("written_feedback")
def test_a_link_to_a_request_on_another_instrument_moves_no_observation(sent: Cast, login_as: LoginAs) -> None:
    row = observation(sent.review, sent.same_group_expert, CANARY)
    client = login_as(sent.same_group_expert)
    for question in ("I.tip.5", QUESTION):
        asked = clarification(sent.review, sent.same_group_expert, "Which law?", question)
        asked = send_clarification(actor=sent.same_group_focal_point, request=asked)
        Observation.objects.filter(pk=row.pk).update(links=[f"clarification:{asked.pk}"])
        assert CANARY in text_of(client.get(ARTICLE_5))
        assert counts(client.get(DESK), "untoc/article-5")[-1] == 1


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize(
    ("part", "status"),
    [("contributor", 403), ("auditor", 403), ("stranger", 404), ("bystander", 404), ("observer", 200)],
)
def test_who_may_sit_down_at_the_desk(sent: Cast, login_as: LoginAs, part: str, status: int) -> None:
    client = login_as(sent.people[part])
    assert [client.get(address).status_code for address in (DESK, ARTICLE_5, FEEDBACK)] == [status] * 3


@pytest.mark.stage("written_feedback")
def test_a_section_that_is_none_is_not_found(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    for section in ("untoc/article-99/", "tip/article-5/", "uncac/article-5/"):
        assert client.get(f"{DESK}{section}").status_code == 404


def test_a_section_that_the_state_was_not_asked_is_not_found(make_cast: Any, login_as: LoginAs) -> None:
    party = make_cast("written_feedback", state=utils.PARTY_TO_UNCAC)
    client = login_as(party.same_group_expert)
    assert client.get(f"/en/untoc/reviews/1-XHV/desk/{NOT_PARTY}").status_code == 404
    page = client.get("/en/untoc/reviews/1-XHV/desk/untoc/article-5/")
    links = page.context["shown"].article_links()
    assert [link.article.number for link in links] == [2, 5, 6, 10, 15, 23], "8 and 9 are not under review"
    assert "(no questions)" not in text_of(page)


@pytest.mark.stage("written_feedback")
def test_an_article_without_questions_is_told(sent: Cast, login_as: LoginAs) -> None:
    """Annex IV prints the questions on article 8 of the Firearms Protocol under the next cluster."""
    page = login_as(sent.same_group_expert).get(f"{DESK}firearms/article-3/")
    without = [link.article.number for link in page.context["shown"].article_links() if not link.url]
    assert without == [8]
    assert "Article 8 (no questions)" in text_of(page)


@pytest.mark.stage("written_feedback")
def test_a_section_shows_each_question_with_the_answer_as_sent(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(f"{DESK}untoc/article-2/")
    assert [row.place.question for row in page.context["questions"]] == [
        "I.untoc.1", "I.untoc.1.a", "I.untoc.2", "I.untoc.2.a",
    ]  # fmt: skip
    assert "Words on I.untoc.1.a." in text_of(page)


@pytest.mark.stage("written_feedback")
def test_the_ways_about_lead_to_each_article_and_section(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(ARTICLE_5)
    links = page.context["shown"].article_links()
    assert [(link.article.number, link.is_here) for link in links] == [
        (2, False), (5, True), (6, False), (8, False), (9, False), (10, False), (15, False), (23, False),
    ]  # fmt: skip
    assert links[2].url == f"{DESK}untoc/article-6/"
    assert page.context["previous"].address == ("untoc", "article-2")
    assert page.context["next"].address == ("untoc", "article-6")


@pytest.mark.stage("written_feedback")
def test_a_section_of_several_articles_stands_under_each(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(LARGEST)
    assert [(link.article.number, link.is_here) for link in page.context["shown"].article_links()] == [
        (3, True), (5, True),
    ]  # fmt: skip
    assert [row.anchor for row in page.context["articles"]] == ["article-tip-3", "article-tip-5"]


@pytest.mark.stage("written_feedback")
def test_an_article_without_questions_can_be_written_on_all_the_same(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    page = client.get(f"{DESK}firearms/article-5/")
    assert f"{FEEDBACK}XLE/articles/firearms/8/" in page.content.decode()
    saved = send_form(client, f"{FEEDBACK}XLE/articles/firearms/8/", {"text": "On marking.", "base": 0})
    assert (saved.status_code, saved["Location"]) == (302, f"{FEEDBACK}XLE/")


@pytest.mark.stage("written_feedback")
def test_only_those_who_draft_find_boxes_and_the_ways_to_write_more(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(ARTICLE_5)
    everything = {"article-untoc-5", *(row.anchor for row in page.context["questions"])}
    assert boxes(page) == everything
    assert entry(page).ask_url == f"{REVIEW}clarifications/ask/I.untoc.5/"
    assert entry(page).observe_url == f"{REVIEW}observations/add/untoc/?question=I.untoc.5&article=5"
    for part in ("same_group_observer", "focal_point", "expert", "observer", "officer"):
        page = login_as(sent.people[part]).get(ARTICLE_5)
        assert boxes(page) == set()
        assert (entry(page).ask_url, entry(page).observe_url) == ("", "")


@pytest.mark.stage("written_feedback")
def test_what_a_state_drafts_is_seen_by_that_state_only(sent: Cast, login_as: LoginAs) -> None:
    expert = sent.other_group_expert
    comment(sent.review, sent.other_group_state, expert, f"{CANARY}: comment")
    comment(sent.review, sent.other_group_state, expert, f"{CANARY}: article", article=5)
    clarification(sent.review, expert, f"{CANARY}: request")
    observation(sent.review, expert, f"{CANARY}: observation", QUESTION)
    observation(sent.review, expert, f"{CANARY}: observation on the article")
    own = {"other_group_expert", "other_group_focal_point", "other_group_observer"}
    for part, user in sent.people.items():
        client = login_as(user)
        pages = [client.get(address).content.decode() for address in (DESK, ARTICLE_5, FEEDBACK)]
        assert any(CANARY in page for page in pages) == (part in own), part
    page = text_of(login_as(sent.other_group_observer).get(ARTICLE_5))
    for words in ("comment", "article", "request", "observation", "observation on the article"):
        assert f"{CANARY}: {words}" in page


@pytest.mark.stage("written_feedback")
def test_what_was_sent_is_read_by_all_with_the_name_of_its_state(sent: Cast, login_as: LoginAs) -> None:
    state, focal_point = sent.other_group_state, sent.other_group_focal_point
    comment(sent.review, state, sent.other_group_expert, "The law is clear.")
    clear_feedback(actor=focal_point, feedback=feedback_of(sent.review, state))
    request = clarification(sent.review, sent.other_group_expert, "Which court?")
    send_clarification(actor=focal_point, request=request)
    draft_answer(actor=sent.expert, request=request, text="The high court.", base=0)
    send_answer(actor=sent.focal_point, request=request)
    lay_on_table(actor=focal_point, observation=observation(sent.review, sent.other_group_expert, "Seen.", QUESTION))
    for part in ("same_group_expert", "focal_point", "observer", "officer", "other_group_expert"):
        page = login_as(sent.people[part]).get(ARTICLE_5)
        row = entry(page)
        assert [(remark.state_party, remark.text) for remark in row.remarks] == [(state, "The law is clear.")]
        assert [request.text for request in row.clarifications] == ["Which court?"]
        assert [answer.text for answer in row.clarifications[0].shown_answers] == ["The high court."]
        assert [observed.text for observed in row.observations] == ["Seen."]
        assert f"Feedback of {state}" in text_of(page)
    assert boxes(page) == set()  # the last reader's own State has sent its feedback


@pytest.mark.stage("written_feedback")
def test_a_state_that_does_not_review_an_instrument_is_told_so(sent: Cast, login_as: LoginAs) -> None:
    row = sent.review.reviewing_states.get(state_party=sent.same_group_state)
    row.instruments.remove(row.instruments.get(slug="untoc"))
    client = login_as(sent.same_group_expert)
    page = client.get(ARTICLE_5)
    assert f"{sent.same_group_state} does not review this instrument." in text_of(page)
    assert (boxes(page), entry(page).ask_url, entry(page).observe_url) == (set(), "", "")
    assert "app-desk__side" not in page.content.decode(), "the answer has the whole width"
    assert client.get(comment_url(sent.same_group_state)).status_code == 404
    assert boxes(client.get(LARGEST)) != set()


@pytest.mark.stage("written_feedback")
def test_text_of_people_has_its_own_direction_and_cannot_carry_markup(sent: Cast, login_as: LoginAs) -> None:
    comment(sent.review, sent.same_group_state, sent.same_group_expert, "تعليق <script>alert(1)</script>")
    page = login_as(sent.same_group_observer).get(ARTICLE_5).content.decode()
    assert re.search(r'<div class="app-written" lang="en" dir="auto"><p>تعليق', page)
    assert "<script>alert" not in page


def save(client: Client, sent: Cast, text: str, base: int = 0, **more: Any) -> Any:
    return send_form(client, comment_url(sent.same_group_state), {"text": text, "base": base, **more})


@pytest.mark.stage("written_feedback")
def test_a_comment_is_saved_and_leads_back_to_its_question(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    saved = save(client, sent, "A first thought.")
    assert (saved.status_code, saved["Location"]) == (302, f"{ARTICLE_5}#q-I-untoc-5")
    page = client.get(ARTICLE_5)
    assert (entry(page).box.text, entry(page).box.base) == ("A first thought.", 1)
    assert "3 of about 10,500 words" in text_of(page)
    save(client, sent, "", base=1)
    assert entry(client.get(ARTICLE_5)).box.text == ""


@pytest.mark.stage("written_feedback")
def test_a_comment_leads_back_to_where_the_writer_came_from_within_the_review(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    own, anchor = f"{FEEDBACK}XLE/", f"{ARTICLE_5}#q-I-untoc-5"
    asked = {own: own, "https://evil.example/": anchor, "//evil.example/": anchor, "/en/untoc/reviews/1-XMB/": anchor,
             f"{REVIEW}../../../admin/": anchor, "javascript:alert(1)": anchor}  # fmt: skip
    for base, (page, lands_on) in enumerate(asked.items()):
        assert save(client, sent, f"Text {base}", base=base, next=page)["Location"] == lands_on


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_colleagues_text_is_shown_and_not_overwritten(sent: Cast, login_as: LoginAs, headers: dict[str, str]) -> None:
    comment(sent.review, sent.same_group_state, sent.same_group_focal_point, "The law of 2019 is clear.")
    client = login_as(sent.same_group_expert)
    address = comment_url(sent.same_group_state)
    page = send_form(client, address, {"text": "The law of 2021 is clear.", "base": 0}, headers=headers)
    body = page.content.decode()
    assert page.status_code == 422
    assert "The law of 2019 is clear." in text_of(page)
    assert '<del class="app-diff__removed">2019</del><ins class="app-diff__added">2021</ins>' in body
    # What saves by itself goes on resting on what the writer saw; only the button replaces the colleague's text.
    assert '<input type="hidden" name="base" value="0">' in body
    assert '<button class="govuk-button app-button--small" type="submit" name="base" value="1">' in body
    assert FeedbackComment.objects.get().text == "The law of 2019 is clear."
    assert send_form(client, address, {"text": "Both laws are.", "base": ["0", "1"]}).status_code == 302
    assert FeedbackComment.objects.get().text == "Both laws are."


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_too_long_stays_on_the_page_with_the_reason(
    sent: Cast, login_as: LoginAs, headers: dict[str, str]
) -> None:
    client = login_as(sent.same_group_expert)
    address = comment_url(sent.same_group_state)
    page = send_form(client, address, {"text": "x" * (MAXIMUM_TEXT_LENGTH + 1), "base": 0}, headers=headers)
    assert page.status_code == 422
    assert "This is 50001 characters long. The limit is 50000." in text_of(page)
    assert ("x" * (MAXIMUM_TEXT_LENGTH + 1) in page.content.decode()) != bool(headers)  # the box itself stays as it is
    if not headers:
        assert 'href="#q-I-untoc-5-text"' in page.content.decode()
    assert not FeedbackComment.objects.exists()


@pytest.mark.stage("written_feedback")
def test_a_save_that_comes_after_the_sending_keeps_what_was_typed(sent: Cast, login_as: LoginAs) -> None:
    comment(sent.review, sent.same_group_state, sent.same_group_expert, "Sent.")
    client, address = login_as(sent.same_group_expert), comment_url(sent.same_group_state)
    box = carried_by(client.get(address))
    clear_feedback(actor=sent.same_group_focal_point, feedback=feedback_of(sent.review, sent.same_group_state))
    page = client.post(address, {**box, "text": "Typed too late."})
    assert page.status_code == 403
    assert "This has been sent; it can no longer be changed. It is here so that you can copy it." in text_of(page)
    assert "Typed too late." in text_of(page)
    assert FeedbackComment.objects.get().text == "Sent."


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("question", ["I.untoc.99", "I.uncac.5", "II.untoc.5", "nothing"])
def test_a_question_that_is_none_is_not_found(sent: Cast, login_as: LoginAs, question: str) -> None:
    client = login_as(sent.same_group_expert)
    address = comment_url(sent.same_group_state, question)
    assert (client.get(address).status_code, send_form(client, address, {"text": "x"}).status_code) == (404, 404)


@pytest.mark.stage("written_feedback")
def test_an_article_that_is_not_under_review_is_not_found(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    for place in ("untoc/7", "untoc/99", "tip/2", "uncac/5"):
        assert client.get(f"{FEEDBACK}XLE/articles/{place}/").status_code == 404


@pytest.mark.stage("written_feedback")
def test_the_page_of_a_comment_shows_the_questions_above_with_their_answers(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(comment_url(sent.same_group_state, "I.untoc.3.a.i"))
    assert [state.item.code for state in page.context["states"]] == ["I.untoc.3", "I.untoc.3.a", "I.untoc.3.a.i"]
    assert f"Feedback of {sent.same_group_state} on question 3 (a) (i)" in text_of(page)


@pytest.mark.stage("written_feedback")
def test_only_its_writers_open_the_form_of_a_comment(sent: Cast, login_as: LoginAs) -> None:
    statuses = {
        part: login_as(user).get(comment_url(sent.same_group_state)).status_code for part, user in sent.people.items()
    }
    assert {part for part, status in statuses.items() if status == 200} == {
        "same_group_expert", "same_group_focal_point",
    }  # fmt: skip
    assert {part for part, status in statuses.items() if status == 403} == {"same_group_observer"}


def _write_on(sent: Cast, question: str, number: int) -> None:
    state, other = sent.same_group_state, sent.other_group_state
    comment(sent.review, state, sent.same_group_expert, f"Comment {number}", question)
    comment(sent.review, other, sent.other_group_expert, f"Comment {number}", question)
    for each in range(number):
        request = clarification(sent.review, sent.same_group_expert, f"Request {each}", question)
        send_clarification(actor=sent.same_group_focal_point, request=request)
        draft_answer(actor=sent.expert, request=request, text="Answer", base=0)
        observation(sent.review, sent.same_group_expert, f"Observation {each}", question)


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_takes_as_many_queries_for_one_piece_as_for_three(sent: Cast, login_as: LoginAs, number: int) -> None:
    for question in ("I.untoc.3", "I.untoc.4", "I.untoc.5")[:number]:
        _write_on(sent, question, number)
    clear_feedback(actor=sent.other_group_focal_point, feedback=feedback_of(sent.review, sent.other_group_state))
    client = login_as(sent.same_group_expert)
    client.get(ARTICLE_5)
    with assert_query_count("portal:desk"):
        client.get(DESK)
    with assert_query_count("portal:desk-section"):
        client.get(ARTICLE_5)


@pytest.mark.stage("written_feedback")
def test_the_largest_section_full_of_text_is_under_100_kilobytes(sent: Cast, login_as: LoginAs) -> None:
    assert sent.response is not None
    items = index_of(sent.response.version_id).section_at("tip", "articles-3-5").section.items
    words = "The provision covers the conduct described in the article and the courts have applied it. "
    for number, item in enumerate(items):
        comment(sent.review, sent.same_group_state, sent.same_group_expert, f"{number}: {words * 5}", item.code)
    page = login_as(sent.same_group_expert).get(LARGEST)
    assert len(page.context["questions"]) == len(items)  # those not asked too, as something was written on them
    assert len(gzip.compress(page.content)) < 100_000
    assert not Observation.objects.exists()
