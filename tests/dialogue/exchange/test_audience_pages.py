"""Forms that lie open while others act: nothing is saved for other eyes, nothing is lost, and the way on is there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment
from observations.clearance.services import clear_version
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, PassageDraft
from observations.texts.selectors import passages_of
from observations.versions.selectors import standing_version
from reviews.cases.models import Review
from tests import at_once, utils
from tests.dialogue.exchange.exchange import REVIEW, comment_url, feedback_of, observation, text_of
from tests.forms import carried_by
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
CastAt = Callable[[str], Cast]
SECRET = "SECRET internal note, not for Veskaria."
LIST = f"{REVIEW}observations/"
PASSAGE = f"{REVIEW}texts/untoc/summary/passages/1/"


def signed_in(user: User) -> Client:
    """Each at a machine of his or her own."""
    return utils.login_as(Client(), user)


def observation_form(words: str, page: Any) -> dict[str, Any]:
    return {**carried_by(page), "heading": "gap_or_challenge", "articles": ["5"], "text": words}


def knowingly(page: Any) -> dict[str, str]:
    """What the button carries that saves all the same."""
    return {"shown": page.context["saving"].token}


def url(row: Observation, act: str = "") -> str:
    return f"{LIST}{row.pk}/{act}"


@pytest.fixture
def scene(cast_at: CastAt) -> Cast:
    return cast_at("observations")


@pytest.fixture
def draft(scene: Cast) -> Observation:
    return observation(scene.review, scene.same_group_expert, "Words of Lestovia.")


def the_list(scene: Cast) -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


def reads(user: User, words: str) -> bool:
    return words in text_of(signed_in(user).get(LIST))


def test_the_form_says_who_reads_what_is_saved(scene: Cast, draft: Observation) -> None:
    page = signed_in(scene.same_group_expert).get(url(draft))
    assert "In the room of your State: only Lestovia reads what is saved there." in text_of(page)
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    at_once.propose_version(actor=scene.other_group_focal_point, text=the_list(scene))
    page = signed_in(scene.same_group_focal_point).get(url(draft))
    assert "On the shared table: Aldermark, Lestovia and Veskaria and the secretariat read" in text_of(page)
    assert "Version 1 is proposed. It has been cleared by Aldermark. Saving cancels it" in text_of(page)


def test_words_of_a_private_draft_do_not_reach_the_state_under_review_from_a_stale_page(
    scene: Cast, draft: Observation
) -> None:
    """As it was seen: the expert's form was opened before his focal point laid the draft on the table."""
    expert = signed_in(scene.same_group_expert)
    opened = expert.get(url(draft))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    page = expert.post(url(draft), observation_form(SECRET, opened))
    assert page.status_code == 403
    told = text_of(page)
    assert "When you opened this form, only your State read this text: Lestovia." in told
    assert "On the shared table: Aldermark, Lestovia and Veskaria and the secretariat read what is saved there." in told
    assert "Only a focal point changes what lies on the shared table." in told
    assert SECRET in page.context["form"]["text"].value()
    assert "Save for all States of the review" not in told
    assert not reads(scene.focal_point, SECRET)
    assert Observation.objects.get(pk=draft.pk).text == "Words of Lestovia."


def test_what_was_typed_goes_on_as_a_draft_of_the_own_state(scene: Cast, draft: Observation) -> None:
    expert = signed_in(scene.same_group_expert)
    opened = expert.get(url(draft))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    page = expert.post(url(draft), observation_form(SECRET, opened))
    way = page.context["saving"].copy
    assert f'formaction="{way.url}"' in page.content.decode()
    assert way.url == url(draft, "copy/")
    kept = expert.post(way.url, {**observation_form(SECRET, opened), "shown": way.token})
    copy = Observation.objects.get(text=SECRET)
    assert (kept.status_code, copy.room, copy.copied_from) == (302, scene.same_group_state, draft)
    assert reads(scene.same_group_focal_point, SECRET)
    assert not reads(scene.focal_point, SECRET)


def test_a_focal_point_saves_for_all_states_knowingly(scene: Cast, draft: Observation) -> None:
    focal_point = signed_in(scene.same_group_focal_point)
    opened = focal_point.get(url(draft))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    page = focal_point.post(url(draft), observation_form("For all.", opened))
    assert page.status_code == 422
    assert "Save for all States of the review" in text_of(page)
    assert not reads(scene.focal_point, "For all.")
    again = observation_form("For all.", page)
    assert focal_point.post(url(draft), again).status_code == 422, "the form itself keeps what it showed first"
    assert focal_point.post(url(draft), {**again, **knowingly(page)}).status_code == 302
    assert reads(scene.focal_point, "For all.")


def test_a_stale_form_does_not_cancel_a_version_and_clearances(scene: Cast, draft: Observation) -> None:
    """As it was seen: opened before the version was proposed, saved after another State had cleared it."""
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    focal_point = signed_in(scene.same_group_focal_point)
    opened, text = focal_point.get(url(draft)), the_list(scene)
    version = at_once.propose_version(actor=scene.other_group_focal_point, text=text)
    clear_version(actor=scene.focal_point, text=text, sha256=version.sha256)
    page = focal_point.post(url(draft), observation_form("Other words.", opened))
    assert page.status_code == 422
    assert "Version 1 has been proposed since. It has been cleared by Aldermark and Veskaria." in text_of(page)
    assert "Save, and cancel version 1" in text_of(page)
    assert page.context["form"]["text"].value() == "Other words."
    assert standing_version(text) == version
    saved = focal_point.post(url(draft), {**observation_form("Other words.", page), **knowingly(page)})
    assert (saved.status_code, standing_version(text)) == (302, None)


def test_nobody_rewrites_the_words_of_another_state_on_the_table(scene: Cast, draft: Observation) -> None:
    """As it was seen: an expert replaced the text of another State, under whose name it stood."""
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    for name in ("other_group_expert", "other_group_focal_point", "same_group_expert"):
        client = signed_in(scene.people[name])
        page = client.get(LIST)
        assert f'href="{url(draft)}"' not in page.content.decode(), name
        assert f'href="{url(draft, "copy/")}"' in page.content.decode(), name
        assert client.get(url(draft)).status_code == 403
        assert client.post(url(draft), {"text": "Theirs."}).status_code == 403
    assert Observation.objects.get(pk=draft.pk).text == "Words of Lestovia."


def test_a_copy_is_laid_beside_or_in_the_place_of_what_it_was_copied_from(scene: Cast, draft: Observation) -> None:
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    expert, focal_point = signed_in(scene.same_group_expert), signed_in(scene.same_group_focal_point)
    opened = expert.get(url(draft, "copy/"))
    assert opened.context["form"]["text"].value() == "Words of Lestovia."
    assert expert.post(url(draft, "copy/"), observation_form("Better words.", opened)).status_code == 302
    copy = Observation.objects.get(text="Better words.")
    asked = focal_point.get(url(copy, "table/"))
    assert "Copied from the observation of Lestovia, which lies on the table" in text_of(asked)
    assert focal_point.post(url(copy, "table/"), {**carried_by(asked), "replaces": "1"}).status_code == 302
    page = text_of(signed_in(scene.focal_point).get(LIST))
    assert "Better words." in page
    assert "Words of Lestovia." not in page
    assert "Another wording of an observation of Lestovia that was withdrawn" in page


def test_the_table_shows_who_changed_a_text_last_and_for_which_state(scene: Cast, draft: Observation) -> None:
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    pages = (LIST, f"{REVIEW}desk/untoc/article-5/", f"{REVIEW}texts/untoc/list_of_observations/")
    for address in pages:
        assert "Changed last by Same Group Expert for Lestovia" in text_of(signed_in(scene.focal_point).get(address))
    history = text_of(signed_in(scene.focal_point).get(url(draft, "history/")))
    assert "Same Group Expert for Lestovia" in history


@pytest.mark.parametrize("name", ["contributor", "auditor", "observer", "stranger"])
def test_who_may_not_read_gets_nothing_back_but_a_refusal(scene: Cast, draft: Observation, name: str) -> None:
    """A form that was never theirs, with what such a form would carry."""
    carried = carried_by(signed_in(scene.same_group_expert).get(url(draft)))
    at_once.lay_on_table(actor=scene.same_group_focal_point, observation=draft)
    page = signed_in(scene.people[name]).post(url(draft), {**carried, "text": "Mine."})
    assert page.status_code == (404 if name == "stranger" else 403)
    if name in {"contributor", "auditor", "stranger"}:
        assert "Words of Lestovia." not in text_of(page)


@pytest.mark.stage("written_feedback")
def test_the_desk_does_not_save_into_a_room_that_was_opened_meanwhile(cast_at: CastAt) -> None:
    """The box saves by itself: it goes on resting on what it showed until the button is pressed."""
    scene = cast_at("written_feedback")
    expert, address = signed_in(scene.same_group_expert), comment_url(scene.same_group_state)
    box = carried_by(expert.get(address))
    review = Review.objects.get(pk=scene.review.pk)
    set_common_room(review)
    script = {"HX-Request": "true"}
    for _time in range(2):
        page = expert.post(address, {**box, "text": SECRET}, headers=script)
        assert page.status_code == 422
        assert "In the common room of the reviewing States: Aldermark and Lestovia read" in text_of(page)
        box = {**box, **carried_by(page)}
    assert not FeedbackComment.objects.exists()
    pressed = {**box, "shown": page.context["box"].now, "text": SECRET}
    assert expert.post(address, pressed, headers=script).status_code == 200
    assert FeedbackComment.objects.get().text == SECRET


@pytest.mark.stage("written_feedback")
def test_feedback_that_was_sent_meanwhile_gives_the_words_back(cast_at: CastAt) -> None:
    scene = cast_at("written_feedback")
    expert, address = signed_in(scene.same_group_expert), comment_url(scene.same_group_state)
    saved = expert.post(address, {**carried_by(expert.get(address)), "text": "Sent."})
    box = carried_by(expert.get(address))
    row = feedback_of(scene.review, scene.same_group_state)
    at_once.clear_feedback(actor=scene.same_group_focal_point, feedback=row)
    page = expert.post(address, {**box, "text": SECRET})
    assert (saved.status_code, page.status_code) == (302, 403)
    assert "only your State read this text: Lestovia." in text_of(page)
    assert SECRET in text_of(page)


@pytest.mark.stage("summary")
def test_a_passage_is_drafted_by_an_expert_and_laid_in_its_place_by_the_focal_point(cast_at: CastAt) -> None:
    scene = cast_at("summary")
    expert, focal_point = signed_in(scene.same_group_expert), signed_in(scene.same_group_focal_point)
    assert expert.get(PASSAGE).status_code == 403
    opened = expert.get(f"{PASSAGE}draft/")
    assert expert.post(f"{PASSAGE}draft/", {**carried_by(opened), "text": "Shorter."}).status_code == 302
    asked = focal_point.get(f"{PASSAGE}draft/lay/")
    assert focal_point.post(f"{PASSAGE}draft/lay/", carried_by(asked)).status_code == 302
    page = text_of(signed_in(scene.focal_point).get(f"{REVIEW}texts/untoc/summary/"))
    assert "Shorter." in page
    assert "Changed last by Same Group Focal Point for Lestovia" in page
    assert focal_point.get(f"{PASSAGE}draft/lay/").status_code == 404, "the draft is gone"


@pytest.mark.stage("summary")
def test_a_passage_whose_summary_was_proposed_meanwhile_can_be_kept_in_the_room(cast_at: CastAt) -> None:
    scene = cast_at("summary")
    focal_point = signed_in(scene.same_group_focal_point)
    opened = focal_point.get(PASSAGE)
    summary = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    version = at_once.propose_version(actor=scene.other_group_focal_point, text=summary)
    page = focal_point.post(PASSAGE, {**carried_by(opened), "text": SECRET})
    assert page.status_code == 422
    assert standing_version(summary) == version
    way = page.context["saving"].copy
    assert focal_point.post(way.url, {**carried_by(page), "text": SECRET, "shown": way.token}).status_code == 302
    assert PassageDraft.objects.get().text == SECRET
    assert passages_of(summary)[0].text != SECRET
    discard = f"{PASSAGE}draft/discard/"
    assert focal_point.post(discard, carried_by(focal_point.get(discard))).status_code == 302
    assert not PassageDraft.objects.exists()


def test_what_is_laid_on_the_table_was_seen_or_is_asked_about_again(scene: Cast, draft: Observation) -> None:
    focal_point = signed_in(scene.same_group_focal_point)
    asked = focal_point.get(url(draft, "table/"))
    words = at_once.observations.ObservationInput(draft.heading, list(draft.articles.all()), "Changed meanwhile.")
    at_once.edit_observation(actor=scene.same_group_expert, observation=draft, given=words, base=1)
    page = focal_point.post(url(draft, "table/"), carried_by(asked))
    assert page.status_code == 422
    assert "The text has changed since you opened this page." in text_of(page)
    assert "Changed meanwhile." in text_of(page)
    assert focal_point.post(url(draft, "table/"), carried_by(page)).status_code == 302
    assert reads(scene.focal_point, "Changed meanwhile.")


def test_every_write_without_what_was_shown_comes_back(scene: Cast, draft: Observation) -> None:
    """As from a program that imitates a form."""
    page = signed_in(scene.same_group_expert).post(
        url(draft), {"heading": "gap_or_challenge", "articles": ["5"], "text": SECRET, "base": "1"}
    )
    assert page.status_code == 422
    assert "The form did not say who was to read what you write." in text_of(page)
    assert reverse("observations:observation-edit", args=["untoc", "1-XVE", draft.pk]) in url(draft)
