"""Pages of earlier answers: beside a box, listed with each effect, and read by reviewers once they are sent."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import OutdatedError
from core.hashes import document_hash
from questionnaires.definitions.selectors import index_of
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.models import ReusedAnswer
from questionnaires.reuse.services import ChosenAnswer, set_aside
from questionnaires.sending.document import submission_document
from tests.questionnaires.ministries.ministries import send
from tests.questionnaires.reuse.earlier import (
    ALONE,
    ANSWERS,
    ASIDE,
    CASES,
    CASES_TIP,
    FIRST,
    LIST,
    LONE,
    OTHER_OPTIONS,
    SECTION,
    TAKE,
    UNDER_FIRST,
    keep,
    offers,
    official,
    second_version,
    sent_before,
)
from tests.reviews.bringing.files import words
from tests.utils import Cast, clear_answers, login_as, save

pytestmark = pytest.mark.django_db


def test_options_that_are_gone_are_said_so_on_the_page(cast: Cast, client: Client) -> None:
    sent_before(answers=LONE)
    second_version(cast, ALONE, **OTHER_OPTIONS)
    page = words(login_as(client, cast.expert).get(SECTION))
    assert "The question has other options now. What was chosen then can only be read:" in page
    assert "Still correct: keep it" not in page
    assert "Take it and change it" in page


def test_a_contributor_reads_earlier_answers_only_to_what_was_sent_with_the_official_ones(
    cast: Cast, login: Callable[[Cast, str], Client]
) -> None:
    sent_before(answers={"I.firearms.68": {"choices": ("Yes",), "text": "By the Arms Act."}})
    section = "/en/untoc/reviews/1-XVE/response/firearms/article-3/"
    send(cast)
    assert "By the Arms Act." not in words(login(cast, "contributor").get(section))
    send(cast, shows_official=True, again=True)
    page = words(login(cast, "contributor").get(section))
    assert "By the Arms Act." in page
    assert "Still correct: keep it" not in page
    assert login(cast, "contributor").get(LIST).status_code == 403


def test_a_contributor_reads_no_earlier_answer_to_a_linked_question_that_was_not_sent(
    cast: Cast, login: Callable[[Cast, str], Client]
) -> None:
    given = {code: {"choices": ("Yes",)} for code in ("I.firearms.78", "I.tip.46", "I.untoc.28")}
    sent_before(answers=given)
    place = index_of(cast.response.version_id).section_of["I.firearms.78"]
    section = reverse("questionnaires:section-detail", args=["untoc", cast.review.code, *place.address])
    send(cast, places=[place], shows_official=True)
    beside = login(cast, "contributor").get(section).context["reuse"]
    assert [offer.link for offer in beside["I.firearms.78"].offers] == [None]
    for_expert = login(cast, "expert").get(section).context["reuse"]["I.firearms.78"].offers
    assert {offer.source_item.code for offer in for_expert} == set(given)


@pytest.fixture
def login() -> Callable[[Cast, str], Client]:
    return lambda cast, name: login_as(Client(), cast.people[name])


def test_the_section_shows_it_beside_the_empty_box_and_keeps_it_without_a_script(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    page = client.get(SECTION)
    assert "Answer from before: review 9-XVE" in words(page)
    box = page.context["reuse"][FIRST]
    (offer,) = box.standing
    done: Any = client.post(TAKE, {"version": "1", "take": f"{FIRST}|{offer.key}", f"seen-{FIRST}": "0"})
    assert (done.status_code, done.url) == (302, f"{SECTION}#q-I-untoc-3")
    after = client.get(SECTION)
    assert "Kept from the review 9-XVE (version 1, sent on" in words(after)
    assert after.context["reuse"][FIRST].standing == []


def test_taken_to_be_changed_it_stands_in_the_box(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    (offer,) = offers(cast.response, FIRST)[FIRST]
    done: Any = client.post(TAKE, {"version": "1", "edit": f"{FIRST}|{offer.key}", f"seen-{FIRST}": "0"})
    assert done.url == f"{SECTION}#q-I-untoc-3"
    assert "By the Penal Code of then." in client.get(SECTION).content.decode()
    assert ReusedAnswer.objects.get().how == Reuse.EDITED


def test_what_is_set_aside_stands_no_longer_beside_its_box_and_may_still_be_kept(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    (offer,) = offers(cast.response, FIRST)[FIRST]
    given = {"version": "1", "aside": f"{FIRST}|{offer.key}", f"seen-{FIRST}": "0"}
    for _again in range(2):
        done: Any = client.post(ASIDE, given)
        assert done.url == f"{SECTION}#q-I-untoc-3"
    assert ReusedAnswer.objects.filter(how=Reuse.SET_ASIDE).count() == 1
    assert FIRST not in client.get(SECTION).context["reuse"]
    listed = client.get(LIST)
    assert "Set aside" in words(listed)
    keep(cast, FIRST)
    assert official(cast) == {FIRST: "By the Penal Code of then."}


def test_the_list_shows_each_effect_before_a_whole_section_is_kept(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    page = client.get(LIST)
    first = page.context["sections"][0]
    assert [offer.item.code for offer in first.offers] == [FIRST, UNDER_FIRST]
    seen = {f"seen-{offer.item.code}": offer.seen for section in page.context["sections"] for offer in section.offers}
    shown = client.post(LIST, {"version": "1", "section": str(first.place.pk), **seen})
    assert shown.status_code == 200
    assert words(shown).count("Empty now; would be filled with this, said to be still correct:") == 2
    assert official(cast) == {}
    takes = [f"{effect.offer.item.code}|{effect.offer.key}" for effect in shown.context["effects"]]
    done: Any = client.post(TAKE, {"version": "1", "take": takes, **seen})
    assert (done.status_code, done.url) == (302, LIST)
    assert set(official(cast)) == {FIRST, UNDER_FIRST}


def test_what_is_set_aside_is_not_counted_to_what_is_kept_with_its_section(cast: Cast, client: Client) -> None:
    sent_before(answers={**ANSWERS, **LONE})
    login_as(client, cast.expert)
    (offer,) = offers(cast.response, ALONE)[ALONE]

    def offered() -> tuple[str, list[str]]:
        page = client.get(LIST)
        section = page.context["sections"][0]
        shown = client.post(LIST, {"version": "1", "section": str(section.place.pk)})
        (number,) = re.findall(r"All of this section that can be kept \((\d)\)", words(page))
        return number, [effect.offer.item.code for effect in shown.context["effects"]]

    assert offered() == ("3", [FIRST, UNDER_FIRST, ALONE])
    client.post(ASIDE, {"version": "1", "aside": offer.choice, f"seen-{ALONE}": "0"})
    assert offered() == ("2", [FIRST, UNDER_FIRST])


def test_a_chosen_answer_that_is_no_longer_offered_is_said_before_the_preview(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    chosen = [f"{code}|{offer.key}" for code in (FIRST, CASES) for offer in offers(cast.response, code)[code]]
    save(cast.response, cast.expert, CASES, text="Answered by a colleague meanwhile.")
    shown = client.post(LIST, {"version": "1", "take": chosen, f"seen-{FIRST}": "0", f"seen-{CASES}": "0"})
    said = "One of the earlier answers is no longer offered. Look again; nothing was taken."
    assert (len(chosen), shown.status_code, said in words(shown)) == (2, 422, True)
    document = lxml.html.fromstring(shown.content)
    assert document.xpath("//input[@name='take' and @checked]/@value") == chosen[:1]
    assert document.xpath("//details[@open]//input[@name='take' and @checked]")


def test_a_chosen_follow_up_without_its_question_is_said_to_be_left_out(cast: Cast, client: Client) -> None:
    sent_before()
    login_as(client, cast.expert)
    (offer,) = offers(cast.response, UNDER_FIRST)[UNDER_FIRST]
    shown = client.post(LIST, {"version": "1", "take": f"{UNDER_FIRST}|{offer.key}", f"seen-{UNDER_FIRST}": "0"})
    assert "Asked only after another answer, which is not chosen." in words(shown)
    assert not shown.context["takes"]


@pytest.mark.parametrize("given", [{}, {"take": "nonsense"}, {"take": f"{FIRST}|1:2"}, {"take": "X.y|"}])
def test_what_no_page_of_ours_sends_takes_nothing(cast: Cast, client: Client, given: dict[str, str]) -> None:
    sent_before()
    login_as(client, cast.expert)
    for address in (LIST, TAKE):
        refused = client.post(address, {"version": "1", **given})
        assert refused.status_code == 422
        assert "Choose at least one answer." in words(refused)
    assert official(cast) == {}


def test_a_page_of_another_version_of_the_questionnaire_takes_nothing(cast: Cast, client: Client) -> None:
    sent_before()
    (offer,) = offers(cast.response, FIRST)[FIRST]
    second_version(cast, CASES, text="Please name cases.")
    login_as(client, cast.expert)
    refused = client.post(TAKE, {"version": "1", "take": f"{FIRST}|{offer.key}", f"seen-{FIRST}": "0"})
    assert refused.status_code == 422
    assert "has moved to another version" in words(refused)
    with pytest.raises(OutdatedError):
        set_aside(actor=cast.expert, response=cast.response, version=1, chosen=ChosenAnswer(FIRST, offer.key, 0))


def test_what_is_sent_says_where_it_came_from_and_nothing_where_nothing_was_taken(cast: Cast, client: Client) -> None:
    sent_before()
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    before = submission_document(cast.response)
    assert "taken_over" not in before
    keep(cast, FIRST, UNDER_FIRST)
    save(cast.response, cast.expert, UNDER_FIRST, choices=("No",), base=1)
    document = submission_document(cast.response)
    assert [(each["code"], each["how"]) for each in document["taken_over"]] == [
        (FIRST, "kept"),
        (UNDER_FIRST, "edited"),
    ]
    assert document_hash(document) == document_hash(submission_document(cast.response))
    submission = clear_answers(cast.focal_point, cast.response)
    assert submission.document["taken_over"][0]["review"] == "9-XVE"
    part = "/en/untoc/reviews/1-XVE/submission/untoc/"
    page = words(login_as(client, cast.same_group_expert).get(part))
    assert "Kept from the review 9-XVE (version 1, sent on" in page
    assert "and edited." in page


def test_many_offers_take_no_more_queries_than_one(cast: Cast, client: Client) -> None:
    login_as(client, cast.expert)
    counts = []
    for answers in ({FIRST: ANSWERS[FIRST]}, {**ANSWERS, CASES_TIP: {"text": "Others."}}):
        with transaction.atomic():
            sent_before(answers=answers)
            client.get(LIST)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(LIST).status_code == 200
            counts.append(len(captured))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


def test_a_section_page_asks_little_more_with_offers_than_without(cast: Cast, client: Client) -> None:
    login_as(client, cast.expert)
    client.get(SECTION)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SECTION).status_code == 200
        counts.append(len(captured))
        if not _round:
            sent_before()
    assert counts[1] == counts[0]
    assert counts[1] <= 15
