"""The list of places holds what its reader may open, and nothing else."""

from collections.abc import Callable, Iterator

import lxml.html
import pytest
from django.test import Client

from accounts.people.models import User
from portal.search.selectors import Hit, pages_named
from questionnaires.sending.services import begin_revision
from reviews.cases.models import Review
from reviews.navigation import PlaceOfReview, places_in
from tests import utils
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
GO = "/en/go/"
REVIEW = "/en/untoc/reviews/1-XVE/"
DRAFT = f"{REVIEW}response/"
TO_READ = {f"{DRAFT}search/", f"{DRAFT}read/", f"{DRAFT}missing/"}


def places(client: Client, **asked: object) -> list[str]:
    page = client.get(GO, asked)
    assert page.status_code == 200
    document = lxml.html.document_fromstring(page.content.decode())
    return [each for each in document.xpath("//div[@id='places']//a/@href") if not each.startswith("/en/search/")]


def of_answers(found: list[str]) -> set[str]:
    return {each for each in found if each.startswith((DRAFT, f"{REVIEW}submission/", f"{REVIEW}laws/"))}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("focal_point", {DRAFT, f"{REVIEW}laws/", *TO_READ, f"{DRAFT}submit/", f"{DRAFT}clear/"}),
        ("expert", {DRAFT, f"{REVIEW}laws/", *TO_READ, f"{DRAFT}submit/"}),
        ("observer", {DRAFT, f"{REVIEW}laws/", *TO_READ}),
        ("contributor", {f"{REVIEW}laws/"}),  # nothing has been sent to the ministry
        ("same_group_expert", set()),
        ("officer", set()),
        ("stranger", set()),
        ("bystander", set()),
    ],
)
def test_from_a_page_of_a_review_one_goes_where_one_may(
    cast: Cast, login_as: LoginAs, person: str, expected: set[str]
) -> None:
    found = places(login_as(cast.people[person]), **{"from": REVIEW})
    assert of_answers(found) == expected
    assert any(each.startswith(REVIEW) for each in found) == (person not in {"stranger", "bystander"})


def test_every_place_that_is_listed_opens(cast: Cast, login_as: LoginAs) -> None:
    for person in ("focal_point", "contributor", "same_group_expert", "officer", "stranger"):
        client = login_as(cast.people[person])
        found = places(client, **{"from": REVIEW})
        refused = [each for each in found if client.get(each, follow=True).status_code != 200]
        assert (person, refused) == (person, [])


def test_of_the_review_one_is_in_its_places_are_asked_once(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Review] = []

    def counted(user: User, review: Review, text: str = "") -> list[PlaceOfReview]:
        asked.append(review)
        return places_in(user, review, text)

    monkeypatch.setattr("portal.search.places.places_in", counted)
    found = places(login_as(cast.expert), **{"from": REVIEW, "recent": [f"{DRAFT}read/", DRAFT]})
    assert found.count(f"{DRAFT}read/") == found.count(DRAFT) == 2  # of the review, and where one was
    assert asked == [cast.review]


def test_once_sent_reviewers_go_to_what_was_sent(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    utils.clear_answers(cast.focal_point, cast.response)
    found = places(login_as(cast.same_group_expert), **{"from": REVIEW})
    sent = f"{REVIEW}submission/"
    assert of_answers(found) == {sent, f"{sent}search/", f"{sent}read/"}
    cast.response.refresh_from_db()
    assert cast.response.opened_at is None  # the names of places are no answers


def test_that_a_new_version_is_prepared_no_reviewer_sees(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    utils.clear_answers(cast.focal_point, cast.response)
    before = places(login_as(cast.same_group_expert), **{"from": REVIEW})
    cast.response.refresh_from_db()
    begin_revision(cast.focal_point, cast.response, reason="A new law.", number=1)
    assert places(login_as(cast.same_group_expert), **{"from": REVIEW}) == before
    assert f"{REVIEW}submission/read/" in before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24", ["q-I-untoc-24", "q-I-untoc-24-a"]),
        ("24.a", ["q-I-untoc-24-a"]),
        ("24 (A)", ["q-I-untoc-24-a"]),
        ("24 b", []),
        ("2400", []),
        ("99999999999999999999", []),
    ],
)
def test_a_question_is_found_by_its_number_where_it_is_asked(
    cast: Cast, login_as: LoginAs, text: str, expected: list[str]
) -> None:
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))
    found = places(login_as(cast.expert), **{"from": DRAFT}, q=text)
    assert [each.partition("#")[2] for each in found if "#q-" in each] == expected
    for person in ("contributor", "same_group_expert", "stranger"):
        assert [
            each for each in places(login_as(cast.people[person]), **{"from": DRAFT}, q=text) if "#q-" in each
        ] == []


def test_a_reviewer_goes_to_questions_that_hang_on_no_answer(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))
    utils.clear_answers(cast.focal_point, cast.response)
    found = places(login_as(cast.same_group_expert), **{"from": REVIEW}, q="24")
    assert [each for each in found if "#q-" in each] == [f"{REVIEW}submission/untoc/#q-I-untoc-24"]


def test_where_somebody_was_is_listed_as_long_as_it_is_open(cast: Cast, login_as: LoginAs) -> None:
    recent = [
        DRAFT,
        f"{REVIEW}laws/",
        f"{REVIEW}nowhere/",
        "/en/untoc/reviews/1-XMB/",
        "//evil.example/",
        "/en/profile/",
    ]
    page = login_as(cast.expert).get(GO, {"recent": recent})
    document = lxml.html.document_fromstring(page.content.decode())
    [section] = document.xpath("//section[h2='Where you were']")
    assert section.xpath(".//a/@href") == [DRAFT, f"{REVIEW}laws/"]
    for person in ("stranger", "same_group_expert"):
        found = places(login_as(cast.people[person]), recent=recent)
        assert of_answers(found) == set()


def test_the_review_one_is_in_takes_no_place_of_one_where_one_was(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.search.places._REVIEWS_OF_RECENT", 1)
    other = utils._open("XHV")
    before = f"/en/untoc/reviews/{other.code}/"
    client = login_as(cast.officer)
    assert before in places(client, **{"from": REVIEW, "recent": [before]})


def test_the_pages_of_the_portal_are_looked_up_once(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(user: User, text: str) -> Iterator[Hit]:
        asked.append(text)
        return pages_named(user, text)

    monkeypatch.setattr("portal.search.places.pages_named", counted)
    page = login_as(cast.expert).get(GO, {"recent": [DRAFT, "/en/profile/"]})
    document = lxml.html.document_fromstring(page.content.decode())
    assert document.xpath("//section[h2='Where you were']//a/@href") == [DRAFT, "/en/profile/"]
    assert (asked, page.status_code) == ([""], 200)


def test_a_focal_point_goes_to_a_new_version_and_gives_it_up(cast: Cast, login_as: LoginAs) -> None:
    assert cast.response is not None
    utils.clear_answers(cast.focal_point, cast.response)
    client = login_as(cast.focal_point)
    revise, give_up = f"{DRAFT}revise/", f"{DRAFT}give-up/"
    found = places(client, **{"from": REVIEW})
    assert (revise in found, give_up in found) == (True, False)
    cast.response.refresh_from_db()
    begin_revision(cast.focal_point, cast.response, reason="A new law.", number=1)
    found = places(client, **{"from": REVIEW})
    assert (revise in found, give_up in found) == (False, True)
    assert give_up not in places(login_as(cast.expert), **{"from": REVIEW})


def test_what_is_typed_narrows_the_places(cast: Cast, login_as: LoginAs) -> None:
    found = places(login_as(cast.focal_point), **{"from": REVIEW}, q="clear and")
    assert found == [f"{DRAFT}clear/"]


@pytest.mark.parametrize("address", ["", "nonsense", "//x", "/en/untoc/reviews/<b>/", "http://x/"])
def test_an_address_of_nowhere_names_nothing(cast: Cast, login_as: LoginAs, address: str) -> None:
    found = places(login_as(cast.focal_point), **{"from": address}, q='"><script>')
    assert of_answers(found) == set()


def test_the_page_of_the_keys_lists_them(cast: Cast, login_as: LoginAs) -> None:
    page = lxml.html.document_fromstring(login_as(cast.stranger).get("/en/shortcuts/").content.decode())
    in_answers, at_the_desk = ["N", "P", "M", "]", "[", "O", "F", "S"], ["N", "P", "]", "[", "E", "A", "B"]
    assert page.xpath("//kbd[@class='app-key']/text()") == ["Ctrl K", "?", *in_answers, *at_the_desk]
