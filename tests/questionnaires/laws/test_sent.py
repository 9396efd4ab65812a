"""What reviewers read of the laws that answers cite is what the library said when they were sent."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from core.hashes import document_hash
from questionnaires.laws.services import change_law, given_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import clear_response
from questionnaires.submissions.passages import passage_of
from questionnaires.submissions.selectors.reading import laws_sent
from tests import utils
from tests.questionnaires.laws.library import PENAL_CODE, REPEALED_ON, cite, cited, enter
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
ITEM, OTHER = "I.untoc.1.a", "I.untoc.24.a"
TEXT = "Article 5. Whoever participates.\n(1) In a group.\nArticle 6. Whoever launders."
PAGE = "/en/untoc/reviews/1-XVE/submission/laws/"


def sent(cast: Cast) -> ResponseSubmission:
    assert cast.response is not None
    utils.clear_answers(cast.focal_point, cast.response)
    return ResponseSubmission.objects.get()


def test_each_cited_law_goes_with_the_answers_as_it_stands(cast: Cast) -> None:
    law = enter(cast, number="12/1999", dated=dt.date(1999, 1, 2), text=TEXT, articles="untoc 5")
    enter(cast, "Customs Act")  # which no answer cites
    cite(cast, ITEM, cited("penal code (1999)", "art. 5"), cited("A law of nowhere"))
    document = sent(cast).document
    assert document["laws"] == [
        {
            "entry": str(law.pk),
            "cited_as": ["penal code (1999)"],
            "kind": "law",
            "title": PENAL_CODE,
            "translation": "",
            "number": "12/1999",
            "dated": "1999-01-02",
            "language": "",
            "status": "in_force",
            "since": "",
            "link": "",
            "text": TEXT,
            "articles": ["untoc 5"],
            "revision": 1,
        }
    ]
    assert document["answers"][0]["citations"] == [
        {"law": "penal code (1999)", "provision": "art. 5", "link": ""},
        {"law": "A law of nowhere", "provision": "", "link": ""},
    ]
    assert document["format_version"] == 1


def test_answers_that_cite_no_entry_are_sent_as_before_there_was_a_library(cast: Cast) -> None:
    enter(cast, "Customs Act")
    cite(cast, ITEM, cited(PENAL_CODE))
    assert "laws" not in sent(cast).document


def test_a_repeal_after_the_sending_changes_nothing_of_what_was_sent(cast: Cast) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited(PENAL_CODE))
    before = sent(cast)
    given = replace(given_of(law, ""), status="repealed", since=REPEALED_ON, title="Old Penal Code")
    change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given, seen=1)
    after = ResponseSubmission.objects.get()
    assert after.document == before.document
    assert document_hash(after.document) == after.sha256
    [read] = laws_sent(after)
    assert read.said is not None
    assert (read.law, read.said["status"]) == (PENAL_CODE, "in_force")


def test_a_law_that_changes_between_looking_and_clearing_asks_for_another_look(cast: Cast) -> None:
    law = enter(cast)
    cite(cast, ITEM, cited(PENAL_CODE))
    assert cast.response is not None
    shown = hash_of_draft(cast.response)
    given = replace(given_of(law, ""), status="repealed")
    change_law(actor=cast.expert, review=cast.review, law=law.pk, given=given, seen=1)
    with pytest.raises(ServiceError, match="have changed since you opened this page"):
        clear_response(cast.focal_point, cast.response, sha256=shown, number=1)


def test_spellings_of_one_law_are_one_law_with_its_passages(cast: Cast) -> None:
    enter(cast, text=TEXT, link="https://law.example/12", status="repealed", since=REPEALED_ON)
    utils.save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))  # type: ignore[arg-type]
    cite(cast, ITEM, cited("PENAL CODE 1999", "art. 5 (1)"))
    cite(cast, OTHER, cited(PENAL_CODE, "section 6", "https://law.example/12#6"))
    [read] = laws_sent(sent(cast))
    assert (read.law, read.link) == (PENAL_CODE, "https://law.example/12")
    assert [item.code for item in read.items] == [ITEM, OTHER]
    assert read.passages == (
        ("art. 5 (1)", "Article 5. Whoever participates.\n(1) In a group."),
        ("section 6", "Article 6. Whoever launders."),
    )


@pytest.mark.parametrize("name", ["same_group_expert", "officer", "focal_point"])
def test_readers_see_the_laws_beside_the_answers(cast: Cast, login_as: LoginAs, name: str) -> None:
    enter(cast, status="repealed", since=REPEALED_ON, text=TEXT, number="12/1999")
    cite(cast, ITEM, cited(PENAL_CODE, "art. 5"))
    sent(cast)
    client = login_as(cast.people[name])
    page = client.get(PAGE).content.decode()
    assert "Repealed from 3 May 2025" in page
    assert "12/1999" in page
    assert "Whoever participates." in page
    part = client.get("/en/untoc/reviews/1-XVE/submission/untoc/").content.decode()
    assert "(Repealed from 3 May 2025)" in part


def test_the_desk_lists_the_laws_of_a_section(cast: Cast, login_as: LoginAs) -> None:
    enter(cast, status="repealed", since=REPEALED_ON)
    cite(cast, ITEM, cited(PENAL_CODE))
    sent(cast)
    client = login_as(cast.same_group_expert)
    page = client.get("/en/untoc/reviews/1-XVE/desk/untoc/article-2/")
    texts = [page.content.decode(), client.get("/en/untoc/reviews/1-XVE/desk/untoc/article-5/").content.decode()]
    assert any("Laws cited in this section" in text and "Repealed from 3 May 2025" in text for text in texts)


@pytest.mark.parametrize(
    ("provision", "passage"),
    [
        ("art. 5", "Article 5. Whoever participates.\n(1) In a group."),
        ("Article 6, paragraph 2", "Article 6. Whoever launders."),
        ("art. 7", ""),
        ("the whole", ""),
        ("", ""),
    ],
)
def test_a_passage_goes_from_its_number_to_the_next_of_its_like(provision: str, passage: str) -> None:
    assert passage_of(TEXT, provision) == passage


def test_a_passage_is_found_in_arabic() -> None:
    text: Any = "المادة 5\nيعاقب كل من شارك.\nالمادة 6\nغسل الأموال."
    assert passage_of(text, "المادة 5، الفقرة 1") == "المادة 5\nيعاقب كل من شارك."


@pytest.mark.parametrize(
    "paragraph",
    [" " * 4_000 + "x", "Article" + " " * 4_000, "1-" * 10_000 + "(", "5" * 20_000],
    ids=["spaces", "spaces after a word", "dashes", "figures"],
)
def test_no_paragraph_holds_a_page_up(paragraph: str) -> None:
    before = time.process_time()
    assert passage_of(f"  Article  5.\n{paragraph}\nArticle 6.", "art. 5") == f"  Article  5.\n{paragraph}"
    assert time.process_time() - before < 1
