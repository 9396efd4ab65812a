"""Objections on the page of the text: each at its paragraph, with replies, and with the acts that end it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from observations.objections.models import ObjectionReply
from observations.objections.services import withdraw_objection
from observations.texts.enums import ObjectionEnding
from observations.texts.models import AgreedText, Objection, Observation
from reviews.cases.models import Clearance
from tests.at_once import reply_to_objection
from tests.forms import send_form
from tests.observations.clearance.texts import LIST, TEXTS, propose, status_of, words_of
from tests.observations.objections.threads import number_of, object_to, objected, reword, standing
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]


def page_of(objection: Objection, act: str) -> str:
    return f"{LIST}objections/{objection.pk}/{act}/"


def form_of(page: Any) -> dict[str, Any]:
    return {name: page.context["form"][name].value() for name in page.context["form"].fields}


def test_the_form_gives_each_paragraph_a_box_of_its_own(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    propose(cast, text)
    client = login_as(cast.focal_point)
    page = client.get(f"{LIST}object/")
    number = number_of(text, "first")
    assert f'name="{number}-reason"' in page.content.decode()
    assert "The first observation." in words_of(page)
    empty = send_form(client, f"{LIST}object/")
    assert (empty.status_code, "Say what your State does not agree to." in words_of(empty)) == (422, True)
    sent = send_form(client, f"{LIST}object/", {f"{number}-reason": "Not so."}, follow=True)
    assert [(row.paragraph, row.reason) for row in Objection.objects.all()] == [(number, "Not so.")]
    assert "1 objection is open" in words_of(sent)


def test_a_refused_form_keeps_what_was_typed_and_opens_it(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    propose(cast, text)
    number = number_of(text, "first")
    page = login_as(cast.focal_point).post(f"{LIST}object/", {"sha256": "0" * 64, f"{number}-reason": "What I typed."})
    assert (page.status_code, status_of(text)) == (422, "proposed")
    assert "What I typed." in page.content.decode()
    assert page.content.decode().count('<details class="app-disclosure" open>') == 1


def test_it_stands_at_its_paragraph_with_what_the_states_reply(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row = objected(cast, text)
    client = login_as(cast.same_group_focal_point)
    address = page_of(row, "reply")
    form = form_of(client.get(address))
    sent = client.post(address, {**form, "text": "We heard it."})
    assert (sent.status_code, sent.url) == (302, f"{LIST}#objection-{row.pk}")
    for person in (cast.focal_point, cast.expert, cast.observer, cast.officer, cast.other_group_expert):
        page = login_as(person).get(LIST).content.decode()
        assert page.count(f'id="objection-{row.pk}"') == 1
        after = page[page.index(f'id="paragraph-{row.paragraph}"') :]
        assert after.index("That was not said.") < after.index("We heard it.") < after.index("The second observation.")


def test_a_reply_to_a_thread_that_went_on_keeps_its_words(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row = objected(cast, text)
    client = login_as(cast.other_group_focal_point)
    form = form_of(client.get(page_of(row, "reply")))
    reply_to_objection(actor=cast.same_group_focal_point, objection=row, text="We heard it.", seen=0)
    page = client.post(page_of(row, "reply"), {**form, "text": "So did we."})
    assert page.status_code == 422
    assert ("So did we." in page.content.decode(), "We heard it." in words_of(page)) == (True, True)
    assert client.post(page_of(row, "reply"), {**form_of(page), "text": "So did we."}).status_code == 302
    assert ObjectionReply.objects.count() == 2


def test_a_reply_that_others_would_read_keeps_its_words(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row, client = objected(cast, text), login_as(cast.other_group_focal_point)
    typed = {**form_of(client.get(page_of(row, "reply"))), "text": "So did we."}
    page = client.post(page_of(row, "reply"), {**typed, "shown": f"table:{cast.state.iso3}"})
    assert (page.status_code, "So did we." in page.content.decode()) == (422, True)
    withdraw_objection(actor=cast.focal_point, objection=row)
    page = client.post(page_of(row, "reply"), typed)
    assert (page.status_code, "So did we." in page.content.decode()) == (403, True)
    assert not ObjectionReply.objects.exists()


def test_a_reply_that_is_sent_twice_stands_once(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row = objected(cast, text)
    client = login_as(cast.same_group_focal_point)
    form = {**form_of(client.get(page_of(row, "reply"))), "text": "We heard it."}
    client.post(page_of(row, "reply"), form)
    client.post(page_of(row, "reply"), form)
    assert ObjectionReply.objects.count() == 1


def test_beside_the_new_wording_stands_the_old_one(
    cast: Cast, login_as: LoginAs, text: AgreedText, first: Observation
) -> None:
    row = objected(cast, text)
    reword(cast, first, "The first remark.")
    propose(cast, text)
    page = login_as(cast.focal_point).get(LIST)
    shown = page.content.decode()
    assert "Carried over to version 2" in words_of(page)
    thread = shown[shown.index(f'id="objection-{row.pk}"') :]
    assert '<del class="app-diff__removed">observation</del><ins class="app-diff__added">remark</ins>' in thread


def test_the_state_says_that_the_wording_resolves_it(
    cast: Cast, login_as: LoginAs, text: AgreedText, first: Observation
) -> None:
    row, client = objected(cast, text), login_as(cast.focal_point)
    assert page_of(row, "resolve") not in client.get(LIST).content.decode()
    reword(cast, first, "The first remark.")
    version = propose(cast, text)
    assert page_of(row, "resolve") in client.get(LIST).content.decode()
    assert page_of(row, "resolve") not in login_as(cast.same_group_focal_point).get(LIST).content.decode()
    client = login_as(cast.focal_point)
    page = client.get(page_of(row, "resolve"))
    assert client.post(page_of(row, "resolve"), form_of(page)).status_code == 302
    row.refresh_from_db()
    assert (row.ending, row.resolved_in) == (ObjectionEnding.RESOLVED, version)
    assert "Objection of Veskaria to version 1: Resolved by a wording" in words_of(client.get(LIST))


def test_a_second_tab_is_told_that_it_has_ended(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row, client = objected(cast, text), login_as(cast.focal_point)
    withdraw_objection(actor=cast.focal_point, objection=row)
    late = client.post(page_of(row, "withdraw"), follow=True)
    assert "This objection has ended already. Withdrawn" in words_of(late)
    assert login_as(cast.same_group_focal_point).post(page_of(row, "withdraw")).status_code == 403
    assert "Withdrawn" in words_of(login_as(cast.observer).get(LIST))


def test_an_objection_of_another_text_has_no_page_here(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row = objected(cast, text)
    other = AgreedText.objects.filter(review=cast.review).exclude(pk=text.pk)[0]
    address = f"{TEXTS}{other.instrument.slug}/list_of_observations/objections/{row.pk}/reply/"
    assert login_as(cast.focal_point).get(address).status_code == 404
    assert login_as(cast.bystander).get(page_of(row, "reply")).status_code == 404


def test_a_clearance_asks_first_whether_own_objections_are_resolved(
    cast: Cast, login_as: LoginAs, text: AgreedText, first: Observation
) -> None:
    row, client = objected(cast, text), login_as(cast.focal_point)
    reword(cast, first, "The first remark.")
    version = propose(cast, text)
    page = client.get(LIST)
    assert f'href="{LIST}clear/resolving/"' in page.content.decode()
    assert f'action="{LIST}clear/"' not in page.content.decode()
    straight = client.post(f"{LIST}clear/", {"sha256": version.sha256}, follow=True)
    assert "Your State has objections that are open." in words_of(straight)
    asked = client.get(f"{LIST}clear/resolving/")
    assert ("That was not said." in words_of(asked), f"agrees to version {version.number}" in words_of(asked)) == (
        True,
        True,
    )
    assert client.post(f"{LIST}clear/resolving/", form_of(asked)).status_code == 302
    row.refresh_from_db()
    assert (row.ending, row.resolved_in) == (ObjectionEnding.RESOLVED, version)
    assert Clearance.objects.filter(document_id=text.pk, version=2, state_party=cast.state).count() == 1
    again = client.post(f"{LIST}clear/resolving/", form_of(asked), follow=True)
    assert "cleared version 2 for Veskaria" in words_of(again)


def test_who_proposes_is_asked_too(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    propose(cast, text)
    (row,) = object_to(cast.other_group_focal_point, text, first="Not so.")
    client = login_as(cast.other_group_focal_point)
    assert f'href="{LIST}propose/resolving/"' in client.get(LIST).content.decode()
    asked = client.get(f"{LIST}propose/resolving/")
    assert client.post(f"{LIST}propose/resolving/", form_of(asked)).status_code == 302
    row.refresh_from_db()
    assert (row.resolved_in, status_of(text)) == (standing(text), "proposed")


def test_open_objections_are_counted_where_one_looks_for_work(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    objected(cast, text)
    assert "1 objection is open" in words_of(login_as(cast.observer).get(TEXTS))
    work = words_of(login_as(cast.same_group_focal_point).get("/en/"))
    assert "and you write for it. 1 objection is open." in work


def test_they_take_the_same_queries_for_one_and_for_three(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    row = objected(cast, text)
    client = login_as(cast.same_group_focal_point)
    client.get(LIST)
    with assert_query_count("observations:text-detail-objections"):
        client.get(LIST)
    propose(cast, text)
    object_to(cast.focal_point, text, "On the whole.", second="Nor this.")
    reply_to_objection(actor=cast.same_group_focal_point, objection=row, text="We heard it.", seen=0)
    client.get(LIST)
    with assert_query_count("observations:text-detail-objections"):
        client.get(LIST)
