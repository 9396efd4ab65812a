"""What a script that saves the boxes of the desk gets back."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment
from tests.dialogue.exchange.exchange import ARTICLE_5, comment_url, text_of
from tests.forms import send_form
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.mark.stage("written_feedback")
def test_a_script_gets_back_only_how_the_comment_stands(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    saved = send_form(client, comment_url(cast.same_group_state), {"text": "A thought.", "base": 0}, headers=HTMX)
    body = saved.content.decode()
    assert saved.status_code == 200
    assert "<html" not in body
    assert "<textarea" not in body
    assert '<input type="hidden" name="base" value="1">' in body
    assert "by Same Group Expert" in text_of(saved)
    assert '<span id="feedback-words">' in body
    assert "2 of about 10,500 words" in text_of(saved)
    assert "Saved." not in text_of(client.get(ARTICLE_5))


@pytest.mark.stage("written_feedback")
def test_ones_own_text_whose_reply_was_lost_is_no_colleagues(cast: Cast, login_as: LoginAs) -> None:
    client, address = login_as(cast.same_group_expert), comment_url(cast.same_group_state)
    form = {"text": "A thought.", "base": 0}
    assert send_form(client, address, form, headers=HTMX).status_code == 200
    assert send_form(client, address, form, headers=HTMX).status_code == 200  # the same once more
    more = send_form(client, address, {"text": "A thought, and more.", "base": 0, "lost": form["text"]}, headers=HTMX)
    assert more.status_code == 200
    assert FeedbackComment.objects.get().text == "A thought, and more."
    colleague = login_as(cast.same_group_focal_point)
    assert send_form(colleague, address, {"text": "A colleague's.", "base": 2}, headers=HTMX).status_code == 200
    late = send_form(
        login_as(cast.same_group_expert), address, {"text": "Late.", "base": 2, "lost": "A colleague's."}, headers=HTMX
    )
    assert late.status_code == 422
    assert FeedbackComment.objects.get().text == "A colleague's."


@pytest.mark.stage("written_feedback")
def test_a_save_says_how_much_of_the_feedback_is_in_this_section(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    elsewhere = ARTICLE_5.replace("article-5", "article-15")
    page = client.get(ARTICLE_5)
    desk = page.context["desk"]
    share, there = desk.budget_of(desk.here), client.get(elsewhere).context["desk"]
    assert 0 < share < 10_500
    assert sum(desk.budget_of(each) for each in desk.sections) == pytest.approx(10_500, abs=5 * len(desk.sections))
    assert f"0 of about 10,500 words 0 of about {share:,} in this section" in text_of(page)
    form = {"text": "One two three.", "base": 0}
    saved = send_form(client, comment_url(cast.same_group_state), form, headers=HTMX)
    assert f"3 of about 10,500 words 3 of about {share:,} in this section" in text_of(saved)
    assert f"3 of about 10,500 words 3 of about {share:,} in this section" in text_of(client.get(ARTICLE_5))
    assert f"3 of about 10,500 words 0 of about {there.budget_here:,} in this section" in text_of(client.get(elsewhere))
    assert "1 3 words" in text_of(client.get(ARTICLE_5.partition("untoc/article-5")[0]))
    whole = text_of(client.get(f"/en/untoc/reviews/1-XVE/feedback/{cast.same_group_state.iso3}/"))
    assert whole.count("3 words") == 1, "at its section"
