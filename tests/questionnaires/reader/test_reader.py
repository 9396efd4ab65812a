"""The whole of a self-assessment is read on one page: what was asked, with what the State chose to say."""

from collections.abc import Callable

import lxml.html
import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.responses.models import ResponseSubmission
from tests import utils
from tests.query_counts import assert_query_count
from tests.questionnaires.ministries.ministries import FIRST, proposed, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
DRAFT, SENT = f"{REVIEW}response/read/", f"{REVIEW}submission/read/"
ANSWERED = {"q-I-untoc-24", "q-I-untoc-24-a"}


def answered(cast: Cast) -> None:
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.24.a", text="Under the **wombat** statute.")


def document(client: Client, page: str, **chosen: str) -> lxml.html.HtmlElement:
    answer = client.get(page, chosen)
    assert answer.status_code == 200, answer.status_code
    return lxml.html.document_fromstring(answer.content.decode())


def questions(client: Client, page: str, **chosen: str) -> set[str]:
    return set(document(client, page, **chosen).xpath("//div[contains(@class, 'app-question--read')]/@id"))


def test_what_is_asked_is_read_and_nothing_else(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    before = questions(client, DRAFT)
    assert "q-I-untoc-24" in before
    assert "q-I-untoc-24-a" not in before  # a follow-up of an answer that is not there
    answered(cast)
    assert ANSWERED - questions(client, DRAFT) == set()
    assert "<strong>wombat</strong>" in client.get(DRAFT).content.decode()
    assert document(client, DRAFT).xpath("//form[@data-autosave]") == []


def test_without_what_has_no_answer_the_answers_are_left(cast: Cast, login_as: LoginAs) -> None:
    answered(cast)
    client = login_as(cast.expert)
    assert questions(client, DRAFT, answered="1") == ANSWERED
    sections = document(client, DRAFT, answered="1").xpath("//nav[@id='sections']//li/a/@href")
    assert sections == ["#s-untoc-article-15"]


def test_voluntary_questions_are_read_where_they_are_answered_or_wanted(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    less, more = questions(client, DRAFT), questions(client, DRAFT, voluntary="1")
    assert less < more
    item = sorted(more - less)[0]
    assert questions(client, DRAFT, voluntary="1", answered="1") == set()
    assert item not in less


def test_every_line_of_the_contents_leads_to_its_section(cast: Cast, login_as: LoginAs) -> None:
    page = document(login_as(cast.expert), DRAFT)
    links = page.xpath("//nav[@id='sections']//li/a/@href")
    ids = [f"#{each}" for each in page.xpath("//section[contains(@class, 'app-read-section')]/h3/@id")]
    assert links == ids
    assert links


def test_a_contributor_reads_what_was_sent_with_the_own_proposals(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, text="Of the State.")
    send(cast)
    proposed(cast, text="Of the ministry.")
    client = login_as(cast.contributor)
    text = client.get(DRAFT).content.decode()
    assert ("Of the ministry." in text, "Of the State." in text) == (True, False)
    assert {each.split("-")[2] for each in questions(client, DRAFT)} == {"firearms"}
    assert "Of the ministry." not in login_as(cast.focal_point).get(DRAFT).content.decode()


def test_what_a_ministry_proposed_is_called_no_copy_of_what_was_sent(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    proposed(cast, text="Of the ministry.")
    utils.clear_answers(cast.focal_point, cast.response)
    own = login_as(cast.contributor).get(DRAFT).content.decode()
    assert "Of the ministry." in own
    assert ("What your ministry proposes" in own, "Your copy of the answers" in own) == (True, False)
    assert "Your copy of the answers" in login_as(cast.expert).get(DRAFT).content.decode()


def test_what_was_sent_is_read_with_its_hash_and_opened_by_that(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    answered(cast)
    client = login_as(cast.same_group_expert)
    assert client.get(DRAFT).status_code == 403
    assert client.get(SENT).status_code == 404
    utils.clear_answers(cast.focal_point, cast.response)
    save_after = document(client, SENT)
    assert save_after.xpath("string(//code[@class='app-hash'])") == ResponseSubmission.objects.get().sha256
    assert questions(client, SENT, answered="1") == ANSWERED
    cast.response.refresh_from_db()
    assert cast.response.opened_at is not None
    assert login_as(cast.stranger).get(SENT).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_answers(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    client.get(DRAFT)
    with assert_query_count("questionnaires:response-read"):
        client.get(DRAFT)
    answered(cast)
    with assert_query_count("questionnaires:response-read"):
        client.get(DRAFT)
