"""The browser is told which of the texts that it keeps have arrived (core/web/drafts.py), and of no others."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from observations.texts.models import Observation
from tests.dialogue.exchange.exchange import REVIEW
from tests.dialogue.exchange.test_sent_twice import ADD, TYPED, form_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
KEY = "3f0c9d3e-58b4-4f0e-9a57-0b7c1f1f2a10"


def told(answer: Any) -> str | None:
    named = [name.removeprefix("drafts_done_") for name in answer.cookies if name.startswith("drafts_done")]
    return named[0] if named else None


def test_a_text_that_was_taken_is_named(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED, "draft_key": KEY}
    first = client.post(ADD, form)
    assert (first.status_code, told(first)) == (302, KEY)
    cookie = first.cookies[f"drafts_done_{KEY}"]
    assert (cookie["samesite"], cookie["path"], bool(cookie["httponly"])) == ("Lax", "/", False)
    client.cookies.pop(f"drafts_done_{KEY}")
    assert told(client.post(ADD, form)) == KEY  # the same form a second time: its text has arrived too


def test_a_text_that_was_refused_is_not(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    answer = client.post(ADD, {**form_of(client, ADD), "text": "No heading", "draft_key": KEY})
    assert (answer.status_code, told(answer)) == (422, None)


def test_a_text_that_is_sent_again_from_a_page_that_was_made_anew_makes_one_thing(
    cast: Cast, login_as: LoginAs
) -> None:
    """Whoever goes back to a form has a new page, with a new token, and the text and the key of before."""
    client, key = login_as(cast.same_group_expert), str(uuid4())
    for _page in range(2):
        assert client.post(ADD, {**form_of(client, ADD), **TYPED, "draft_key": key}).status_code == 302
    assert Observation.objects.count() == 1


def test_a_text_that_met_the_end_of_a_session_is_not(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = {**form_of(client, ADD), **TYPED, "draft_key": KEY}
    client.session.flush()
    answer = client.post(ADD, form)
    assert not Observation.objects.exists()
    assert told(answer) is None


@pytest.mark.parametrize("key", ["", "person:1", "a; Path=/x", KEY + "\n", KEY.upper()])
def test_only_a_name_of_a_text_is_repeated(cast: Cast, login_as: LoginAs, key: str) -> None:
    client = login_as(cast.same_group_expert)
    assert told(client.post(ADD, {**form_of(client, ADD), **TYPED, "draft_key": key})) is None


def test_signing_out_names_the_person_and_leaves_the_texts_of_others(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    answer = client.post(reverse("accounts:sign-out"))
    assert told(answer) == f"person-{cast.expert.pk}"
    assert "storage" not in answer["Clear-Site-Data"]


def test_pages_carry_what_the_journal_needs(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).get(REVIEW).content.decode()
    assert f'data-person="{cast.expert.pk}"' in page
    assert "data-draft-offer" in page
