"""Our own word that a page is closed to a person, by which alone the scripts of an open page lock."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
RESPONSE = "/en/untoc/reviews/1-XVE/response/"
SECTION, SAVE = f"{RESPONSE}untoc/article-5/", f"{RESPONSE}answers/I.untoc.3/"
MARK, SCRIPT = "X-Closed", {"Accept": "application/json"}


def test_a_page_that_is_open_says_nothing(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    saved = client.post(SAVE, {"text": "Words", "base": "0"}, headers=SCRIPT)
    assert [MARK in answer for answer in (client.head(SECTION), saved)] == [False, False]


def test_whoever_comes_back_hears_why_a_page_is_closed(cast: Cast, login_as: LoginAs) -> None:
    stranger, reviewer = login_as(cast.stranger).head(SECTION), login_as(cast.same_group_expert).head(SECTION)
    assert [(answer.status_code, answer[MARK]) for answer in (stranger, reviewer)] == [(404, "ended"), (403, "refused")]
    led = Client().head(SECTION, follow=True)
    assert (led.redirect_chain[0][1], led.status_code, led[MARK]) == (302, 200, "signed-out")


def test_and_so_does_what_is_saved(cast: Cast, login_as: LoginAs) -> None:
    form = {"text": "Words", "base": "0"}
    answers = [login_as(person).post(SAVE, form, headers=SCRIPT) for person in (cast.stranger, cast.same_group_expert)]
    answers.append(login_as(cast.expert).post(SAVE, form, headers={**SCRIPT, "X-Person": str(cast.stranger.pk)}))
    assert [(answer.status_code, answer[MARK]) for answer in answers] == [
        (404, "ended"),
        (403, "refused"),
        (403, "stale"),
    ]


@pytest.mark.parametrize("headers", [SCRIPT, {"HX-Request": "true"}])
def test_a_page_that_was_made_for_another_session_is_stale(
    headers: dict[str, str], cast: Cast, login_as: LoginAs
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = login_as(cast.expert).cookies
    answer = client.post(SAVE, {"text": "Words", "base": "0"}, headers=headers)
    assert (answer.status_code, answer[MARK]) == (403, "stale")
