"""On the desk one asks, drafts and observes beside the answer, and comes back to it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from dialogue.desk.desk import CommentBox, Desk
from dialogue.exchange.models import ClarificationRequest
from dialogue.slips.enums import SlipMark
from observations.texts.models import Observation
from portal.desk.entries import MarkButton
from portal.desk.tools import DeskTools
from questionnaires.submissions.selectors.submissions import latest_submission
from tests import journey
from tests.at_once import draft_answer, lay_on_table, send_answer, send_clarification
from tests.dialogue.exchange.exchange import ARTICLE_5, QUESTION, REVIEW, clarification, entry, observation, text_of
from tests.forms import carried_by, carried_in
from tests.utils import Cast, set_common_room

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
PLACE = f"{ARTICLE_5}#q-I-untoc-5"
ASK = f"{REVIEW}clarifications/ask/{QUESTION}/"
OBSERVE = f"{REVIEW}observations/add/untoc/?question={QUESTION}&article=5"


def form_on(page: Any, action: str) -> dict[str, str]:
    """What the form of the desk carries that posts to an address."""
    forms = re.findall(r'<form [^>]*action="([^"]+)"[^>]*>(.*?)</form>', page.content.decode(), re.DOTALL)
    inside = next(body for address, body in forms if unescape(address) == action)
    return carried_in(inside)


@pytest.mark.stage("written_feedback")
def test_a_request_is_drafted_on_the_desk_which_keeps_its_place(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    saved = client.post(ASK, {**form_on(client.get(ARTICLE_5), ASK), "text": "Which court?"})
    assert (saved.status_code, saved["Location"]) == (302, PLACE)
    request = ClarificationRequest.objects.get()
    assert (request.room, request.text) == (cast.same_group_state, "Which court?")
    [own] = entry(client.get(ARTICLE_5)).own_requests
    assert (own.request, own.box.text, own.box.base) == (request, "Which court?", 1)
    assert entry(login_as(cast.other_group_expert).get(ARTICLE_5)).own_requests == []


@pytest.mark.stage("written_feedback")
def test_a_refused_request_keeps_what_was_typed_and_the_way_back(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    text = "x" * 10_001
    page = client.post(ASK, {**form_on(client.get(ARTICLE_5), ASK), "text": text})
    assert (page.status_code, text in page.content.decode()) == (422, True)
    saved = client.post(ASK, {**carried_by(page), "text": "Shorter."})
    assert (saved.status_code, saved["Location"]) == (302, PLACE)


@pytest.mark.stage("written_feedback")
def test_an_observation_is_drafted_on_the_desk_which_keeps_its_place(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    typed = {"text": "A gap.", "heading": "gap_or_challenge", "articles": ["5"]}
    saved = client.post(OBSERVE, {**form_on(client.get(ARTICLE_5), OBSERVE), **typed})
    assert (saved.status_code, saved["Location"]) == (302, PLACE)
    drafted = Observation.objects.get()
    assert (drafted.room, drafted.question_codes, drafted.text) == (cast.same_group_state, [QUESTION], "A gap.")
    page = client.get(ARTICLE_5)
    [own] = entry(page).own_observations
    assert (own.observation, own.may_edit) == (drafted, True)
    edit = reverse("observations:observation-edit", args=["untoc", cast.review.code, drafted.pk])
    kept = {"articles": ["5"], "question_codes": [QUESTION]}
    changed = client.post(edit, {**form_on(page, edit), **kept, "text": "A wider gap."})
    assert (changed.status_code, changed["Location"]) == (302, PLACE)
    drafted.refresh_from_db()
    assert (drafted.text, drafted.heading.kind, drafted.revision) == ("A wider gap.", "gap_or_challenge", 2)


@pytest.mark.stage("written_feedback")
def test_an_observation_without_a_heading_comes_back_with_its_text(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    typed = {"text": "A gap.", "heading": "", "articles": ["5"]}
    page = client.post(OBSERVE, {**form_on(client.get(ARTICLE_5), OBSERVE), **typed})
    assert page.status_code == 422
    assert "Choose a heading." in text_of(page)
    assert "A gap." in page.content.decode()
    assert carried_by(page)["next"] == PLACE


@pytest.mark.stage("written_feedback")
def test_what_the_desk_sends_knows_its_audience(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    page = client.get(ARTICLE_5)
    ask, observe = form_on(page, ASK), form_on(page, OBSERVE)
    set_common_room(cast.review)
    asked = client.post(ASK, {**ask, "text": "Which court?"})
    seen = {"text": "A gap.", "heading": "gap_or_challenge", "articles": ["5"]}
    observed = client.post(OBSERVE, {**observe, **seen})
    assert (asked.status_code, observed.status_code) == (422, 422)
    for answer, words in ((asked, "Which court?"), (observed, "A gap.")):
        assert words in answer.content.decode()
        assert "When you opened this form, only your State read this text" in text_of(answer)
    assert not ClarificationRequest.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.stage("written_feedback")
def test_a_form_leads_back_within_the_review_alone(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = form_on(client.get(ARTICLE_5), ASK)
    for number, page in enumerate(("https://evil.example/", "/en/untoc/reviews/1-XMB/", "javascript:alert(1)"), 1):
        saved = client.post(ASK, {**form, "text": f"Request {number}", "next": page})
        request = ClarificationRequest.objects.get(text=f"Request {number}")
        assert saved["Location"] == f"{REVIEW}clarifications/#request-{request.pk}"


@pytest.mark.stage("written_feedback")
def test_the_box_of_a_drafted_request_saves_itself(cast: Cast, login_as: LoginAs) -> None:
    request = clarification(cast.review, cast.same_group_expert, "Which court?")
    client = login_as(cast.same_group_expert)
    edit = reverse("dialogue:clarification-edit", args=["untoc", cast.review.code, request.pk])
    form = form_on(client.get(ARTICLE_5), edit)
    saved = client.post(edit, {**form, "text": "Which court, and when?"}, headers=HTMX)
    body = saved.content.decode()
    assert (saved.status_code, "<html" in body) == (200, False)
    assert '<input type="hidden" name="base" value="2">' in body
    again = {**form, "text": "Which court, and since when?", "lost": "Which court, and when?"}
    assert client.post(edit, again, headers=HTMX).status_code == 200  # its reply was lost: no colleague's text
    colleague = login_as(cast.same_group_focal_point)
    late = colleague.post(edit, {**form, "text": "A colleague's."}, headers=HTMX)
    assert late.status_code == 422
    assert "Which court, and since when?" in text_of(late)
    assert ClarificationRequest.objects.get().text == "Which court, and since when?"


@pytest.mark.stage("written_feedback")
def test_what_lies_on_the_table_is_read_below_the_answer_and_drafts_stand_beside_it(
    cast: Cast, login_as: LoginAs
) -> None:
    focal_point, expert = cast.same_group_focal_point, cast.same_group_expert
    asked = send_clarification(actor=focal_point, request=clarification(cast.review, expert, "Sent."))
    drafted = clarification(cast.review, expert, "Not sent.")
    seen = lay_on_table(actor=focal_point, observation=observation(cast.review, expert, "Laid.", QUESTION))
    mine = observation(cast.review, expert, "Not laid.", QUESTION)
    row = entry(login_as(expert).get(ARTICLE_5))
    assert (row.requests_to_read, [own.request for own in row.own_requests]) == ([asked], [drafted])
    assert (row.observations_to_read, [own.observation for own in row.own_observations]) == ([seen], [mine])
    row = entry(login_as(cast.same_group_observer).get(ARTICLE_5))
    assert [(own.request, own.box) for own in row.own_requests] == [(drafted, None)]
    assert [own.may_edit for own in row.own_observations] == [False]


@pytest.mark.stage("written_feedback")
def test_the_first_answer_comes_before_the_article_as_a_whole(cast: Cast, login_as: LoginAs) -> None:
    body = login_as(cast.same_group_expert).get(ARTICLE_5).content.decode()
    assert 0 < body.index('id="q-I-untoc-3"') < body.index('id="article-untoc-5"')


@pytest.mark.stage("written_feedback")
def test_a_box_out_of_its_mould_is_sign_for_sign_what_its_template_makes_of_it(cast: Cast) -> None:
    user, review = cast.same_group_expert, journey.fresh(cast.review)
    request = RequestFactory().get(ARTICLE_5, {"show": "ask"})
    request.user = user
    submission = latest_submission(review)
    assert submission is not None
    tools = DeskTools(request, Desk(user, review, submission), None)
    for text, saved_at in (('\n<b>Words</b> & "more"', timezone.now()), ("", None)):
        box = CommentBox("/a/?b=1&c=2", "q-1", text, 12_345, "who reads", saved_at, "O’Neil <x>")
        given = {"box": box, "label": "State & Co: <1>", "language": "fr", "rows": 5, "csrf_token": tools.token}
        plain = render_to_string("dialogue/feedback/_comment_box.html", {**given, "next_page": f"{tools.back}#q-1"})
        assert tools.box(box, "State & Co: <1>", "fr", "q-1") == plain
    buttons = [MarkButton(mark, is_set=mark == SlipMark.ASK) for mark in SlipMark]
    marks = tools.marks("/a/?b=1&c=2", "q-1", "question <1>", buttons)
    assert re.findall(r'value="(\w+:\d)" aria-pressed="(\w+)"', marks) == [
        (each.press, "true" if each.is_set else "false") for each in buttons
    ]
    assert "question &lt;1&gt;" in marks


@pytest.mark.stage("written_feedback")
def test_one_asks_further_without_leaving_the_desk(cast: Cast, login_as: LoginAs) -> None:
    asked = clarification(cast.review, cast.same_group_expert, "Which court?")
    send_clarification(actor=cast.same_group_focal_point, request=asked)
    client = login_as(cast.same_group_expert)
    further = reverse("dialogue:clarification-further", args=["untoc", cast.review.code, asked.pk])
    assert further not in client.get(ARTICLE_5).content.decode(), "before there is an answer"
    draft_answer(actor=cast.expert, request=asked, text="The first.", base=0)
    send_answer(actor=cast.focal_point, request=asked)
    page = client.get(f"{ARTICLE_5}?show=")
    saved = client.post(further, {**form_on(page, further), "text": "Since when?"})
    assert (saved.status_code, saved["Location"]) == (302, f"{ARTICLE_5}?show=#q-I-untoc-5")
    assert "Since when?" in text_of(client.get(ARTICLE_5))
    assert further not in login_as(cast.other_group_expert).get(ARTICLE_5).content.decode(), "of another State"
