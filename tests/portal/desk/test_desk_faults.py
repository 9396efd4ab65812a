"""What the desk must not say or do that is not so: forms of an article, places, what was read, what has changed."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.people.models import User
from dialogue.clarifications.services import close_clarification
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.slips.models import DeskVisit, SlipReading
from observations.texts.models import Observation
from questionnaires.responses.models import Response
from tests.at_once import clear_feedback, lay_on_table, send_clarification
from tests.dialogue.exchange.exchange import (
    ARTICLE_5,
    DESK,
    QUESTION,
    REVIEW,
    clarification,
    comment,
    entry,
    feedback_of,
    observation,
    text_of,
)
from tests.dialogue.threads.threads import begin, release
from tests.forms import send_form
from tests.portal.desk.test_desk_tools import form_on
from tests.questionnaires.submissions.test_versions import DESK as ARTICLE_15, ITEM, new_version
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
NOTE = f"{REVIEW}slips/questions/{QUESTION}/note/"
SEVERAL = f"{DESK}tip/articles-3-5/"
SAYS_DRAFT = "Draft, seen by"


def came_back(user: User) -> None:
    """The person was in the section a day ago."""
    DeskVisit.objects.filter(user=user).update(seen_at=timezone.now() - dt.timedelta(days=1))


def told(client: Client) -> list[str]:
    return [words.replace("\u2068", "").replace("\u2069", "") for words in entry(client.get(ARTICLE_5)).changes]


def test_an_observation_on_an_article_as_a_whole_is_drafted_on_the_desk(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    page = client.get(ARTICLE_5)
    [article] = page.context["articles"]
    typed = {"text": "A gap.", "heading": "gap_or_challenge", "articles": ["5"]}
    saved = client.post(article.observe_url, {**form_on(page, article.observe_url), **typed})
    assert (saved.status_code, saved["Location"]) == (302, f"{ARTICLE_5}#{article.anchor}")
    assert Observation.objects.get().question_codes == []


def test_the_form_on_one_article_has_that_article_ticked(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.same_group_expert).get(SEVERAL)
    ticked = [
        [f'value="{number}" checked' in row.observe_form for number in (3, 5)] for row in page.context["articles"]
    ]
    assert ticked == [[True, False], [False, True]]
    assert 'value="3" checked' in page.context["questions"][0].observe_form


def test_a_request_without_scripts_comes_back_to_its_place(cast: Cast, login_as: LoginAs) -> None:
    request = clarification(cast.review, cast.same_group_expert, "Which court?")
    client = login_as(cast.same_group_expert)
    edit = reverse("dialogue:clarification-edit", args=["untoc", cast.review.code, request.pk])
    saved = client.post(edit, {**form_on(client.get(f"{ARTICLE_5}?show="), edit), "text": "Which court, and when?"})
    assert (saved.status_code, saved["Location"]) == (302, f"{ARTICLE_5}?show=#q-I-untoc-5")


def test_every_form_of_a_section_leads_back_to_the_questions_that_were_chosen(cast: Cast, login_as: LoginAs) -> None:
    observation(cast.review, cast.same_group_expert, "A gap.", QUESTION)
    page = login_as(cast.same_group_expert).get(f"{ARTICLE_5}?show=")
    ways = re.findall(r'name="next" value="([^"]+)"', page.content.decode())
    assert len(ways) > 3
    assert {way.partition("#")[0] for way in ways} == {f"{ARTICLE_5}?show="}


def test_nobody_has_read_a_version_that_nobody_has_seen(cast: Cast, login_as: LoginAs) -> None:
    client, mark = login_as(cast.same_group_expert), f"{REVIEW}slips/questions/{ITEM}/mark/"
    old = {**form_on(client.get(ARTICLE_15), mark), "press": "read:1"}
    assert client.post(mark, old, headers=HTMX).json() == {"is_set": True}
    new_version(cast, "It is a crime.")
    assert "The answer has changed since" in client.post(mark, old, headers=HTMX).json()["error"]
    response = Response.objects.get()
    assert response.opened_sent_at != response.sent_at, "nor opens a press on a page of before what came since"
    assert client.post(mark, old)["Location"] == f"{ARTICLE_15}#q-{ITEM.replace('.', '-')}"
    page = client.get(ARTICLE_15)
    row = entry(page, ITEM)
    assert "The answer has changed since you opened this page." in text_of(page)
    assert (row.is_read_before, row.set_marks) == (True, [])
    press = next(each.press for each in row.marks if each.mark == "read")
    assert client.post(mark, {**form_on(page, mark), "press": press}, headers=HTMX).json() == {"is_set": True}
    assert not entry(client.get(ARTICLE_15), ITEM).is_read_before
    assert SlipReading.objects.count() == 1


def test_a_script_that_asks_whether_the_page_is_open_is_no_visit(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    Response.objects.update(opened_at=None, opened_by=None, opened_sent_at=None)
    answers = f"{REVIEW}submission/"
    assert [client.head(place).status_code for place in (ARTICLE_5, DESK, answers)] == [200, 200, 200]
    assert not DeskVisit.objects.exists()
    assert Response.objects.get().opened_at is None, "nobody has seen the answers by it"


def test_a_visit_is_a_day_of_work(cast: Cast, login_as: LoginAs) -> None:
    client, now = login_as(cast.same_group_expert), timezone.now()
    client.get(ARTICLE_5)
    came_back(cast.same_group_expert)
    comment(cast.review, cast.same_group_state, cast.same_group_focal_point, "A colleague's.")
    FeedbackComment.objects.update(updated_at=now - dt.timedelta(hours=5))
    told_first = told(client)
    DeskVisit.objects.update(seen_at=now - dt.timedelta(hours=3))  # writing, without looking again
    assert told(client) == told_first == ["your State’s feedback by Same Group Focal Point"]


def test_a_visit_to_one_section_is_none_to_another(cast: Cast, login_as: LoginAs) -> None:
    client, now = login_as(cast.same_group_expert), timezone.now()
    client.get(ARTICLE_5)
    DeskVisit.objects.update(seen_at=now - dt.timedelta(hours=48))
    comment(cast.review, cast.same_group_state, cast.same_group_focal_point, "A colleague's.")
    FeedbackComment.objects.update(updated_at=now - dt.timedelta(hours=36))
    client.get(f"{DESK}untoc/article-6/")
    DeskVisit.objects.filter(seen_at__gte=now).update(seen_at=now - dt.timedelta(hours=24))
    assert told(client) == ["your State’s feedback by Same Group Focal Point"]


def test_what_was_laid_on_the_table_since_is_told_though_it_was_drafted_before(cast: Cast, login_as: LoginAs) -> None:
    drafted = observation(cast.review, cast.same_group_expert, "A gap.", QUESTION)
    for person in (cast.other_group_expert, cast.same_group_focal_point):
        login_as(person).get(ARTICLE_5)
    DeskVisit.objects.update(seen_at=timezone.now())
    laid = lay_on_table(actor=cast.same_group_focal_point, observation=drafted)
    DeskVisit.objects.update(before_at=F("seen_at"))  # the visit goes on; what counts is the one before
    assert told(login_as(cast.other_group_expert)) == [f"an observation that {laid.state_party} laid on the table"]
    assert told(login_as(cast.same_group_focal_point)) == []


def test_messages_and_closed_requests_since_are_told(cast: Cast, login_as: LoginAs) -> None:
    asked = clarification(cast.review, cast.same_group_expert, "Which court?")
    send_clarification(actor=cast.same_group_focal_point, request=asked)
    reader = cast.other_group_expert
    login_as(reader).get(ARTICLE_5)
    DeskVisit.objects.update(seen_at=timezone.now())
    asked.refresh_from_db()
    close_clarification(actor=cast.same_group_focal_point, request=asked, base=0)
    message = begin(cast.expert, cast.review, "May we say more?", key=QUESTION)
    release(cast.focal_point, message)
    DeskVisit.objects.update(before_at=F("seen_at"))
    assert told(login_as(reader)) == [f"a request that {asked.state_party} closed", "1 message"]
    login_as(reader).get(reverse("dialogue:thread", args=["untoc", cast.review.code, message.pk]))
    assert told(login_as(reader)) == [f"a request that {asked.state_party} closed"]


def test_what_one_has_sent_oneself_is_not_told(cast: Cast, login_as: LoginAs) -> None:
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "A thought.")
    drafted = clarification(cast.review, cast.same_group_expert, "Which court?")
    for person in (cast.same_group_focal_point, cast.same_group_expert):
        login_as(person).get(ARTICLE_5)
        came_back(person)
    send_clarification(actor=cast.same_group_focal_point, request=drafted)
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast.review, cast.same_group_state))
    assert told(login_as(cast.same_group_focal_point)) == []
    assert len(told(login_as(cast.same_group_expert))) == 2


def test_what_was_sent_is_called_no_draft(cast: Cast, login_as: LoginAs) -> None:
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "A thought.")
    client = login_as(cast.same_group_expert)
    assert SAYS_DRAFT in text_of(client.get(ARTICLE_5))
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast.review, cast.same_group_state))
    assert SAYS_DRAFT not in text_of(client.get(ARTICLE_5))


def test_without_feedback_of_ones_own_the_boxes_say_how_they_stand(cast: Cast, login_as: LoginAs) -> None:
    WrittenFeedback.objects.filter(state_party=cast.same_group_state).delete()
    page = login_as(cast.same_group_expert).get(ARTICLE_5)
    assert page.context["desk"].feedback.own is None
    body = page.content.decode()
    assert 'data-says-unsaved="Not saved yet"' in body
    assert 'lang=""' not in body


def test_a_narrowed_page_says_nothing_that_is_not_so(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    assert "does not review this instrument" not in text_of(client.get(f"{ARTICLE_5}?show=observe"))
    send_form(client, NOTE, {"text": "Look at 2019."})
    narrowed: Any = login_as(cast.same_group_observer).get(f"{ARTICLE_5}?show=note")
    assert [row.place.question for row in narrowed.context["questions"]] == [QUESTION]


def test_an_observation_of_ones_own_and_a_thread_come_back_to_the_question(cast: Cast, login_as: LoginAs) -> None:
    row = observation(cast.review, cast.same_group_expert, "A gap.", QUESTION)
    client, here = login_as(cast.same_group_expert), f"{ARTICLE_5}?show=note"
    send_form(client, NOTE, {"text": "Look at 2019."})
    page = client.get(here)
    place = f"{here}#{entry(page).anchor}"
    own = reverse("observations:observation-edit", args=["untoc", cast.review.code, row.pk])
    assert dict(form_on(page, own))["next"] == place
    for name, typed in (("thread-begin", "May we say more?"), ("aside-matter", "Who asks?")):
        url = reverse(f"dialogue:{name}", args=["untoc", cast.review.code, "question", QUESTION])
        led = f"{url}?{urlencode({'next': place})}"
        assert f'href="{escape(led)}"' in page.content.decode()
        assert send_form(client, led, {"text": typed})["Location"] == place
    elsewhere = client.get(
        reverse("dialogue:thread-begin", args=["untoc", cast.review.code, "question", QUESTION]) + "?next=/en/"
    )
    assert elsewhere.context["back"] == reverse("dialogue:thread-list", args=["untoc", cast.review.code])
