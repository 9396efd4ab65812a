"""Words are looked for in questions, answers and laws; each finds what his or her pages show, and nothing else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.progress.completeness import states_of
from tests import utils
from tests.query_counts import assert_query_count
from tests.questionnaires.laws.library import cited, enter
from tests.questionnaires.ministries.ministries import FIRST, proposed, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
DRAFT, SENT, EVERYBODY = f"{REVIEW}response/search/", f"{REVIEW}submission/search/", "/en/questionnaires/search/"
ITEM = "I.untoc.24.a"
HERE = f"{REVIEW}response/untoc/article-15/#q-I-untoc-24-a"


def addresses(client: Client, page: str, text: str) -> list[str]:
    """Where the hits lead, in their order."""
    answer = client.get(page, {"q": text})
    assert answer.status_code == 200, answer.status_code
    return lxml.html.document_fromstring(answer.content.decode()).xpath("//ol[@class='app-found']//a/@href")


def answered(cast: Cast) -> None:
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))
    save(
        cast.response,
        cast.expert,
        ITEM,
        text="Under the **wombat** statute.",
        citations=[cited("Quokka Act", "art. 5")],
    )


def test_an_answer_is_found_at_its_question(cast: Cast, login_as: LoginAs) -> None:
    answered(cast)
    for text in ("wombats", "quokka", "wombat statutes"):
        assert addresses(login_as(cast.focal_point), DRAFT, text) == [HERE], text


@pytest.mark.parametrize("address", ["search/?q=wombats", "read/", "laws/"])
def test_what_was_sent_is_read_once_for_a_page(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    answered(cast)
    utils.clear_answers(cast.focal_point, cast.response)
    client, read = login_as(cast.same_group_expert), []

    def counted(*given: Any) -> Any:
        read.append(given)
        return states_of(*given)

    monkeypatch.setattr("questionnaires.submissions.selectors.reading.states_of", counted)
    assert client.get(f"{REVIEW}submission/{address}").status_code == 200
    assert len(read) == 1


def test_a_law_of_the_library_is_found_by_its_text(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast, "Customs Act", text="Article 7. Whoever smuggles numbats.", language="en")
    found = addresses(login_as(cast.focal_point), DRAFT, "numbat")
    assert found == [f"{REVIEW}laws/{law.pk}/"]


def test_what_is_found_is_marked_and_counted(cast: Cast, login_as: LoginAs) -> None:
    answered(cast)
    page = login_as(cast.focal_point).get(DRAFT, {"q": "wombats"}).content.decode()
    document = lxml.html.document_fromstring(page)
    assert [mark.text for mark in document.xpath("//mark")] == ["wombat"]
    assert "1 place found" in document.xpath("string(//p[@role='status'])")
    assert "**" not in document.xpath("string(//p[@class='app-found__words'])")


def test_a_contributor_finds_what_was_sent_to_the_ministry_and_the_own_proposals(cast: Cast, login_as: LoginAs) -> None:
    answered(cast)
    save(cast.response, cast.expert, FIRST, text="A wombat of the State.")
    send(cast)
    proposed(cast, text="A bilby of the ministry.")
    client = login_as(cast.contributor)
    assert addresses(client, DRAFT, "wombat") == []
    assert [urlsplit(each).path for each in addresses(client, DRAFT, "bilby")] == [
        f"{REVIEW}response/firearms/article-3/"
    ]
    sections = {urlsplit(each).path for each in addresses(client, DRAFT, "firearms")}
    assert sections == {f"{REVIEW}response/firearms/article-3/"}


def test_what_ministries_propose_is_no_answer_of_the_state(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    proposed(cast, text="A bilby of the ministry.")
    assert addresses(login_as(cast.focal_point), DRAFT, "bilby") == []


def test_reviewers_find_what_was_sent_and_open_it_by_that(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    answered(cast)
    enter(cast, "Numbat Act", text="Never cited.")
    client = login_as(cast.same_group_expert)
    assert client.get(DRAFT, {"q": "wombat"}).status_code == 403
    assert client.get(SENT, {"q": "wombat"}).status_code == 404
    utils.clear_answers(cast.focal_point, cast.response)
    assert addresses(client, SENT, "wombat") == [f"{REVIEW}submission/untoc/#q-I-untoc-24-a"]
    assert addresses(client, SENT, "quokka") == [
        f"{REVIEW}submission/untoc/#q-I-untoc-24-a",
        f"{REVIEW}submission/laws/#law-1",
    ]
    assert addresses(client, SENT, "numbat") == []
    cast.response.refresh_from_db()
    assert cast.response.opened_at is not None
    assert login_as(cast.stranger).get(SENT, {"q": "wombat"}).status_code == 404


def test_everybody_finds_questions(cast: Cast) -> None:
    found = addresses(Client(), EVERYBODY, "organized criminal groups")
    assert found
    assert {urlsplit(each).path.removesuffix("/") for each in found} <= {
        f"/en/questionnaires/untoc-cluster-{number}" for number in (1, 2, 3, 4)
    }


def test_each_hit_leads_to_a_place_that_is_there(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    for each in addresses(client, DRAFT, "article"):
        address, _hash, anchor = each.partition("#")
        assert lxml.html.document_fromstring(client.get(address).content.decode()).get_element_by_id(anchor) is not None
        break
    else:
        pytest.fail("nothing was found")


def test_what_was_looked_for_stands_in_the_box_and_is_no_part_of_the_page(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).get(DRAFT, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page


def test_the_number_of_queries_is_the_same_whatever_is_found(cast: Cast, login_as: LoginAs) -> None:
    answered(cast)
    client = login_as(cast.focal_point)
    client.get(DRAFT, {"q": "wombat"})
    for text in ("wombat", "article"):
        with assert_query_count("questionnaires:response-search"):
            client.get(DRAFT, {"q": text})
