"""What ministries propose moves as answers do, and what has no place is listed for the State and its ministry alone."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from core.errors import ServiceError
from core.models import AuditEntry
from questionnaires.definitions.services import import_version
from questionnaires.moving.selectors import kept_proposals
from questionnaires.moving.services import move_response
from questionnaires.responses.models import Proposal
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.ministries.ministries import place, second_ministry, send
from tests.questionnaires.moving.moving import moved, now, plan, second
from tests.utils import Cast, fresh, login_as, save

pytestmark = pytest.mark.django_db
RESPONSE = "/en/untoc/reviews/1-XVE/response/"
GONE, PERSON, CARRIED = "Proposed on what is gone.", "Proposed as never.", "Proposed on a crime."


@pytest.fixture
def proposing(cast: Cast) -> Cast:
    """Three proposals of a ministry, of which one has a place in version 2, which is published; and an emptied one."""
    send(cast, places=[place(cast, "untoc", "article-2"), place(cast, "untoc", "article-5")])
    save(cast.response, cast.contributor, "I.untoc.1", choices=("Yes",))
    save(cast.response, cast.contributor, "I.untoc.1.a", text=GONE)
    save(cast.response, cast.contributor, "I.untoc.2", choices=("No",), text=PERSON)
    save(cast.response, cast.contributor, "I.untoc.2.a", text="Emptied.")
    save(cast.response, cast.contributor, "I.untoc.2.a", base=1)
    save(cast.response, cast.contributor, "I.untoc.3", choices=("Yes",), text=CARRIED)
    import_version(OfficerFactory(), second())
    return cast


def html_of(client: Client, address: str, **given: Any) -> str:
    return unescape(client.get(address, **given).content.decode())


def test_before_the_move_the_page_lists_proposals_without_a_place(proposing: Cast, client: Client) -> None:
    page = html_of(login_as(client, proposing.focal_point), f"{RESPONSE}version/")
    assert "2 proposals of ministries have no place there." in page
    ministry = proposing.contributor.organization or proposing.contributor.full_name
    needs = page.partition("What needs a person")[2]
    assert (GONE in needs, PERSON in needs, CARRIED in page) == (True, True, False)
    assert f"Proposed by <bdi>{ministry}</bdi>" in needs


def test_what_a_ministry_proposes_meanwhile_is_seen_before_the_move(proposing: Cast) -> None:
    seen = plan(proposing).seen
    save(now(proposing), proposing.contributor, "I.untoc.1.a", text="More.", base=1)
    with pytest.raises(ServiceError, match="Somebody has written meanwhile"):
        move_response(proposing.focal_point, now(proposing), seen=seen)


def test_after_the_move_they_are_listed_where_answers_are(proposing: Cast, client: Client) -> None:
    response = moved(proposing)
    rows = list(kept_proposals(response))
    assert [(row.item.code, row.answer.text) for row in rows] == [("I.untoc.1.a", GONE), ("I.untoc.2", PERSON)]
    placed = Proposal.objects.filter(question__version=response.version).values_list("question__code", flat=True)
    assert {"I.untoc.1", "I.untoc.3"} <= set(placed)
    state = login_as(client, proposing.focal_point)
    kept = html_of(state, f"{RESPONSE}kept/").partition("What ministries had proposed")[2]
    assert (GONE in kept, PERSON in kept, "I have looked at it" in kept) == (True, True, False)
    matrix = html_of(state, f"{RESPONSE}ministries/")
    assert "2 proposals had no place in the questionnaire of now." in matrix
    assert "2 proposals without a place" in matrix
    assert f"{RESPONSE}kept/#proposals" in matrix
    question = html_of(state, f"{RESPONSE}proposals/I.untoc.2/")
    assert PERSON in question.partition("Proposed to an earlier version of this question")[2]
    assert "What was chosen is not among the options any more." in question
    assert "Proposed to an earlier version" not in html_of(state, f"{RESPONSE}proposals/I.untoc.3/")
    entry = AuditEntry.objects.get(verb="questionnaires.response.moved")
    key = str(proposing.participations["contributor"].pk)
    assert entry.after["kept_proposals"] == [["I.untoc.1.a", key], ["I.untoc.2", key]]


def test_a_ministry_reads_its_own_ones_and_no_others(proposing: Cast, client: Client) -> None:
    other = second_ministry(proposing)
    send(fresh(proposing), "second", places=[place(proposing, "untoc", "article-2")])
    moved(proposing)
    own = html_of(login_as(client, proposing.contributor), RESPONSE)
    assert "2 proposals of yours have no place in the questionnaire of now" in own
    assert (GONE in own, PERSON in own) == (True, True)
    strangers = html_of(login_as(client, other), RESPONSE)
    assert (GONE in strangers, PERSON in strangers, "of yours have no place" in strangers) == (False, False, False)
    assert GONE not in html_of(login_as(client, proposing.focal_point), RESPONSE)


def test_before_the_first_move_nothing_is_asked_for(proposing: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert list(kept_proposals(proposing.response)) == []
