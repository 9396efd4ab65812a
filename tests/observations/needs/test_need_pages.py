"""Needs on the pages on which an observation is written and read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.needs.services import NeedInput
from observations.observations.services import ObservationInput
from observations.texts.models import Observation
from tests.at_once import edit_observation, withdraw_observation
from tests.dialogue.exchange.exchange import REVIEW
from tests.forms import send_form
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
LIST, ADD = f"{REVIEW}observations/", f"{REVIEW}observations/add/untoc/"


@pytest.fixture(autouse=True)
def _dialogue(cast_at: Callable[[str], Cast]) -> None:
    cast_at("dialogue")


def typed(**needs: Any) -> dict[str, Any]:
    facts = {"heading": "assistance_need", "articles": ["5"], "text": "Training is needed.", "base": "0"}
    return {**facts, **{name.replace("_", "-", 2): value for name, value in needs.items()}}


def test_needs_are_written_in_the_form_and_read_in_the_list(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    filled = typed(need_2_type="training", need_2_priority="high", need_2_description="Case studies.")
    assert send_form(client, ADD, filled).status_code == 302
    (need,) = AssistanceNeed.objects.all()
    assert (need.order, need.type.key, need.priority, need.description) == (1, "training", "high", "Case studies.")
    page = client.get(LIST).content.decode()
    assert all(words in page for words in ("Capacity-building through the training", "priority: High", "Case studies."))
    url = f"{LIST}{need.observation_id}/"
    rows = client.get(url).context["form"].need_rows
    assert [row.is_open for row in rows] == [True, False, False], "the one that stands, and two empty ones"
    filled = typed(need_1_type="training", need_1_description="Case studies.", need_1_remove="on")
    assert send_form(client, url, {**filled, "base": "1"}).status_code == 302
    assert not AssistanceNeed.objects.exists()
    history = client.get(f"{url}history/").content.decode()
    assert "Case studies." in history, "what was saved before stays"


def test_what_is_wrong_comes_back_by_its_row_with_all_that_was_typed(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    filled = typed(need_2_type="training", need_2_received="no", need_2_received_from="A neighbour")
    page = send_form(client, ADD, filled)
    form = page.context["form"]
    assert (page.status_code, [*form.errors]) == (422, ["need-2-received_from"])
    assert form["need-2-received_from"].value() == "A neighbour"
    page = send_form(client, ADD, typed(need_1_description="Words without a type"))
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["need-1-type"])
    assert "Need 1: choose the type of assistance." in page.content.decode()
    assert not Observation.objects.exists()


def test_the_form_of_the_desk_takes_no_needs_away(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed(need_1_type="training"))
    observation = Observation.objects.get()
    url = reverse("portal:desk-section", args=["untoc", cast.review.code, "untoc", "article-5"])
    page = client.get(url).content.decode()
    assert "Training is needed." in page
    shown = client.get(f"{LIST}{observation.pk}/").context["form"]["shown"].value()
    posted = {"heading": "assistance_need", "articles": ["5"], "text": "Other words.", "base": "1", "shown": shown}
    assert client.post(f"{LIST}{observation.pk}/", posted).status_code == 302
    observation.refresh_from_db()
    assert (observation.text, observation.needs.count()) == ("Other words.", 1)


@pytest.mark.parametrize("shown", ["-1", "100", "2000000000"])
def test_a_count_that_no_page_carries_takes_no_needs_away(cast: Cast, login_as: LoginAs, shown: str) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed(need_1_type="training"))
    row = Observation.objects.get()
    refused = send_form(client, f"{LIST}{row.pk}/", {**typed(), "base": "1", "needs_shown": shown})
    assert (refused.status_code, [*refused.context["form"].errors]) == (422, ["needs_shown"])
    assert row.needs.count() == 1


def need(kind: str, words: str) -> NeedInput:
    return NeedInput(AssistanceType.objects.get(instrument__slug="untoc", key=kind), description=words)


def save_needs(cast: Cast, row: Observation, *needs: NeedInput, links: list[str] | None = None) -> None:
    given = ObservationInput(row.heading, list(row.articles.all()), row.text, needs=needs, links=links)
    edit_observation(actor=cast.same_group_focal_point, observation=row, given=given)


def press(client: Client, row: Observation, page: Any, **typed: Any) -> Any:
    """Send the form that is on the page, as a browser does."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return client.post(f"{LIST}{row.pk}/", {**{name: value for name, value in values.items() if value}, **typed})


def test_needs_and_links_of_a_colleague_outlast_a_second_press(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed())
    row = Observation.objects.get()
    opened = client.get(f"{LIST}{row.pk}/")
    link = opened.context["form"].fields["links"].choices[0][0]
    save_needs(cast, row, *(need("training", words) for words in ("One.", "Two.", "Three.")), links=[link])
    refused = press(client, row, opened, text="Mine.")
    assert refused.status_code == 422
    assert [each.is_open for each in refused.context["form"].need_rows] == [True, True, True, False, False]
    assert press(client, row, refused).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.needs.count(), row.links) == ("Mine.", 3, [link])
    groups = client.get(f"{LIST}{row.pk}/").context["form"].link_groups
    assert sum(group.chosen for group in groups) == 1, "the group with what is ticked stands open"


def test_a_link_that_a_colleague_has_added_alone_outlasts_a_save(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed())
    row = Observation.objects.get()
    opened = client.get(f"{LIST}{row.pk}/")
    link, other = (value for value, _label in opened.context["form"].fields["links"].choices[:2])
    save_needs(cast, row, links=[link])
    refused = press(client, row, opened, text="Mine.")
    assert (refused.status_code, refused.context["form"]["links"].value()) == (422, [link])
    assert press(client, row, refused).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.links) == ("Mine.", [link])
    refused = press(client, row, opened, text="Mine.", base="2", links=[other])
    assert "A colleague has changed the links too." in refused.content.decode(), "both have"


def test_needs_that_both_have_changed_are_shown_beside_each_other(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed())
    row = Observation.objects.get()
    opened = client.get(f"{LIST}{row.pk}/")
    save_needs(cast, row, need("training", "The colleague’s."))
    refused = press(client, row, opened, **{"need-1-type": "training", "need-1-description": "Mine."})
    assert "A colleague has changed the needs too." in refused.content.decode()
    assert "The colleague’s." in refused.content.decode()
    assert press(client, row, refused).status_code == 302
    assert [each.description for each in row.needs.all()] == ["Mine."]


def test_what_is_typed_outlasts_a_withdrawal(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    send_form(client, ADD, typed())
    row = Observation.objects.get()
    opened = client.get(f"{LIST}{row.pk}/")
    withdraw_observation(actor=cast.same_group_focal_point, observation=row)
    page = press(client, row, opened, text="Mine.")
    assert (page.status_code, page.context["form"]["text"].value()) == (422, "Mine.")
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
