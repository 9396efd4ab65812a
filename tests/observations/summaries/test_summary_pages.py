"""Summaries: shortened passage by passage by the reviewing States, and never longer than the rules allow."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, TextVersion
from tests.at_once import edit_passage
from tests.forms import send_form
from tests.observations.clearance.texts import LIST, SUMMARY, TEXTS, propose, shown_sha256, status_of, words_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("summary")]
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]


@pytest.fixture
def summary(cast: Cast, cast_at: CastAt) -> AgreedText:
    cast_at("summary")
    return AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)


def test_a_passage_is_shortened_beside_the_observations_it_draws_on(
    cast: Cast, login_as: LoginAs, summary: AgreedText
) -> None:
    client = login_as(cast.same_group_focal_point)
    assert f'href="{SUMMARY}passages/1/"' in client.get(SUMMARY).content.decode()
    page = client.get(f"{SUMMARY}passages/1/")
    assert [observation.text for observation in page.context["observations"]] == ["Observation on untoc."]
    assert "Words here: 3." in words_of(page)
    assert "of at most 1,500." in words_of(page)
    answer = send_form(client, f"{SUMMARY}passages/1/", {"text": "Shorter.", "base": "1"})
    assert answer["Location"] == f"{SUMMARY}#passages"
    assert summary.passages.get().text == "Shorter."
    assert "Shorter." in words_of(login_as(cast.focal_point).get(SUMMARY))


def test_two_who_shorten_a_passage_at_once_see_both_texts(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    edit_passage(actor=cast.other_group_focal_point, passage=summary.passages.get(), text="The colleague’s", base=1)
    client = login_as(cast.same_group_focal_point)
    page = send_form(client, f"{SUMMARY}passages/1/", {"text": "Mine", "base": "1"})
    assert page.status_code == 422
    assert "As it stands now The colleague’s" in words_of(page)
    assert (page.context["form"]["text"].value(), page.context["form"]["base"].value()) == ("Mine", "2")
    assert send_form(client, f"{SUMMARY}passages/1/", {"text": "Mine", "base": "2"}).status_code == 302


def test_editing_cancels_a_proposed_summary_and_the_page_says_so_before(
    cast: Cast, login_as: LoginAs, summary: AgreedText
) -> None:
    propose(cast, summary)
    client = login_as(cast.same_group_focal_point)
    assert "Editing cancels the proposed version and its clearances." in words_of(client.get(SUMMARY))
    said = "Version 1 is proposed. It has been cleared by Lestovia. Saving cancels it"
    assert said in words_of(client.get(f"{SUMMARY}passages/1/"))
    send_form(client, f"{SUMMARY}passages/1/", {"text": "Shorter.", "base": "1"})
    assert status_of(summary) == TextStatus.DRAFTING


def test_a_summary_over_its_limit_is_not_proposed(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    passage = summary.passages.get()
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text="word " * 1500, base=1)
    client = login_as(cast.same_group_focal_point)
    page = client.get(SUMMARY)
    words = page.context["word_count"]
    assert words > 1500
    assert f"{words:,} of at most 1,500" in words_of(page)
    assert "it may have at most 1,500. It can be proposed and cleared once it is shortened." in words_of(page)
    page = send_form(client, f"{SUMMARY}propose/", {"sha256": shown_sha256(page)}, follow=True)
    assert f"The summary has {words} words; it may have at most 1500." in words_of(page)
    assert not TextVersion.objects.filter(agreed_text=summary).exists()
    passage.refresh_from_db()
    edit_passage(
        actor=cast.same_group_focal_point, passage=passage, text="word " * (3000 - words), base=passage.revision
    )
    page = client.get(SUMMARY)
    assert page.context["word_count"] == 1500
    send_form(client, f"{SUMMARY}propose/", {"sha256": shown_sha256(page)})
    assert TextVersion.objects.get(agreed_text=summary).words == 1500


@pytest.mark.parametrize("name", ["focal_point", "expert", "same_group_observer", "officer"])
def test_only_the_reviewing_states_shorten(cast: Cast, login_as: LoginAs, summary: AgreedText, name: str) -> None:
    page = login_as(cast.people[name]).get(f"{SUMMARY}passages/1/")
    assert page.status_code == 403
    assert "Only experts and focal points of the reviewing States that cover this instrument" in words_of(page)
    assert 'passages/1/"' not in login_as(cast.people[name]).get(SUMMARY).content.decode()


def test_there_are_passages_in_summaries_only(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    client = login_as(cast.same_group_focal_point)
    assert client.get(f"{SUMMARY}passages/2/").status_code == 404
    assert client.get(f"{LIST}passages/1/").status_code == 403  # it is agreed
    assert client.get(f"{TEXTS}untoc/nothing/").status_code == 404
